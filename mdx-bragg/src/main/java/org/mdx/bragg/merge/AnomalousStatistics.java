package org.mdx.bragg.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.mdx.bragg.internal.intensity.IntensityKind;
import org.mdx.bragg.internal.intensity.Measurements;
import org.mdx.bragg.internal.intensity.ReciprocalMetric;
import org.mdx.bragg.internal.intensity.RowFilter;
import org.mdx.bragg.internal.intensity.UniqueGroups;
import org.mdx.geometry.Geometry;
import org.mdx.internal.kernel.Hash;
import org.mdx.reflection.Reflections;

/**
 * Differences of Friedel mates: normal probability of those of the first shell (Howell &amp; Smith
 * 1992, J. Appl. Cryst. 25, 81), and the differences of two half-sets, whose spread along the
 * diagonal over that across it tells the signal (Evans 2006, Acta Cryst. D62, 72).
 *
 * @param deviations (I₊ − I₋)/σ of the first shell, rising
 * @param firstHalf I₊ − I₋ of the first half-set, of the reflections of the first shell
 * @param secondHalf the same of the other
 * @param ratio √(Σ(D₁ + D₂)²/Σ(D₁ − D₂)²) by shell; NaN if there are no pairs
 */
public record AnomalousStatistics(
    double[] deviations, double[] firstHalf, double[] secondHalf, double[] ratio) {

  /**
   * Looks at scaled data and what came of them.
   *
   * @param geometries one for each id
   * @param scaled scaled reflections
   * @param merged what came of them
   * @return the statistics
   * @throws IllegalArgumentException if a column is missing
   */
  public static AnomalousStatistics of(
      List<Geometry> geometries, Reflections scaled, Merged merged) {
    RowFilter kept = new RowFilter(0, Double.NEGATIVE_INFINITY, true);
    Measurements data = Measurements.of(geometries, scaled, IntensityKind.SCALED, kept);
    UniqueGroups groups = UniqueGroups.of(data.hkl(), merged.spaceGroup());
    ReciprocalMetric metric = new ReciprocalMetric(merged.cell());
    int shells = merged.shells().size();
    double[] along = new double[shells];
    double[] across = new double[shells];
    List<double[]> first = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      double d = metric.d(groups.index(g, 0), groups.index(g, 1), groups.index(g, 2));
      boolean absent =
          merged.spaceGroup().isAbsent(groups.index(g, 0), groups.index(g, 1), groups.index(g, 2));
      double[] halves = halves(data, groups, g);
      if (halves != null && !absent && d >= merged.overall().dMin() * (1 - 1e-9)) {
        int s = shell(merged, d);
        along[s] += Math.pow(halves[0] + halves[1], 2);
        across[s] += Math.pow(halves[0] - halves[1], 2);
        if (s == 0) {
          first.add(halves);
        }
      }
    }
    double[] ratio = new double[shells];
    Arrays.setAll(ratio, s -> Math.sqrt(along[s] / across[s]));
    return new AnomalousStatistics(
        deviations(merged, metric),
        first.stream().mapToDouble(h -> h[0]).toArray(),
        first.stream().mapToDouble(h -> h[1]).toArray(),
        ratio);
  }

  private static int shell(Merged merged, double d) {
    int s = 0;
    while (s + 1 < merged.shells().size() && d < merged.shells().get(s).dMin()) {
      s++;
    }
    return s;
  }

  private static double[] deviations(Merged merged, ReciprocalMetric metric) {
    return merged.reflections().stream()
        .filter(r -> r.plus().count() > 0 && r.minus().count() > 0)
        .filter(r -> shell(merged, metric.d(r.h(), r.k(), r.l())) == 0)
        .mapToDouble(
            r ->
                (r.plus().value() - r.minus().value())
                    / Math.hypot(r.plus().sigma(), r.minus().sigma()))
        .sorted()
        .toArray();
  }

  /**
   * Differences of two halves of the measurements of both mates; null if a mate was not measured
   * twice. The rows of a mate, in the order of a hash, go to one half and the other in turn.
   */
  private static double[] halves(Measurements data, UniqueGroups groups, int g) {
    double[] difference = new double[2];
    for (int mate = 0; mate < 2; mate++) {
      boolean minus = mate == 1;
      List<Integer> of = new ArrayList<>();
      for (int q = groups.start(g); q < groups.start(g + 1); q++) {
        if (groups.isMinus(groups.member(q)) == minus) {
          of.add(groups.member(q));
        }
      }
      if (of.size() < 2) {
        return null;
      }
      of.sort((a, b) -> Long.compare(Hash.key(0, data.row(a)), Hash.key(0, data.row(b))));
      double[][] sums = new double[2][2];
      int start = (int) (Hash.key(groups.index(g, 0), groups.index(g, 2)) & 1);
      for (int k = 0; k < of.size(); k++) {
        double[] half = sums[(start + k) & 1];
        half[0] += data.value(of.get(k)) / data.variance(of.get(k));
        half[1] += 1 / data.variance(of.get(k));
      }
      for (int half = 0; half < 2; half++) {
        difference[half] += (minus ? -1 : 1) * sums[half][0] / sums[half][1];
      }
    }
    return difference;
  }

  /**
   * Deviations that a normal distribution lets expect, in the order of the deviations.
   *
   * @param count how many
   * @return rising
   */
  public static double[] expected(int count) {
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    double[] x = new double[count];
    Arrays.setAll(x, i -> normal.inverseCumulativeProbability((i + 0.5) / count));
    return x;
  }
}
