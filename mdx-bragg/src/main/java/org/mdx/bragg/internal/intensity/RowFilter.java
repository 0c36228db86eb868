package org.mdx.bragg.internal.intensity;

/**
 * Which rows are taken.
 *
 * @param minPartiality least part that was recorded, 0 to 1
 * @param minIOverSigma least intensity in standard deviations
 * @param scaled whether only rows are taken that have been scaled and are no outliers
 */
public record RowFilter(double minPartiality, double minIOverSigma, boolean scaled) {}
