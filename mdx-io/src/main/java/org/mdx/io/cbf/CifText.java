package org.mdx.io.cbf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The data items of a CIF text, loops included: of each item all its values in order. The text of a
 * CBF ends where its binary data begin, so an open text field or loop is no error.
 */
final class CifText {
  private final Map<String, List<String>> items = new LinkedHashMap<>();
  private final String text;
  private int at;
  private boolean quoted;

  private CifText(String text) {
    this.text = text;
  }

  static CifText parse(String text) {
    CifText cif = new CifText(text);
    cif.readAll();
    return cif;
  }

  private void readAll() {
    List<List<String>> loop = null;
    List<String> single = null;
    int column = 0;
    boolean header = false;
    for (String token = next(); token != null; token = next()) {
      if (!quoted && token.equalsIgnoreCase("loop_")) {
        loop = new ArrayList<>();
        header = true;
        single = null;
      } else if (!quoted && token.startsWith("_")) {
        List<String> values =
            items.computeIfAbsent(token.toLowerCase(Locale.ROOT), k -> new ArrayList<>());
        if (header) {
          loop.add(values);
          column = 0;
        } else {
          single = values;
          loop = null;
        }
      } else if (!quoted && token.toLowerCase(Locale.ROOT).startsWith("data_")) {
        loop = null;
        single = null;
        header = false;
      } else if (loop != null && !loop.isEmpty()) {
        header = false;
        loop.get(column++ % loop.size()).add(token);
      } else if (single != null) {
        single.add(token);
        single = null;
      }
    }
  }

  /** The next token without its quotes; null at the end. */
  private String next() {
    quoted = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean lineStart = at == 0 || text.charAt(at - 1) == '\n' || text.charAt(at - 1) == '\r';
      if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          at++;
        }
      } else if (Character.isWhitespace(c)) {
        at++;
      } else if (c == ';' && lineStart) {
        return field();
      } else if (c == '\'' || c == '"') {
        return quotation(c);
      } else {
        int from = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
          at++;
        }
        return text.substring(from, at);
      }
    }
    return null;
  }

  private String field() {
    quoted = true;
    int end = text.indexOf("\n;", at + 1);
    String s = text.substring(at + 1, end < 0 ? text.length() : end);
    at = end < 0 ? text.length() : end + 2;
    return s;
  }

  /** A quotation mark ends a quotation only before white space. */
  private String quotation(char mark) {
    quoted = true;
    int from = ++at;
    while (at < text.length() && text.charAt(at) != '\n') {
      boolean last = at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1));
      if (text.charAt(at) == mark && last) {
        return text.substring(from, at++);
      }
      at++;
    }
    return text.substring(from, at);
  }

  boolean has(String item) {
    return items.containsKey(item);
  }

  /** Number of rows of an item. */
  int rows(String item) {
    return items.getOrDefault(item, List.of()).size();
  }

  /** A value; empty if there is none, or if it is {@code .} or {@code ?}. */
  String text(String item, int row) {
    List<String> values = items.getOrDefault(item, List.of());
    String v = row >= 0 && row < values.size() ? values.get(row).strip() : "";
    return v.equals(".") || v.equals("?") ? "" : v;
  }

  /** A number; NaN if there is none. A standard uncertainty in brackets is left out. */
  double number(String item, int row) {
    String s = text(item, row).replaceFirst("\\(\\d+\\)$", "");
    return s.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?")
        ? Double.parseDouble(s)
        : Double.NaN;
  }

  /** The first row in which an item has a value; −1 if none. */
  int row(String item, String value) {
    return items.getOrDefault(item, List.of()).indexOf(value);
  }
}
