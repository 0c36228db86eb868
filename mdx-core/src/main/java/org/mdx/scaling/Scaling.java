package org.mdx.scaling;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdx.scale.ScalingModel;
import org.mdx.table.OutlierShare;

/**
 * The outcome of a refinement.
 *
 * @param models one for each sweep, in their order
 * @param cycles what was refined, in order
 * @param observations given
 * @param invalid observations left out because their intensity is not finite or their error not
 *     finite and above 0
 * @param singletons observations left out because no other one shares their voxel
 * @param outliers observations left out because they were too far from the merged value, in the
 *     last round
 */
public record Scaling(
    List<ScalingModel> models,
    List<Cycle> cycles,
    long observations,
    long invalid,
    long singletons,
    long outliers) {

  public Scaling {
    models = List.copyOf(models);
    cycles = List.copyOf(cycles);
  }

  /**
   * One cycle.
   *
   * @param terms what was refined: {@code b}, {@code b+c}, {@code c}, {@code d} or {@code a}, with
   *     {@code prescale } or {@code sample } before it if on a part of the data, {@code all } if on
   *     all behind a sample, {@code round 2 } in the second round
   * @param number from 1
   * @param chiSquare χ² per observation, the mean over sweeps; of d over all
   * @param outliers observations rejected after this cycle, the last of its kind; 0 otherwise
   */
  public record Cycle(String terms, int number, double chiSquare, long outliers) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s cycle %d: chi2 %.6f", terms, number, chiSquare)
          + (outliers > 0 ? ", " + outliers + " outliers" : "");
    }
  }

  /**
   * χ² after the last cycle.
   *
   * @return per observation, NaN if there was no cycle
   */
  public double chiSquare() {
    return cycles.isEmpty() ? Double.NaN : cycles.get(cycles.size() - 1).chiSquare();
  }

  /**
   * What speaks against the errors or the models.
   *
   * @return a warning if more than a fifth of the observations that share a voxel are outliers
   */
  public Optional<String> doubt() {
    return OutlierShare.doubt(outliers, observations - invalid - singletons)
        .map(doubt -> "scaling: " + doubt);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Scaling[%d sweeps, chi2 %.4f after %d cycles; %d observations: %d invalid, %d single,"
            + " %d outliers]",
        models.size(),
        chiSquare(),
        cycles.size(),
        observations,
        invalid,
        singletons,
        outliers);
  }
}
