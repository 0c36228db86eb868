package org.mdx.reindex;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Two sweeps, the first as it was chosen to be indexed.
 *
 * @param first number of a sweep
 * @param second number of another one
 * @param common voxels in common, most of all candidates
 * @param correlations with the second sweep under each candidate; NaN where there are too few
 *     voxels in common
 */
public record PairCorrelation(int first, int second, int common, List<Double> correlations) {

  public PairCorrelation {
    correlations = List.copyOf(correlations);
  }

  @Override
  public String toString() {
    String r =
        correlations.stream()
            .map(c -> Double.isFinite(c) ? String.format(Locale.ROOT, "%.4f", c) : "-")
            .collect(Collectors.joining(" "));
    return "sweeps " + first + " and " + second + ": " + common + " voxels in common, " + r;
  }
}
