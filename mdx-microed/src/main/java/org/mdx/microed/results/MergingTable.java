package org.mdx.microed.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Merging statistics in shells of resolution, as {@code dials.scale} prints them, from low to high
 * resolution. Cells are texts as printed; one without a value is empty.
 *
 * @param columns names as printed, such as {@code d_min} and {@code cc1/2}
 * @param shells for each shell the cells of all columns
 * @param overall the same of all data; empty if it was not printed
 */
public record MergingTable(List<String> columns, List<List<String>> shells, List<String> overall) {
  /** What a publication does not need: mean intensity and statistics that others replace. */
  private static final List<String> DROPPED = List.of("<I>", "r_mrg", "r_meas", "r_anom", "cc_ano");

  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final Pattern NUMBERS = Pattern.compile("\\s*\\d+\\.\\d+\\s+\\d+\\.\\d+(\\s.*)?");

  /** Headings of {@code scaled.json} and reports, by the names that are printed. */
  private static final Map<String, String> HEADINGS =
      Map.ofEntries(
          Map.entry("n(obs)", "#obs"),
          Map.entry("n(unique)", "#uniq"),
          Map.entry("multiplicity", "mult."),
          Map.entry("completeness", "%comp"),
          Map.entry("mean i", "<I>"),
          Map.entry("mean i/σ(i)", "<I/sI>"),
          Map.entry("mean i/sigma(i)", "<I/sI>"),
          Map.entry("rmerge", "r_mrg"),
          Map.entry("rmeas", "r_meas"),
          Map.entry("rpim", "r_pim"),
          Map.entry("ranom", "r_anom"),
          Map.entry("cc½", "cc1/2"),
          Map.entry("cc1/2", "cc1/2"),
          Map.entry("ccano", "cc_ano"));

