package org.mdx.reindex;

import java.util.List;
import java.util.Locale;

/**
 * The indexing that fits a sweep, and its certainty. Correlations are with the sum of all other
 * sweeps that it is linked with, as they were chosen.
 *
 * @param name of the sweep
 * @param choice number of the candidate that was chosen
 * @param voxels that were measured
 * @param common voxels in common with the others
 * @param correlations under each candidate; NaN where there is nothing to compare
 * @param error standard error of the correlation that was chosen, from the jackknife over 16 parts
 *     of reciprocal space
 * @param margin to the best of the other candidates; NaN if there is none
 * @param marginError its standard error
 * @param warning what is wrong, or empty
 */
public record SweepIndexing(
    String name,
    int choice,
    int voxels,
    int common,
    List<Double> correlations,
    double error,
    double margin,
    double marginError,
    String warning) {

  public SweepIndexing {
    correlations = List.copyOf(correlations);
  }

  /**
   * The correlation under the candidate that was chosen.
   *
   * @return −1 to 1, or NaN
   */
  public double correlation() {
    return correlations.get(choice);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "SweepIndexing[%s: choice %d of %d%s, %d of %d voxels in common%s]",
        name,
        choice,
        correlations.size(),
        Double.isFinite(correlation())
            ? String.format(Locale.ROOT, ", correlation %.4f", correlation())
                + (Double.isFinite(error) ? String.format(Locale.ROOT, " ± %.4f", error) : "")
                + (Double.isFinite(margin)
                    ? String.format(Locale.ROOT, ", %.4f above the next", margin)
                    : "")
            : "",
        common,
        voxels,
        warning.isEmpty() ? "" : "; " + warning);
  }
}
