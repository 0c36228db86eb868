package org.mdx.stats;

import java.util.ArrayList;
import java.util.List;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.math.Mat3;
import org.mdx.table.Column;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.Subdivision;

/** Statistics of a merged table in shells of s = |B·h|, the length of the scattering vector. */
public final class ShellStatistics {
  private static final String INTENSITY = "intensity";
  private static final String ERROR = "intensity_error";

  /** Shells beyond this number are refused: a width that small is a mistake. */
  private static final int MOST_SHELLS = 1_000_000;

  private final Mat3 b;
  private final SpaceGroup group;

  private ShellStatistics(Mat3 b, SpaceGroup group) {
    this.b = b;
    this.group = group;
  }

  /**
   * Statistics for tables of a crystal; every integer index counts as a reflection.
   *
   * @param cell its unit cell
   * @return the statistics
   */
  public static ShellStatistics of(UnitCell cell) {
    return new ShellStatistics(cell.reciprocal(), null);
  }

  /**
   * Statistics for tables of a crystal; systematically absent indices do not count as reflections.
   *
   * @param cell its unit cell
   * @param group its space group
   * @return the statistics
   */
  public static ShellStatistics of(UnitCell cell, SpaceGroup group) {
    return new ShellStatistics(cell.reciprocal(), group);
  }

  /**
   * The correlation with the true signal that noise allows, on average: a measurement with
   * independent errors has variance V + e, of which V is shared with the truth, so r = √(V/(V +
   * e)). The signal's variance is that of the measured values minus e.
   *
   * @param signalVariance V, variance of the signal without noise, 0 or more
   * @param meanSquaredError e, mean of the squared standard errors, 0 or more
   * @return 0 to 1; NaN if both are 0
   */
  public static double expectedCorrelation(double signalVariance, double meanSquaredError) {
    return Math.sqrt(signalVariance / (signalVariance + meanSquaredError));
  }

  /**
   * Length of the scattering vector of every row.
   *
   * @param table any table
   * @return s in Å⁻¹
   */
  public double[] lengths(HKLTable table) {
    Subdivision ndiv = table.ndiv();
    double[] s = new double[table.rows()];
    for (int i = 0; i < s.length; i++) {
      double h = (double) table.h().value(i) / ndiv.h();
      double k = (double) table.k().value(i) / ndiv.k();
      double l = (double) table.l().value(i) / ndiv.l();
      double x = b.m00() * h + b.m01() * k + b.m02() * l;
      double y = b.m10() * h + b.m11() * k + b.m12() * l;
      double z = b.m20() * h + b.m21() * k + b.m22() * l;
      s[i] = Math.sqrt(x * x + y * y + z * z);
    }
    return s;
  }

  /**
   * The isotropic average of a column.
   *
   * @param table has the column
   * @param column its name
   * @param options trim and width of the isotropic average
   * @return the average
   * @throws IllegalArgumentException if there is no such column
   */
  public IsotropicAverage isotropic(HKLTable table, String column, ShellOptions options) {
    return isotropic(lengths(table), table.column(column), options);
  }

  private static IsotropicAverage isotropic(double[] s, Column column, ShellOptions options) {
    double[] values = new double[s.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = column.get(i);
    }
    return IsotropicAverage.of(s, values, options.isotropicWidth(), options.trim());
  }

  /**
   * A table without the isotropic average of its intensity.
   *
   * @param table has a column {@code intensity}
   * @param options trim and width of the isotropic average
   * @return the same table with column {@code intensity_anisotropic} in addition
   * @throws IllegalArgumentException if there is no such column
   */
  public HKLTable withAnisotropic(HKLTable table, ShellOptions options) {
    double[] s = lengths(table);
    Column intensity = table.column(INTENSITY);
    IsotropicAverage average = isotropic(s, intensity, options);
    float[] rest = new float[s.length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = (float) (intensity.get(i) - average.at(s[i]));
    }
    return table.with("intensity_anisotropic", FloatColumn.of(rest));
  }

  /**
   * Statistics of a merged table.
   *
   * @param merged one row for each voxel: {@code intensity}, {@code intensity_error}, and where it
   *     has them {@code count} and {@code group_0_intensity} to {@code group_1_intensity_error};
   *     rows without an intensity are left out
   * @param options the shells
   * @return the statistics
   * @throws IllegalArgumentException if there is no {@code intensity} or {@code intensity_error},
   *     or there would be more than a million shells
   */
  public ShellTable compute(HKLTable merged, ShellOptions options) {
    return compute(merged, null, INTENSITY, options);
  }

