package org.mdx.microed.detector;

import java.util.Locale;

/**
 * A value with its standard error.
 *
 * @param value the value
 * @param error its standard error, 0 or more
 */
public record Measured(double value, double error) {

  /** Whether the value is above zero beyond doubt. */
  boolean isPositive(double errors) {
    return value > errors * error;
  }

  @Override
  public String toString() {
    int digits = error > 0 ? (int) Math.max(0, Math.min(9, Math.ceil(1 - Math.log10(error)))) : 6;
    String number = "%." + digits + "f";
    return String.format(Locale.ROOT, number + " ± " + number, value, error);
  }
}