  public MergingTable {
    columns = List.copyOf(columns);
    shells = shells.stream().map(List::copyOf).toList();
    overall = List.copyOf(overall);
    for (List<String> row : shells) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a shell of " + row.size() + " cells in a table of " + columns.size() + " columns");
      }
    }
  }

  /**
   * The last such table in a log. Its heading is a line with {@code d_max}, {@code d_min} and
   * {@code cc1/2}; columns may be more or fewer than today's.
   *
   * @param log text that DIALS printed
   * @return the table; empty if there is none
   */
  public static Optional<MergingTable> parse(String log) {
    List<String> lines = log.lines().toList();
    for (int i = lines.size() - 1; i >= 0; i--) {
      String line = lines.get(i);
      if (line.contains("d_max") && line.contains("d_min") && line.contains("cc1/2")) {
        Optional<MergingTable> table = below(lines, i);
        if (table.isPresent()) {
          return table;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<MergingTable> below(List<String> lines, int heading) {
    List<String> columns = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    Matcher m = WORD.matcher(lines.get(heading));
    while (m.find()) {
      columns.add(m.group());
      ends.add(m.end());
    }
    List<List<String>> rows = new ArrayList<>();
    int at = heading + 1;
    while (at < lines.size() && NUMBERS.matcher(lines.get(at)).matches()) {
      rows.add(cells(lines.get(at++), columns, ends));
    }
    return of(columns, rows);
  }

  /**
   * The cells of a row. Without anomalous pairs {@code r_anom} is printed as nothing at all, which
   * moves what follows; of other cells that are missing their place tells which they are.
   */
  private static List<String> cells(String line, List<String> columns, List<Integer> ends) {
    List<String> words = new ArrayList<>(Arrays.asList(line.strip().split("\\s+")));
    int anomalous = columns.indexOf("r_anom");
    if (words.size() == columns.size() - 1 && anomalous >= 0) {
      words.add(anomalous, "");
    }
    if (words.size() == columns.size()) {
      return words;
    }
    String[] cells = new String[columns.size()];
    Arrays.fill(cells, "");
    Matcher m = WORD.matcher(line);
    while (m.find()) {
      int best = 0;
      for (int c = 1; c < cells.length; c++) {
        if (Math.abs(ends.get(c) - m.end()) < Math.abs(ends.get(best) - m.end())) {
          best = c;
        }
      }
      cells[best] = m.group();
    }
    return Arrays.asList(cells);
  }

  /** Rows of which the last, if it spans the others, is that of all data. */
  private static Optional<MergingTable> of(List<String> columns, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    int last = rows.size() - 1;
    int dMax = columns.indexOf("d_max");
    int dMin = columns.indexOf("d_min");
    // a shell begins where the one before it ends
    boolean spans =
        last > 0 && number(rows.get(last).get(dMax)) > 1.001 * number(rows.get(last - 1).get(dMin));
    return Optional.of(
        new MergingTable(
            columns, spans ? rows.subList(0, last) : rows, spans ? rows.get(last) : List.of()));
  }

  /** The table of {@code scaled.json} or a report; empty if there is none. */
  static Optional<MergingTable> of(JsonNode root) {
    JsonNode binned = root.at("/scaling_tables/resolution_binned");
    List<String> columns = new ArrayList<>(List.of("d_max", "d_min"));
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode row : binned) {
      List<String> cells = new ArrayList<>();
      row.forEach(c -> cells.add(c.asText()));
      if (cells.isEmpty()) {
        continue;
      } else if (columns.size() == 2) {
        cells.subList(1, cells.size()).forEach(c -> columns.add(heading(c)));
      } else {
        String[] range = cells.get(0).split("\\s+-\\s+");
        List<String> all = new ArrayList<>(List.of(range[0], range[range.length - 1]));
        all.addAll(cells.subList(1, cells.size()));
        if (all.size() == columns.size()) {
          rows.add(all);
        }
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new MergingTable(columns, rows, List.of()));
  }

  private static String heading(String html) {
    String plain = html.replaceAll("<[^>]*>", "").strip();
    return HEADINGS.getOrDefault(plain.toLowerCase(java.util.Locale.ROOT), plain);
  }

  private static double number(String cell) {
    try {
      return Double.parseDouble(cell.replace("*", ""));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /**
   * A value of a shell.
   *
   * @param shell index, from 0 at low resolution
   * @param column name
   * @return the number without its mark of significance; NaN if it was not printed
   */
  public double value(int shell, String column) {
    int c = columns.indexOf(column);
    return c < 0 ? Double.NaN : number(shells.get(shell).get(c));
  }

  /**
   * A value of all data.
   *
   * @param column name
   * @return the number; NaN if it was not printed
   */
  public double overall(String column) {
    int c = columns.indexOf(column);
    return c < 0 || c >= overall.size() ? Double.NaN : number(overall.get(c));
  }

  /**
   * The table ready to be pasted into a spreadsheet: cells separated by tabs, all data last.
   *
   * @param all with mean intensity, Rmerge, Rmeas, Ranom and anomalous correlation
   * @param asText cells as printed, each after an apostrophe, which spreadsheets take for a text
   *     that keeps its zeros and its mark of significance; otherwise plain numbers
   * @return lines
   */
  public String toTabs(boolean all, boolean asText) {
    StringBuilder out = new StringBuilder();
    List<List<String>> rows = new ArrayList<>(List.of(columns));
    rows.addAll(shells);
    if (!overall.isEmpty()) {
      rows.add(overall);
    }
    for (List<String> row : rows) {
      List<String> cells = new ArrayList<>();
      for (int c = 0; c < row.size(); c++) {
        if (all || !DROPPED.contains(columns.get(c))) {
          cells.add(
              asText ? "'" + row.get(c) : SpreadsheetCell.harmless(row.get(c).replace("*", "")));
        }
      }
      out.append(String.join("\t", cells)).append('\n');
    }
    return out.toString();
  }
}
