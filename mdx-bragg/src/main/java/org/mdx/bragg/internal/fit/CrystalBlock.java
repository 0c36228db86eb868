package org.mdx.bragg.internal.fit;

import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.algebra.ScanSmoother;
import org.mdx.bragg.internal.algebra.Turns;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * A crystal: three rotations of U on the left in mrad, and the changes of the independent elements
 * of its reciprocal metric in Å⁻². B is the lower triangle with BᵀB = G*. Each of these is one
 * parameter, or, if it varies along the scan, one for each value of a smoother. A beam that drifts
 * does so with its sweep's crystal: two more numbers turn it, in mrad.
 */
final class CrystalBlock {
  static final int ROTATIONS = 3;

  private static final double ROUNDING = 1e-12;

  private static final Vec3[] AXES = {new Vec3(1, 0, 0), new Vec3(0, 1, 0), new Vec3(0, 0, 1)};
  private static final String[] NAMES = {"phi x", "phi y", "phi z"};
  private static final String[] BEAM_NAMES = {"beam drift 1", "beam drift 2"};

  private final Crystal start;
  private final ScanSmoother orientationPath; // null if it does not vary
  private final ScanSmoother cellPath;
  private final ScanSmoother beamPath;
  private final Vec3[] beamAxes; // about which the beam drifts
  private final int[] offsets; // of the numbers, and behind the last
  private final int edges; // of images; 0 if nothing varies
  private final Mat3 u;
  private final CellSymmetry symmetry;
  private final double[] metric;

  /** A crystal that does not change. */
  CrystalBlock(Crystal start) {
    this(start, 0, null, null, null, new Vec3[0]);
  }

  /** A crystal that changes along a scan: what has no smoother does not. */
  CrystalBlock(Crystal start, int frames, ScanSmoother orientation, ScanSmoother cell) {
    this(start, frames, orientation, cell, null, new Vec3[0]);
  }

  /** The same with a beam that drifts about axes. */
  CrystalBlock(
      Crystal start,
      int frames,
      ScanSmoother orientation,
      ScanSmoother cell,
      ScanSmoother beam,
      Vec3[] beamAxes) {
    this.start = start;
    orientationPath = orientation;
    cellPath = cell;
    beamPath = beam;
    this.beamAxes = beamAxes;
    edges = orientation == null && cell == null && beam == null ? 0 : frames + 1;
    u = start.u();
    symmetry = new CellSymmetry(start.spaceGroup());
    Mat3 b = start.b();
    double[] g = b.transpose().times(b).toRowMajor();
    double[] six = new double[CellSymmetry.SIX];
    for (int i = 0; i < six.length; i++) {
      six[i] = g[3 * CellSymmetry.ROW[i] + CellSymmetry.COLUMN[i]];
    }
    metric = symmetry.project(six);
    offsets = new int[local() + 1];
    for (int n = 0; n < local(); n++) {
      offsets[n + 1] = offsets[n] + values(n);
    }
  }

  /** Number of parameters. */
  int size() {
    return offset(local());
  }

  /** Number of numbers that make the crystal at a place: three rotations and those of the cell. */
  private int own() {
    return ROTATIONS + symmetry.size();
  }

  /** Number of numbers with those of the beam. */
  int local() {
    return own() + beamAxes.length;
  }

  /** The smoother of a number, or null. */
  private ScanSmoother smoother(int number) {
    return number < ROTATIONS ? orientationPath : number < own() ? cellPath : beamPath;
  }

  /** How many parameters make a number. */
  int values(int number) {
    ScanSmoother s = smoother(number);
    return s == null ? 1 : s.size();
  }

  /** The first of the parameters that make a number. */
  int offset(int number) {
    return offsets[number];
  }

  private int number(int i) {
    int number = 0;
    while (offset(number + 1) <= i) {
      number++;
    }
    return number;
  }

  FitParameter kind(int i) {
    int n = number(i);
    return n < ROTATIONS
        ? FitParameter.ORIENTATION
        : n < own() ? FitParameter.CELL : FitParameter.BEAM_DRIFT;
  }

