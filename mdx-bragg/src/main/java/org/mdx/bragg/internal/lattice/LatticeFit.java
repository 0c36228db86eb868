package org.mdx.bragg.internal.lattice;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.mdx.crystal.LaueGroup;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Least squares of observed minus predicted places (px, px, frame), linear in the setting matrix
 * and in a shift of the detector. Weights are those of Student's t with four degrees of freedom,
 * whose scale in each direction is the median of the absolute residuals.
 */
public final class LatticeFit {
  private static final double FREEDOM = 4;
  private static final int ROUNDS = 4;

  /** Half-width of what the detector's place may be off, mm over its distance. */
  private static final double LOOSE = 0.05;

  private final Points points;
  private final int[] hkl;
  private final int[] which;
  private final LaueGroup laue;
  private final List<Mat3> directions;
  private final double[][] elements;
  private final List<Vec3> shifts;
  private final int[] detector;
  private final int detectors;
  private final double prior;

  /** Which detector parameters are free. */
  public enum Free {
    /** None. */
    NOTHING,
    /** Two shifts across the beam. */
    ACROSS,
    /** And the distance. */
    ALL
  }

  /** What comes out: the matrix, the geometry and the root mean square residuals. */
  public record Result(Mat3 a, List<Geometry> geometries, double[] rmsd) {}

  /**
   * A fit.
   *
   * @param points all points
   * @param hkl indices of all points
   * @param which points that take part
   * @param a setting matrix to begin with
   * @param laue symmetry that the cell keeps, or null; the matrix must have it already
   * @param free detector parameters
   */
  public LatticeFit(Points points, int[] hkl, int[] which, Mat3 a, LaueGroup laue, Free free) {
    this.points = points;
    this.hkl = hkl;
    this.which = usable(points, which);
    this.laue = laue != null && laue.order() > 2 ? laue : null;
    this.directions = directions(a, this.laue);
    this.elements = directions.stream().map(Mat3::toRowMajor).toArray(double[][]::new);
    this.shifts = shifts(points.geometries.get(0), free);
    List<Detector> seen = new ArrayList<>();
    this.detector = new int[points.geometries.size()];
    for (int s = 0; s < detector.length; s++) {
      Detector d = points.geometries.get(s).detector();
      if (!seen.contains(d)) {
        seen.add(d);
      }
      detector[s] = seen.indexOf(d);
    }
    this.detectors = seen.size();
    this.prior = LOOSE * points.geometries.get(0).detector().panels().get(0).origin().norm();
  }

  private static int[] usable(Points points, int[] which) {
    return java.util.Arrays.stream(which).filter(i -> points.density[i] > 0).toArray();
  }

  /** Changes of A that are allowed: all nine, or three rotations and the strains of a symmetry. */
  private static List<Mat3> directions(Mat3 a, LaueGroup laue) {
    List<Mat3> all = new ArrayList<>();
    if (laue == null) {
      for (int i = 0; i < 9; i++) {
        double[] e = new double[9];
        e[i] = 1;
        all.add(Mat3.ofRowMajor(e));
      }
      return all;
    }
    for (Mat3 s : Symmetrised.strains(a, laue)) {
      all.add(s.times(a));
    }
    for (int i = 0; i < 3; i++) {
      double[] w = new double[9];
      w[3 * i + (i + 1) % 3] = 1;
      w[3 * ((i + 1) % 3) + i] = -1;
      all.add(Mat3.ofRowMajor(w).times(a));
    }
    return all;
  }

  private static List<Vec3> shifts(Geometry g, Free free) {
    Vec3 beam = g.beam().direction();
    Vec3 first = Math.abs(beam.x()) < 0.7 ? new Vec3(1, 0, 0) : new Vec3(0, 1, 0);
    first = first.minus(beam.times(first.dot(beam))).unit();
    return switch (free) {
      case NOTHING -> List.of();
      case ACROSS -> List.of(first, beam.cross(first));
      case ALL -> List.of(first, beam.cross(first), beam);
    };
  }

  /** Number of free parameters. */
  public int parameters() {
    return directions.size() + shifts.size() * detectors;
  }

  /** Solves, or returns null if the spots do not determine the matrix. */
  public Result solve(Mat3 a) {
    if (3 * which.length < parameters() + 3) {
      return null;
    }
    double[] x = new double[parameters()];
    double[] weights = {1, 1, 1};
    double[] start = residuals(a, x);
    double[] rest = start;
    for (int round = 0; round < ROUNDS; round++) {
      double[] scale = scales(rest);
      for (int k = 0; k < 3; k++) {
        weights[k] = 1 / (scale[k] * scale[k]);
      }
      x = step(start, rest, weights);
      if (x == null) {
        return null;
      }
      rest = residuals(a, x);
    }
    Mat3 fitted = a;
    for (int k = 0; k < directions.size(); k++) {
      fitted = fitted.plus(directions.get(k).times(x[k]));
    }
    return new Result(fitted, moved(x), rmsd(rest, weights));
  }

