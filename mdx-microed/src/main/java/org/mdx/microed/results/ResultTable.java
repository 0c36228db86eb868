package org.mdx.microed.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.mdx.figures.report.Provenance;

/** Trials of crystals, the best resolution first, those without one last. Immutable. */
public final class ResultTable {
  private final List<CrystalResult> rows;
  private final double ccLimit;

  private ResultTable(List<CrystalResult> rows, double ccLimit) {
    this.rows = List.copyOf(rows);
    this.ccLimit = ccLimit;
  }

  /**
   * Puts results into order.
   *
   * @param results trials
   * @param ccLimit of CC1/2, by which their resolution was found
   * @return the table
   */
  public static ResultTable of(List<CrystalResult> results, double ccLimit) {
    List<CrystalResult> sorted = new ArrayList<>(results);
    sorted.sort(
        Comparator.comparingDouble((CrystalResult r) -> r.limit().resolution())
            .thenComparing(CrystalResult::path));
    return new ResultTable(sorted, ccLimit);
  }

  /**
   * Reads the trials below a folder: {@code CRYSTAL/TRIAL}, or the folder of one crystal, or that
   * of one trial.
   *
   * @param root the folder
   * @param trials names of trials; empty for all
   * @param ccLimit of CC1/2, by which resolution is found
   * @return the table; trials that left nothing to read are rows too
   * @throws IOException if the folder cannot be read
   */
  public static ResultTable read(Path root, List<String> trials, double ccLimit)
      throws IOException {
    List<CrystalResult> rows = new ArrayList<>();
    if (TrialReader.isTrial(root)) {
      Path name = root.toAbsolutePath().normalize().getFileName();
      rows.add(TrialReader.read(root, String.valueOf(name), ccLimit));
    } else {
      for (Path crystal : folders(root)) {
        List<Path> inside = TrialReader.isTrial(crystal) ? List.of(crystal) : folders(crystal);
        for (Path trial : inside) {
          String name = trial.getFileName().toString();
          if (TrialReader.isTrial(trial) && (trials.isEmpty() || trials.contains(name))) {
            String path = root.relativize(trial).toString().replace('\\', '/');
            rows.add(TrialReader.read(trial, path, ccLimit));
          }
        }
      }
    }
    return of(rows, ccLimit);
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> !p.getFileName().toString().startsWith("."))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    }
  }

  /**
   * The rows.
   *
   * @return in order
   */
  public List<CrystalResult> rows() {
    return rows;
  }

  /**
   * The CC1/2 at which resolution ends.
   *
   * @return such as 0.3
   */
  public double ccLimit() {
    return ccLimit;
  }

  /**
   * A line for each trial: path, resolution, cell, symmetry, and in brackets what to beware of.
   *
   * @return lines
   */
  public String toText() {
    StringBuilder out = new StringBuilder();
    for (CrystalResult r : rows) {
      double d = r.limit().resolution();
      out.append(r.path()).append(' ').append(Double.isNaN(d) ? "-" : Cells.fixed(d, 2));
      r.cell().ifPresent(c -> out.append("     Unit cell: ").append(String.join("  ", c.values())));
      if (!r.symmetry().isEmpty()) {
        out.append(" Best solution: ").append(r.symmetry());
      }
      String notes = String.join("; ", Cells.notes(r, ccLimit));
      out.append(notes.isEmpty() ? "" : " (" + notes + ")").append('\n');
    }
    return out.toString();
  }

  /**
   * Comma-separated values with a heading; what is not known is empty.
   *
   * @return lines
   */
  public String toCsv() {
    StringBuilder out = new StringBuilder(String.join(",", Cells.NAMES)).append('\n');
    for (CrystalResult r : rows) {
      List<String> cells = new ArrayList<>();
      for (Object v : Cells.of(r, ccLimit)) {
        String s = v instanceof Double d && d.isNaN() ? "" : String.valueOf(v);
        cells.add(SpreadsheetCell.csv(s));
      }
      out.append(String.join(",", cells)).append('\n');
    }
    return out.toString();
  }

  /**
   * The same as JSON, with the merging statistics: an array of objects; what is not known is null.
   *
   * @return indented text
   */
  public String toJson() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (CrystalResult r : rows) {
      ObjectNode o = all.addObject();
      List<Object> cells = Cells.of(r, ccLimit);
      for (int i = 0; i < cells.size(); i++) {
        put(o, Cells.NAMES.get(i), cells.get(i));
      }
      r.merging().ifPresent(m -> merging(o.putObject("merging"), m));
      ArrayNode scales = o.putArray("frame_scales");
      r.frameScales().forEach(p -> scales.addArray().add(p.x()).add(p.y()));
    }
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(ObjectNode o, String name, Object value) {
    if (value instanceof Double d) {
      if (d.isNaN()) {
        o.putNull(name);
      } else {
        o.put(name, d);
      }
    } else if (value instanceof Integer i) {
      o.put(name, i);
    } else if (value instanceof Boolean b) {
      o.put(name, b);
    } else {
      o.put(name, String.valueOf(value));
    }
  }

  private static void merging(ObjectNode o, MergingTable m) {
    for (String column : m.columns()) {
      ArrayNode values = o.putArray(column);
      for (int s = 0; s < m.shells().size(); s++) {
        double v = m.value(s, column);
        if (Double.isNaN(v)) {
          values.addNull();
        } else {
          values.add(v);
        }
      }
    }
  }

  /**
   * A page that stands alone: the table, which is sorted by a click on a heading, with small plots,
   * and the merging statistics of each trial to unfold.
   *
   * @param title of the page
   * @return HTML
   */
  public String toHtml(String title) {
    return toHtml(Provenance.of(title));
  }

  /**
   * The same page with where it comes from at its end.
   *
   * @param provenance title, version, date, folder, command
   * @return HTML
   */
  public String toHtml(Provenance provenance) {
    return HtmlPage.of(this, provenance);
  }
}
