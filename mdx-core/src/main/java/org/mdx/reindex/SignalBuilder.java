package org.mdx.reindex;

import java.util.Arrays;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.internal.kernel.AsuKernel;
import org.mdx.internal.kernel.ReindexKernel;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLGroups;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/**
 * Makes one value of all observations of a voxel that can be compared with that of another sweep,
 * whatever the scales:
 *
 * <pre>
 * M = Σ w I/Σ w, w = 1/σ²       e² = 1/Σ w; if σ follows the counts, what it would be if M were m
 * z = (M − m(s))/√V(s)          m and V the mean and the variance of M
 * q = S/(S + e²)·z, |z| ≤ 3     S = V − mean e², the signal's part of it, 0.01 V at least
 * </pre>
 *
 * m, V and S are those of shells of equally many voxels, m interpolated in s; values beyond 3 √V
 * enter them as 3 √V (Huber's proposal 2), which is right for rare counts too, where quartiles
 * would all be zero. So the isotropic part and the fall-off with s are gone, a few strong voxels do
 * not decide, and what is mostly noise counts little.
 */
final class SignalBuilder {
  private static final int SHELL = 250;
  private static final int MOST_SHELLS = 200;
  private static final double LIMIT = 3;
  private static final double LEAST_SIGNAL = 0.01;

  /** Each brings a clipped variance about 0.6 times the way to its end. */
  private static final int CYCLES = 20;

  private final int[] h;
  private final int[] k;
  private final int[] l;
  private final double[] mean;
  private final double[] variance;
  private final float[] q;
  private int size;
  private boolean counted;
  private double weights;
  private double alike;

  private SignalBuilder(int voxels) {
    h = new int[voxels];
    k = new int[voxels];
    l = new int[voxels];
    mean = new double[voxels];
    variance = new double[voxels];
    q = new float[voxels];
  }

  /**
   * The values of a sweep.
   *
   * @param table corrected intensities
   * @param group space group that the table was corrected with
   * @param core group of which equivalent indices are averaged; its Laue group is part of the other
   * @param b the matrix B of the cell
   */
  static VoxelValues values(HKLTable table, SpaceGroup group, SpaceGroup core, Mat3 b) {
    return signal(table, group, core, b).values();
  }

  /**
   * Values of a sweep and what to expect of them.
   *
   * @param values one for each voxel
   * @param expected correlation with other measurements of the same that are as precise
   */
  record Signal(VoxelValues values, double expected) {}

  /** The same as {@link #values}, with what to expect. */
  static Signal signal(HKLTable table, SpaceGroup group, SpaceGroup core, Mat3 b) {
    HKLTable t = core == group ? table : unmapped(table, group, core);
    HKLGroups groups = t.groups();
    SignalBuilder s = new SignalBuilder(groups.count());
    s.average(t, groups);
    s.normalise(t.ndiv(), b);
    VoxelValues values =
        VoxelValues.of(
            t.ndiv(),
            Arrays.copyOf(s.h, s.size),
            Arrays.copyOf(s.k, s.size),
            Arrays.copyOf(s.l, s.size),
            Arrays.copyOf(s.q, s.size));
    return new Signal(values, s.weights > 0 ? s.alike / s.weights : 0);
  }

  /** The table in the asymmetric unit of a smaller group, by way of the indices measured. */
  private static HKLTable unmapped(HKLTable table, SpaceGroup group, SpaceGroup core) {
    Subdivision n = table.ndiv();
    int rows = table.rows();
    int[] h = table.h().toIntArray();
    int[] k = table.k().toIntArray();
    int[] l = table.l().toIntArray();
    int[] op = new int[rows];
    if (table.has(ColumnNames.OP)) {
      Column from = table.column(ColumnNames.OP);
      for (int i = 0; i < rows; i++) {
        op[i] = (int) from.get(i);
      }
    }
    int[] back =
        TableReindexer.inverses(group.asu().subdivided(n.h(), n.k(), n.l()).operatorMatrices());
    ReindexKernel.turn(h, k, l, op, 0, rows, back);
    ReciprocalAsu asu = core.asu().subdivided(n.h(), n.k(), n.l());
    new AsuKernel(asu.signForms(), asu.operatorTable(), asu.operatorMatrices())
        .map(h, k, l, op, 0, rows);
    return table.reindexed(IntColumn.of(h), IntColumn.of(k), IntColumn.of(l));
  }

