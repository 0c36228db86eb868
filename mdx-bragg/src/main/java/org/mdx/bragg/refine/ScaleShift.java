package org.mdx.bragg.refine;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.mdx.bragg.internal.algebra.ScanSmoother;
import org.mdx.bragg.internal.intensity.UniqueGroups;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.Corrections;
import org.mdx.geometry.Geometry;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * How far a scale that changes along the scan moves centroids. A spot that takes some images is
 * weighed by the scale b of each of them, so its centroid along the scan is off by σ² ∂ln b/∂z, σ²
 * its variance along the scan; a static crystal then seems to turn about the rotation axis to and
 * fro. ln b is fitted to the intensities of equivalent reflections; σ² is u/V² + w/ζ², V = |e·(s1 ×
 * s0)|/|s0||s1| and ζ = e·e₁, for spots of a size in reciprocal space and for mosaic ones. u and w
 * are those that residuals ask for beside any smooth course of the crystal, so no width of spots
 * needs to be known, and nothing moves where residuals do not show it.
 */
final class ScaleShift {
  /** Degrees between values of ln b, and of what the crystal does by itself. */
  private static final double INTERVAL = 8;

  private static final int MOST = 30;

  /** Redundant intensities, and reflections, for each value. */
  private static final int EACH = 10;

  /** Error of the logarithm of an intensity beside counting; ν of Student's t; rounds. */
  private static final double MODEL = 0.05;

  private static final double NU = 4;
  private static final int ROUNDS = 10;

  /**
   * Standard deviation of ln b from one value to the next, which holds it where there is little.
   */
  private static final double STEP = 0.3;

  /** Standard deviations of u or w that count. */
  private static final double SIGNIFICANT = 5;

  private static final double GRAZING = 0.05;

  /** The largest index that can be grouped. */
  private static final int LARGEST = 1000;

  private final Geometry geometry;
  private final Reflections r;
  private final double floor;
  private final int[] every; // of which intensity and prediction are known
  private final int[] rows; // those of them that are used and no outliers
  private final ScanSmoother smoother;
  private final int size;
  private final double[] z; // predicted place in the scan
  private final double[][] shape; // 1/V², 1/ζ²
  private final double[] off; // observed less predicted place, frames
  private final double[] variance; // of it
  private final int[] first; // of each reflection: the first of the values nearest to it
  private final double[] near; // their weights
  private final double[] logarithm;
  private final double[] sigma;

  /**
   * What the spots of a sweep tell.
   *
   * @param fitted reflections with predictions of the geometry
   * @param sweep those that belong to the sweep
   * @param floor of the errors of centroids along the scan, frames
   */
  ScaleShift(Geometry geometry, Reflections fitted, int[] sweep, double floor) {
    this.geometry = geometry;
    r = fitted;
    this.floor = floor;
    Corrections corrections = Corrections.of(geometry);
    shape = new double[2][r.size()];
    z = new double[r.size()];
    off = new double[r.size()];
    variance = new double[r.size()];
    logarithm = new double[r.size()];
    sigma = new double[r.size()];
    Columns columns = new Columns(fitted);
    every = IntStream.of(sweep).filter(i -> take(i, corrections, columns)).toArray();
    long[] flags = fitted.get(ReflectionKeys.FLAGS);
    rows =
        IntStream.of(every)
            .filter(
                i ->
                    ReflectionFlag.USED_IN_REFINEMENT.isSet(flags[i])
                        && !ReflectionFlag.CENTROID_OUTLIER.isSet(flags[i]))
            .toArray();
    int frames = geometry.scan().frames();
    double range = Math.abs(geometry.scan().width()) * frames;
    int n = (int) Math.rint(Math.min(Math.min(MOST, frames), range / INTERVAL));
    smoother = new ScanSmoother(frames, Math.max(1, n));
    size = smoother.size();
    first = new int[r.size()];
    near = new double[ScanSmoother.NEAREST * r.size()];
    double[] w = new double[ScanSmoother.NEAREST];
    for (int i : rows) {
      first[i] = smoother.weights(z[i], w);
      System.arraycopy(w, 0, near, ScanSmoother.NEAREST * i, w.length);
    }
  }

  /** What is asked of each reflection. */
  private static final class Columns {
    private final double[] intensity;
    private final double[] variance;
    private final int[] panel;
    private final double[] observed;
    private final double[] observedVariance;
    private final double[] predicted;
    private final double[] s1;

    Columns(Reflections r) {
      intensity = r.get(ReflectionKeys.INTENSITY_SUM);
      variance = r.get(ReflectionKeys.INTENSITY_SUM_VARIANCE);
      panel = r.get(ReflectionKeys.PANEL);
      observed = r.get(ReflectionKeys.XYZOBS_PX);
      observedVariance = r.get(ReflectionKeys.XYZOBS_PX_VARIANCE);
      predicted = r.get(ReflectionKeys.XYZCAL_PX);
      s1 = r.get(ReflectionKeys.S1);
    }
  }

