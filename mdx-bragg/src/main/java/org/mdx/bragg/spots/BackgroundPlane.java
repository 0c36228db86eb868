package org.mdx.bragg.spots;

import java.util.Arrays;

/**
 * Background b = a₀ + a₁x + a₂y + a₃z by least squares over the rim of a box, made again without
 * pixels that are far off. With few pixels it is their mean.
 */
final class BackgroundPlane {
  private static final int LEAST = 12;
  private static final int TERMS = 4;

  /** Standard deviations from which on a pixel is not background. */
  private static final double CUTOFF = 4;

  private final double[] a = new double[TERMS];
  private final SpotBox box;

  /** Pixels that it was made of. */
  int pixels;

  /** Root mean square of what is left of them; 0 if they are few. */
  private double rms;

  /** The background of a box. */
  BackgroundPlane(SpotBox box) {
    this.box = box;
    fit(Double.POSITIVE_INFINITY);
    if (pixels >= LEAST) {
      rms = rms();
      fit(CUTOFF);
    }
  }

  /** Background of a pixel, whose indices count from the box's corner. */
  double at(int x, int y, int z) {
    return a[0] + a[1] * (x - 0.5 * box.nx) + a[2] * (y - 0.5 * box.ny) + a[3] * (z - 0.5 * box.nz);
  }

  /** Background in the middle of the box, 0 or more. */
  double mean() {
    return Math.max(0, a[0]);
  }

  /** Variance of a pixel of the background. */
  double pixelVariance() {
    return Math.max(rms * rms, mean());
  }

  private void fit(double cutoff) {
    // sums of products of 1, x, y, z and the value; in locals, which the compiler keeps in
    // registers
    double n = 0;
    double x1 = 0;
    double y1 = 0;
    double z1 = 0;
    double v1 = 0;
    double xx = 0;
    double xy = 0;
    double xz = 0;
    double xv = 0;
    double yy = 0;
    double yz = 0;
    double yv = 0;
    double zz = 0;
    double zv = 0;
    boolean all = cutoff == Double.POSITIVE_INFINITY;
    for (int z = 0, i = 0; z < box.nz; z++) {
      double tz = z - 0.5 * box.nz;
      for (int y = 0, r = 0; y < box.ny; y++) {
        double ty = y - 0.5 * box.ny;
        // of a row; no value goes into them, so they are exact
        double n0 = 0;
        double x0 = 0;
        for (int x = 0; x < box.nx; x++, i++, r++) {
          double v = box.value[i];
          if (!box.rim[r] || Double.isNaN(v) || !all && isFar(v, x, y, z, cutoff)) {
            continue;
          }
          double tx = x - 0.5 * box.nx;
          n0++;
          x0 += tx;
          xx += tx * tx;
          v1 += v;
          xv += tx * v;
          yv += ty * v;
          zv += tz * v;
        }
        n += n0;
        x1 += x0;
        y1 += n0 * ty;
        z1 += n0 * tz;
        xy += x0 * ty;
        xz += x0 * tz;
        yy += n0 * ty * ty;
        yz += n0 * ty * tz;
        zz += n0 * tz * tz;
      }
    }
    pixels = (int) n;
    double[][] m = {
      {n, x1, y1, z1, v1}, {x1, xx, xy, xz, xv}, {y1, xy, yy, yz, yv}, {z1, xz, yz, zz, zv}
    };
    solve(m, pixels);
  }

  private boolean isFar(double v, int x, int y, int z, double cutoff) {
    double b = at(x, y, z);
    double d = Math.abs(v - b);
    // few need the root
    return d > cutoff * rms && d > cutoff * Math.sqrt(Math.max(1, b));
  }

  private double rms() {
    double sum = 0;
    for (int z = 0, i = 0; z < box.nz; z++) {
      for (int y = 0, r = 0; y < box.ny; y++) {
        for (int x = 0; x < box.nx; x++, i++, r++) {
          if (box.rim[r] && !Double.isNaN(box.value[i])) {
            double d = box.value[i] - at(x, y, z);
            sum += d * d;
          }
        }
      }
    }
    return Math.sqrt(sum / pixels);
  }

  private void solve(double[][] m, int n) {
    double mean = n == 0 ? 0 : m[0][TERMS] / n;
    // one frame has no slope along z
    int terms = n < LEAST ? 1 : box.nz < 2 ? TERMS - 1 : TERMS;
    Arrays.fill(a, 0);
    if (terms > 1 && eliminate(m, terms)) {
      for (int j = 0; j < terms; j++) {
        a[j] = m[j][TERMS];
      }
    } else {
      a[0] = mean;
    }
  }

  /** Gauss–Jordan elimination of a positive matrix; false if it is singular. */
  private static boolean eliminate(double[][] m, int terms) {
    double[] scale = new double[terms];
    for (int j = 0; j < terms; j++) {
      scale[j] = m[j][j];
    }
    for (int p = 0; p < terms; p++) {
      double pivot = m[p][p];
      if (!(pivot > 1e-9 * scale[p])) {
        return false;
      }
      for (int k = p; k <= TERMS; k++) {
        m[p][k] /= pivot;
      }
      for (int j = 0; j < terms; j++) {
        double f = m[j][p];
        if (j != p && f != 0) {
          for (int k = p; k <= TERMS; k++) {
            m[j][k] -= f * m[p][k];
          }
        }
      }
    }
    return true;
  }
}
