package org.mdx.bragg.scale;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.internal.intensity.IntensityKind;
import org.mdx.bragg.internal.intensity.ShellBins;
import org.mdx.bragg.internal.intensity.UnlikeSweeps;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Scales sweeps of one crystal structure to each other. */
public final class Scaler {
  private static final int SHELLS = 10;

  private final List<Geometry> geometries;
  private final Reflections reflections;
  private final ScaleOptions options;
  private final boolean[] leftOut;
  private final List<String> notes = new ArrayList<>();
  private double rMeasProfile = Double.NaN;
  private double rMeasSum = Double.NaN;

  private Scaler(List<Geometry> geometries, Reflections reflections, ScaleOptions options) {
    this.geometries = geometries;
    this.reflections = reflections;
    this.options = options;
    leftOut = new boolean[geometries.size()];
  }

  /**
   * Scales.
   *
   * @param geometries one for each id, with crystals of one space group in agreement
   * @param reflections integrated, of all of them
   * @param options how
   * @return scaled reflections and models
   * @throws IllegalArgumentException if a column is missing, space groups differ, or no reflection
   *     was measured twice
   * @throws org.mdx.table.EmptyResultException if no intensity can be used, or all are noise
   */
  public static Scaled scale(
      List<Geometry> geometries, Reflections reflections, ScaleOptions options) {
    requireOneGroup(geometries);
    return new Scaler(geometries, reflections, options).run();
  }