  private boolean take(int i, Corrections corrections, Columns c) {
    double intensity = c.intensity[i];
    double counting = c.variance[i];
    CorrectionFactors f = corrections.at(c.panel[i], c.observed[3 * i], c.observed[3 * i + 1]);
    double volume = f.inverseLorentz();
    Vec3 s1 = new Vec3(c.s1[3 * i], c.s1[3 * i + 1], c.s1[3 * i + 2]);
    Vec3 across = s1.cross(geometry.beam().s0());
    if (!(intensity > 0) || !(counting > 0) || !(across.norm() > 0) || !(volume > 0)) {
      return false;
    }
    double zeta = geometry.goniometer().laboratoryAxis().dot(across.unit());
    off[i] = c.observed[3 * i + 2] - c.predicted[3 * i + 2];
    variance[i] = c.observedVariance[3 * i + 2] + floor * floor;
    z[i] = c.predicted[3 * i + 2] - geometry.scan().firstImage() + 1;
    logarithm[i] = Math.log(intensity * volume / (f.polarization() * f.efficiency()));
    sigma[i] = Math.hypot(MODEL, Math.sqrt(counting) / intensity);
    shape[0][i] = 1 / (volume * volume);
    shape[1][i] = 1 / (zeta * zeta);
    return Math.abs(zeta) > GRAZING && z[i] >= 0 && z[i] <= geometry.scan().frames();
  }

  /**
   * The shift of each reflection.
   *
   * @return frames, 0 where nothing is known; null if there is no significant shift
   */
  double[] frames() {
    double[] slopes = slopes();
    if (slopes == null) {
      return null;
    }
    double[] both = widths(slopes, 0, 1);
    double[] best = both != null && both[0] > 0 && both[1] > 0 ? both : null;
    if (best == null) {
      double[] size0 = widths(slopes, 0);
      double[] mosaic = widths(slopes, 1);
      boolean first = size0 != null && (mosaic == null || size0[1] >= mosaic[1]);
      double[] one = first ? size0 : mosaic;
      if (one == null || !(one[0] > 0) || !(one[1] > SIGNIFICANT)) {
        return null;
      }
      best = first ? new double[] {one[0], 0} : new double[] {0, one[0]};
    } else if (!(both[2] > SIGNIFICANT)) {
      return null;
    }
    double[] out = new double[r.size()];
    for (int i : every) {
      out[i] = (best[0] * shape[0][i] + best[1] * shape[1][i]) * slopes[i];
    }
    return out;
  }

  /** ∂ln b/∂z where each reflection is, per frame; null if too few are equivalent. */
  private double[] slopes() {
    int[] index = new int[3 * rows.length];
    int[] all = r.get(ReflectionKeys.MILLER_INDEX);
    for (int i = 0; i < index.length; i++) {
      index[i] = all[3 * rows[i / 3] + i % 3];
      if (Math.abs(index[i]) > LARGEST) {
        return null;
      }
    }
    UniqueGroups groups = UniqueGroups.of(index, geometry.crystal().orElseThrow().spaceGroup());
    if (rows.length - groups.size() < EACH * size) {
      return null;
    }
    double[] curve = new double[size];
    for (int round = 0; round < ROUNDS; round++) {
      DMatrixRMaj normal = new DMatrixRMaj(size, size);
      DMatrixRMaj right = new DMatrixRMaj(size, 1);
      for (int g = 0; g < groups.size(); g++) {
        add(groups, g, curve, normal, right);
      }
      hold(normal, 1 / (STEP * STEP));
      DMatrixRMaj solved = new DMatrixRMaj(size, 1);
      LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(size);
      if (!solver.setA(normal)) {
        return null;
      }
      solver.solve(right, solved);
      curve = solved.data.clone();
    }
    double[] out = new double[r.size()];
    for (int i : every) {
      out[i] = value(curve, z[i] + 0.5) - value(curve, z[i] - 0.5);
    }
    return out;
  }

  private double value(double[] curve, double at) {
    double[] w = new double[ScanSmoother.NEAREST];
    int first = smoother.weights(at, w);
    double sum = 0;
    for (int k = 0; k < smoother.nearest(); k++) {
      sum += w[k] * curve[first + k];
    }
    return sum;
  }

  /** Steps are small, and the mean, which nothing tells, is 0. */
  private static void hold(DMatrixRMaj normal, double strength) {
    for (int k = 0; k < normal.numRows; k++) {
      normal.add(k, k, 1e-3);
      if (k > 0) {
        normal.add(k, k, strength);
        normal.add(k - 1, k - 1, strength);
        normal.add(k, k - 1, -strength);
        normal.add(k - 1, k, -strength);
      }
    }
  }

