package org.mdx.bragg.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.bragg.internal.intensity.IntensityKind;
import org.mdx.bragg.internal.intensity.Measurements;
import org.mdx.bragg.internal.intensity.MedianCell;
import org.mdx.bragg.internal.intensity.PossibleReflections;
import org.mdx.bragg.internal.intensity.ReciprocalMetric;
import org.mdx.bragg.internal.intensity.RepeatedSweeps;
import org.mdx.bragg.internal.intensity.RowFilter;
import org.mdx.bragg.internal.intensity.ShellBins;
import org.mdx.bragg.internal.intensity.UniqueGroups;
import org.mdx.bragg.internal.intensity.UnlikeSweeps;
import org.mdx.bragg.twin.TwinAnalysis;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Probe;
import org.mdx.reflection.Reflections;
import org.mdx.table.EmptyResultException;

/** Merges scaled intensities. */
public final class Merger {
  /** Fewer unique reflections do not tell a mean by resolution. */
  private static final int PRIOR = 200;

  private static final int PRIOR_SHELL = 50;

  private final MergeOptions options;

  /** Relative error of d by rounding. */
  private static final double SLACK = 1e-9;

  private final Measurements data;
  private final SpaceGroup group;
  private final UnitCell cell;
  private final ReciprocalMetric metric;
  private final UniqueGroups groups;
  private final ScaleBlocks blocks;
  private final boolean electrons;

  private final List<String> notes = new ArrayList<>();
  private final List<MergedReflection> reflections = new ArrayList<>();
  private final List<double[]> values = new ArrayList<>();

  /** Number, mean and squared deviations of the measurements of a reflection and of its mate. */
  private final List<double[]> mates = new ArrayList<>();

  private Merger(List<Geometry> geometries, Reflections all, MergeOptions options) {
    this.options = options;
    data =
        Measurements.of(
            geometries,
            all,
            IntensityKind.SCALED,
            new RowFilter(options.minPartiality(), Double.NEGATIVE_INFINITY, true));
    notes.addAll(data.notes());
    notes.addAll(RepeatedSweeps.notes(data, geometries.size()));
    group = geometries.get(0).crystal().orElseThrow().spaceGroup();
    List<UnitCell> cells = new ArrayList<>();
    for (int i = 0; i < geometries.size(); i++) {
      SpaceGroup other = geometries.get(i).crystal().orElseThrow().spaceGroup();
      if (!other.equals(group)) {
        throw new IllegalArgumentException(
            "experiment " + i + " has the space group " + other + ", experiment 0 " + group);
      }
      cells.add(geometries.get(i).crystal().orElseThrow().cell());
    }
    cell = MedianCell.of(cells);
    notes.addAll(UnlikeSweeps.notes(geometries));
    metric = new ReciprocalMetric(cell);
    groups = UniqueGroups.of(data.hkl(), group);
    blocks = new ScaleBlocks(geometries, all, data);
    electrons = geometries.stream().anyMatch(g -> g.beam().probe() == Probe.ELECTRON);
  }

  /**
   * Merges.
   *
   * @param geometries one for each id, with crystals of one space group
   * @param reflections scaled, of all of them
   * @param options how
   * @return unique reflections and statistics
   * @throws IllegalArgumentException if a column is missing or space groups differ
   * @throws EmptyResultException if no intensity can be used
   */
  public static Merged merge(
      List<Geometry> geometries, Reflections reflections, MergeOptions options) {
    double wavelength =
        geometries.stream().mapToDouble(g -> g.beam().wavelength()).average().orElse(0);
    return new Merger(geometries, reflections, options).run(wavelength);
  }

