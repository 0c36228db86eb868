/**
 * Which pixels of a panel are strong. {@link org.mdx.bragg.spots.threshold.Thresholder} calls the
 * kernels as {@link org.mdx.bragg.spots.threshold.ThresholdOptions} say. Knows nothing of spots,
 * which {@code org.mdx.bragg.spots} makes of strong pixels.
 */
package org.mdx.bragg.spots.threshold;
