package org.mdx.bragg.symmetry;

import java.util.Arrays;
import org.mdx.bragg.internal.intensity.IntensitySignal;
import org.mdx.bragg.internal.intensity.Measurements;

/** Mean intensity of all sweeps by resolution. */
final class ShellMeans {
  private final double[] edges;
  private final double[] mean;

  ShellMeans(PreparedSweeps data, int most) {
    Measurements m = data.measurements();
    double[] s = new double[m.size()];
    for (int i = 0; i < s.length; i++) {
      s[i] = data.inverseSquare(i);
    }
    double[] sorted = s.clone();
    Arrays.sort(sorted);
    int shells = Math.max(1, Math.min(most, s.length / 50));
    edges = new double[shells];
    mean = new double[shells];
    int[] n = new int[shells];
    for (double v : s) {
      n[place(v)]++;
    }
    double[][] values = new double[shells][];
    for (int b = 0; b < shells; b++) {
      values[b] = new double[n[b]];
    }
    for (int i = 0; i < s.length; i++) {
      int b = place(s[i]);
      values[b][--n[b]] = m.value(i);
    }
    double most1 = 0;
    for (int b = 0; b < shells; b++) {
      mean[b] = values[b].length == 0 ? 0 : IntensitySignal.mean(values[b]);
      most1 = Math.max(most1, mean[b]);
    }
    for (int b = 0; b < shells; b++) {
      mean[b] = Math.max(mean[b], 1e-6 * Math.max(most1, 1e-30));
    }
  }

  private int place(double s) {
    int b = Arrays.binarySearch(edges, s);
    return b < 0 ? Math.max(0, -b - 2) : b;
  }

  double at(double inverseSquare) {
    return mean[place(inverseSquare)];
  }
}