  private Merged run(double wavelength) {
    int absent = 0;
    for (int g = 0; g < groups.size(); g++) {
      int h = groups.index(g, 0);
      int k = groups.index(g, 1);
      int l = groups.index(g, 2);
      if (group.isAbsent(h, k, l)) {
        absent += groups.start(g + 1) - groups.start(g);
      } else if (metric.d(h, k, l) >= options.dMin()) {
        merge(g);
      }
    }
    if (absent > 0) {
      notes.add(absent + " measurements are absent in " + group + " and left out");
    }
    if (reflections.isEmpty()) {
      throw new EmptyResultException(
          "no reflection left to merge: " + absent + " absent, none to " + options.dMin() + " Å");
    }
    amplitudes();
    double[] d = new double[reflections.size()];
    for (int i = 0; i < d.length; i++) {
      MergedReflection r = reflections.get(i);
      d[i] = metric.d(r.h(), r.k(), r.l());
    }
    double dMax = Arrays.stream(d).max().orElseThrow();
    double dMin = Arrays.stream(d).min().orElseThrow();
    ShellBins bins = ShellBins.of(dMax, dMin, options.shells());
    ShellTotals[] totals = new ShellTotals[bins.count() + 1];
    Arrays.setAll(totals, i -> new ShellTotals());
    for (int i = 0; i < d.length; i++) {
      for (int t : new int[] {bins.of(d[i]), bins.count()}) {
        totals[t].add(reflections.get(i), values.get(i), mates.get(i));
      }
    }
    possible(bins, totals, dMax, dMin);
    List<MergeShell> shells = new ArrayList<>();
    for (int b = 0; b < bins.count(); b++) {
      shells.add(totals[b].shell(bins.edge(b), bins.edge(b + 1)));
    }
    MergeShell overall = totals[bins.count()].shell(dMax, dMin);
    if (overall.observations() == overall.unique()) {
      notes.add("no reflection was measured twice: R factors and CC½ are not defined");
    }
    TwinAnalysis twins = twins();
    notes.addAll(twins.notes());
    return new Merged(
        reflections,
        group,
        cell,
        wavelength,
        shells,
        overall,
        ResolutionFit.of(shells, options.ccHalf()),
        options.ccHalf(),
        twins,
        notes);
  }

  private TwinAnalysis twins() {
    int n = reflections.size();
    int[] hkl = new int[3 * n];
    double[] value = new double[n];
    double[] variance = new double[n];
    for (int i = 0; i < n; i++) {
      MergedReflection r = reflections.get(i);
      hkl[3 * i] = r.h();
      hkl[3 * i + 1] = r.k();
      hkl[3 * i + 2] = r.l();
      value[i] = r.mean().value();
      variance[i] = r.mean().sigma() * r.mean().sigma();
    }
    return TwinAnalysis.of(group, cell, hkl, value, variance, electrons);
  }

  private void merge(int g) {
    double[] all = new double[groups.start(g + 1) - groups.start(g)];
    // Σw, ΣwI, n, (Σw)² times the variance of the scales: of all, of the reflection, of its mate
    double[][] sums = new double[3][4];
    double[] both = new double[6];
    for (int q = groups.start(g); q < groups.start(g + 1); q++) {
      int i = groups.member(q);
      double w = 1 / data.variance(i);
      all[q - groups.start(g)] = data.value(i);
      take(both, groups.isMinus(i) ? 3 : 0, data.value(i));
      for (int t : new int[] {0, groups.isMinus(i) ? 2 : 1}) {
        sums[t][0] += w;
        sums[t][1] += w * data.value(i);
        sums[t][2]++;
        if (options.scaleErrors()) {
          blocks.add(t, i, w * data.unit(i));
        }
      }
    }
    for (int t = 0; t < 3; t++) {
      sums[t][3] = blocks.take(t);
    }
    values.add(all);
    mates.add(both);
    int h = groups.index(g, 0);
    int k = groups.index(g, 1);
    int l = groups.index(g, 2);
    reflections.add(
        new MergedReflection(
            h,
            k,
            l,
            intensity(sums[0]),
            intensity(sums[1]),
            intensity(sums[2]),
            Double.NaN,
            Double.NaN,
            free(h, k, l)));
  }

