package org.mdx.microed.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A unit cell as DIALS prints it, such as {@code 11.0004(3), 17.0001(7), …}: six numbers with the
 * digits that are known, a to c in Å, then α to γ in degrees.
 *
 * @param values numbers as printed
 * @param sigmas standard uncertainties in units of the last digit; empty where none is given
 */
public record CellText(List<String> values, List<String> sigmas) {
  private static final Pattern LINE =
      Pattern.compile("Unit cell:\\s*\\(?\\s*((?:[-\\d.]+(?:\\(\\d+\\))?[,\\s]*){6})");
  private static final Pattern NUMBER = Pattern.compile("([-\\d.]+)(?:\\((\\d+)\\))?");

  public CellText {
    values = List.copyOf(values);
    sigmas = List.copyOf(sigmas);
  }

  /**
   * All cells in a log, one for each lattice.
   *
   * @param log text that DIALS printed
   * @return cells in the order of the log
   */
  public static List<CellText> parse(String log) {
    List<CellText> cells = new ArrayList<>();
    Matcher line = LINE.matcher(log);
    while (line.find()) {
      List<String> values = new ArrayList<>();
      List<String> sigmas = new ArrayList<>();
      Matcher n = NUMBER.matcher(line.group(1));
      while (n.find()) {
        values.add(n.group(1));
        sigmas.add(Optional.ofNullable(n.group(2)).orElse(""));
      }
      cells.add(new CellText(values, sigmas));
    }
    return cells;
  }

  /**
   * A number.
   *
   * @param i 0 to 5
   * @return in Å or degrees
   */
  public double value(int i) {
    return Double.parseDouble(values.get(i));
  }

  /**
   * Its standard uncertainty.
   *
   * @param i 0 to 5
   * @return in Å or degrees; NaN if none is given
   */
  public double sigma(int i) {
    String v = values.get(i);
    int point = v.indexOf('.');
    int decimals = point < 0 ? 0 : v.length() - point - 1;
    return sigmas.get(i).isEmpty()
        ? Double.NaN
        : Double.parseDouble(sigmas.get(i)) * Math.pow(10, -decimals);
  }

  /** Numbers with their uncertainties in brackets. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      out.append(i == 0 ? "" : " ").append(values.get(i));
      if (!sigmas.get(i).isEmpty()) {
        out.append('(').append(sigmas.get(i)).append(')');
      }
    }
    return out.toString();
  }
}
