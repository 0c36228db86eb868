package org.mdx.math;

import java.util.Locale;

/** Numbers as crystallographers write them: 30.0004(6). */
public final class Uncertain {
  private static final int MOST_DIGITS = 8;

  private Uncertain() {}

  /**
   * A number with its uncertainty in units of the last digit, 2 to 19.
   *
   * @param value the number
   * @param sigma its standard uncertainty
   * @return such as {@code 30.0004(6)}; with a question mark where the uncertainty is not known,
   *     and without brackets where there is none
   */
  public static String text(double value, double sigma) {
    if (!(sigma > 0) || Double.isInfinite(sigma)) {
      return String.format(Locale.ROOT, sigma == 0 ? "%.6g" : "%.4f(?)", value);
    }
    int digits = (int) -Math.floor(Math.log10(sigma / 1.95));
    digits = Math.max(0, Math.min(MOST_DIGITS, digits));
    long units = Math.round(sigma * Math.pow(10, digits));
    if (units == 0) {
      return String.format(Locale.ROOT, "%.6g", value);
    }
    // what is 0 in the digits shown has no sign
    double shown = Math.abs(value) * Math.pow(10, digits) < 0.5 ? 0 : value;
    return String.format(Locale.ROOT, "%." + digits + "f(%d)", shown, units);
  }
}
