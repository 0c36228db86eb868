package org.mdx.stats;

import java.util.Arrays;

/**
 * The part of the intensity that depends on s = |s| alone: a trimmed mean in each shell, placed at
 * the shell's mean s, linear in between and constant beyond the ends. What remains of an intensity
 * without it is the anisotropic part. Immutable.
 */
public final class IsotropicAverage {
  /** Shells with fewer values are left to their neighbours, as mdx2 does. */
  static final int FEWEST = 10;

  /** Shells with fewer values are not trimmed, as mdx2 does. */
  static final int FEWEST_TRIMMED = 20;

  private final double[] s;
  private final double[] mean;

  private IsotropicAverage(double[] s, double[] mean) {
    this.s = s;
    this.mean = mean;
  }

  /**
   * The average of some values.
   *
   * @param s scattering vector length of each value in Å⁻¹, 0 or more
   * @param values as many; those not finite are left out
   * @param width of the shells in Å⁻¹, above 0
   * @param trim fraction of the values left out at each side of a shell, 0 to below ½
   * @return the average; 0 everywhere if no shell has 10 values
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static IsotropicAverage of(double[] s, double[] values, double width, double trim) {
    if (s.length != values.length) {
      throw new IllegalArgumentException(s.length + " lengths s for " + values.length + " values");
    }
    if (!(width > 0 && trim >= 0 && trim < 0.5)) {
      throw new IllegalArgumentException(
          "width=" + width + " trim=" + trim + ", must be above 0, and 0 to below 0.5");
    }
    int[] shell = new int[s.length];
    int shells = 0;
    for (int i = 0; i < s.length; i++) {
      shell[i] = Math.abs(values[i]) <= Double.MAX_VALUE ? (int) (s[i] / width) : -1;
      shells = Math.max(shells, shell[i] + 1);
    }
    int[] end = new int[shells + 1];
    for (int c : shell) {
      if (c >= 0) {
        end[c + 1]++;
      }
    }
    for (int c = 0; c < shells; c++) {
      end[c + 1] += end[c];
    }
    double[] sorted = new double[end[shells]];
    double[] sumS = new double[shells];
    int[] cursor = end.clone();
    for (int i = 0; i < s.length; i++) {
      if (shell[i] >= 0) {
        sorted[cursor[shell[i]]++] = values[i];
        sumS[shell[i]] += s[i];
      }
    }
    return ofShells(end, sorted, sumS, trim);
  }

  private static IsotropicAverage ofShells(int[] end, double[] values, double[] sumS, double trim) {
    double[] atS = new double[sumS.length];
    double[] mean = new double[sumS.length];
    int n = 0;
    for (int c = 0; c < sumS.length; c++) {
      int size = end[c + 1] - end[c];
      if (size >= FEWEST) {
        atS[n] = sumS[c] / size;
        mean[n++] = trimmedMean(values, end[c], end[c + 1], trim);
      }
    }
    return new IsotropicAverage(Arrays.copyOf(atS, n), Arrays.copyOf(mean, n));
  }

  private static double trimmedMean(double[] values, int from, int to, double trim) {
    Arrays.sort(values, from, to);
    int size = to - from;
    int off = size < FEWEST_TRIMMED ? 0 : (int) Math.rint(trim * size);
    double sum = 0;
    for (int i = from + off; i < to - off; i++) {
      sum += values[i];
    }
    return sum / (size - 2 * off);
  }

  /**
   * The average at one length of the scattering vector.
   *
   * @param length s in Å⁻¹
   * @return the interpolated average
   */
  public double at(double length) {
    if (s.length == 0) {
      return 0;
    }
    int i = Arrays.binarySearch(s, length);
    if (i >= 0) {
      return mean[i];
    }
    int above = -i - 1;
    if (above == 0) {
      return mean[0];
    } else if (above == s.length) {
      return mean[s.length - 1];
    }
    double f = (length - s[above - 1]) / (s[above] - s[above - 1]);
    return mean[above - 1] + f * (mean[above] - mean[above - 1]);
  }

  @Override
  public String toString() {
    return "IsotropicAverage[" + s.length + " shells]";
  }
}
