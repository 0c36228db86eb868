/**
 * Axes of figures: names and units, round numbers along them, and how the indices of a plane of
 * reciprocal space lie on paper.
 *
 * <p>Main types: {@link org.mdx.figures.axes.ChartAxis}, {@link
 * org.mdx.figures.axes.PlaneGeometry}. Uses maps and cells of {@code mdx-core}, and nothing else.
 */
package org.mdx.figures.axes;
