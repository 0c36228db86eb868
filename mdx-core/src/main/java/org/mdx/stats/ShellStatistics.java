package org.mdx.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.math.Mat3;
import org.mdx.parallel.Parallel;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.EmptyResultException;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.Subdivision;

/** Statistics of a merged table in shells of s = |B·h|, the length of the scattering vector. */
public final class ShellStatistics {
  private static final int BLOCK = 1 << 15;

  private final UnitCell cell;
  private final Mat3 b;
  private final SpaceGroup group;
  private final Parallel parallel;

  /** What was counted is kept: several selections and tables have the same shells. */
  private final Map<List<Object>, PossibleVoxels> counted = new ConcurrentHashMap<>();

  private ShellStatistics(UnitCell cell, SpaceGroup group, Parallel parallel) {
    this.cell = cell;
    this.b = cell.reciprocal();
    this.group = group;
    this.parallel = parallel;
  }

  /**
   * Statistics for tables of a crystal of unknown symmetry; every integer index counts as a
   * reflection, and completeness is not known.
   *
   * @param cell its unit cell
   * @return the statistics
   */
  public static ShellStatistics of(UnitCell cell) {
    return new ShellStatistics(cell, null, Parallel.available());
  }

  /**
   * Statistics for tables of a crystal; systematically absent indices do not count as reflections.
   *
   * @param cell its unit cell
   * @param group its space group
   * @return the statistics
   */
  public static ShellStatistics of(UnitCell cell, SpaceGroup group) {
    return new ShellStatistics(cell, group, Parallel.available());
  }

  /**
   * The same statistics computed by other threads.
   *
   * @param threads how many, and where from; the results do not depend on them
   * @return new statistics
   */
  public ShellStatistics parallel(Parallel threads) {
    return new ShellStatistics(cell, group, threads);
  }

  /** The threads. */
  Parallel parallel() {
    return parallel;
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
    blocks(
        s.length,
        i -> {
          double h = (double) table.h().value(i) / ndiv.h();
          double k = (double) table.k().value(i) / ndiv.k();
          double l = (double) table.l().value(i) / ndiv.l();
          double x = b.m00() * h + b.m01() * k + b.m02() * l;
          double y = b.m10() * h + b.m11() * k + b.m12() * l;
          double z = b.m20() * h + b.m21() * k + b.m22() * l;
          s[i] = Math.sqrt(x * x + y * y + z * z);
        });
    return s;
  }

  /** What to do with a row. */
  @FunctionalInterface
  interface RowTask {
    /** Does it; rows are independent of each other. */
    void run(int row);
  }

  /** Visits all rows, block by block. */
  void blocks(int rows, RowTask task) {
    parallel.forEach(
        (int) ((rows + BLOCK - 1L) / BLOCK),
        n -> {
          int end = (int) Math.min((n + 1L) * BLOCK, rows);
          for (int i = n * BLOCK; i < end; i++) {
            task.run(i);
          }
        });
  }

  /**
   * The shells that options mean for some tables together.
   *
   * @param options width or number, and range
   * @param tables any tables
   * @return the options with an upper limit in place of "where the data end", so that the
   *     statistics of all tables have the same shells
   * @throws IllegalArgumentException if there would be more than a million shells
   */
  public ShellOptions sharedBy(ShellOptions options, List<HKLTable> tables) {
    double largest = -1;
    for (HKLTable table : tables) {
      largest = Math.max(largest, largest(lengths(table)));
    }
    ShellGrid grid = ShellGrid.of(options, largest);
    return grid.count() == 0 || grid.sMax() == 0
        ? options
        : options.range(grid.sMin(), grid.sMax());
  }

  static double largest(double[] s) {
    double largest = -1;
    for (double x : s) {
      largest = Math.max(largest, x);
    }
    return largest;
  }

  /**
   * The isotropic average of a column.
   *
   * @param table has the column
   * @param column its name
   * @param options trim and width of the isotropic average
   * @return the average, over all voxels whatever the options select
   * @throws IllegalArgumentException if there is no such column
   */
  public IsotropicAverage isotropic(HKLTable table, String column, ShellOptions options) {
    return isotropic(lengths(table), table.column(column), options);
  }

