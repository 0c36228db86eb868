/**
 * From counts to intensities: background, solid angle, polarization, absorption in air and sensor,
 * and the asymmetric unit.
 *
 * <p>{@link org.mdx.correct.BackgroundBinner} reduces a sweep without crystal to count rates on
 * coarse bins; {@link org.mdx.correct.Corrector} turns an integrated table into a corrected one.
 * Each observation is corrected at its own place, exactly, rather than by a grid of corrections,
 * because that costs little and needs no bound on an error. Uses the nouns.
 */
package org.mdx.correct;
