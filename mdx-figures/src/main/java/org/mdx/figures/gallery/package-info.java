/**
 * The figures of a study of diffuse scattering, made of the values of {@code mdx-core}.
 *
 * <p>A class for each subject, with a static method for each figure: {@link
 * org.mdx.figures.gallery.MapFigures}, {@link org.mdx.figures.gallery.ScalingFigures}, {@link
 * org.mdx.figures.gallery.ShellFigures} and so on; {@link org.mdx.figures.gallery.Figures} has the
 * first that one wants of each value. The values themselves cannot have these methods, because the
 * core knows of no figures.
 */
package org.mdx.figures.gallery;
