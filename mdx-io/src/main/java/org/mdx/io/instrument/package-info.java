/**
 * What an instrument always is like, kept in a small TOML file: whatever the headers of its images
 * lack or have wrong, such as the rotation axis of a microscope, the pedestal and gain of its
 * camera, or calibrated camera lengths.
 *
 * <p>Main type: {@link org.mdx.io.instrument.InstrumentProfile}, immutable values for some of the
 * {@link org.mdx.io.instrument.Setting settings} that there are. The same type holds what a user
 * overrides, so that this can be kept as a profile too. TOML, because people write these files: it
 * has comments, tables, and one way to write a number. Uses {@code org.mdx.io}, mdx-core and
 * Jackson.
 */
package org.mdx.io.instrument;
