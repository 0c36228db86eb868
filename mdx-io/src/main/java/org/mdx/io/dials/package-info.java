/**
 * Files of DIALS: experiment lists ({@code .expt}, JSON) and pixel masks (pickles).
 *
 * <p>Main type: {@link org.mdx.io.dials.Dials}, which yields the sweeps of an experiment list as
 * {@link org.mdx.image.ImageSeries}. The images themselves are opened through {@link
 * org.mdx.io.ImageFiles}, so that any format will do. What the models mean follows dxtbx 3.12. Uses
 * {@code org.mdx.io}, mdx-core and Jackson.
 */
package org.mdx.io.dials;
