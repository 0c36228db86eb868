package org.mdx.microed.results;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of one trial of one crystal, as far as its files tell.
 *
 * @param path folder of the trial, below the table's
 * @param stopped step at which it stopped, with the reason if there is one; empty if it went
 *     through
 * @param limit resolution by CC1/2
 * @param cell of the first lattice
 * @param lattices number of lattices that were integrated
 * @param symmetry suggested Patterson group, such as {@code P 1 2/m 1}; empty if there is none
 * @param probability that it is right, 0 to 1; NaN if it is not told
 * @param framesKept images without blank ones; 0 if it is not known
 * @param frames images of the sweep; 0 if it is not known
 * @param blanksRemoved whether the statistics are those without blank frames
 * @param merging merging statistics
 * @param frameScales scale factors along the sweep, by the number of the image; may be empty
 * @param dials version of DIALS, such as {@code 3.12}, or {@code mdx 0.2.0}; may be empty
 * @param picture of the crystal with its axes, as {@code mdx crystal-axes} draws it, a PNG; empty
 *     if there is none
 */
public record CrystalResult(
    String path,
    String stopped,
    ResolutionLimit limit,
    Optional<CellText> cell,
    int lattices,
    String symmetry,
    double probability,
    int framesKept,
    int frames,
    boolean blanksRemoved,
    Optional<MergingTable> merging,
    List<Point> frameScales,
    String dials,
    Optional<Path> picture) {

  /**
   * A point of a plot.
   *
   * @param x abscissa
   * @param y ordinate
   */
  public record Point(double x, double y) {}

  public CrystalResult {
    frameScales = List.copyOf(frameScales);
  }

  /**
   * A merging statistic of all data.
   *
   * @param column such as {@code %comp}
   * @return the number; NaN if it is not known
   */
  public double overall(String column) {
    return merging.map(m -> m.overall(column)).orElse(Double.NaN);
  }
}
