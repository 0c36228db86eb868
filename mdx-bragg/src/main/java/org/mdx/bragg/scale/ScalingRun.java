package org.mdx.bragg.scale;

import java.util.Arrays;
import java.util.function.Supplier;

/** The scaling of one kind of intensities, round by round. */
final class ScalingRun {
  private static final int SHELLS = 10;
  private static final int ROUNDS = 3;
  private static final int STEPS = 40;

  /** Steps that tell which of several models is better. */
  private static final int VALIDATION_STEPS = 3;

  /** Steps from the scales by mean intensities alone. */
  private static final int DETAIL_STEPS = 10;

  /** Intervals of the curves of wedges that are tried, the fewest first. */
  private static final int[] DETAILS = {0, 1, Integer.MAX_VALUE};

  /** Gain of the cross-validated fit below which the weaker surface is kept, in −log likelihood. */
  private static final double WORTH = 2;

  final ScalingData data;
  private final ScaleOptions options;
  private final boolean[] leftOut;
  private final double[] start;
  private final boolean[] allGroups;

  /** Most intervals of the curves of wedges. */
  private int detail = Integer.MAX_VALUE;

  boolean[] used;
  ErrorModel[] errors;
  ScalingModel model;

  ScalingRun(ScalingData data, ScaleOptions options, boolean[] leftOut) {
    this.data = data;
    this.options = options;
    this.leftOut = leftOut;
    start = wilsonScales();
    allGroups = new boolean[data.groups.size()];
    Arrays.fill(allGroups, true);
    errors = new ErrorModel[data.sweeps()];
    Arrays.fill(errors, ErrorModel.START);
    used = candidates();
    model = new ScalingModel(data, options.decay(), AbsorptionLevel.OFF, start);
  }

  private boolean[] candidates() {
    boolean[] out = new boolean[data.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = data.sweep[i] < 0 || !leftOut[data.sweep[i]];
    }
    return out;
  }

  /** Mean intensities of the sweeps over those of all in the same shells. */
  private double[] wilsonScales() {
    double[] s = Arrays.copyOf(data.inverse2d2, data.measured);
    Arrays.sort(s);
    double[] edges = new double[SHELLS];
    for (int b = 0; b < SHELLS; b++) {
      edges[b] = s[(int) ((long) s.length * b / SHELLS)];
    }
    double[][] sum = new double[data.sweeps() + 1][SHELLS];
    int[][] n = new int[data.sweeps() + 1][SHELLS];
    for (int i = 0; i < data.size(); i++) {
      int b = Arrays.binarySearch(edges, data.inverse2d2[i]);
      b = b < 0 ? Math.max(0, -b - 2) : b;
      // the reference sets the scale where there is one
      if (options.reference().isEmpty() || data.sweep[i] < 0) {
        sum[data.sweeps()][b] += data.value[i];
        n[data.sweeps()][b]++;
      }
      if (data.sweep[i] >= 0) {
        sum[data.sweep[i]][b] += data.value[i];
        n[data.sweep[i]][b]++;
      }
    }
    double[] out = new double[data.sweeps()];
    for (int k = 0; k < out.length; k++) {
      double top = 0;
      double bottom = 0;
      for (int b = 0; b < SHELLS; b++) {
        if (n[k][b] > 0 && n[out.length][b] > 0) {
          top += sum[k][b];
          bottom += sum[out.length][b] / n[out.length][b] * n[k][b];
        }
      }
      out[k] = top > 0 && bottom > 0 ? top / bottom : 1;
    }
    return out;
  }

  private double[] weights() {
    double[] w = new LeaveOneOut(data, model.g, used.clone(), errors).weight;
    for (int i = 0; i < w.length; i++) {
      w[i] = data.fitted[i] ? w[i] : 0;
    }
    return w;
  }

  /** Fits the model with the errors there are, then looks for outliers. */
  int fit() {
    new GaussNewton(data, model, weights(), allGroups).fit(STEPS);
    used = candidates();
    return Outliers.reject(data, model.g, used, errors, options.outlier());
  }

  /** Error models; false if there are too few equivalents. */
  boolean fitErrors() {
    ErrorModelFit fit = new ErrorModelFit(data, model.g, used, errors, options.minExpected());
    if (!fit.isEmpty()) {
      double f = Math.sqrt(freedom());
      ErrorModel[] found = fit.fit(errors);
      for (int s = 0; s < found.length; s++) {
        found[s] = new ErrorModel(found[s].a() * f, found[s].b());
      }
      errors = found;
    }
    return !fit.isEmpty();
  }

