package org.mdx.bragg.spots;

import java.util.Arrays;

/**
 * Centroid, second moments and sum of the quanta above a background plane, inside a circle that is
 * centred on the centroid and the same in all frames. Pixels that the circle cuts count in part.
 */
final class UnbiasedCentroid {
  private static final int CYCLES = 4;

  /** Farther from the strong pixels' centroid than this, it is not this spot's. */
  private static final double FARTHEST = 2;

  /** Pixels from the outermost strong one to the circle. */
  private static final double BEYOND = 0.5;

  private static final double PIXEL_VARIANCE = 1.0 / 12;

  final double[] mean;
  final double[] variance = new double[3];

  /** xx, xy, xz, yy, yz, zz, without the part of the pixel's own size. */
  final double[] covariance = new double[6];

  double sum;
  double sumVariance;

  private final SpotBox box;
  private final BackgroundPlane plane;
  private final double radius;

  /** Quanta above the plane, 0 where a pixel does not count. */
  private final double[] excess;

  /** Part of a pixel of the plane that is inside the circle. */
  private final double[] weights;

  /** Columns and rows of the box, half-open, beyond which all weights are 0. */
  private final int[] circle = new int[4];

  private UnbiasedCentroid(Component c, SpotBox box, double[] start) {
    this.box = box;
    plane = new BackgroundPlane(box);
    mean = start.clone();
    double farthest = 0;
    for (int i = 0; i < c.size; i++) {
      double dx = c.x(i) + 0.5 - start[0];
      double dy = c.y(i) + 0.5 - start[1];
      farthest = Math.max(farthest, dx * dx + dy * dy);
    }
    radius = Math.sqrt(farthest) + BEYOND;
    weights = new double[box.nx * box.ny];
    excess = new double[box.value.length];
    for (int z = 0, i = 0; z < box.nz; z++) {
      for (int y = 0; y < box.ny; y++) {
        for (int x = 0; x < box.nx; x++, i++) {
          double v = box.value[i];
          excess[i] = Double.isNaN(v) ? 0 : v - plane.at(x, y, z);
        }
      }
    }
  }

  /**
   * The centroid of a component.
   *
   * @param strong that of its strong pixels
   * @return the centroid, or null if nothing is left above the background or it runs away
   */
  static UnbiasedCentroid of(Component c, SpotBox box, StrongCentroid strong) {
    UnbiasedCentroid u = new UnbiasedCentroid(c, box, strong.mean);
    for (int i = 0; i < CYCLES; i++) {
      if (!u.move()) {
        return null;
      }
    }
    double[] d = new double[3];
    for (int j = 0; j < 3; j++) {
      d[j] = u.mean[j] - strong.mean[j];
    }
    if (!(Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]) < FARTHEST)) {
      return null;
    }
    u.moments();
    return u;
  }

  private void weigh() {
    Arrays.fill(weights, 0);
    within(0, box.x0, box.nx);
    within(2, box.y0, box.ny);
    for (int y = circle[2]; y < circle[3]; y++) {
      for (int x = circle[0], i = y * box.nx + x; x < circle[1]; x++, i++) {
        double dx = box.x0 + x + 0.5 - mean[0];
        double dy = box.y0 + y + 0.5 - mean[1];
        weights[i] = Math.max(0, Math.min(1, radius + 0.5 - Math.sqrt(dx * dx + dy * dy)));
      }
    }
  }

  /** Columns or rows of the box that the circle may touch. */
  private void within(int k, int from, int n) {
    double middle = mean[k / 2] - from;
    circle[k] = (int) Math.max(0, middle - radius - 2);
    circle[k + 1] = (int) Math.min(n, middle + radius + 3);
  }

  private boolean move() {
    weigh();
    double s = 0;
    double mx = 0;
    double my = 0;
    double mz = 0;
    for (int z = 0; z < box.nz; z++) {
      double inFrame = 0;
      for (int y = circle[2]; y < circle[3]; y++) {
        double inRow = 0;
        int row = y * box.nx;
        int at = z * box.ny * box.nx + row;
        for (int x = circle[0]; x < circle[1]; x++) {
          double q = weights[row + x] * excess[at + x];
          inRow += q;
          mx += q * x;
        }
        inFrame += inRow;
        my += inRow * y;
      }
      s += inFrame;
      mz += inFrame * z;
    }
    if (!(s > 0)) {
      return false;
    }
    mean[0] = box.x0 + 0.5 + mx / s;
    mean[1] = box.y0 + 0.5 + my / s;
    mean[2] = box.z0 + 0.5 + mz / s;
    sum = s;
    return true;
  }

  private void moments() {
    double noise = 0;
    double covered = 0;
    double background = 0;
    for (int y = circle[2]; y < circle[3]; y++) {
      for (int x = circle[0]; x < circle[1]; x++) {
        double w = weights[y * box.nx + x];
        for (int z = 0; w > 0 && z < box.nz; z++) {
          int i = (z * box.ny + y) * box.nx + x;
          double v = box.value[i];
          if (!Double.isNaN(v)) {
            add(w * excess[i], w * w * Math.max(v, 0), x, y, z);
            noise += w * w * Math.max(v, 0);
            covered += w;
            background += w * Math.max(v - excess[i], 0);
          }
        }
      }
    }
    for (int j = 0; j < 6; j++) {
      covariance[j] /= sum;
    }
    covariance[0] -= PIXEL_VARIANCE;
    covariance[3] -= PIXEL_VARIANCE;
    covariance[5] -= PIXEL_VARIANCE;
    for (int j = 0; j < 3; j++) {
      variance[j] /= sum * sum;
    }
    // the plane's mean is uncertain by that of the pixels it was made of
    sumVariance = noise + (plane.pixels == 0 ? 0 : covered * background / plane.pixels);
  }

  private void add(double q, double noise, int x, int y, int z) {
    double dx = box.x0 + x + 0.5 - mean[0];
    double dy = box.y0 + y + 0.5 - mean[1];
    double dz = box.z0 + z + 0.5 - mean[2];
    covariance[0] += q * dx * dx;
    covariance[1] += q * dx * dy;
    covariance[2] += q * dx * dz;
    covariance[3] += q * dy * dy;
    covariance[4] += q * dy * dz;
    covariance[5] += q * dz * dz;
    variance[0] += noise * dx * dx;
    variance[1] += noise * dy * dy;
    variance[2] += noise * dz * dz;
  }
}
