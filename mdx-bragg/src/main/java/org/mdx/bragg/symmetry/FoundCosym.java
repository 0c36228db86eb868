package org.mdx.bragg.symmetry;

import java.util.List;
import java.util.Locale;
import org.mdx.crystal.ChangeOfBasis;

/**
 * Many sweeps in agreement.
 *
 * @param symmetry of the sweeps that were kept, in their order and with new ids
 * @param kept their numbers among those that were given
 * @param operators by which each was reindexed, in the axes of the result
 * @param margins how much better the correlation with the others is by that operator than by the
 *     best that is not equivalent; NaN if there is no other
 * @param cellClusters sweeps by cell, the largest cluster first; the others were left out
 * @param intensityClusters sweeps of the first one by their intensities, the largest cluster first
 * @param correlations of each kept sweep with the mean of the others; NaN if they share too little
 */
public record FoundCosym(
    FoundSymmetry symmetry,
    int[] kept,
    List<ChangeOfBasis> operators,
    double[] margins,
    List<List<Integer>> cellClusters,
    List<List<Integer>> intensityClusters,
    double[] correlations) {

  public FoundCosym {
    operators = List.copyOf(operators);
    cellClusters = List.copyOf(cellClusters);
    intensityClusters = List.copyOf(intensityClusters);
  }

  /**
   * Tables for people.
   *
   * @return lines
   */
  public String table() {
    StringBuilder b = new StringBuilder();
    b.append("sweep  operator             cc with others  better by\n");
    for (int i = 0; i < kept.length; i++) {
      b.append(
          String.format(
              Locale.ROOT,
              "%5d  %-20s %14.3f %10.3f%n",
              kept[i],
              operators.get(i).hkl(),
              correlations[i],
              margins[i]));
    }
    b.append("clusters of cells: ").append(cellClusters).append('\n');
    b.append("clusters of intensities: ").append(intensityClusters).append('\n');
    return b + symmetry.table();
  }
}
