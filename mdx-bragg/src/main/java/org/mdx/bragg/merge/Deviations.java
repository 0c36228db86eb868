package org.mdx.bragg.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.bragg.internal.intensity.IntensityKind;
import org.mdx.bragg.internal.intensity.Measurements;
import org.mdx.bragg.internal.intensity.RowFilter;
import org.mdx.bragg.internal.intensity.UniqueGroups;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Deviations of scaled intensities from the mean of the <em>other</em> equivalents, in their
 * standard deviations: with σ that are right they have a normal distribution, whatever the number
 * of equivalents.
 *
 * @param rows row of the table of each
 * @param expected intensity on the scale of the measurement, g⟨I⟩
 * @param normalised (I − g⟨I⟩)/√(σ² + that of the mean)
 * @param uncorrected the same with σ before the error model; empty if a and b are not known
 */
public record Deviations(int[] rows, double[] expected, double[] normalised, double[] uncorrected) {

  /**
   * Looks at scaled reflections that are no outliers.
   *
   * @param geometries one for each id
   * @param scaled scaled reflections
   * @param merged what came of them
   * @param errorModel a and b of σ'² = a²(σ² + (bI)²) by id; an empty array where they are not
   *     known
   * @return those of reflections that were measured twice or more
   * @throws IllegalArgumentException if a column is missing
   */
  public static Deviations of(
      List<Geometry> geometries, Reflections scaled, Merged merged, List<double[]> errorModel) {
    RowFilter kept = new RowFilter(0, Double.NEGATIVE_INFINITY, true);
    Measurements m = Measurements.of(geometries, scaled, IntensityKind.SCALED, kept);
    UniqueGroups groups = UniqueGroups.of(m.hkl(), merged.spaceGroup());
    double[] g = scaled.get(ReflectionKeys.INVERSE_SCALE_FACTOR);
    boolean known = errorModel.stream().allMatch(e -> e.length == 2 && e[0] > 0);
    List<Integer> rows = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    for (int h = 0; h < groups.size(); h++) {
      double top = 0;
      double bottom = 0;
      for (int q = groups.start(h); q < groups.start(h + 1); q++) {
        top += m.value(groups.member(q)) / m.variance(groups.member(q));
        bottom += 1 / m.variance(groups.member(q));
      }
      int last = groups.start(h + 1) - groups.start(h) > 1 ? groups.start(h + 1) : 0;
      for (int q = groups.start(h); q < last; q++) {
        int i = groups.member(q);
        double w = 1 / m.variance(i);
        double others = (top - w * m.value(i)) / (bottom - w);
        double off = m.value(i) - others;
        double z = off / Math.sqrt(m.variance(i) + 1 / (bottom - w));
        double scale = g[m.row(i)];
        double before =
            known ? before(errorModel.get(m.sweep(i)), m.variance(i), top / bottom) : Double.NaN;
        rows.add(m.row(i));
        values.add(
            new double[] {
              scale * top / bottom,
              z,
              before > 0 ? z * Math.sqrt(m.variance(i) / before) : Double.NaN
            });
      }
    }
    return new Deviations(
        rows.stream().mapToInt(Integer::intValue).toArray(),
        values.stream().mapToDouble(v -> v[0]).toArray(),
        values.stream().mapToDouble(v -> v[1]).toArray(),
        known ? values.stream().mapToDouble(v -> v[2]).toArray() : new double[0]);
  }

  /** σ² of σ'² = a²(σ² + (bI)²). */
  private static double before(double[] model, double variance, double expected) {
    return variance / (model[0] * model[0]) - Math.pow(model[1] * expected, 2);
  }

  /**
   * Variance of the deviations about 0, in bins of as many measurements by expected intensity.
   *
   * @param bins how many
   * @return for each bin, the highest intensity first: least and greatest intensity, number,
   *     variance before the error model (NaN if that is not known) and after it
   */
  public List<double[]> variances(int bins) {
    Integer[] order = new Integer[expected.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(expected[b], expected[a]));
    List<double[]> out = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      int from = (int) ((long) order.length * bin / bins);
      int to = (int) ((long) order.length * (bin + 1) / bins);
      double[] sums = new double[3];
      for (int k = from; k < to; k++) {
        sums[1] += Math.pow(normalised[order[k]], 2);
        if (uncorrected.length > 0 && !Double.isNaN(uncorrected[order[k]])) {
          sums[0] += Math.pow(uncorrected[order[k]], 2);
          sums[2]++;
        }
      }
      if (to > from) {
        out.add(
            new double[] {
              expected[order[to - 1]],
              expected[order[from]],
              to - from,
              sums[0] / sums[2],
              sums[1] / (to - from)
            });
      }
    }
    return out;
  }
}