  /**
   * Statistics of a merged table and its correlation with another one.
   *
   * @param merged as {@link #compute(HKLTable, ShellOptions)} takes it
   * @param truth a table of the same subdivision and asymmetric unit with one row for each voxel,
   *     matched by index
   * @param truthColumn its column to compare with
   * @param options the shells
   * @return the statistics
   * @throws IllegalArgumentException if a column is missing, the subdivisions differ, or there
   *     would be more than a million shells
   */
  public ShellTable compute(
      HKLTable merged, HKLTable truth, String truthColumn, ShellOptions options) {
    double[] s = lengths(merged);
    double sMax = 0;
    for (double x : s) {
      sMax = Math.max(sMax, x);
    }
    double width = options.count() > 0 && sMax > 0 ? sMax / options.count() : options.width();
    if (sMax / width >= MOST_SHELLS) {
      throw new IllegalArgumentException(
          "shells of "
              + width
              + " Å⁻¹ up to "
              + sMax
              + " Å⁻¹ are more than "
              + MOST_SHELLS
              + "; give a larger width");
    }
    int count =
        s.length == 0 ? 0 : options.count() > 0 ? options.count() : (int) (sMax / width) + 1;
    ShellAccumulator[] sums = new ShellAccumulator[count];
    for (int c = 0; c < count; c++) {
      sums[c] = new ShellAccumulator();
    }
    ShellAccumulator total = new ShellAccumulator();
    int[] shell = new int[s.length];
    for (int i = 0; i < s.length; i++) {
      shell[i] =
          isSelected(merged, i, options.voxels()) ? Math.min((int) (s[i] / width), count - 1) : -1;
    }
    double[] average = addIntensities(merged, s, shell, sums, total, options);
    if (merged.has("group_0_intensity") && merged.has("group_1_intensity")) {
      addHalves(merged, average, shell, sums, total);
    }
    if (truth != null) {
      addTruth(merged, truth, truth.column(truthColumn), average, shell, sums, total, options);
    }
    List<Shell> shells = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      shells.add(sums[c].toShell(c * width, (c + 1) * width));
    }
    return new ShellTable(shells, total.toShell(0, count * width));
  }

  private boolean isSelected(HKLTable table, int row, Voxels voxels) {
    return voxels == Voxels.ALL || isReflection(table, row) == (voxels == Voxels.HALO);
  }

  private boolean isReflection(HKLTable table, int row) {
    Subdivision ndiv = table.ndiv();
    int h = table.h().value(row);
    int k = table.k().value(row);
    int l = table.l().value(row);
    return h % ndiv.h() == 0
        && k % ndiv.k() == 0
        && l % ndiv.l() == 0
        && (group == null || !group.isAbsent(h / ndiv.h(), k / ndiv.k(), l / ndiv.l()));
  }

  /** Adds intensities, takes rows without one out of their shell, returns isotropic averages. */
  private static double[] addIntensities(
      HKLTable merged,
      double[] s,
      int[] shell,
      ShellAccumulator[] sums,
      ShellAccumulator total,
      ShellOptions options) {
    Column intensity = merged.column(INTENSITY);
    Column error = merged.column(ERROR);
    Column redundancy = merged.has("count") ? merged.column("count") : null;
    IsotropicAverage isotropic = isotropic(s, intensity, options);
    double[] average = new double[s.length];
    for (int i = 0; i < s.length; i++) {
      double value = intensity.get(i);
      if (!(Math.abs(value) <= Double.MAX_VALUE)) {
        shell[i] = -1;
      }
      if (shell[i] >= 0) {
        average[i] = isotropic.at(s[i]);
        double n = redundancy == null ? Double.NaN : redundancy.get(i);
        sums[shell[i]].add(s[i], value, average[i], error.get(i), n);
        total.add(s[i], value, average[i], error.get(i), n);
      }
    }
    return average;
  }

  private static void addHalves(
      HKLTable merged,
      double[] average,
      int[] shell,
      ShellAccumulator[] sums,
      ShellAccumulator total) {
    Column i0 = merged.column("group_0_intensity");
    Column i1 = merged.column("group_1_intensity");
    Column e0 = merged.column("group_0_intensity_error");
    Column e1 = merged.column("group_1_intensity_error");
    for (int i = 0; i < shell.length; i++) {
      if (shell[i] >= 0) {
        sums[shell[i]].addHalves(i0.get(i), i1.get(i), e0.get(i), e1.get(i), average[i]);
        total.addHalves(i0.get(i), i1.get(i), e0.get(i), e1.get(i), average[i]);
      }
    }
  }

  private void addTruth(
      HKLTable merged,
      HKLTable truth,
      Column other,
      double[] average,
      int[] shell,
      ShellAccumulator[] sums,
      ShellAccumulator total,
      ShellOptions options) {
    Column intensity = merged.column(INTENSITY);
    double[] s = lengths(truth);
    IsotropicAverage isotropic = isotropic(s, other, options);
    int[] rows = merged.rowsIn(truth);
    for (int i = 0; i < rows.length; i++) {
      int row = rows[i];
      if (shell[i] >= 0 && row >= 0) {
        double average2 = isotropic.at(s[row]);
        sums[shell[i]].addTruth(intensity.get(i), average[i], other.get(row), average2);
        total.addTruth(intensity.get(i), average[i], other.get(row), average2);
      }
    }
  }
}