  private double[] residuals(Mat3 a, double[] x) {
    Mat3 model = a;
    for (int k = 0; k < directions.size(); k++) {
      model = model.plus(directions.get(k).times(x[k]));
    }
    double[] m = model.toRowMajor();
    double[] out = new double[3 * which.length];
    double[] d = new double[3];
    for (int j = 0; j < which.length; j++) {
      int i = which[j];
      difference(m, i, d);
      for (int k = 0; k < 3; k++) {
        int q = 9 * i + 3 * k;
        out[3 * j + k] =
            points.response[q] * d[0]
                + points.response[q + 1] * d[1]
                + points.response[q + 2] * d[2];
      }
      for (int p = 0; p < shifts.size(); p++) {
        double value = x[column(i, p)];
        for (int k = 0; k < 2; k++) {
          out[3 * j + k] -= moves(i, k, p) * value;
        }
      }
    }
    return out;
  }

  private void difference(double[] m, int i, double[] d) {
    for (int k = 0; k < 3; k++) {
      d[k] =
          points.r[3 * i + k]
              - m[3 * k] * hkl[3 * i]
              - m[3 * k + 1] * hkl[3 * i + 1]
              - m[3 * k + 2] * hkl[3 * i + 2];
    }
  }

  private int column(int i, int p) {
    return directions.size() + detector[points.sweep[i]] * shifts.size() + p;
  }

  private double moves(int i, int k, int p) {
    Vec3 t = shifts.get(p);
    int q = 6 * i + 3 * k;
    return points.shift[q] * t.x() + points.shift[q + 1] * t.y() + points.shift[q + 2] * t.z();
  }

  /** Median absolute residual over 0.6745 in each direction, never quite zero. */
  private double[] scales(double[] rest) {
    double[] scale = new double[3];
    double[] column = new double[which.length];
    for (int k = 0; k < 3; k++) {
      for (int j = 0; j < which.length; j++) {
        column[j] = Math.abs(rest[3 * j + k]);
      }
      scale[k] = Math.max(Ranks.middle(column) / 0.6745, 1e-3);
    }
    return scale;
  }

  /** One weighted linear problem; the unknowns are measured from the start. */
  private double[] step(double[] start, double[] rest, double[] weights) {
    int n = parameters();
    DMatrixRMaj normal = new DMatrixRMaj(n, n);
    DMatrixRMaj right = new DMatrixRMaj(n, 1);
    double[] g = new double[n];
    for (int j = 0; j < which.length; j++) {
      int i = which[j];
      for (int k = 0; k < 3; k++) {
        double t = rest[3 * j + k];
        double w = weights[k] * (FREEDOM + 1) / (FREEDOM + t * t * weights[k]);
        gradient(i, k, g);
        for (int p = 0; p < n; p++) {
          if (g[p] != 0) {
            double wg = w * g[p];
            right.data[p] += wg * start[3 * j + k];
            for (int q = 0; q <= p; q++) {
              normal.data[p * n + q] += wg * g[q];
            }
          }
        }
      }
    }
    for (int p = 0; p < n; p++) {
      if (p >= directions.size()) {
        normal.data[p * n + p] += 1 / (prior * prior);
      }
      normal.data[p * n + p] *= 1 + 1e-12;
      for (int q = 0; q < p; q++) {
        normal.data[q * n + p] = normal.data[p * n + q];
      }
    }
    DMatrixRMaj x = new DMatrixRMaj(n, 1);
    return CommonOps_DDRM.solveSPD(normal, right, x) && finite(x.data) ? x.data : null;
  }

  private static boolean finite(double[] x) {
    boolean all = true;
    for (double v : x) {
      all &= Double.isFinite(v);
    }
    return all;
  }

  /** Derivative of a predicted place by each parameter. */
  private void gradient(int i, int k, double[] g) {
    java.util.Arrays.fill(g, 0);
    int q = 9 * i + 3 * k;
    if (laue == null) {
      for (int p = 0; p < 9; p++) {
        g[p] = points.response[q + p / 3] * hkl[3 * i + p % 3];
      }
    }
    for (int p = 0; laue != null && p < elements.length; p++) {
      double[] e = elements[p];
      double sum = 0;
      for (int c = 0; c < 9; c++) {
        sum += points.response[q + c / 3] * e[c] * hkl[3 * i + c % 3];
      }
      g[p] = sum;
    }
    if (k < 2) {
      for (int p = 0; p < shifts.size(); p++) {
        g[column(i, p)] = moves(i, k, p);
      }
    }
  }

  /** Root mean square of the residuals within six scales of the weights. */
  private double[] rmsd(double[] rest, double[] weights) {
    double[] sum = new double[3];
    int count = 0;
    for (int j = 0; j < which.length; j++) {
      boolean inside = true;
      for (int k = 0; k < 3; k++) {
        inside &= rest[3 * j + k] * rest[3 * j + k] * weights[k] < 36;
      }
      if (inside) {
        count++;
        for (int k = 0; k < 3; k++) {
          sum[k] += rest[3 * j + k] * rest[3 * j + k];
        }
      }
    }
    for (int k = 0; k < 3; k++) {
      sum[k] = Math.sqrt(sum[k] / Math.max(count, 1));
    }
    return sum;
  }

  private List<Geometry> moved(double[] x) {
    List<Geometry> out = new ArrayList<>();
    for (int s = 0; s < detector.length; s++) {
      Vec3 t = Vec3.ZERO;
      for (int p = 0; p < shifts.size(); p++) {
        t = t.plus(shifts.get(p).times(x[directions.size() + detector[s] * shifts.size() + p]));
      }
      out.add(Placed.shifted(points.geometries.get(s), t));
    }
    return out;
  }
}
