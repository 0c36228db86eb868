package org.mdx.geometry;

/**
 * Pixels x0 ≤ ix &lt; x1, y0 ≤ iy &lt; y1 of a panel.
 *
 * @param x0 first column
 * @param y0 first row
 * @param x1 column after the last
 * @param y1 row after the last
 */
public record PixelRectangle(int x0, int y0, int x1, int y1) {}