  private void average(HKLTable t, HKLGroups groups) {
    Column intensity = t.column(ColumnNames.INTENSITY);
    RowVariance variances = RowVariance.of(t);
    counted = variances.followsCounts();
    for (int g = 0; g < groups.count(); g++) {
      double weights = 0;
      double sum = 0;
      for (int i = groups.start(g); i < groups.start(g + 1); i++) {
        double value = intensity.get(groups.row(i));
        double weight = 1 / variances.of(groups.row(i));
        if (Double.isFinite(value) && weight > 0 && weight < Double.MAX_VALUE) {
          weights += weight;
          sum += weight * value;
        }
      }
      if (weights > 0) {
        h[size] = groups.h(g);
        k[size] = groups.k(g);
        l[size] = groups.l(g);
        mean[size] = sum / weights;
        variance[size++] = 1 / weights;
      }
    }
  }

  private void normalise(Subdivision ndiv, Mat3 b) {
    double[] s = new double[size];
    long[] order = new long[size];
    for (int i = 0; i < size; i++) {
      s[i] =
          b.times(
                  new Vec3(
                      h[i] / (double) ndiv.h(), k[i] / (double) ndiv.k(), l[i] / (double) ndiv.l()))
              .norm();
      order[i] = (long) Float.floatToIntBits((float) s[i]) << 32 | i;
    }
    Arrays.sort(order);
    int shells = Math.max(1, Math.min(MOST_SHELLS, size / SHELL));
    Shell[] shell = new Shell[shells];
    for (int c = 0; c < shells; c++) {
      shell[c] = shell(order, first(c, shells), first(c + 1, shells), s);
    }
    for (int c = 0; c < shells; c++) {
      for (int i = first(c, shells); i < first(c + 1, shells); i++) {
        int v = (int) order[i];
        q[v] = value(v, shell[c], centre(shell, c, s[v]));
      }
    }
  }

  private int first(int shell, int shells) {
    return (int) ((long) shell * size / shells);
  }

  /**
   * A shell.
   *
   * @param s mean of s
   * @param mean m
   * @param variance V
   * @param signal S
   */
  private record Shell(double s, double mean, double variance, double signal) {}

  private Shell shell(long[] order, int from, int to, double[] s) {
    int n = to - from;
    if (n == 0) {
      return new Shell(0, 0, 0, 0);
    }
    double sumS = 0;
    double noise = 0;
    for (int i = from; i < to; i++) {
      sumS += s[(int) order[i]];
      noise += variance[(int) order[i]];
    }
    double centre = 0;
    double spread = Double.MAX_VALUE;
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      double sum = 0;
      double squares = 0;
      for (int i = from; i < to; i++) {
        double d = clipped(mean[(int) order[i]] - centre, LIMIT * spread);
        sum += d;
        squares += d * d;
      }
      centre += sum / n;
      spread = Math.sqrt(Math.max(0, squares / n - sum / n * (sum / n)));
    }
    double v = spread * spread;
    return new Shell(sumS / n, centre, v, Math.max(LEAST_SIGNAL * v, v - noise / n));
  }

  private static double clipped(double value, double limit) {
    return Math.max(-limit, Math.min(limit, value));
  }

  /** Interpolated between the shells, and extrapolated at the ends. */
  private static double centre(Shell[] shell, int c, double s) {
    if (shell.length == 1) {
      return shell[0].mean();
    }
    int i = Math.max(0, Math.min(shell.length - 2, s < shell[c].s() ? c - 1 : c));
    Shell a = shell[i];
    Shell b = shell[i + 1];
    double f = b.s() > a.s() ? (s - a.s()) / (b.s() - a.s()) : 0;
    return a.mean() + f * (b.mean() - a.mean());
  }

  private float value(int v, Shell shell, double centre) {
    if (!(shell.variance() > 0)) {
      return 0;
    }
    double z = (mean[v] - centre) / Math.sqrt(shell.variance());
    double e = variance[v] * (counted ? Math.min(1, Math.abs(shell.mean() / mean[v])) : 1);
    double reliability = shell.signal() / (shell.signal() + e);
    weights += reliability * reliability;
    alike += reliability * reliability * shell.signal() / shell.variance();
    return (float) (reliability * clipped(z, LIMIT));
  }
}
