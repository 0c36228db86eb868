package org.mdx.figures.axes;

import java.util.Locale;

/**
 * Labelled values of an axis: multiples of 1, 2 or 5 times a power of ten.
 *
 * @param first number of the first tick
 * @param last number of the last tick
 * @param step distance of ticks; tick i is at i·step
 */
public record Ticks(long first, long last, double step) {

  /**
   * Ticks for a range.
   *
   * @param min lower end
   * @param max upper end, above min
   * @param most no more than about this many ticks
   * @param leastStep a step is not smaller; 1 for Miller indices
   * @return the ticks
   */
  public static Ticks of(double min, double max, int most, double leastStep) {
    double raw = Math.max((max - min) / most, leastStep);
    double power = Math.pow(10, Math.floor(Math.log10(raw) + 1e-9));
    double step = 10 * power;
    for (double m : new double[] {5, 2, 1}) {
      if (m * power >= raw * (1 - 1e-9)) {
        step = m * power;
      }
    }
    return new Ticks(
        (long) Math.ceil(min / step - 1e-9), (long) Math.floor(max / step + 1e-9), step);
  }

  /**
   * A tick's value.
   *
   * @param i first to last
   * @return i·step
   */
  public double value(long i) {
    return i * step;
  }

  /**
   * A tick's label, without digits that the step does not need.
   *
   * @param i first to last
   * @return decimal digits
   */
  public String label(long i) {
    int digits = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    return String.format(Locale.ROOT, "%." + digits + "f", value(i));
  }
}
