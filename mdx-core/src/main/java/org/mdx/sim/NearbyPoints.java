package org.mdx.sim;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * For each of 8 × 8 × 8 parts of a reciprocal cell the lattice points that are closer than a radius
 * to some place in it. Immutable.
 */
final class NearbyPoints {
  private static final int PARTS = 8;

  /** B in radii: the squared length of B·Δh is 1 at the radius. */
  private final Mat3 b;

  /** For each part where its points begin; one more entry for the end. */
  private final int[] start = new int[PARTS * PARTS * PARTS + 1];

  /** Distance of a point in a table from the cell's corner. */
  private final int[] offset;

  /** Cartesian x, y, z of a point from the cell's corner, in radii. */
  private final double[] place;

  /**
   * The points within a radius.
   *
   * @param reciprocal the matrix B in Å⁻¹
   * @param radius in Å⁻¹
   * @param reach no point of a stencil has an index beyond these from the corner
   * @param strideH entries of a table from h to h + 1
   * @param strideK entries of a table from k to k + 1
   */
  NearbyPoints(Mat3 reciprocal, double radius, int[] reach, int strideH, int strideK) {
    b = reciprocal.times(1 / radius);
    // half the longest diagonal of a part
    double half = 0;
    for (int corner = 0; corner < 4; corner++) {
      Vec3 d = new Vec3(1, (corner & 1) == 0 ? 1 : -1, (corner & 2) == 0 ? 1 : -1);
      half = Math.max(half, b.times(d).norm() / (2 * PARTS));
    }
    IntArrayList index = new IntArrayList();
    for (int part = 0; part < PARTS * PARTS * PARTS; part++) {
      start[part] = index.size() / 3;
      Vec3 middle =
          new Vec3(
              (part / (PARTS * PARTS) + 0.5) / PARTS,
              (part / PARTS % PARTS + 0.5) / PARTS,
              (part % PARTS + 0.5) / PARTS);
      for (int h = -reach[0]; h <= reach[0]; h++) {
        for (int k = -reach[1]; k <= reach[1]; k++) {
          for (int l = -reach[2]; l <= reach[2]; l++) {
            if (b.times(middle.minus(new Vec3(h, k, l))).norm() < 1 + half) {
              index.add(h);
              index.add(k);
              index.add(l);
            }
          }
        }
      }
    }
    int n = index.size() / 3;
    start[PARTS * PARTS * PARTS] = n;
    offset = new int[n];
    place = new double[3 * n];
    for (int i = 0; i < n; i++) {
      int h = index.getInt(3 * i);
      int k = index.getInt(3 * i + 1);
      int l = index.getInt(3 * i + 2);
      offset[i] = h * strideH + k * strideK + l;
      Vec3 p = b.times(new Vec3(h, k, l));
      place[3 * i] = p.x();
      place[3 * i + 1] = p.y();
      place[3 * i + 2] = p.z();
    }
  }

  /**
   * Σ height·(1 − r²)³ over the points with r &lt; 1 about a place in the cell; does not check.
   *
   * @param heights the table
   * @param corner entry of the cell's corner
   * @param h place in the cell, 0 ≤ h &lt; 1; k and l likewise
   */
  double smooth(float[] heights, int corner, double h, double k, double l) {
    int part = part(h, k, l);
    double x = b.m00() * h;
    double y = b.m10() * h + b.m11() * k;
    double z = b.m20() * h + b.m21() * k + b.m22() * l;
    double sum = 0;
    for (int i = start[part], end = start[part + 1]; i < end; i++) {
      double dx = x - place[3 * i];
      double dy = y - place[3 * i + 1];
      double dz = z - place[3 * i + 2];
      double t = 1 - (dx * dx + dy * dy + dz * dz);
      if (t > 0) {
        sum += heights[corner + offset[i]] * t * t * t;
      }
    }
    return sum;
  }

  /**
   * Σ height·(1 − r²)²/(1 + r²/w²) over the points with r &lt; 1 about a place in the cell; does
   * not check.
   *
   * @param heights the table
   * @param corner entry of the cell's corner
   * @param h place in the cell, 0 ≤ h &lt; 1; k and l likewise
   * @param inverseW2 1/w² with w in radii
   */
  double peaked(float[] heights, int corner, double h, double k, double l, double inverseW2) {
    int part = part(h, k, l);
    double x = b.m00() * h;
    double y = b.m10() * h + b.m11() * k;
    double z = b.m20() * h + b.m21() * k + b.m22() * l;
    double sum = 0;
    for (int i = start[part], end = start[part + 1]; i < end; i++) {
      double dx = x - place[3 * i];
      double dy = y - place[3 * i + 1];
      double dz = z - place[3 * i + 2];
      double r2 = dx * dx + dy * dy + dz * dz;
      double t = 1 - r2;
      if (t > 0) {
        sum += heights[corner + offset[i]] * t * t / (1 + r2 * inverseW2);
      }
    }
    return sum;
  }

  private static int part(double h, double k, double l) {
    return ((int) (h * PARTS) * PARTS + (int) (k * PARTS)) * PARTS + (int) (l * PARTS);
  }
}
