/**
 * Where the Bragg peaks are, so that they can be left out of the diffuse signal.
 *
 * <p>Strong pixels are found by a threshold ({@link org.mdx.peaks.PeakFinder}), their distances
 * from the lattice points are described by a Gaussian ({@link org.mdx.peaks.PeakModel}), and from
 * it follows which pixels belong to a peak ({@link org.mdx.peaks.BraggMask}): a function evaluated
 * where it is needed, because a stored mask is as large as the images. Uses the nouns and the
 * kernels.
 */
package org.mdx.peaks;
