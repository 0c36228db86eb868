/**
 * The front door to images: from whatever a path holds to sweeps that can be reduced.
 *
 * <p>Main type: {@link org.mdx.io.input.Images}. {@link org.mdx.io.input.SweepFiles} joins a
 * geometry that stands in one file with images of another. It stands above the formats, so that
 * none of them has to know another: uses {@code org.mdx.io.dials}, {@code org.mdx.io.nexus}, {@code
 * org.mdx.io.sweep} and what they use; is used by the command line and by programs.
 */
package org.mdx.io.input;
