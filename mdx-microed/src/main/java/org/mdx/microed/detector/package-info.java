/**
 * Pedestal, gain and read noise of a detector, from its own images.
 *
 * <p>Main type: {@link org.mdx.microed.detector.DetectorEstimator}. The variance of an unchanging
 * signal rises in proportion to its mean: variance = gain · (mean − pedestal) + noise². The line
 * gives the gain, but not pedestal and noise apart; the third cumulant, gain² · (mean − pedestal),
 * does, because the read noise is symmetric and adds nothing to it. Sweeps need no special
 * exposures for this: the background of a few consecutive frames is nearly constant in time.
 */
package org.mdx.microed.detector;