  String numberName(int number) {
    return number < ROTATIONS
        ? NAMES[number]
        : number < own() ? symmetry.name(number - ROTATIONS) : BEAM_NAMES[number - own()];
  }

  String name(int i) {
    int n = number(i);
    String name = numberName(n);
    return values(n) == 1 ? name : name + " " + (i - offset(n) + 1);
  }

  /** Scale of a number that varies: 1 mrad, or the size of the element of the metric. */
  double unit(int number) {
    if (number < ROTATIONS || number >= own()) {
      return 1;
    }
    double[] d = symmetry.direction(number - ROTATIONS);
    int n = 0;
    while (d[n] == 0) {
      n++;
    }
    return Math.sqrt(metric[CellSymmetry.ROW[n]] * metric[CellSymmetry.COLUMN[n]]);
  }

  /**
   * The parameters that make a number at a place, and ∂number by each.
   *
   * @return the first of them, from the beginning of the block; the others follow
   */
  int weights(int number, double position, double[] weights) {
    ScanSmoother s = smoother(number);
    if (s == null) {
      weights[0] = 1;
      return offset(number);
    }
    return offset(number) + s.weights(position, weights);
  }

  /** How many parameters make a number at one place. */
  int nearest(int number) {
    ScanSmoother s = smoother(number);
    return s == null ? 1 : s.nearest();
  }

  boolean isVarying() {
    return edges > 0;
  }

  /** Edges of an image that a reflection depends on. */
  int sides() {
    return isVarying() ? 2 : 1;
  }

  /** The numbers at a place. */
  private double[] at(double[] p, int from, double position) {
    double[] out = new double[local()];
    double[] w = new double[ScanSmoother.NEAREST];
    for (int k = 0; k < out.length; k++) {
      int first = from + weights(k, position, w);
      for (int i = 0; i < nearest(k); i++) {
        out[k] += w[i] * p[first + i];
      }
    }
    return out;
  }

  /** Their means over the edges of the images, and of the weights of each parameter. */
  private double[] mean(double[] p, int from) {
    double[] out = new double[local()];
    for (int k = 0; k < out.length; k++) {
      double[] w = meanWeights(k);
      for (int i = 0; i < w.length; i++) {
        out[k] += w[i] * p[from + offset(k) + i];
      }
    }
    return out;
  }

  /** What each value adds to the mean of a number over the edges of the images. */
  double[] meanWeights(int number) {
    double[] out = new double[values(number)];
    if (out.length == 1) {
      out[0] = 1;
      return out;
    }
    double[] w = new double[ScanSmoother.NEAREST];
    for (int e = 0; e < edges; e++) {
      int first = weights(number, e, w) - offset(number);
      for (int i = 0; i < nearest(number); i++) {
        out[first + i] += w[i] / edges;
      }
    }
    return out;
  }

  /** ∂G* by the i-th parameter of the cell: its elements 11, 22, 33, 12, 13, 23. */
  double[] metricDirection(int i) {
    return symmetry.direction(i).clone();
  }

  /** The elements 11, 22, 33, 12, 13, 23 of G* at the numbers. */
  double[] metric(double[] numbers) {
    double[] g = metric.clone();
    for (int i = 0; i < symmetry.size(); i++) {
      for (int n = 0; n < g.length; n++) {
        g[n] += numbers[ROTATIONS + i] * symmetry.direction(i)[n];
      }
    }
    return g;
  }

  /** The lower triangle L with LᵀL = G, from the last row up; empty if G is none of a cell. */
  private static Optional<Mat3> factor(double[] g) {
    double l22 = Math.sqrt(g[2]);
    double l20 = g[4] / l22;
    double l21 = g[5] / l22;
    double l11 = Math.sqrt(g[1] - l21 * l21);
    double l10 = (g[3] - l20 * l21) / l11;
    double l00 = Math.sqrt(g[0] - l20 * l20 - l10 * l10);
    return l22 > 0 && l11 > 0 && l00 > 0
        ? Optional.of(new Mat3(l00, 0, 0, l10, l11, 0, l20, l21, l22))
        : Optional.empty();
  }