  private static void requireOneGroup(List<Geometry> geometries) {
    SpaceGroup first = null;
    for (int i = 0; i < geometries.size(); i++) {
      int number = i;
      SpaceGroup g =
          geometries
              .get(i)
              .crystal()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "experiment " + number + " has no crystal; run mdx index"))
              .spaceGroup();
      first = first == null ? g : first;
      if (!g.equals(first)) {
        throw new IllegalArgumentException(
            "experiment "
                + i
                + " has the space group "
                + g
                + ", experiment 0 "
                + first
                + "; 'mdx cosym' or 'mdx symmetry' gives them one");
      }
    }
  }

  private Scaled run() {
    ScalingRun run = chosen();
    IntensityChoice taken =
        rMeasSum < rMeasProfile || options.intensities() == IntensityChoice.SUM
            ? IntensityChoice.SUM
            : IntensityChoice.PROFILE;
    run.chooseDetail();
    AbsorptionLevel level = run.chooseSurface();
    run.fit();
    boolean honest = run.finish();
    double[] delta = new DeltaCcHalf(run.data, run.model.g, run.used).values();
    notes.addAll(OtherIndexing.notes(run.data, geometries.get(0).crystal().orElseThrow()));
    if (options.deltaCcHalf() > 0 && filter(delta)) {
      ScalingRun before = run;
      run = new ScalingRun(run.data, options, leftOut);
      run.choicesOf(before);
      run.model = run.model(level, startOf(run));
      run.fit();
      honest = run.finish();
    }
    notes.addAll(0, run.data.notes);
    notes.addAll(UnlikeSweeps.notes(geometries));
    Components components = new Components(run.data, run.used);
    if (components.count() > 1) {
      notes.add(components.words());
    }
    if (!honest) {
      notes.add("too few equivalents to test the standard deviations; a 1, b 0.02");
    }
    return result(run, taken, components, delta);
  }

  private static double[] startOf(ScalingRun run) {
    double[] start = new double[run.data.sweeps()];
    for (int s = 0; s < start.length; s++) {
      start[s] = run.model.p[run.model.scaleStart[s]];
    }
    return start;
  }

  /** The run whose equivalents agree better. */
  private ScalingRun chosen() {
    ScalingRun profile = null;
    ScalingRun sum = null;
    boolean best = options.intensities() == IntensityChoice.BEST;
    if (options.intensities() == IntensityChoice.PROFILE
        || best && reflections.has(ReflectionKeys.INTENSITY_PRF)) {
      profile = first(IntensityKind.PROFILE);
      rMeasProfile = profile.rMeas();
    }
    if (options.intensities() == IntensityChoice.SUM
        || profile == null
        || best && reflections.has(ReflectionKeys.INTENSITY_SUM)) {
      sum = first(IntensityKind.SUM);
      rMeasSum = sum.rMeas();
    }
    return profile == null || sum != null && rMeasSum < rMeasProfile ? sum : profile;
  }

  private ScalingRun first(IntensityKind kind) {
    ScalingData data = new ScalingData(geometries, reflections, kind, options);
    requireEquivalents(data);
    ScalingRun run = new ScalingRun(data, options, leftOut);
    run.fit();
    run.fit();
    return run;
  }

  private static void requireEquivalents(ScalingData data) {
    if (data.groups.size() == data.size()) {
      throw new IllegalArgumentException(
          "none of the "
              + data.size()
              + " reflections was measured twice: there is nothing to scale; check the space group"
              + " or add sweeps");
    }
  }

  /** Leaves out sweeps that lower CC½; false if there is none. */
  private boolean filter(double[] delta) {
    double[] known = Arrays.stream(delta).filter(Double::isFinite).toArray();
    double mean = Arrays.stream(known).average().orElse(0);
    double variance = Arrays.stream(known).map(x -> (x - mean) * (x - mean)).average().orElse(0);
    double limit = mean - options.deltaCcHalf() * Math.sqrt(variance);
    boolean any = false;
    for (int s = 0; s < delta.length; s++) {
      leftOut[s] = delta[s] < limit;
      any |= leftOut[s];
      if (leftOut[s]) {
        notes.add(
            String.format(
                Locale.ROOT, "sweep %d lowers CC½ by %.4f and is left out", s, -delta[s]));
      }
    }
    return any;
  }

  private Scaled result(
      ScalingRun run, IntensityChoice taken, Components components, double[] delta) {
    Covariance covariance = run.covariance(components);
    List<SweepScaling> sweeps = new ArrayList<>();
    int[] scaled = new int[geometries.size()];
    int[] outliers = new int[geometries.size()];
    for (int i = 0; i < run.data.measured; i++) {
      (run.used[i] ? scaled : outliers)[run.data.sweep[i]]++;
    }
    ScalingModel m = run.model;
    for (int s = 0; s < geometries.size(); s++) {
      int surfaceEnd = m.surfaceStart[s] + m.surfaceSize[s];
      sweeps.add(
          new SweepScaling(
              curve(Arrays.copyOfRange(m.p, m.scaleStart[s], m.decayStart[s])),
              curve(sigmas(covariance, m.scaleStart[s], m.decayStart[s])),
              curve(Arrays.copyOfRange(m.p, m.decayStart[s], m.surfaceStart[s])),
              curve(sigmas(covariance, m.decayStart[s], m.surfaceStart[s])),
              Arrays.copyOfRange(m.p, m.surfaceStart[s], surfaceEnd),
              sigmas(covariance, m.surfaceStart[s], surfaceEnd),
              m.level,
              run.errors[s],
              scaled[s],
              leftOut[s] ? 0 : outliers[s],
              components.of(s),
              delta[s],
              leftOut[s]));
    }
    return new Scaled(
        columns(run, covariance),
        sweeps,
        taken,
        rMeasProfile,
        rMeasSum,
        components.count(),
        widths(run),
        notes);
  }

  /** One value as a curve of two that are the same, since a curve has values at its ends. */
  private static double[] curve(double[] values) {
    return values.length == 1 ? new double[] {values[0], values[0]} : values;
  }

  private static double[] sigmas(Covariance covariance, int from, int to) {
    double[] out = new double[to - from];
    for (int k = from; k < to; k++) {
      out[k - from] = Math.sqrt(covariance.variance(k));
    }
    return out;
  }

  private Reflections columns(ScalingRun run, Covariance covariance) {
    int n = reflections.size();
    double[] value = new double[n];
    double[] variance = new double[n];
    double[] g = new double[n];
    double[] gVariance = new double[n];
    long[] flags = reflections.get(ReflectionKeys.FLAGS);
    int[] id = reflections.get(ReflectionKeys.ID);
    for (int i = 0; i < n; i++) {
      flags[i] &= ~(ReflectionFlag.SCALED.mask() | ReflectionFlag.OUTLIER_IN_SCALING.mask());
      flags[i] &= ~ReflectionFlag.EXCLUDED_FOR_SCALING.mask();
      flags[i] |= id[i] < 0 ? 0 : ReflectionFlag.EXCLUDED_FOR_SCALING.mask();
    }
    ScalingData d = run.data;
    LeaveOneOut means = new LeaveOneOut(d, run.model.g, run.used.clone(), run.errors);
    int[] index = new int[run.model.derivatives()];
    double[] slope = new double[run.model.derivatives()];
    for (int i = 0; i < d.measured; i++) {
      int r = d.row[i];
      double mean = means.groupMean(d.group[i]);
      double expected = Double.isFinite(mean) ? run.model.g[i] * mean : d.value[i];
      value[r] = d.value[i];
      variance[r] = run.errors[d.sweep[i]].variance(d.varianceAt(i, expected), expected);
      g[r] = run.model.g[i];
      int k = run.model.gradient(i, index, slope);
      gVariance[r] = covariance.form(index, slope, k);
      if (!leftOut[d.sweep[i]]) {
        flags[r] &= ~ReflectionFlag.EXCLUDED_FOR_SCALING.mask();
        flags[r] |=
            (run.used[i] ? ReflectionFlag.SCALED : ReflectionFlag.OUTLIER_IN_SCALING).mask();
      }
    }
    return reflections
        .with(ReflectionKeys.INTENSITY_SCALE, value)
        .with(ReflectionKeys.INTENSITY_SCALE_VARIANCE, variance)
        .with(ReflectionKeys.INVERSE_SCALE_FACTOR, g)
        .with(ReflectionKeys.INVERSE_SCALE_FACTOR_VARIANCE, gVariance)
        .with(ReflectionKeys.FLAGS, flags);
  }

  private List<Scaled.Width> widths(ScalingRun run) {
    ScalingData d = run.data;
    LeaveOneOut loo = new LeaveOneOut(d, run.model.g, run.used.clone(), run.errors);
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (int i = 0; i < d.measured; i++) {
      low = Math.min(low, d.inverse2d2[i]);
      high = Math.max(high, d.inverse2d2[i]);
    }
    ShellBins bins =
        ShellBins.of(Math.sqrt(0.5 / low), Math.sqrt(0.5 / high), Math.min(SHELLS, d.measured));
    DoubleArrayList[] z = new DoubleArrayList[bins.count()];
    Arrays.setAll(z, b -> new DoubleArrayList());
    for (int i = 0; i < d.measured; i++) {
      double t = run.used[i] ? Math.abs(loo.deviation(i)) : Double.NaN;
      if (Double.isFinite(t)) {
        z[bins.of(Math.sqrt(0.5 / d.inverse2d2[i]))].add(t);
      }
    }
    List<Scaled.Width> out = new ArrayList<>();
    for (int b = 0; b < z.length; b++) {
      double width = LeaveOneOut.width(z[b].toDoubleArray()) * Math.sqrt(run.freedom());
      out.add(new Scaled.Width(bins.edge(b), bins.edge(b + 1), z[b].size(), width));
    }
    return out;
  }
}
