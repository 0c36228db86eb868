package org.mdx.internal.kernel;

/**
 * Where observations lie among control points. Holds the arrays themselves, so that a kernel takes
 * one argument for them.
 *
 * @param panel panel of each observation, or null where there is one
 * @param x coordinates on the first axis
 * @param y coordinates on the second axis, or null
 * @param z coordinates on the third axis, or null
 */
public record Coordinates(char[] panel, float[] x, float[] y, float[] z) {}
