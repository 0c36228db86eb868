package org.mdx.bench.study;

import java.util.Arrays;
import java.util.List;
import org.mdx.scale.ScalingModel;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/**
 * Distance of refined terms from the true factors: standard deviation over all observations, in the
 * logarithm for a, b and d, that is relative.
 *
 * <p>Taken off before is what no data can tell: one factor of all intensities; functions of φ that
 * a and b of a sweep share; a function of the detector that a of all sweeps and d share; and a
 * function of s that c/b of all sweeps share with the merged intensities.
 */
final class TermScore {
  private static final double DEGREES = 2.5;
  private static final double PIXELS = 24;
  private static final double THIN = 0.01;

  /** Classes along one axis at most. */
  private static final int CLASSES = 1000;

  private static final int ROUNDS = 20;

  /** Of a·b·d, all that intensities are divided by. */
  final double scale;

  final double a;
  final double b;
  final double d;

  /** Of c/b, in the unit of intensities. */
  final double offset;

  /** Compares the models of all sweeps; observations that they have no value for are left out. */
  TermScore(ScalingData data, List<HKLTable> tables, List<ScalingModel> models) {
    Rows x = new Rows(tables.stream().mapToInt(HKLTable::rows).sum());
    for (int t = 0; t < tables.size(); t++) {
      x.add(data, t, tables.get(t), models.get(t));
    }
    double common = mean(x.a, x.n) + mean(x.b, x.n) + mean(x.d, x.n);
    double[] all = new double[x.n];
    Arrays.setAll(all, i -> x.a[i] + x.b[i] + x.d[i]);
    scale = deviation(all, x.n);
    double[] o = new double[x.n];
    Arrays.setAll(o, i -> x.offset[i] * Math.exp(common) - x.trueOffset[i]);
    move(o, new double[x.n], x.shell, x.n);
    offset = deviation(o, x.n);
    for (int r = 0; r < ROUNDS; r++) {
      move(x.a, x.b, x.angle, x.n);
      move(x.a, x.d, x.tile, x.n);
    }
    a = deviation(x.a, x.n);
    b = deviation(x.b, x.n);
    d = deviation(x.d, x.n);
  }

  /** Of each observation ln(refined/true) of a, b, d; both offsets c/b; where it belongs. */
  private static final class Rows {
    final double[] a;
    final double[] b;
    final double[] d;
    final double[] offset;
    final double[] trueOffset;
    final int[] angle;
    final int[] tile;
    final int[] shell;
    int n;

    Rows(int most) {
      a = new double[most];
      b = new double[most];
      d = new double[most];
      offset = new double[most];
      trueOffset = new double[most];
      angle = new int[most];
      tile = new int[most];
      shell = new int[most];
    }

    void add(ScalingData data, int sweep, HKLTable table, ScalingModel model) {
      for (int i = 0; i < table.rows(); i++) {
        double phi = table.column(ColumnNames.PHI).get(i);
        double ix = table.column(ColumnNames.IX).get(i);
        double iy = table.column(ColumnNames.IY).get(i);
        double s = table.column(ColumnNames.S).get(i);
        ScalingData.Factors f =
            ScalingData.factors(data.simulation.sweeps().get(sweep), phi, ix, iy);
        a[n] = Math.log(model.a(0, ix, iy, phi) / f.a());
        b[n] = Math.log(model.b(phi) / f.b());
        d[n] = Math.log(model.d(0, ix, iy) / f.d());
        offset[n] = model.c(s, phi) / model.b(phi);
        trueOffset[n] = f.c() / f.b();
        angle[n] = sweep * CLASSES + (int) (phi / DEGREES);
        tile[n] = (int) (iy / PIXELS) * CLASSES + (int) (ix / PIXELS);
        shell[n] = (int) (s / THIN);
        n += Double.isNaN(a[n] + b[n] + d[n] + offset[n]) ? 0 : 1;
      }
    }
  }

  /** Takes the mean of each class off x and adds it to y. */
  private static void move(double[] x, double[] y, int[] kind, int n) {
    int kinds = Arrays.stream(kind, 0, n).max().orElse(0) + 1;
    double[] sum = new double[kinds];
    int[] number = new int[kinds];
    for (int i = 0; i < n; i++) {
      sum[kind[i]] += x[i];
      number[kind[i]]++;
    }
    for (int i = 0; i < n; i++) {
      double mean = sum[kind[i]] / number[kind[i]];
      x[i] -= mean;
      y[i] += mean;
    }
  }

  private static double mean(double[] x, int n) {
    return Arrays.stream(x, 0, n).average().orElse(Double.NaN);
  }

  private static double deviation(double[] x, int n) {
    double mean = mean(x, n);
    return Math.sqrt(
        Arrays.stream(x, 0, n).map(v -> (v - mean) * (v - mean)).average().orElse(Double.NaN));
  }
}
