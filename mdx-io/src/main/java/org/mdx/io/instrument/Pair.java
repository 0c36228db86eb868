package org.mdx.io.instrument;

/**
 * Two numbers that belong together.
 *
 * @param first along fast, or the lower one
 * @param second along slow, or the higher one
 */
public record Pair(double first, double second) {}
