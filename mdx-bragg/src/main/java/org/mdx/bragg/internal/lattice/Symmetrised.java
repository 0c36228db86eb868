package org.mdx.bragg.internal.lattice;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.mdx.crystal.LaueGroup;
import org.mdx.math.Mat3;

/** Setting matrices whose cell has a symmetry. */
public final class Symmetrised {
  private Symmetrised() {}

  /**
   * The nearest matrix of a symmetric cell: the metric is averaged over the group, and the rotation
   * is the one that carries the new cell nearest to the old one.
   */
  public static Mat3 of(Mat3 a, LaueGroup laue) {
    Mat3 axes = a.inverse();
    Mat3 metric = axes.times(axes.transpose());
    Mat3 sum = Mat3.diagonal(0, 0, 0);
    for (int n = 0; n < laue.order(); n++) {
      Mat3 w = rotation(laue, n);
      sum = sum.plus(w.transpose().times(metric).times(w));
    }
    Mat3 b = cholesky(sum.times(1.0 / laue.order())).inverse();
    // rows of the Cholesky factor are the axes in a frame of their own
    Mat3 u = nearestRotation(a.times(b.inverse()));
    return u.times(b);
  }

  private static Mat3 rotation(LaueGroup laue, int n) {
    int[] w = laue.operator(n);
    double[] m = new double[9];
    for (int i = 0; i < 9; i++) {
      m[i] = w[i];
    }
    return Mat3.ofRowMajor(m);
  }

  /** L with L·Lᵀ = g; its rows are axes with that metric. */
  private static Mat3 cholesky(Mat3 g) {
    double a = Math.sqrt(g.m00());
    double b = g.m10() / a;
    double c = Math.sqrt(g.m11() - b * b);
    double d = g.m20() / a;
    double e = (g.m21() - d * b) / c;
    return new Mat3(a, 0, 0, b, c, 0, d, e, Math.sqrt(g.m22() - d * d - e * e));
  }

  /** U·Vᵀ of the singular value decomposition. */
  private static Mat3 nearestRotation(Mat3 m) {
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(3, 3, true, true, false);
    svd.decompose(new DMatrixRMaj(3, 3, true, m.toRowMajor()));
    Mat3 u = Mat3.ofRowMajor(svd.getU(null, false).data);
    Mat3 v = Mat3.ofRowMajor(svd.getV(null, true).data);
    return u.times(v);
  }

  /**
   * Symmetric matrices S, laboratory frame, for which (1 + S)·A keeps the symmetry that A has: the
   * averages over the group of the six unit ones, made independent.
   */
  public static List<Mat3> strains(Mat3 a, LaueGroup laue) {
    List<Mat3> found = new ArrayList<>();
    Mat3 back = a.inverse();
    for (int i = 0; i < 6; i++) {
      int row = i < 3 ? i : i - 3;
      int column = i < 3 ? i : (i - 2) % 3;
      double[] e = new double[9];
      e[3 * row + column] = 1;
      e[3 * column + row] = 1;
      Mat3 unit = Mat3.ofRowMajor(e);
      Mat3 sum = Mat3.diagonal(0, 0, 0);
      for (int n = 0; n < laue.order(); n++) {
        Mat3 q = a.times(rotation(laue, n).transpose()).times(back);
        sum = sum.plus(q.times(unit).times(q.transpose()));
      }
      sum = sum.times(1.0 / laue.order());
      for (Mat3 s : found) {
        sum = sum.plus(s.times(-product(sum, s)));
      }
      double norm = Math.sqrt(product(sum, sum));
      if (norm > 1e-6) {
        found.add(sum.times(1 / norm));
      }
    }
    return found;
  }

  private static double product(Mat3 a, Mat3 b) {
    double[] x = a.toRowMajor();
    double[] y = b.toRowMajor();
    double sum = 0;
    for (int i = 0; i < 9; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
