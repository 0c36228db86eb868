package org.mdx.bragg.symmetry;

import java.util.Arrays;
import org.mdx.bragg.internal.intensity.IntensitySignal;
import org.mdx.bragg.internal.intensity.Measurements;
import org.mdx.bragg.internal.intensity.ReciprocalMetric;
import org.mdx.crystal.ChangeOfBasis;

/**
 * E² of reflections, Friedel mates being one: intensities over the mean of their shell, sorted by a
 * key of the index.
 */
final class MergedSquares {
  /** Measurements in a shell of the normalisation, at least. */
  private static final int SHELL = 60;

  private static final int SHELLS = 20;

  /** Beyond this E² a reflection is no member of a Wilson distribution. */
  private static final double OUTLIER = 16;

  private static final int BITS = 20;
  private static final int OFFSET = 1 << BITS - 1;

  private final long[] keys;
  private final double[] value;
  private final double[] variance;
  private final int[] count;

  private MergedSquares(long[] keys, double[] value, double[] variance, int[] count) {
    this.keys = keys;
    this.value = value;
    this.variance = variance;
    this.count = count;
  }

  /** Indices of measurements in other axes, those of each sweep by its own change. */
  static int[] indices(Measurements m, ChangeOfBasis[] change) {
    int[] hkl = m.hkl();
    int[] out = new int[hkl.length];
    int[][] matrices = new int[change.length][];
    for (int s = 0; s < change.length; s++) {
      matrices[s] = change[s].indexMatrix(1, 1, 1);
    }
    for (int i = 0; i < m.size(); i++) {
      int[] t = matrices[m.sweep(i)];
      for (int j = 0; j < 3; j++) {
        long sum =
            (long) hkl[3 * i] * t[j]
                + (long) hkl[3 * i + 1] * t[3 + j]
                + (long) hkl[3 * i + 2] * t[6 + j];
        if (sum % t[9] != 0) {
          throw new IllegalArgumentException(
              "reflection "
                  + hkl[3 * i]
                  + " "
                  + hkl[3 * i + 1]
                  + " "
                  + hkl[3 * i + 2]
                  + " is absent by the centring of its own space group; index again with the right"
                  + " one");
        }
        out[3 * i + j] = (int) (sum / t[9]);
      }
    }
    return out;
  }

  /** Intensities of each measurement over the mean of its shell in its sweep. */
  static double[][] normalised(Measurements m, double[] inverseSquare) {
    double[] e2 = new double[m.size()];
    double[] variance = new double[m.size()];
    int[][] rows = new int[m.sweeps()][];
    int[] n = new int[m.sweeps()];
    for (int i = 0; i < m.size(); i++) {
      n[m.sweep(i)]++;
    }
    for (int s = 0; s < rows.length; s++) {
      rows[s] = new int[n[s]];
    }
    Arrays.fill(n, 0);
    for (int i = 0; i < m.size(); i++) {
      rows[m.sweep(i)][n[m.sweep(i)]++] = i;
    }
    for (int[] of : rows) {
      normalise(m, inverseSquare, of, e2, variance);
    }
    return new double[][] {e2, variance};
  }

  private static void normalise(
      Measurements m, double[] inverseSquare, int[] rows, double[] e2, double[] variance) {
    if (rows.length == 0) {
      return;
    }
    double[] s = new double[rows.length];
    for (int k = 0; k < rows.length; k++) {
      s[k] = inverseSquare[rows[k]];
    }
    double[] sorted = s.clone();
    Arrays.sort(sorted);
    int shells = Math.max(1, Math.min(SHELLS, rows.length / SHELL));
    double[] place = new double[shells];
    int[] n = new int[shells];
    double[] edges = new double[shells];
    for (int b = 0; b < shells; b++) {
      edges[b] = sorted[(int) ((long) sorted.length * b / shells)];
    }
    int[] shell = new int[rows.length];
    for (int k = 0; k < rows.length; k++) {
      int b = Arrays.binarySearch(edges, s[k]);
      shell[k] = b < 0 ? Math.max(0, -b - 2) : b;
      place[shell[k]] += s[k];
      n[shell[k]]++;
    }
    double[] mean = means(m, rows, shell, n);
    double floor = 0;
    for (int b = 0; b < shells; b++) {
      floor = Math.max(floor, mean[b]);
    }
    for (int b = 0; b < shells; b++) {
      mean[b] = Math.log(Math.max(mean[b], 1e-6 * Math.max(floor, 1e-30)));
      place[b] /= Math.max(1, n[b]);
    }
    for (int k = 0; k < rows.length; k++) {
      double usual = Math.exp(interpolated(place, mean, s[k]));
      double sigma2 = m.variance(rows[k]) + 0.0009 * m.value(rows[k]) * m.value(rows[k]);
      e2[rows[k]] = m.value(rows[k]) / usual;
      variance[rows[k]] = sigma2 / (usual * usual);
    }
  }