  /** A = U·B; empty if the metric is none of a cell. */
  private Optional<Mat3> setting(double[] numbers) {
    return factor(metric(numbers))
        .map(b -> new Turns(AXES, numbers, 0).product().times(u).times(b));
  }

  /** ∂B by the elements of the metric: of LᵀL = G, with X = ∂L·L⁻¹, X + Xᵀ = L⁻ᵀ·∂G·L⁻¹. */
  private Mat3[] bDerivatives(Mat3 b) {
    Mat3 inverse = b.inverse();
    Mat3[] out = new Mat3[symmetry.size()];
    for (int i = 0; i < out.length; i++) {
      double[] d = symmetry.direction(i);
      Mat3 dg = new Mat3(d[0], d[3], d[4], d[3], d[1], d[5], d[4], d[5], d[2]);
      Mat3 x = inverse.transpose().times(dg).times(inverse);
      Mat3 lower =
          new Mat3(x.m00() / 2, 0, 0, x.m10(), x.m11() / 2, 0, x.m20(), x.m21(), x.m22() / 2);
      out[i] = lower.times(b);
    }
    return out;
  }

  /** ∂A. */
  private Mat3[] derivatives(double[] numbers) {
    Mat3 b = factor(metric(numbers)).orElseThrow();
    Turns turns = new Turns(AXES, numbers, 0);
    Mat3 turned = turns.product().times(u);
    Mat3[] out = new Mat3[own()];
    for (int i = 0; i < ROTATIONS; i++) {
      out[i] = turns.derivative(i).times(u).times(b);
    }
    Mat3[] db = bDerivatives(b);
    for (int i = 0; i < db.length; i++) {
      out[ROTATIONS + i] = turned.times(db[i]);
    }
    return out;
  }

  /** ∂B of the mean cell by each parameter, its elements row by row. */
  double[][] meanB(double[] p, int from) {
    Mat3[] db = bDerivatives(factor(metric(mean(p, from))).orElseThrow());
    double[][] out = new double[size()][9];
    for (int n = 0; n < db.length; n++) {
      double[] elements = db[n].toRowMajor();
      double[] w = meanWeights(ROTATIONS + n);
      for (int i = 0; i < w.length; i++) {
        for (int c = 0; c < 9; c++) {
          out[offset(ROTATIONS + n) + i][c] = w[i] * elements[c];
        }
      }
    }
    return out;
  }

  /** s0 along the scan, and its derivatives by the numbers of the beam; null if it stays. */
  CrystalPath.OfBeam beamPath(double[] p, int from, Vec3 s0) {
    if (beamPath == null) {
      return null;
    }
    Vec3[] at = new Vec3[edges];
    Vec3[][] d = new Vec3[edges][beamAxes.length];
    for (int e = 0; e < edges; e++) {
      Turns turns = new Turns(beamAxes, at(p, from, e), own());
      at[e] = turns.product().times(s0);
      for (int i = 0; i < beamAxes.length; i++) {
        d[e][i] = turns.derivative(i).times(s0);
      }
    }
    return new CrystalPath.OfBeam(at, d);
  }

  /** The first number of the beam. */
  int beamNumber() {
    return own();
  }

  /** F·A along the scan; empty if a metric is none of a cell. */
  Optional<CrystalPath> path(double[] p, int from, Mat3 fixed, boolean withDerivatives) {
    int n = Math.max(1, edges);
    Mat3[] a = new Mat3[n];
    Mat3[][] d = withDerivatives ? new Mat3[n][] : null;
    for (int e = 0; e < n; e++) {
      double[] numbers = at(p, from, e);
      Optional<Mat3> setting = setting(numbers);
      if (setting.isEmpty()) {
        return Optional.empty();
      }
      a[e] = fixed.times(setting.get());
      if (withDerivatives) {
        d[e] = derivatives(numbers);
        for (int k = 0; k < d[e].length; k++) {
          d[e][k] = fixed.times(d[e][k]);
        }
      }
    }
    return Optional.of(new CrystalPath(a, d));
  }