  /**
   * By how much the variance of deviations is too small because scales were fitted to them: n/(n −
   * p) of n measurements beyond the first of each group and p values of C and B.
   */
  double freedom() {
    int n = 0;
    boolean[] any = new boolean[data.sweeps()];
    for (int h = 0; h < data.groups.size(); h++) {
      int members = 0;
      for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
        int i = data.groups.member(q);
        members += used[i] ? 1 : 0;
        if (used[i] && i < data.measured) {
          any[data.sweep[i]] = true;
        }
      }
      n += Math.max(0, members - 1);
    }
    int p = 0;
    for (int s = 0; s < any.length; s++) {
      p += any[s] ? model.surfaceStart[s] - model.scaleStart[s] : 0;
    }
    return n > 2 * p ? n / (double) (n - p) : 2;
  }

  /** All rounds after the first. */
  boolean finish() {
    boolean honest = false;
    for (int round = 0; round < ROUNDS; round++) {
      honest = fitErrors();
      fit();
    }
    honest &= fitErrors();
    used = candidates();
    Outliers.reject(data, model.g, used, errors, options.outlier());
    return honest;
  }

  /** A model of the kind that was chosen. */
  ScalingModel model(AbsorptionLevel level, double[] from) {
    return new ScalingModel(data, options.decay(), level, from, detail);
  }

  /** The same choices for another run. */
  void choicesOf(ScalingRun other) {
    detail = other.detail;
  }

  /**
   * Chooses how much scale and B of wedges change by groups that they were not fitted to: what is
   * fitted in vain makes the scales less certain.
   */
  void chooseDetail() {
    boolean any = false;
    for (int s = 0; s < data.sweeps(); s++) {
      any |= ScalingModel.isWedge(data.range(s));
    }
    if (!any) {
      return;
    }
    fitErrors();
    double least = Double.POSITIVE_INFINITY;
    int best = detail;
    for (int most : DETAILS) {
      detail = most;
      double misfit = validated(() -> model(AbsorptionLevel.OFF, start), DETAIL_STEPS);
      if (misfit < least - WORTH) {
        least = misfit;
        best = most;
      }
    }
    detail = best;
    model = model(AbsorptionLevel.OFF, start);
    fit();
  }

  /** Chooses the absorption surface by what it does to groups that it was not fitted to. */
  AbsorptionLevel chooseSurface() {
    boolean any = false;
    for (int s = 0; s < data.sweeps(); s++) {
      any |= ScalingModel.hasSurface(data.range(s));
    }
    AbsorptionLevel best =
        any ? options.absorption().orElse(AbsorptionLevel.OFF) : AbsorptionLevel.OFF;
    if (any && options.absorption().isEmpty()) {
      fitErrors();
      double least = Double.POSITIVE_INFINITY;
      for (AbsorptionLevel level : AbsorptionLevel.values()) {
        double misfit =
            validated(
                () -> {
                  ScalingModel trial = model(level, start);
                  trial.startFrom(model);
                  return trial;
                },
                VALIDATION_STEPS);
        if (misfit < least - WORTH) {
          least = misfit;
          best = level;
        }
      }
    }
    ScalingModel before = model;
    model = model(best, start);
    model.startFrom(before);
    return best;
  }

  private double validated(Supplier<ScalingModel> model, int steps) {
    double[] w = weights();
    double sum = 0;
    for (int fold = 0; fold < 2; fold++) {
      boolean[] fitted = new boolean[allGroups.length];
      boolean[] seen = new boolean[allGroups.length];
      for (int h = 0; h < fitted.length; h++) {
        // a hash of the number, so that neighbours fall apart
        boolean one = (h * 0x9E3779B97F4A7C15L >>> 63) == fold;
        fitted[h] = one;
        seen[h] = !one;
      }
      GaussNewton fit = new GaussNewton(data, model.get(), w, fitted);
      fit.fit(steps);
      sum += fit.misfit(seen);
    }
    return sum;
  }

  /** √(n/(n − 1)) Σ|I − ⟨I⟩|/ΣI of the measurements that are used. */
  double rMeas() {
    double top = 0;
    double bottom = 0;
    LeaveOneOut means = new LeaveOneOut(data, model.g, used.clone(), errors);
    for (int h = 0; h < data.groups.size(); h++) {
      double mean = means.groupMean(h);
      double differences = 0;
      double total = 0;
      int n = 0;
      for (int q = data.groups.start(h); q < data.groups.start(h + 1); q++) {
        int i = data.groups.member(q);
        if (used[i] && i < data.measured) {
          differences += Math.abs(data.value[i] / model.g[i] - mean);
          total += data.value[i] / model.g[i];
          n++;
        }
      }
      if (n > 1) {
        top += Math.sqrt(n / (n - 1.0)) * differences;
        bottom += total;
      }
    }
    return bottom > 0 ? top / bottom : Double.NaN;
  }

  /** Covariance of the parameters, but for a common scale and B of each component. */
  Covariance covariance(Components components) {
    int[] component = null;
    if (options.reference().isEmpty()) {
      component = new int[data.sweeps()];
      Arrays.setAll(component, components::of);
    }
    return new GaussNewton(data, model, weights(), allGroups)
        .covariance(component, components.count());
  }
}
