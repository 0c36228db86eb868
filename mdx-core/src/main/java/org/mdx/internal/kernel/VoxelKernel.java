package org.mdx.internal.kernel;

/**
 * From scattering vectors to voxels, a row of pixels at a time. The loops are written so that the
 * compiler turns them into vector instructions, that of JDK 17 too: all arrays are read and written
 * at the same index. Checks nothing.
 */
public final class VoxelKernel {

  /** Adding and subtracting it rounds a double below 2⁵¹ to the nearest integer, half to even. */
  private static final double ROUND = 0x1.8p52;

  private VoxelKernel() {}

  /**
   * (h, k, l) = m·(sx, sy, sz) for a row of pixels.
   *
   * @param s x, y and z of the scattering vectors
   * @param from place of the row's first pixel in them
   * @param n number of pixels
   * @param m matrix, row-major
   * @param row receives x, y and z of the row: three arrays of n or more
   * @param h receives h
   * @param k receives k
   * @param l receives l
   */
  public static void rotateRow(
      double[][] s,
      int from,
      int n,
      double[] m,
      double[][] row,
      double[] h,
      double[] k,
      double[] l) {
    System.arraycopy(s[0], from, row[0], 0, n);
    System.arraycopy(s[1], from, row[1], 0, n);
    System.arraycopy(s[2], from, row[2], 0, n);
    rotate(row, n, m, h, k, l);
  }

  private static void rotate(double[][] s, int n, double[] m, double[] h, double[] k, double[] l) {
    double[] sx = s[0];
    double[] sy = s[1];
    double[] sz = s[2];
    double m00 = m[0];
    double m01 = m[1];
    double m02 = m[2];
    double m10 = m[3];
    double m11 = m[4];
    double m12 = m[5];
    double m20 = m[6];
    double m21 = m[7];
    double m22 = m[8];
    for (int i = 0; i < n; i++) {
      double x = sx[i];
      double y = sy[i];
      double z = sz[i];
      h[i] = m00 * x + m01 * y + m02 * z;
      k[i] = m10 * x + m11 * y + m12 * z;
      l[i] = m20 * x + m21 * y + m22 * z;
    }
  }

  /**
   * key = ((H + h0)·nk + (K + k0))·nl + (L + l0) with H = rint(h·ndiv), as an exact integer in a
   * double.
   *
   * @param h fractional h of each pixel
   * @param k fractional k
   * @param l fractional l
   * @param n number of pixels
   * @param g ndiv of h, k, l, then the steps of the key with H, K, L, then the key of H = K = L = 0
   * @param key receives the keys
   */
  public static void keys(double[] h, double[] k, double[] l, int n, double[] g, double[] key) {
    double dh = g[0];
    double dk = g[1];
    double dl = g[2];
    double sh = g[3];
    double sk = g[4];
    double sl = g[5];
    double zero = g[6];
    for (int i = 0; i < n; i++) {
      double hh = (h[i] * dh + ROUND) - ROUND;
      double kk = (k[i] * dk + ROUND) - ROUND;
      double ll = (l[i] * dl + ROUND) - ROUND;
      key[i] = hh * sh + kk * sk + ll * sl + zero;
    }
  }

  /**
   * Squared distance |P·(hkl − rint(hkl) − r0)|² from the nearest Bragg peak in units of the peak
   * model's semi-axes; P is lower triangular.
   *
   * @param h fractional h of each pixel
   * @param k fractional k
   * @param l fractional l
   * @param n number of pixels
   * @param m r0 (3), then P00, P10, P11, P20, P21, P22
   * @param d2 receives the squared distances
   */
  public static void peakDistance(
      double[] h, double[] k, double[] l, int n, double[] m, double[] d2) {
    double h0 = m[0];
    double k0 = m[1];
    double l0 = m[2];
    double p00 = m[3];
    double p10 = m[4];
    double p11 = m[5];
    double p20 = m[6];
    double p21 = m[7];
    double p22 = m[8];
    for (int i = 0; i < n; i++) {
      double x = h[i] - ((h[i] + ROUND) - ROUND) - h0;
      double y = k[i] - ((k[i] + ROUND) - ROUND) - k0;
      double z = l[i] - ((l[i] + ROUND) - ROUND) - l0;
      double a = p00 * x;
      double b = p10 * x + p11 * y;
      double c = p20 * x + p21 * y + p22 * z;
      d2[i] = a * a + b * b + c * c;
    }
  }

  /**
   * Lists the pixels that lie within a distance or exceed a threshold, without a branch.
   *
   * @param d2 squared distance of each pixel, at its own place; receives the columns found, as
   *     {@link #column} reads them
   * @param cutoff2 pixels with a smaller squared distance are found
   * @param pixels counts
   * @param from place of the row's first pixel
   * @param n number of pixels
   * @param threshold pixels with more counts are found
   * @return how many were found
   */
  public static int select(
      double[] d2, double cutoff2, int[] pixels, int from, int n, int threshold) {
    int found = 0;
    for (int i = 0; i < n; i++) {
      // the signs of the differences: a comparison of doubles would become a jump
      long near = Double.doubleToRawLongBits(d2[i] - cutoff2);
      long strong = (long) threshold - pixels[from + i];
      d2[found] = Double.longBitsToDouble(i); // no conversion
      found += (int) ((near | strong) >>> 63);
    }
    return found;
  }

  /**
   * A column that was found.
   *
   * @param found as {@link #select} leaves it
   * @return the column, from 0
   */
  public static int column(double found) {
    return (int) Double.doubleToRawLongBits(found);
  }
}
