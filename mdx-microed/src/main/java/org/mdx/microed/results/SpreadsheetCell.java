package org.mdx.microed.results;

import java.util.regex.Pattern;

/**
 * Cells of tables that spreadsheets open. A spreadsheet takes a text for a formula that begins with
 * one of {@code = + - @}, a tab or a carriage return, and computes it: names of files and messages
 * of programs, which come from anywhere, must not do that.
 */
public final class SpreadsheetCell {
  private static final Pattern FORMULA = Pattern.compile("(?s)[=+\\-@\\t\\r].*");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?%?");
  private static final Pattern PLAIN = Pattern.compile("[^,\"\\r\\n]*");

  private SpreadsheetCell() {}

  /**
   * A text that is none that is computed.
   *
   * @param text any
   * @return the text, behind an apostrophe if it looks like a formula and is no number
   */
  public static String harmless(String text) {
    boolean formula = FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches();
    return formula ? "'" + text : text;
  }

  /**
   * A cell of comma-separated values.
   *
   * @param text any
   * @return the same, harmless, in quotes if need be
   */
  public static String csv(String text) {
    String safe = harmless(text);
    return PLAIN.matcher(safe).matches() ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
