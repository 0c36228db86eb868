package org.mdx.cli.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.mdx.stats.CrossTable;
import org.mdx.stats.RedundancyShell;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellSeries;
import org.mdx.stats.ShellStatistics;
import org.mdx.stats.ShellTable;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/** Statistics of merged tables, as text and as comma-separated values with the tables' names. */
final class StatsReport {
  private final ShellStatistics statistics;
  private final List<String> names;
  private final List<HKLTable> tables;
  private final ShellOptions options;
  private final ShellSeries series;
  private final CrossTable cross;

  /**
   * Computes the statistics.
   *
   * @param statistics of the crystal
   * @param names of the tables
   * @param tables one or more
   * @param other a table to compare each with, or null
   * @param options shells that all tables share
   */
  StatsReport(
      ShellStatistics statistics,
      List<String> names,
      List<HKLTable> tables,
      HKLTable other,
      ShellOptions options) {
    this.statistics = statistics;
    this.names = names;
    this.tables = tables;
    this.options = options;
    List<ShellTable> shells = new ArrayList<>();
    for (HKLTable table : tables) {
      ShellTable one =
          other == null
              ? statistics.compute(table, options)
              : statistics.compare(table, other, options);
      statistics.requireAny(table, options, one);
      shells.add(one);
    }
    series = new ShellSeries(names, shells);
    cross = tables.size() < 2 ? null : statistics.cross(names, tables, options);
  }

  /**
   * What people read.
   *
   * @param width most characters of a line of a table
   */
  String text(int width) {
    StringBuilder out = new StringBuilder();
    for (int t = 0; t < tables.size(); t++) {
      describe(out, names.get(t), tables.get(t));
    }
    String which = options.voxels().name().toLowerCase(Locale.ROOT);
    out.append("\nvoxels: ").append(which).append('\n');
    if (cross == null) {
      out.append(series.tables().get(0).toText(width));
    } else {
      List<String> brief = withoutCommonFolder(names);
      out.append(new ShellSeries(brief, series.tables()).toText(width));
      out.append("\neach against the weighted mean of the others\n");
      out.append(new CrossTable(brief, cross.shells(), cross.pairs(), cross.others()).toText());
    }
    return out.toString();
  }

  /** Paths without the folders that all of them begin with. */
  static List<String> withoutCommonFolder(List<String> files) {
    String first = files.get(0);
    int end = first.lastIndexOf('/') + 1;
    for (String file : files) {
      while (end > 0 && !file.startsWith(first.substring(0, end))) {
        end = first.lastIndexOf('/', end - 2) + 1;
      }
    }
    int common = end;
    return files.stream().map(file -> file.substring(common)).toList();
  }

  private void describe(StringBuilder out, String name, HKLTable table) {
    out.append(
        String.format(
            Locale.ROOT, "%s: %d rows, subdivision %s%n", name, table.rows(), table.ndiv()));
    statistics
        .completenessObstacle(table, options)
        .ifPresent(why -> out.append("  completeness is not known: ").append(why).append('\n'));
    if (table.has(ColumnNames.COUNT) && table.rows() > 0) {
      RedundancyShell r = statistics.redundancy(table, options).overall();
      out.append(
          String.format(
              Locale.ROOT,
              "  %d observations of %d voxels, %d of them with a single one; quartiles %d, %d, %d,"
                  + " most %d%n",
              r.observations(),
              r.voxels(),
              r.single(),
              r.lowerQuartile(),
              r.median(),
              r.upperQuartile(),
              r.max()));
    }
  }

  /**
   * The same numbers for programs: {@code tables}, each with {@code file}, {@code rows}, {@code
   * subdivision}, {@code observations}, {@code shells} and {@code overall} as the columns of the
   * CSV files are named. What is not known is left out.
   */
  Map<String, Object> json() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (int t = 0; t < tables.size(); t++) {
      HKLTable table = tables.get(t);
      List<Map<String, Object>> records = series.tables().get(t).records();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("file", names.get(t));
      entry.put("rows", table.rows());
      entry.put("subdivision", List.of(table.ndiv().h(), table.ndiv().k(), table.ndiv().l()));
      if (table.has(ColumnNames.COUNT)) {
        entry.put("observations", statistics.redundancy(table, options).overall().observations());
      }
      entry.put("shells", records.subList(0, records.size() - 1));
      entry.put("overall", records.get(records.size() - 1));
      all.add(entry);
    }
    return Map.of("tables", all);
  }

  /** The shells of all tables. */
  String shells() {
    return series.toCsv();
  }

  /** How observations are distributed, in shells. */
  String redundancy() {
    return named(t -> statistics.redundancy(t, options).toCsv());
  }

  /** How many voxels have how many observations. */
  String histogram() {
    return named(t -> statistics.redundancy(t, options).histogramCsv());
  }

  /** The isotropic averages. */
  String isotropic() {
    return named(t -> statistics.isotropic(t, ColumnNames.INTENSITY, options).toCsv());
  }

  /** Agreement of every two tables, and of each with the others. */
  String pairs() {
    return cross.toCsv();
  }

  /** One table below the other, with a first column that names it. */
  private String named(Function<HKLTable, String> csv) {
    StringBuilder out = new StringBuilder();
    for (int t = 0; t < tables.size(); t++) {
      List<String> lines = csv.apply(tables.get(t)).lines().toList();
      out.append(t == 0 ? "table," + lines.get(0) + "\n" : "");
      for (String line : lines.subList(1, lines.size())) {
        out.append(ShellSeries.quoted(names.get(t))).append(',').append(line).append('\n');
      }
    }
    return out.toString();
  }
}
