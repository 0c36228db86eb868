package org.mdx.geometry;

import java.util.Arrays;
import org.mdx.crystal.Crystal;
import org.mdx.internal.kernel.VoxelKernel;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;

/**
 * Miller indices from each pixel centre's own scattering vector, h = (S·R(φ)·F·A)⁻¹·s. The
 * scattering vectors do not change during the scan and are kept: 24 bytes a pixel.
 */
public final class ExactMillerIndexMap implements MillerIndexMap {
  private final Geometry geometry;

  /** X, y and z of the scattering vectors of each panel. */
  private final double[][][] vectors;

  private final double[] bounds;

  /**
   * Computes the scattering vectors of all pixels.
   *
   * @param geometry of an indexed sweep
   * @param parallel threads to use
   * @throws IllegalArgumentException if the geometry has no crystal
   */
  public ExactMillerIndexMap(Geometry geometry, Parallel parallel) {
    Crystal crystal =
        geometry
            .crystal()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the sweep has no crystal: index it before mapping its pixels"));
    this.geometry = geometry;
    int panels = geometry.detector().panels().size();
    vectors = new double[panels][][];
    double largest = 0;
    double farthest = 0;
    for (int p = 0; p < panels; p++) {
      largest = Math.max(largest, fillPanel(p, parallel));
    }
    for (Vec3 s0 : geometry.beam().scanPoints()) {
      farthest = Math.max(farthest, s0.minus(geometry.beam().s0()).norm());
    }
    largest += farthest;
    bounds = new double[3];
    for (int i = 0; i <= crystal.scanPoints().size(); i++) {
      Mat3 a = i == 0 ? crystal.a() : crystal.scanPoints().get(i - 1);
      Mat3 axes = a.inverse();
      for (int axis = 0; axis < 3; axis++) {
        // h = a·s; between scan points an axis can be longer by the little that B is bent
        bounds[axis] = Math.max(bounds[axis], axes.row(axis).norm() * largest * 1.001);
      }
    }
  }

  private double fillPanel(int p, Parallel parallel) {
    Panel panel = geometry.detector().panels().get(p);
    int width = panel.width();
    int n = Math.multiplyExact(width, panel.height());
    double[] sx = new double[n];
    double[] sy = new double[n];
    double[] sz = new double[n];
    vectors[p] = new double[][] {sx, sy, sz};
    double[] rowMax = new double[panel.height()];
    parallel.forEach(
        panel.height(),
        iy -> {
          for (int ix = 0; ix < width; ix++) {
            Vec3 s = geometry.scatteringVector(p, ix + 0.5, iy + 0.5);
            int i = iy * width + ix;
            sx[i] = s.x();
            sy[i] = s.y();
            sz[i] = s.z();
            rowMax[iy] = Math.max(rowMax[iy], s.norm());
          }
        });
    double max = 0;
    for (double m : rowMax) {
      max = Math.max(max, m);
    }
    return max;
  }

  @Override
  public Frame frame(int frame) {
    double phi = geometry.scan().phi(frame);
    Mat3 inverse = geometry.ub(phi).inverse();
    double[] m = inverse.toRowMajor();
    Vec3 shift = inverse.times(geometry.beamShift(phi));
    boolean shifted = geometry.beam().isVarying();
    double[][] row = new double[3][];
    return (p, iy, ix, n, h, k, l) -> {
      int width = geometry.detector().panels().get(p).width();
      if (row[0] == null || row[0].length < n) {
        Arrays.setAll(row, i -> new double[n]);
      }
      VoxelKernel.rotateRow(vectors[p], iy * width + ix, n, m, row, h, k, l);
      if (shifted) {
        subtract(shift, n, h, k, l);
      }
    };
  }

  private static void subtract(Vec3 shift, int n, double[] h, double[] k, double[] l) {
    for (int i = 0; i < n; i++) {
      h[i] -= shift.x();
      k[i] -= shift.y();
      l[i] -= shift.z();
    }
  }

  @Override
  public double[] bounds() {
    return bounds.clone();
  }

  @Override
  public String toString() {
    return "ExactMillerIndexMap[" + geometry + "]";
  }
}