  /** The crystal; if it varies, its static setting is that of the mean numbers. */
  Crystal at(double[] p, int from) {
    Crystal mean =
        Crystal.ofRealSpaceAxes(setting(mean(p, from)).orElseThrow().inverse(), start.spaceGroup());
    if (orientationPath == null && cellPath == null) {
      return mean;
    }
    return mean.withScanPoints(
        IntStream.range(0, edges).mapToObj(e -> setting(at(p, from, e)).orElseThrow()).toList());
  }

  /**
   * ∂(a, b, c, α, β, γ) of the mean cell, Å and degrees, by each parameter: G = G*⁻¹, ∂G =
   * −G·∂G*·G, a = √G₁₁, cosα = G₂₃/(bc).
   */
  double[][] meanCell(double[] p, int from) {
    return cellDerivatives(cellDerivatives(mean(p, from)), this::meanWeights);
  }

  /** The same of what the cell at a place differs from the mean one. */
  double[][] cellFromMean(double[] p, int from, double position) {
    return cellDerivatives(cellDerivatives(mean(p, from)), k -> fromMean(k, position));
  }

  private double[][] cellDerivatives(double[][] numbers, IntFunction<double[]> weights) {
    double[][] out = new double[size()][6];
    for (int k = ROTATIONS; k < numbers.length; k++) {
      double[] w = weights.apply(k);
      for (int i = 0; i < w.length; i++) {
        for (int c = 0; c < 6; c++) {
          out[offset(k) + i][c] = w[i] * numbers[k][c];
        }
      }
    }
    return out;
  }

  /** What each value adds to the difference of a number at a place from its mean. */
  double[] fromMean(int number, double position) {
    double[] out = meanWeights(number);
    double[] w = new double[ScanSmoother.NEAREST];
    int first = weights(number, position, w) - offset(number);
    for (int i = 0; i < out.length; i++) {
      out[i] = (i >= first && i < first + nearest(number) ? w[i - first] : 0) - out[i];
    }
    return out;
  }

  /** The cell at a place. */
  UnitCell cellAt(double[] p, int from, double position) {
    return UnitCell.ofAxes(setting(at(p, from, position)).orElseThrow().inverse());
  }

  private double[][] cellDerivatives(double[] at) {
    double[] s = metric(at);
    Mat3 g = new Mat3(s[0], s[3], s[4], s[3], s[1], s[5], s[4], s[5], s[2]).inverse();
    double[] e = g.toRowMajor();
    double[] edge = {Math.sqrt(e[0]), Math.sqrt(e[4]), Math.sqrt(e[8])};
    double[][] out = new double[local()][6];
    for (int i = 0; i < symmetry.size(); i++) {
      double[] d = symmetry.direction(i);
      Mat3 dStar = new Mat3(d[0], d[3], d[4], d[3], d[1], d[5], d[4], d[5], d[2]);
      double[] dg = g.times(dStar).times(g).times(-1).toRowMajor();
      double[] row = out[ROTATIONS + i];
      for (int k = 0; k < 3; k++) {
        row[k] = dg[4 * k] / (2 * edge[k]);
      }
      for (int k = 0; k < 3; k++) {
        int m = (k + 1) % 3;
        int n = (k + 2) % 3;
        double cosine = e[3 * m + n] / (edge[m] * edge[n]);
        double dCosine =
            dg[3 * m + n] / (edge[m] * edge[n]) - cosine * (row[m] / edge[m] + row[n] / edge[n]);
        // of angles that symmetry fixes rounding remains
        double relative = Math.abs(row[m] / edge[m]) + Math.abs(row[n] / edge[n]);
        row[3 + k] =
            Math.abs(dCosine) <= ROUNDING * relative
                ? 0
                : Math.toDegrees(-dCosine / Math.sqrt(1 - cosine * cosine));
      }
    }
    return out;
  }
}
