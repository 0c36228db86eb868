/**
 * Figures as values: what is drawn, its colours, units and sources, and the pictures made of it.
 *
 * <p>Main type: {@link org.mdx.figures.Figure}, immutable, of panels. It gives PNG, SVG, PDF, HTML
 * and, as comma-separated values, exactly the numbers that are drawn. Charts of lines and bars are
 * XChart's; planes of reciprocal space are drawn here, because no library gives a voxel of skewed
 * axes its one colour. Knows values of {@code mdx-core} and nothing of files.
 */
package org.mdx.figures;