  /** The same with known lengths. */
  IsotropicAverage isotropic(double[] s, Column column, ShellOptions options) {
    double[] values = new double[s.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = column.get(i);
    }
    return IsotropicAverage.of(s, values, options.isotropicWidth(), options.trim(), parallel);
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
    Column intensity = table.column(ColumnNames.INTENSITY);
    IsotropicAverage average = isotropic(s, intensity, options);
    float[] rest = new float[s.length];
    blocks(rest.length, i -> rest[i] = (float) (intensity.get(i) - average.at(s[i])));
    return table.with("intensity_anisotropic", FloatColumn.of(rest));
  }

  /**
   * Whether a row's voxel is one of some kind.
   *
   * @param table any table
   * @param row of it
   * @param voxels the kind
   * @return true if so
   */
  public boolean isAmong(HKLTable table, int row, Voxels voxels) {
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

  /**
   * Why the completeness of a table cannot be told, if so.
   *
   * @param table a merged table
   * @param options the shells
   * @return nothing if every row is another voxel of the asymmetric unit, and these can be counted;
   *     otherwise the reason in words
   */
  public Optional<String> completenessObstacle(HKLTable table, ShellOptions options) {
    return obstacle(table, ShellGrid.of(options, largest(lengths(table))));
  }

  private Optional<String> obstacle(HKLTable table, ShellGrid grid) {
    return group == null
        ? Optional.of("the space group is not known")
        : AsymmetricTable.obstacle(table, group, parallel)
            .or(() -> PossibleVoxels.obstacle(cell, group, table.ndiv(), grid.sMax()));
  }

  /**
   * How many voxels there are in shells.
   *
   * @param ndiv voxels per unit of each index
   * @param shells limits of the shells
   * @return the numbers
   * @throws IllegalArgumentException as {@link PossibleVoxels#count} says
   * @throws IllegalStateException if these statistics know no space group
   */
  public PossibleVoxels possible(Subdivision ndiv, ShellGrid shells) {
    if (group == null) {
      throw new IllegalStateException("possible voxels cannot be counted without a space group");
    }
    return counted.computeIfAbsent(
        List.of(ndiv, shells), k -> PossibleVoxels.count(cell, group, ndiv, shells, parallel));
  }

  /** Refuses statistics of nothing; those on reflections, or between them, alone can be none. */
  private static ShellTable usable(HKLTable merged, ShellTable table, ShellOptions options) {
    if (options.voxels() == Voxels.ALL && table.overall().voxels() == 0) {
      throw nothing(merged, options);
    }
    return table;
  }

  private static EmptyResultException nothing(HKLTable merged, ShellOptions options) {
    boolean all = options.voxels() == Voxels.ALL;
    return new EmptyResultException(
        "no statistics: of "
            + merged.rows()
            + " voxels not one has an intensity and lies within the shells"
            + (all
                ? "; look at the range of resolution and at the cell"
                : (options.voxels() == Voxels.HALO
                        ? " on a reflection; those on reflections alone (halo)"
                        : " between the reflections; those between them alone (rest)")
                    + " were asked for of a table with subdivision "
                    + merged.ndiv()));
  }

  /**
   * Refuses a selection of voxels, or shells, that leave nothing of a table.
   *
   * @param merged as {@link #compute(HKLTable, ShellOptions)} takes it
   * @param options the shells
   * @param table its statistics with these options
   * @throws EmptyResultException if not a single voxel is in them
   */
  public void requireAny(HKLTable merged, ShellOptions options, ShellTable table) {
    if (table.overall().voxels() == 0) {
      throw nothing(merged, options);
    }
  }

  /**
   * Statistics of a merged table.
   *
   * @param merged one row for each voxel: {@code intensity}, {@code intensity_error}, and where it
   *     has them {@code count} and {@code group_0_intensity} to {@code group_1_intensity_error};
   *     rows without an intensity are left out
   * @param options the shells
   * @return the statistics; completeness only if {@link #completenessObstacle} finds none
   * @throws IllegalArgumentException if there is no {@code intensity} or {@code intensity_error},
   *     or there would be more than a million shells
   */
  public ShellTable compute(HKLTable merged, ShellOptions options) {
    return usable(merged, new ShellSums(this, merged, options).table("truth"), options);
  }

  /**
   * Statistics of a merged table and its correlation with a table without errors, such as the truth
   * behind simulated data.
   *
   * @param merged as {@link #compute(HKLTable, ShellOptions)} takes it
   * @param truth a table of the same subdivision and asymmetric unit with one row for each voxel,
   *     matched by index; null to compare with nothing
   * @param truthColumn its column to compare with
   * @param options the shells
   * @return the statistics
   * @throws IllegalArgumentException if a column is missing, the subdivisions differ, or there
   *     would be more than a million shells
   */
  public ShellTable compute(
      HKLTable merged, HKLTable truth, String truthColumn, ShellOptions options) {
    ShellSums sums = new ShellSums(this, merged, options);
    if (truth != null) {
      sums.addOther(truth, truth.column(truthColumn), null);
    }
    return usable(merged, sums.table("truth"), options);
  }

  /**
   * Statistics of a merged table and its correlation with another measured one.
   *
   * @param merged as {@link #compute(HKLTable, ShellOptions)} takes it
   * @param other a table like it, matched by index; its errors, where it has them, enter what is
   *     expected of the correlation, which takes them for independent of those of the first
   * @param options the shells
   * @return the statistics, those of the comparison named {@code other}
   * @throws IllegalArgumentException if a column is missing, the subdivisions differ, or there
   *     would be more than a million shells
   */
  public ShellTable compare(HKLTable merged, HKLTable other, ShellOptions options) {
    ShellSums sums = new ShellSums(this, merged, options);
    sums.addOther(
        other,
        other.column(ColumnNames.INTENSITY),
        other.has(ColumnNames.INTENSITY_ERROR) ? other.column(ColumnNames.INTENSITY_ERROR) : null);
    return sums.table("other");
  }

  /**
   * How well several tables agree, such as those of single crystals.
   *
   * @param names of the tables
   * @param tables two or more of the same subdivision and asymmetric unit, each as {@link
   *     #compute(HKLTable, ShellOptions)} takes it; voxels are matched by index
   * @param options the shells
   * @return every pair, and each against the weighted mean of the others
   * @throws IllegalArgumentException if there are fewer than two tables, their number is not that
   *     of the names, a column is missing, subdivisions differ, or there would be more than a
   *     million shells
   */
  public CrossTable cross(List<String> names, List<HKLTable> tables, ShellOptions options) {
    if (tables.size() < 2 || names.size() != tables.size()) {
      throw new IllegalArgumentException(
          names.size() + " names and " + tables.size() + " tables to compare, two are the least");
    }
    return new CrossSums(this, tables, options).table(names);
  }

  /**
   * How observations are distributed over the voxels.
   *
   * @param merged has a column {@code count}; rows without an intensity are left out
   * @param options the shells
   * @return numbers of observations in shells
   * @throws IllegalArgumentException if there is no {@code count} or {@code intensity}, or there
   *     would be more than a million shells
   */
  public RedundancyTable redundancy(HKLTable merged, ShellOptions options) {
    return RedundancyTable.of(this, merged, options);
  }

  /** Rows that have an intensity and are among those that options select, by shell. */
  ShellRows rows(HKLTable table, double[] s, ShellGrid grid, Voxels voxels) {
    Column intensity = table.column(ColumnNames.INTENSITY);
    int[] shell = new int[s.length];
    blocks(
        s.length,
        i ->
            shell[i] =
                Math.abs(intensity.get(i)) <= Double.MAX_VALUE && isAmong(table, i, voxels)
                    ? grid.shell(s[i])
                    : -1);
    return ShellRows.of(shell, grid.count());
  }

  /** Completeness of each shell of a table, and in the end of all; unknown if it has obstacles. */
  List<Completeness> completeness(HKLTable table, ShellRows rows, ShellGrid grid, Voxels voxels) {
    boolean known = obstacle(table, grid).isEmpty();
    PossibleVoxels possible = known ? possible(table.ndiv(), grid) : null;
    List<Completeness> out = new ArrayList<>();
    long sum = 0;
    for (int c = 0; c < grid.count(); c++) {
      long n = known ? possible.of(c, voxels) : -1;
      sum = known ? sum + n : -1;
      out.add(new Completeness(rows.start(c + 1) - rows.start(c), n, rows.start(c + 1), sum));
    }
    sum = known ? sum : -1;
    out.add(new Completeness(rows.size(), sum, rows.size(), sum));
    return out;
  }

  @Override
  public String toString() {
    return "ShellStatistics[" + cell + (group == null ? "" : ", " + group) + "]";
  }
}
