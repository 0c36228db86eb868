package org.mdx.peaks;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * A Gaussian ellipsoid that describes how far the pixels of Bragg peaks lie from the lattice
 * points: distance |Σ⁻¹(r − r0)| with r the fractional part of the Miller index.
 *
 * @param r0 mean of r
 * @param sigma Σ, a square root of the covariance of r; its singular values are the semi-axes in
 *     fractional indices
 */
public record PeakModel(Vec3 r0, Mat3 sigma) {

  public PeakModel {
    if (!(Math.abs(sigma.determinant()) > 0) || Double.isInfinite(sigma.determinant())) {
      throw new IllegalArgumentException(
          "the peak model's ellipsoid has no volume: its matrix is " + sigma);
    }
  }

  /**
   * A fit and what it left out.
   *
   * @param model the model
   * @param outliers numbers of the points that were left out, rising
   */
  public record Fit(PeakModel model, int[] outliers) {}

  /**
   * Fits the model: mean and covariance of all points, then again without those farther than the
   * cutoff.
   *
   * @param x fractional part of h of each point
   * @param y of k
   * @param z of l
   * @param cutoff largest distance, in standard deviations
   * @return model and outliers
   * @throws IllegalArgumentException if the points are too few to span an ellipsoid
   */
  public static Fit fit(double[] x, double[] y, double[] z, double cutoff) {
    PeakModel first = ofMoments(x, y, z);
    Mat3 inverse = first.sigma.inverse();
    IntArrayList outliers = new IntArrayList();
    IntArrayList rest = new IntArrayList();
    for (int i = 0; i < x.length; i++) {
      Vec3 d = inverse.times(new Vec3(x[i], y[i], z[i]).minus(first.r0));
      (d.dot(d) > cutoff * cutoff ? outliers : rest).add(i);
    }
    int[] keep = rest.toIntArray();
    return new Fit(
        ofMoments(select(x, keep), select(y, keep), select(z, keep)), outliers.toIntArray());
  }

  private static double[] select(double[] a, int[] which) {
    double[] out = new double[which.length];
    for (int i = 0; i < which.length; i++) {
      out[i] = a[which[i]];
    }
    return out;
  }

  /** Σ = V·diag(s/√N) from (r − r0)ᵀ(r − r0) = V·diag(s²)·Vᵀ. */
  private static PeakModel ofMoments(double[] x, double[] y, double[] z) {
    int n = x.length;
    if (n < 4) {
      throw new IllegalArgumentException(
          n + " strong pixels cannot define a peak shape; lower the count threshold");
    }
    Vec3 sum = Vec3.ZERO;
    for (int i = 0; i < n; i++) {
      sum = sum.plus(new Vec3(x[i], y[i], z[i]));
    }
    Vec3 r0 = sum.times(1.0 / n);
    double[][] m = new double[3][3];
    for (int i = 0; i < n; i++) {
      double[] d = {x[i] - r0.x(), y[i] - r0.y(), z[i] - r0.z()};
      for (int a = 0; a < 3; a++) {
        for (int b = 0; b < 3; b++) {
          m[a][b] += d[a] * d[b];
        }
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(3, true, true);
    if (!eigen.decompose(new DMatrixRMaj(m))) {
      throw new IllegalArgumentException("the spread of " + n + " strong pixels is not finite");
    }
    Vec3[] columns = new Vec3[3];
    for (int c = 0; c < 3; c++) {
      DMatrixRMaj v = eigen.getEigenVector(c);
      double s = Math.sqrt(Math.max(eigen.getEigenvalue(c).getReal(), 0) / n);
      if (!(s > 1e-9)) {
        throw new IllegalArgumentException(
            n
                + " strong pixels lie in a plane of reciprocal space and cannot define a peak shape;"
                + " lower the count threshold");
      }
      columns[c] = new Vec3(v.get(0), v.get(1), v.get(2)).times(s);
    }
    return new PeakModel(r0, Mat3.ofRows(columns[0], columns[1], columns[2]).transpose());
  }

  /**
   * Distance of a point from the model's centre.
   *
   * @param r fractional part of a Miller index
   * @return |Σ⁻¹(r − r0)|, in standard deviations
   */
  public double distance(Vec3 r) {
    return sigma.inverse().times(r.minus(r0)).norm();
  }

  /**
   * The same peaks on other axes of the lattice: r' = r·P⁻¹, r a row.
   *
   * @param operator the change of axes, x' = P·x and h' = h·P⁻¹
   * @return a new model
   */
  public PeakModel reindexed(ChangeOfBasis operator) {
    ChangeOfBasis p = operator.inverse();
    double[] e = new double[9];
    for (int i = 0; i < 9; i++) {
      e[i] = p.element(i % 3, i / 3);
    }
    Mat3 m = Mat3.ofRowMajor(e);
    return new PeakModel(m.times(r0), m.times(sigma));
  }

  /**
   * The semi-axes of the ellipsoid at one standard deviation.
   *
   * @return in fractional indices, largest first
   */
  public double[] semiAxes() {
    DMatrixRMaj m = new DMatrixRMaj(3, 3, true, sigma.toRowMajor());
    var svd = DecompositionFactory_DDRM.svd(3, 3, false, false, false);
    if (!svd.decompose(m)) {
      throw new IllegalStateException("no singular values of " + sigma);
    }
    double[] s = svd.getSingularValues().clone();
    Arrays.sort(s);
    return new double[] {s[2], s[1], s[0]};
  }

  @Override
  public String toString() {
    double[] axes = semiAxes();
    return String.format(
        Locale.ROOT,
        "PeakModel[r0 %.6f %.6f %.6f, semi-axes %.6f %.6f %.6f]",
        r0.x(),
        r0.y(),
        r0.z(),
        axes[0],
        axes[1],
        axes[2]);
  }
}
