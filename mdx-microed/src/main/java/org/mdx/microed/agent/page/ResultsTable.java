package org.mdx.microed.agent.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.mdx.microed.agent.system.Failures;
import org.mdx.microed.results.SpreadsheetCell;

/**
 * A table of results as another program has written it: CSV with a line of names, or JSON, an array
 * of objects with the same members (or an object that has such an array).
 *
 * @param names of the columns
 * @param rows of cells
 * @param note what is wrong with the file; empty if nothing
 */
record ResultsTable(List<String> names, List<List<String>> rows, String note) {
  static final ResultsTable NONE = new ResultsTable(List.of(), List.of(), "");

  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+([eE][-+]?\\d+)?%?");
  private static final long LARGEST = 4 << 20;
  private static final int MOST_ROWS = 500;
  private static final int MOST_COLUMNS = 30;

  /** Reads a file; one that is missing or damaged gives an empty table. */
  static ResultsTable read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        return NONE;
      }
      if (Files.size(file) > LARGEST) {
        return new ResultsTable(List.of(), List.of(), file + " is too large to be shown");
      }
      String text = Files.readString(file);
      return file.toString().toLowerCase(Locale.ROOT).endsWith(".json") ? json(text) : csv(text);
    } catch (IOException | RuntimeException e) {
      return new ResultsTable(List.of(), List.of(), file + ": " + Failures.reason(e));
    }
  }

  /** Whether a column holds numbers and nothing else, of each column. */
  boolean[] numbers() {
    boolean[] numbers = new boolean[names.size()];
    for (int c = 0; c < numbers.length; c++) {
      int column = c;
      List<String> cells =
          rows.stream().filter(r -> column < r.size()).map(r -> r.get(column)).toList();
      numbers[c] =
          !cells.stream().allMatch(String::isBlank)
              && cells.stream().allMatch(t -> t.isBlank() || NUMBER.matcher(t).matches());
    }
    return numbers;
  }

  private static ResultsTable json(String text) throws IOException {
    JsonNode array = MAPPER.readTree(text);
    if (array.isObject()) {
      for (JsonNode member : array) {
        if (member.isArray()) {
          array = member;
          break;
        }
      }
    }
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode row : array) {
      row.fieldNames().forEachRemaining(names::add);
    }
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode row : array) {
      rows.add(
          names.stream()
              .map(row::path)
              .map(v -> v.isValueNode() ? (v.isNull() ? "" : v.asText()) : cell(v))
              .toList());
    }
    return of(List.copyOf(names), rows);
  }

  private static String cell(JsonNode value) {
    return value.isMissingNode() ? "" : value.toString();
  }

  private static ResultsTable csv(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',') {
        row.add(shown(cell.toString()));
        cell.setLength(0);
      } else if (c == '\n') {
        row.add(shown(cell.toString()));
        cell.setLength(0);
        rows.add(row);
        row = new ArrayList<>();
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    if (!row.isEmpty() || !cell.isEmpty()) {
      row.add(shown(cell.toString()));
      rows.add(row);
    }
    rows.removeIf(r -> r.size() == 1 && r.get(0).isBlank() || r.get(0).startsWith("#"));
    return rows.isEmpty() ? NONE : of(rows.get(0), rows.subList(1, rows.size()));
  }

  /** Without the apostrophe that keeps spreadsheets from computing a text. */
  private static String shown(String cell) {
    String text = cell.startsWith("'") ? cell.substring(1) : cell;
    return SpreadsheetCell.harmless(text).equals(cell) ? text : cell;
  }

  private static ResultsTable of(List<String> names, List<List<String>> rows) {
    String note =
        rows.size() > MOST_ROWS ? "the last " + MOST_ROWS + " of " + rows.size() + " rows" : "";
    return new ResultsTable(
        names.subList(0, Math.min(names.size(), MOST_COLUMNS)),
        rows.subList(Math.max(0, rows.size() - MOST_ROWS), rows.size()).stream()
            .map(r -> r.subList(0, Math.min(r.size(), MOST_COLUMNS)))
            .toList(),
        note);
  }
}
