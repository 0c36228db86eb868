package org.mdx.io.sim;

import java.nio.file.Path;

/**
 * Where a sweep of Bragg spots was written.
 *
 * @param template path of the images with {@code #} for the digits of their number
 * @param imported experiment list as the headers have it, without a crystal
 * @param truth experiment list with the true geometry, a row for each lattice
 * @param spots reflection table of the true spots; its ids are the rows of {@code truth}
 * @param mask pixel mask that both lists use
 */
public record BraggFiles(Path template, Path imported, Path truth, Path spots, Path mask) {}
