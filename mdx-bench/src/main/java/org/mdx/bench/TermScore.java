package org.mdx.bench;

import java.util.Arrays;
import java.util.List;
import org.mdx.scale.ScalingModel;
import org.mdx.sim.SimulatedSweep;
import org.mdx.table.HKLTable;

/**
 * How far refined terms are from the true factors: root mean square over all observations, in the
 * logarithm for a, b and d, that is relative.
 *
 * <p>Taken off before is what no data can tell: one factor of all intensities; functions of φ that
 * a and b of a sweep share; a function of the detector that a of all sweeps and d share; and a
 * function of s that c/b of all sweeps share with the merged intensities.
 */
final class TermScore {
  private static final double DEGREES = 2.5;
  private static final double PIXELS = 24;
  private static final int COLUMNS = 1000;
  private static final double THIN = 0.01;
  private static final int ROUNDS = 20;

  /** Of a·b·d, after one common factor. */
  final double scale;

  final double a;
  final double b;
  final double d;

  /** Of c/b, in units of the mean intensity. */
  final double offset;

  /** The same of the terms if none is refined: how much there is to find. */
  TermScore(ScalingData data, List<HKLTable> tables, List<ScalingModel> models, double meanSignal) {
    int rows = tables.stream().mapToInt(HKLTable::rows).sum();
    double[] da = new double[rows];
    double[] db = new double[rows];
    double[] dd = new double[rows];
    double[] dc = new double[rows];
    int[] sweepPhi = new int[rows];
    int[] tile = new int[rows];
    int[] thin = new int[rows];
    double[] total = new double[rows];
    int n = 0;
    for (int t = 0; t < tables.size(); t++) {
      HKLTable table = tables.get(t);
      SimulatedSweep sweep = data.simulation.sweeps().get(t);
      ScalingModel model = models.get(t);
      for (int i = 0; i < table.rows(); i++) {
        double phi = table.column("phi").get(i);
        double ix = table.column("ix").get(i);
        double iy = table.column("iy").get(i);
        double s = table.column("s").get(i);
        ScalingData.Factors f = ScalingData.factors(sweep, phi, ix, iy);
        double b1 = model.b(phi);
        da[n] = Math.log(model.a(0, ix, iy, phi) / f.a());
        db[n] = Math.log(b1 / f.b());
        dd[n] = Math.log(model.d(0, ix, iy) / f.d());
        dc[n] = model.c(s, phi) / b1;
        total[n] = da[n] + db[n] + dd[n];
        if (Double.isNaN(total[n] + dc[n])) {
          continue;
        }
        double o = f.c() / f.b();
        // what is divided by s' = s/k is k times as large, and so is its offset
        dc[n] = Double.isNaN(o) ? Double.NaN : dc[n];
        thin[n] = (int) (s / THIN);
        sweepPhi[n] = t * COLUMNS + (int) (phi / DEGREES) % COLUMNS;
        tile[n] = (int) (iy / PIXELS) * COLUMNS + (int) (ix / PIXELS);
        n++;
      }
    }
    int count = n;
    double common = mean(total, count);
    for (int i = 0; i < count; i++) {
      total[i] -= common;
    }
    scale = rms(total, count);
    double k = Math.exp(-common);
    int at = 0;
    for (int t = 0; t < tables.size(); t++) {
      HKLTable table = tables.get(t);
      SimulatedSweep sweep = data.simulation.sweeps().get(t);
      ScalingModel model = models.get(t);
      for (int i = 0; i < table.rows(); i++) {
        double phi = table.column("phi").get(i);
        double ix = table.column("ix").get(i);
        double iy = table.column("iy").get(i);
        double s = table.column("s").get(i);
        if (!Double.isNaN(
            model.a(0, ix, iy, phi) * model.b(phi) * model.d(0, ix, iy) + model.c(s, phi))) {
          ScalingData.Factors f = ScalingData.factors(sweep, phi, ix, iy);
          dc[at] = dc[at] / k - f.c() / f.b();
          at++;
        }
      }
    }
    move(dc, null, thin, count);
    offset = rms(dc, count) / meanSignal;
    for (int r = 0; r < ROUNDS; r++) {
      move(da, db, sweepPhi, count);
      move(da, dd, tile, count);
    }
    double shift = mean(db, count) + mean(dd, count) - common;
    a = rms(da, count);
    double meanB = mean(db, count);
    double meanD = mean(dd, count);
    b = Math.sqrt(Math.max(0, sq(rms(db, count)) - sq(meanB)));
    d = Math.sqrt(Math.max(0, sq(rms(dd, count)) - sq(meanD)));
  }

  private static double sq(double x) {
    return x * x;
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
      double m = sum[kind[i]] / number[kind[i]];
      x[i] -= m;
      if (y != null) {
        y[i] += m;
      }
    }
  }

  private static double mean(double[] x, int n) {
    return Arrays.stream(x, 0, n).average().orElse(Double.NaN);
  }

  private static double rms(double[] x, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[i] * x[i];
    }
    return Math.sqrt(sum / n);
  }
}
