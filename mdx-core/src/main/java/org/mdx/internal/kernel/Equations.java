package org.mdx.internal.kernel;

/**
 * Linear equations of observations, g·value = r with weight e. Holds the arrays themselves.
 *
 * @param e 1/σ² of each observation; 0 to leave it out
 * @param g factor of the interpolated value
 * @param r right side
 */
public record Equations(double[] e, double[] g, double[] r) {}
