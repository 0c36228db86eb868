package org.mdx.reintegrate;

import java.util.Arrays;
import org.mdx.geometry.Conventions;
import org.mdx.internal.kernel.ExpectedVariance;
import org.mdx.internal.kernel.ScaledCounts;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.table.ColumnNames;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** The columns of a fine map while tile after tile is put behind the others. */
final class FineColumns {
  private static final int TOTALS = ScaledCounts.TOTALS;

  private final Subdivision ndiv;
  private final int groups;
  private int rows;
  private int[] h = new int[1 << 10];
  private int[] k = new int[1 << 10];
  private int[] l = new int[1 << 10];

  /** Sums of each row, of all observations and then, with half-sets, of each group. */
  private double[][] sums;

  FineColumns(Subdivision ndiv, int groups) {
    this.ndiv = ndiv;
    this.groups = groups;
    sums = new double[groups == 1 ? 1 : 3][TOTALS << 10];
  }

  /** Appends the measured voxels of a page. */
  void add(VoxelSpace space, long first, double[] page) {
    int voxels = page.length / TOTALS / groups;
    for (int v = 0; v < voxels; v++) {
      double pixels = 0;
      for (int g = 0; g < groups; g++) {
        pixels += page[(g * voxels + v) * TOTALS];
      }
      if (pixels > 0) {
        reserve();
        h[rows] = space.h(first + v);
        k[rows] = space.k(first + v);
        l[rows] = space.l(first + v);
        for (int g = 0; g < groups; g++) {
          for (int j = 0; j < TOTALS; j++) {
            double x = page[(g * voxels + v) * TOTALS + j];
            sums[0][rows * TOTALS + j] += x;
            if (groups > 1) {
              sums[g + 1][rows * TOTALS + j] = x;
            }
          }
        }
        rows++;
      }
    }
  }

  private void reserve() {
    if (rows == h.length) {
      if (rows > Integer.MAX_VALUE / TOTALS / 2) {
        throw new IllegalArgumentException(
            "more than "
                + rows
                + " voxels, too many for one table; map a smaller region at a time");
      }
      int n = Math.min(rows * 2, Integer.MAX_VALUE / TOTALS);
      h = Arrays.copyOf(h, n);
      k = Arrays.copyOf(k, n);
      l = Arrays.copyOf(l, n);
      for (int s = 0; s < sums.length; s++) {
        sums[s] = Arrays.copyOf(sums[s], n * TOTALS);
      }
    }
  }

  /** One of the sums of all observations over all rows. */
  long total(int j) {
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += sums[0][i * TOTALS + j];
    }
    return Math.round(sum);
  }

  /**
   * The table.
   *
   * @param ub of the crystal, for the shells of resolution
   * @param conventions whose; they say whether errors follow from the counts themselves
   */
  HKLTable toTable(Mat3 ub, Conventions conventions) {
    double[] expected = conventions.isMdx2() ? null : expectations(ub);
    HKLTable t = HKLTable.of(ndiv, ints(h), ints(k), ints(l));
    String[] prefix = ColumnNames.prefixes();
    for (int s = 0; s < sums.length; s++) {
      t = withIntensity(t, prefix[s], sums[s], expected);
    }
    return t.with(
            ColumnNames.COUNTS, areWhole(sums[0], 1) ? integers(sums[0], 1) : reals(sums[0], 1))
        .with(ColumnNames.PIXELS, integers(sums[0], 0))
        .with(ColumnNames.SCALE, reals(sums[0], 3))
        .with(ColumnNames.BACKGROUND_COUNTS, reals(sums[0], 4))
        .with(ColumnNames.MULTIPLICITY, reals(sums[0], 6));
  }

  private HKLTable withIntensity(HKLTable t, String prefix, double[] of, double[] expected) {
    float[] intensity = new float[rows];
    float[] error = new float[rows];
    for (int i = 0; i < rows; i++) {
      double counts = of[i * TOTALS + 1];
      double scale = of[i * TOTALS + 3];
      double background = of[i * TOTALS + 4];
      double variance =
          expected == null
              ? Math.max(0, counts)
              : Math.max(0, background) + of[i * TOTALS + 5] + scale * Math.max(expected[i], 0);
      boolean empty = of[i * TOTALS] == 0;
      intensity[i] = empty ? Float.NaN : (float) ((counts - background) / scale);
      error[i] = empty ? Float.NaN : (float) (Math.sqrt(variance) / scale);
    }
    return t.with(prefix + ColumnNames.INTENSITY, FloatColumn.of(intensity))
        .with(prefix + ColumnNames.INTENSITY_ERROR, FloatColumn.of(error))
        .with(prefix + ColumnNames.COUNT, integers(of, 2));
  }

  /** What each voxel's intensity is expected to be, from its own counts and its shell. */
  private double[] expectations(Mat3 ub) {
    int[] shell = new int[rows];
    int last = 0;
    for (int i = 0; i < rows; i++) {
      Vec3 hkl =
          new Vec3(h[i] / (double) ndiv.h(), k[i] / (double) ndiv.k(), l[i] / (double) ndiv.l());
      shell[i] = ExpectedVariance.shell(ub.times(hkl).norm());
      last = Math.max(last, shell[i]);
    }
    double[] shells = new double[(last + 1) * ExpectedVariance.SUMS];
    for (int i = 0; i < rows; i++) {
      ExpectedVariance.addGroup(shells, shell[i], sums[0][i * TOTALS + 3], net(i), fixed(i));
    }
    double[] expected = new double[rows];
    for (int i = 0; i < rows; i++) {
      expected[i] =
          ExpectedVariance.expectation(
              ExpectedVariance.shellMean(shells, shell[i]),
              ExpectedVariance.shellVariance(shells, shell[i]),
              sums[0][i * TOTALS + 3],
              net(i),
              fixed(i));
    }
    return expected;
  }

  private double net(int row) {
    return sums[0][row * TOTALS + 1] - sums[0][row * TOTALS + 4];
  }

  /** Variance of the counts without signal. */
  private double fixed(int row) {
    return Math.max(0, sums[0][row * TOTALS + 4]) + sums[0][row * TOTALS + 5];
  }

  private IntColumn ints(int[] of) {
    return IntColumn.of(Arrays.copyOf(of, rows));
  }

  private boolean areWhole(double[] of, int j) {
    for (int i = 0; i < rows; i++) {
      if (of[i * TOTALS + j] != Math.rint(of[i * TOTALS + j])) {
        return false;
      }
    }
    return true;
  }

  private IntColumn integers(double[] of, int j) {
    int[] out = new int[rows];
    for (int i = 0; i < rows; i++) {
      double x = of[i * TOTALS + j];
      if (x > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "voxel ("
                + h[i]
                + ","
                + k[i]
                + ","
                + l[i]
                + ") has "
                + (long) x
                + (j == 1 ? " counts" : " pixels")
                + ", a table holds up to "
                + Integer.MAX_VALUE
                + "; mask the Bragg peaks or subdivide more finely");
      }
      out[i] = (int) x;
    }
    return IntColumn.of(out);
  }

  private FloatColumn reals(double[] of, int j) {
    float[] out = new float[rows];
    for (int i = 0; i < rows; i++) {
      out[i] = (float) of[i * TOTALS + j];
    }
    return FloatColumn.of(out);
  }
}
