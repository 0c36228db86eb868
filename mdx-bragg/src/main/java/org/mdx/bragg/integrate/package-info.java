/**
 * Integrated intensities of predicted reflections, in one pass over the images. Main type: {@link
 * org.mdx.bragg.integrate.Integrator}. Uses {@code org.mdx.prediction}, {@code org.mdx.image} and
 * the kernels of {@code org.mdx.bragg.internal.kernel}.
 *
 * <p>Pixels are held for the reflections in flight alone. The scan is cut into blocks of rotation;
 * when the last reflection of a block has passed, its strong spots tell the profile, and the block
 * before it, which now has neighbours on both sides, is fitted and let go. The profile is a normal
 * distribution in the local frame of Kabsch (1988), with its whole covariance, times a correction
 * on a grid of 11³ points: pixels are compared with the integral over their own area, so that
 * nothing is interpolated and counts stay independent. Few spots leave the correction at 1.
 */
package org.mdx.bragg.integrate;
