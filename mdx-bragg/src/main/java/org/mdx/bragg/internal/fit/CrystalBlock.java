package org.mdx.bragg.internal.fit;

import java.util.Optional;
import org.mdx.crystal.Crystal;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * A crystal that does not change: three rotations of U on the left in mrad, and the changes of the
 * independent elements of its reciprocal metric in Å⁻². B is the lower triangle with BᵀB = G*.
 */
final class CrystalBlock {
  static final int ROTATIONS = 3;

  private static final double ROUNDING = 1e-12;

  private static final Vec3[] AXES = {new Vec3(1, 0, 0), new Vec3(0, 1, 0), new Vec3(0, 0, 1)};
  private static final String[] NAMES = {"phi x", "phi y", "phi z"};

  private final Crystal start;
  private final Mat3 u;
  private final CellSymmetry symmetry;
  private final double[] metric;

  CrystalBlock(Crystal start) {
    this.start = start;
    u = start.u();
    symmetry = new CellSymmetry(start.spaceGroup());
    Mat3 b = start.b();
    double[] g = b.transpose().times(b).toRowMajor();
    double[] six = new double[CellSymmetry.SIX];
    for (int i = 0; i < six.length; i++) {
      six[i] = g[3 * CellSymmetry.ROW[i] + CellSymmetry.COLUMN[i]];
    }
    metric = symmetry.project(six);
  }

  int size() {
    return ROTATIONS + symmetry.size();
  }

  FitParameter kind(int i) {
    return i < ROTATIONS ? FitParameter.ORIENTATION : FitParameter.CELL;
  }

  String name(int i) {
    return i < ROTATIONS ? NAMES[i] : symmetry.name(i - ROTATIONS);
  }

  /** ∂G* by the i-th parameter of the cell: its elements 11, 22, 33, 12, 13, 23. */
  double[] metricDirection(int i) {
    return symmetry.direction(i).clone();
  }

  /** The elements 11, 22, 33, 12, 13, 23 of G*. */
  double[] metric(double[] p, int from) {
    double[] g = metric.clone();
    for (int i = 0; i < symmetry.size(); i++) {
      for (int n = 0; n < g.length; n++) {
        g[n] += p[from + ROTATIONS + i] * symmetry.direction(i)[n];
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
  Optional<Mat3> setting(double[] p, int from) {
    return factor(metric(p, from)).map(b -> new Turns(AXES, p, from).product().times(u).times(b));
  }

  /** ∂A; of B from LᵀL = G: with X = ∂L·L⁻¹, X + Xᵀ = L⁻ᵀ·∂G·L⁻¹. */
  Mat3[] derivatives(double[] p, int from) {
    Mat3 b = factor(metric(p, from)).orElseThrow();
    Turns turns = new Turns(AXES, p, from);
    Mat3 turned = turns.product().times(u);
    Mat3[] out = new Mat3[size()];
    for (int i = 0; i < ROTATIONS; i++) {
      out[i] = turns.derivative(i).times(u).times(b);
    }
    Mat3 inverse = b.inverse();
    for (int i = 0; i < symmetry.size(); i++) {
      double[] d = symmetry.direction(i);
      Mat3 dg = new Mat3(d[0], d[3], d[4], d[3], d[1], d[5], d[4], d[5], d[2]);
      Mat3 x = inverse.transpose().times(dg).times(inverse);
      Mat3 lower =
          new Mat3(x.m00() / 2, 0, 0, x.m10(), x.m11() / 2, 0, x.m20(), x.m21(), x.m22() / 2);
      out[ROTATIONS + i] = turned.times(lower.times(b));
    }
    return out;
  }

  Crystal at(double[] p, int from) {
    return Crystal.ofRealSpaceAxes(setting(p, from).orElseThrow().inverse(), start.spaceGroup());
  }

  /**
   * ∂(a, b, c, α, β, γ), Å and degrees, by each parameter: G = G*⁻¹, ∂G = −G·∂G*·G, a = √G₁₁, cosα
   * = G₂₃/(bc).
   */
  double[][] cellDerivatives(double[] p, int from) {
    double[] s = metric(p, from);
    Mat3 g = new Mat3(s[0], s[3], s[4], s[3], s[1], s[5], s[4], s[5], s[2]).inverse();
    double[] e = g.toRowMajor();
    double[] edge = {Math.sqrt(e[0]), Math.sqrt(e[4]), Math.sqrt(e[8])};
    double[][] out = new double[size()][6];
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
