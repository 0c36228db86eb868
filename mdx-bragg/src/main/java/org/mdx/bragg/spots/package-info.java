/**
 * Finds Bragg spots in images.
 *
 * <p>Main type: {@link org.mdx.bragg.spots.SpotFinder}. Frames are looked at side by side; their
 * strong pixels are joined to spots in the order of the frames, so the same bits come out for any
 * number of threads, and a spot is measured and its pixels forgotten as soon as a frame adds
 * nothing to it: memory follows the detector and the spots in flight, never the number of frames.
 *
 * <p>Thresholds are those of DIALS (Winter et al., Acta Cryst. D74, 85, 2018). Its centroids, the
 * means of the strong pixels with what lies beneath, are drawn towards the direct beam; here the
 * background is taken off, a margin added, and what varies across a spot corrected for. {@link
 * org.mdx.bragg.spots.SpotOptions#dialsCompatible()} gives what DIALS gives. Uses {@code
 * org.mdx.image}, {@code org.mdx.geometry}, {@code org.mdx.mask} and {@code org.mdx.reflection}.
 */
package org.mdx.bragg.spots;