  /** Adds equivalent reflections: what they differ from their weighted mean by. */
  private void add(
      UniqueGroups groups, int g, double[] curve, DMatrixRMaj normal, DMatrixRMaj right) {
    int from = groups.start(g);
    int n = groups.start(g + 1) - from;
    if (n < 2) {
      return;
    }
    double[][] x = new double[n][size];
    double[] y = new double[n];
    double[] w = new double[n];
    double[] miss = new double[n];
    for (int m = 0; m < n; m++) {
      int i = rows[groups.member(from + m)];
      System.arraycopy(near, ScanSmoother.NEAREST * i, x[m], first[i], smoother.nearest());
      y[m] = logarithm[i];
      miss[m] = y[m] - value(curve, z[i]);
    }
    double[] sorted = miss.clone();
    Arrays.sort(sorted);
    double middle = sorted[n / 2];
    double all = 0;
    double meanY = 0;
    double[] mean = new double[size];
    for (int m = 0; m < n; m++) {
      double s = sigma[rows[groups.member(from + m)]];
      double delta = (miss[m] - middle) / s;
      w[m] = (NU + 1) / (NU + delta * delta) / (s * s);
      all += w[m];
      meanY += w[m] * y[m];
      for (int k = 0; k < size; k++) {
        mean[k] += w[m] * x[m][k];
      }
    }
    for (int m = 0; m < n; m++) {
      for (int k = 0; k < size; k++) {
        double a = x[m][k] - mean[k] / all;
        right.add(k, 0, w[m] * a * (y[m] - meanY / all));
        for (int j = 0; j < size; j++) {
          normal.add(k, j, w[m] * a * (x[m][j] - mean[j] / all));
        }
      }
    }
  }

  /**
   * Least squares of the residuals along the scan, with a smooth course beside.
   *
   * @param which of the shapes
   * @return their coefficients, and how many standard deviations they are from 0 together; null if
   *     they cannot be told
   */
  private double[] widths(double[] slopes, int... which) {
    int n = size + which.length;
    if (rows.length < EACH * n) {
      return null;
    }
    double[] solution = new double[n];
    DMatrixRMaj inverse = new DMatrixRMaj(n, n);
    for (int round = 0; round < ROUNDS; round++) {
      DMatrixRMaj normal = new DMatrixRMaj(n, n);
      double[] right = new double[n];
      for (int i : rows) {
        addResidual(i, slopes, which, solution, normal, right);
      }
      LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(n);
      if (!solver.setA(normal)) {
        return null;
      }
      solver.invert(inverse);
      for (int k = 0; k < n; k++) {
        solution[k] = 0;
        for (int j = 0; j < n; j++) {
          solution[k] += inverse.get(k, j) * right[j];
        }
      }
    }
    double[] out = new double[which.length + 1];
    double least = 0;
    for (int k = 0; k < which.length; k++) {
      out[k] = solution[size + k];
      double sigmas = out[k] / Math.sqrt(inverse.get(size + k, size + k));
      least = Math.max(least, sigmas);
    }
    out[which.length] = least;
    return out;
  }

  private void addResidual(
      int i, double[] slopes, int[] which, double[] solution, DMatrixRMaj normal, double[] right) {
    int nearest = smoother.nearest();
    int used = nearest + which.length;
    int[] at = new int[used];
    double[] x = new double[used];
    for (int k = 0; k < nearest; k++) {
      at[k] = first[i] + k;
      x[k] = near[ScanSmoother.NEAREST * i + k];
    }
    for (int k = 0; k < which.length; k++) {
      at[nearest + k] = size + k;
      x[nearest + k] = shape[which[k]][i] * slopes[i];
    }
    double rest = off[i];
    for (int k = 0; k < used; k++) {
      rest -= x[k] * solution[at[k]];
    }
    double w = (NU + 1) / (NU + rest * rest / variance[i]) / variance[i];
    for (int k = 0; k < used; k++) {
      right[at[k]] += w * x[k] * off[i];
      for (int j = 0; j < used; j++) {
        normal.add(at[k], at[j], w * x[k] * x[j]);
      }
    }
  }

  /** Whether the columns are there. */
  static boolean isPossible(Reflections r) {
    return r.has(ReflectionKeys.INTENSITY_SUM)
        && r.has(ReflectionKeys.INTENSITY_SUM_VARIANCE)
        && r.has(ReflectionKeys.PANEL);
  }

  /**
   * The shifts of all sweeps.
   *
   * @param geometries fitted without a change along the scan
   * @param fitted reflections with their predictions and flags
   * @param floor of the errors of centroids along the scan, frames
   * @return frames, or null if there are none
   */
  static double[] of(List<Geometry> geometries, Reflections fitted, double floor) {
    int n = fitted.size();
    int[] id = fitted.has(ReflectionKeys.ID) ? fitted.get(ReflectionKeys.ID) : new int[n];
    long[] flags = fitted.get(ReflectionKeys.FLAGS);
    double[] all = null;
    for (int s = 0; s < geometries.size(); s++) {
      int sweep = s;
      int[] rows =
          IntStream.range(0, n)
              .filter(i -> id[i] == sweep && ReflectionFlag.PREDICTED.isSet(flags[i]))
              .toArray();
      double[] shifts = new ScaleShift(geometries.get(s), fitted, rows, floor).frames();
      if (shifts != null) {
        all = all == null ? new double[n] : all;
        for (int i : rows) {
          all[i] = shifts[i];
        }
      }
    }
    return all;
  }
}