  /** Number, mean and squared deviations, one measurement more. */
  private static void take(double[] both, int at, double value) {
    double before = value - both[at + 1];
    both[at]++;
    both[at + 1] += before / both[at];
    both[at + 2] += before * (value - both[at + 1]);
  }

  /** The variance is 1/Σw and that of the scales, relative to ⟨I⟩. */
  private static MergedReflection.Intensity intensity(double[] sums) {
    double mean = sums[1] / sums[0];
    double variance = 1 / sums[0] + mean * mean * sums[3] / (sums[0] * sums[0]);
    return new MergedReflection.Intensity(
        mean, sums[0] > 0 ? Math.sqrt(variance) : Double.NaN, (int) sums[2]);
  }

  /** A hash of the indices, the same for every data set of the crystal. */
  private int free(int h, int k, int l) {
    long x = options.seed() + ((h * 4096L + k) * 4096L + l) * 0x9E3779B97F4A7C15L;
    x = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return (int) Long.remainderUnsigned(x ^ x >>> 31, options.freeParts());
  }

  /** Amplitudes with the mean of their shell, interpolated between shells. */
  private void amplitudes() {
    int n = reflections.size();
    double[][] order = new double[n][];
    for (int i = 0; i < n; i++) {
      MergedReflection r = reflections.get(i);
      double epsilon = group.epsilon(r.h(), r.k(), r.l());
      order[i] =
          new double[] {
            metric.inverseSquare(r.h(), r.k(), r.l()), r.mean().value() / epsilon, epsilon
          };
    }
    double[][] sorted = order.clone();
    Arrays.sort(sorted, (a, b) -> Double.compare(a[0], b[0]));
    boolean flat = n < PRIOR;
    if (flat) {
      notes.add("fewer than " + PRIOR + " unique reflections: amplitudes with a flat prior");
    }
    int shells = Math.max(1, Math.min(60, n / PRIOR_SHELL));
    double[] place = new double[shells];
    double[] mean = new double[shells];
    for (int b = 0; b < shells; b++) {
      int from = (int) ((long) n * b / shells);
      int to = (int) ((long) n * (b + 1) / shells);
      for (int i = from; i < to; i++) {
        place[b] += sorted[i][0] / (to - from);
        mean[b] += sorted[i][1] / (to - from);
      }
    }
    for (int i = 0; i < n; i++) {
      MergedReflection r = reflections.get(i);
      double expected =
          flat
              ? Double.POSITIVE_INFINITY
              : order[i][2]
                  * Math.max(interpolated(place, mean, order[i][0]), r.mean().sigma() / 9);
      FrenchWilson.Amplitude f =
          FrenchWilson.of(
              r.mean().value(),
              r.mean().sigma(),
              expected,
              UniqueGroups.isCentric(group, r.h(), r.k(), r.l()));
      reflections.set(
          i,
          new MergedReflection(
              r.h(), r.k(), r.l(), r.mean(), r.plus(), r.minus(), f.value(), f.sigma(), r.free()));
    }
  }

  private static double interpolated(double[] x, double[] y, double at) {
    int i = 1;
    while (i < x.length - 1 && at > x[i]) {
      i++;
    }
    if (x.length == 1 || at <= x[0]) {
      return y[0];
    }
    if (at >= x[x.length - 1] || !(x[i] > x[i - 1])) {
      return y[y.length - 1];
    }
    return y[i - 1] + (y[i] - y[i - 1]) * (at - x[i - 1]) / (x[i] - x[i - 1]);
  }

  /** Counts the reflections of the asymmetric unit between two resolutions. */
  private void possible(ShellBins bins, ShellTotals[] totals, double dMax, double dMin) {
    PossibleReflections.forEach(
        cell,
        group,
        dMin,
        (h, k, l, d) -> {
          if (d <= dMax * (1 + SLACK)) {
            boolean centric = UniqueGroups.isCentric(group, h, k, l);
            totals[bins.of(d)].possible(centric);
            totals[bins.count()].possible(centric);
          }
        });
  }
}
