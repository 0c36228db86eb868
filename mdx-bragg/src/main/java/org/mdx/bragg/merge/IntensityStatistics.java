package org.mdx.bragg.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.special.Erf;
import org.mdx.bragg.internal.intensity.IntensityKind;
import org.mdx.bragg.internal.intensity.Measurements;
import org.mdx.bragg.internal.intensity.ReciprocalMetric;
import org.mdx.bragg.internal.intensity.RowFilter;
import org.mdx.bragg.internal.intensity.UniqueGroups;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * What scaled intensities tell image by image, and how unique ones are distributed: second moments
 * (2 of an untwinned acentric crystal, 3 of centric reflections), the cumulative distribution of
 * I/⟨I⟩ (Howells, Phillips &amp; Rogers 1950) and the L test (Padilla &amp; Yeates 2003, Acta
 * Cryst. D59, 1124).
 *
 * @param batches image by image, the sweeps one after the other
 * @param acentricCounts number of unique acentric reflections that were measured 0, 1, 2 … times; 0
 *     is not counted
 * @param centricCounts the same of centric ones
 * @param acentricMoments ⟨I²⟩/⟨I⟩² of acentric reflections by shell, NaN if there are none
 * @param centricMoments the same of centric ones
 * @param acentricCumulative part of acentric reflections with I/⟨I⟩ at most 0, 0.1 … 1
 * @param centricCumulative the same of centric ones
 * @param l part of |L| at most 0, 0.02 … 0.98; L = (I₁ − I₂)/(I₁ + I₂) of neighbours
 */