  /** The mean of each shell, which single intensities far beyond the others do not decide. */
  private static double[] means(Measurements m, int[] rows, int[] shell, int[] count) {
    double[][] values = new double[count.length][];
    for (int b = 0; b < values.length; b++) {
      values[b] = new double[count[b]];
    }
    int[] n = new int[count.length];
    for (int k = 0; k < rows.length; k++) {
      values[shell[k]][n[shell[k]]++] = m.value(rows[k]);
    }
    return Arrays.stream(values)
        .mapToDouble(v -> v.length == 0 ? 0 : IntensitySignal.mean(v))
        .toArray();
  }

  private static double interpolated(double[] x, double[] y, double at) {
    if (at <= x[0]) {
      return y[0];
    }
    for (int i = 1; i < x.length; i++) {
      if (at <= x[i] && x[i] > x[i - 1]) {
        return y[i - 1] + (y[i] - y[i - 1]) * (at - x[i - 1]) / (x[i] - x[i - 1]);
      }
    }
    return y[y.length - 1];
  }

  /** 1/d² of indices. */
  static double[] inverseSquares(int[] hkl, ReciprocalMetric metric) {
    double[] s = new double[hkl.length / 3];
    for (int i = 0; i < s.length; i++) {
      s[i] = metric.inverseSquare(hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2]);
    }
    return s;
  }

  /** Merges the measurements of some rows. */
  static MergedSquares of(int[] hkl, double[] e2, double[] variance, int[] rows) {
    int n = rows.length;
    long[][] order = new long[n][];
    for (int k = 0; k < n; k++) {
      int i = rows[k];
      order[k] = new long[] {key(hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2]), i};
    }
    Arrays.sort(
        order, (a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
    long[] keys = new long[n];
    double[] value = new double[n];
    double[] error = new double[n];
    int[] count = new int[n];
    int groups = 0;
    for (int from = 0; from < n; ) {
      double w = 0;
      double sum = 0;
      int to = from;
      while (to < n && order[to][0] == order[from][0]) {
        int i = (int) order[to++][1];
        w += 1 / variance[i];
        sum += e2[i] / variance[i];
      }
      if (sum / w < OUTLIER) {
        keys[groups] = order[from][0];
        value[groups] = sum / w;
        error[groups] = 1 / w;
        count[groups++] = to - from;
      }
      from = to;
    }
    return new MergedSquares(
        Arrays.copyOf(keys, groups),
        Arrays.copyOf(value, groups),
        Arrays.copyOf(error, groups),
        Arrays.copyOf(count, groups));
  }

  /** One number for h and −h. */
  static long key(int h, int k, int l) {
    boolean turn = h < 0 || h == 0 && (k < 0 || k == 0 && l < 0);
    int s = turn ? -1 : 1;
    return ((long) (s * h + OFFSET) << BITS | s * k + OFFSET) << BITS | s * l + OFFSET;
  }

  int size() {
    return keys.length;
  }

  long key(int i) {
    return keys[i];
  }

  double value(int i) {
    return value[i];
  }

  double variance(int i) {
    return variance[i];
  }

  int count(int i) {
    return count[i];
  }

  /** The place of a key, negative if it is not there. */
  int find(long key) {
    return Arrays.binarySearch(keys, key);
  }

  /** The key of the image of a reflection; m are nine elements, row by row, of h' = h·M. */
  long image(int i, int[] m) {
    int mask = (1 << BITS) - 1;
    int h = (int) (keys[i] >> 2 * BITS & mask) - OFFSET;
    int k = (int) (keys[i] >> BITS & mask) - OFFSET;
    int l = (int) (keys[i] & mask) - OFFSET;
    return key(
        h * m[0] + k * m[3] + l * m[6],
        h * m[1] + k * m[4] + l * m[7],
        h * m[2] + k * m[5] + l * m[8]);
  }
}
