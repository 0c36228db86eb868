package org.mdx.reindex;

import java.util.List;

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
}