public record IntensityStatistics(
    List<Batch> batches,
    int[] acentricCounts,
    int[] centricCounts,
    double[] acentricMoments,
    double[] centricMoments,
    double[] acentricCumulative,
    double[] centricCumulative,
    double[] l) {

  private static final int TENTHS = 11;
  private static final int STEPS = 50;

  public IntensityStatistics {
    batches = List.copyOf(batches);
  }

  /**
   * An image.
   *
   * @param sweep number of the sweep
   * @param image number of the image
   * @param measured measurements whose middle lies on it
   * @param scale mean factor g by which they were divided; NaN of none
   * @param rMerge Σ|I − ⟨I⟩|/ΣI; NaN of none
   * @param iOverSigma mean I/σ; NaN of none
   */
  public record Batch(
      int sweep, int image, int measured, double scale, double rMerge, double iOverSigma) {}

  /**
   * Wilson's distribution of acentric reflections.
   *
   * @param z I/⟨I⟩
   * @return part at most so large
   */
  public static double acentricExpected(double z) {
    return 1 - Math.exp(-z);
  }

  /**
   * Wilson's distribution of centric reflections.
   *
   * @param z I/⟨I⟩
   * @return part at most so large
   */
  public static double centricExpected(double z) {
    return Erf.erf(Math.sqrt(z / 2));
  }

  /**
   * Looks at merged data.
   *
   * @param geometries one for each id
   * @param scaled scaled reflections
   * @param merged what came of them
   * @return the statistics
   * @throws IllegalArgumentException if a column is missing
   */
  public static IntensityStatistics of(
      List<Geometry> geometries, Reflections scaled, Merged merged) {
    SpaceGroup group = merged.spaceGroup();
    ReciprocalMetric metric = new ReciprocalMetric(merged.cell());
    int most = merged.reflections().stream().mapToInt(r -> r.mean().count()).max().orElse(0);
    int[][] counts = new int[2][most + 1];
    int shells = merged.shells().size();
    double[][] sum = new double[2][shells];
    double[][] square = new double[2][shells];
    int[][] n = new int[2][shells];
    Map<List<Integer>, Double> values = new HashMap<>();
    int[] shell = new int[merged.reflections().size()];
    int[] centric = new int[shell.length];
    for (int i = 0; i < shell.length; i++) {
      MergedReflection r = merged.reflections().get(i);
      int c = UniqueGroups.isCentric(group, r.h(), r.k(), r.l()) ? 1 : 0;
      double d = 1 / Math.sqrt(metric.inverseSquare(r.h(), r.k(), r.l()));
      int s = 0;
      while (s + 1 < shells && d < merged.shells().get(s).dMin()) {
        s++;
      }
      double v = r.mean().value() / group.epsilon(r.h(), r.k(), r.l());
      shell[i] = s;
      centric[i] = c;
      counts[c][r.mean().count()]++;
      sum[c][s] += v;
      square[c][s] += v * v;
      n[c][s]++;
      if (c == 0) {
        values.put(List.of(r.h(), r.k(), r.l()), v);
      }
    }
    double[][] moments = new double[2][shells];
    for (int c = 0; c < 2; c++) {
      for (int s = 0; s < shells; s++) {
        moments[c][s] = square[c][s] * n[c][s] / (sum[c][s] * sum[c][s]);
      }
    }
    double[][] cumulative = cumulative(merged, group, shell, centric, sum, n);
    return new IntensityStatistics(
        batches(geometries, scaled, merged),
        counts[0],
        counts[1],
        moments[0],
        moments[1],
        cumulative[0],
        cumulative[1],
        neighbours(values));
  }

  private static double[][] cumulative(
      Merged merged, SpaceGroup group, int[] shell, int[] centric, double[][] sum, int[][] n) {
    double[][] out = new double[2][TENTHS];
    int[] all = new int[2];
    for (int i = 0; i < shell.length; i++) {
      MergedReflection r = merged.reflections().get(i);
      int c = centric[i];
      double mean = sum[c][shell[i]] / n[c][shell[i]];
      if (mean > 0) {
        double z = r.mean().value() / group.epsilon(r.h(), r.k(), r.l()) / mean;
        all[c]++;
        for (int t = 0; t < TENTHS; t++) {
          out[c][t] += z <= t / 10.0 ? 1 : 0;
        }
      }
    }
    for (int c = 0; c < 2; c++) {
      int total = Math.max(1, all[c]);
      out[c] = Arrays.stream(out[c]).map(x -> x / total).toArray();
    }
    return out;
  }

  /** |L| of reflections that differ by 2 in one index, so that centrings do not matter. */
  private static double[] neighbours(Map<List<Integer>, Double> values) {
    double[] part = new double[STEPS];
    int all = 0;
    for (Map.Entry<List<Integer>, Double> e : values.entrySet()) {
      for (int axis = 0; axis < 3; axis++) {
        List<Integer> next = new ArrayList<>(e.getKey());
        next.set(axis, next.get(axis) + 2);
        Double other = values.get(next);
        if (other != null && e.getValue() > 0 && other > 0) {
          double l = Math.abs(e.getValue() - other) / (e.getValue() + other);
          all++;
          for (int s = 0; s < STEPS; s++) {
            part[s] += l <= s / (double) STEPS ? 1 : 0;
          }
        }
      }
    }
    int total = Math.max(1, all);
    return Arrays.stream(part).map(x -> x / total).toArray();
  }

  private static List<Batch> batches(List<Geometry> geometries, Reflections scaled, Merged merged) {
    Measurements m =
        Measurements.of(
            geometries,
            scaled,
            IntensityKind.SCALED,
            new RowFilter(0, Double.NEGATIVE_INFINITY, true));
    UniqueGroups groups = UniqueGroups.of(m.hkl(), merged.spaceGroup());
    // as observed, which is where the counts are; an integrated row has both
    double[] z =
        scaled.get(
            scaled.has(ReflectionKeys.XYZOBS_PX)
                ? ReflectionKeys.XYZOBS_PX
                : ReflectionKeys.XYZCAL_PX);
    double[] g = scaled.get(ReflectionKeys.INVERSE_SCALE_FACTOR);
    int[] start = new int[geometries.size() + 1];
    for (int s = 0; s < geometries.size(); s++) {
      start[s + 1] = start[s] + geometries.get(s).scan().frames();
    }
    double[][] sums = new double[start[geometries.size()]][5];
    for (int h = 0; h < groups.size(); h++) {
      double top = 0;
      double bottom = 0;
      for (int q = groups.start(h); q < groups.start(h + 1); q++) {
        int i = groups.member(q);
        top += m.value(i) / m.variance(i);
        bottom += 1 / m.variance(i);
      }
      for (int q = groups.start(h); q < groups.start(h + 1); q++) {
        int i = groups.member(q);
        int s = m.sweep(i);
        int frames = geometries.get(s).scan().frames();
        int first = geometries.get(s).scan().firstImage() - 1;
        int frame = (int) Math.floor(z[3 * m.row(i) + 2]) - first;
        double[] at = sums[start[s] + Math.max(0, Math.min(frames - 1, frame))];
        at[0]++;
        at[1] += g[m.row(i)];
        at[2] += Math.abs(m.value(i) - top / bottom);
        at[3] += m.value(i);
        at[4] += m.value(i) / Math.sqrt(m.variance(i));
      }
    }
    List<Batch> out = new ArrayList<>();
    for (int s = 0; s < geometries.size(); s++) {
      int first = geometries.get(s).scan().firstImage();
      for (int f = start[s]; f < start[s + 1]; f++) {
        double[] at = sums[f];
        out.add(
            new Batch(
                s, first + f - start[s], (int) at[0], at[1] / at[0], at[2] / at[3], at[4] / at[0]));
      }
    }
    return out;
  }
}
