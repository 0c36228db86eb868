package org.mdx.figures.report;

import java.util.Locale;
import org.mdx.figures.PageTable.Verdict;

/**
 * A number with what is expected of it.
 *
 * @param name of the number
 * @param value as text
 * @param expected in words
 * @param verdict on it
 * @param hint what to do if it is not as expected
 */
public record Check(String name, String value, String expected, Verdict verdict, String hint) {

  /**
   * A number that is good between two limits and bad beyond two others.
   *
   * @param name of the number
   * @param value of it; NaN if it is not known
   * @param limits bad below, good from, good to, bad above
   * @param expected in words
   * @param hint what to do if it is not as expected
   * @return the check
   */
  public static Check of(String name, double value, double[] limits, String expected, String hint) {
    Verdict verdict =
        Double.isNaN(value)
            ? Verdict.NONE
            : value >= limits[1] && value <= limits[2]
                ? Verdict.GOOD
                : value >= limits[0] && value <= limits[3] ? Verdict.LOOK : Verdict.BAD;
    String text = Double.isNaN(value) ? "not known" : String.format(Locale.ROOT, "%.4g", value);
    return new Check(name, text, expected, verdict, verdict == Verdict.GOOD ? "" : hint);
  }
}
