package org.mdx.figures;

import java.util.Arrays;
import java.util.Locale;

/**
 * How the values of the first and last colour are chosen. Percentiles are those of NumPy: linear
 * interpolation between the sorted finite values. Immutable.
 */
public final class ColourRange {
  private enum Rule {
    FIXED,
    PERCENTILES,
    FROM_ZERO,
    AROUND
  }

  private final Rule rule;
  private final double first;
  private final double second;

  private ColourRange(Rule rule, double first, double second) {
    this.rule = rule;
    this.first = first;
    this.second = second;
  }

  /**
   * Fixed values.
   *
   * @param min of the first colour, finite
   * @param max of the last colour, finite, above min
   * @return the range
   * @throws IllegalArgumentException if they do not rise
   */
  public static ColourRange of(double min, double max) {
    ColourScale checked = new ColourScale(min, max);
    return new ColourRange(Rule.FIXED, checked.min(), checked.max());
  }

  /**
   * Percentiles of the values.
   *
   * @param low of the first colour, 0 to below high
   * @param high of the last colour, to 100
   * @return the range
   * @throws IllegalArgumentException if they do not rise within 0 to 100
   */
  public static ColourRange percentiles(double low, double high) {
    if (!(low >= 0 && high > low && high <= 100)) {
      throw new IllegalArgumentException(
          "percentiles " + low + " and " + high + ", must rise within 0 to 100");
    }
    return new ColourRange(Rule.PERCENTILES, low, high);
  }

  /**
   * From 0 to a percentile of the values, for amounts.
   *
   * @param percentile above 0, to 100
   * @return the range
   * @throws IllegalArgumentException if it is outside of that
   */
  public static ColourRange fromZero(double percentile) {
    return new ColourRange(Rule.FROM_ZERO, 0, checked(percentile));
  }

  /**
   * As far below 0 as above, to a percentile of the sizes: for signed numbers.
   *
   * @param percentile of |v|, above 0, to 100
   * @return the range
   * @throws IllegalArgumentException if it is outside of that
   */
  public static ColourRange symmetric(double percentile) {
    return around(0, percentile);
  }

  /**
   * As far below a centre as above: about 1 for factors.
   *
   * @param centre value of the middle colour, finite
   * @param percentile of |v − centre|, above 0, to 100
   * @return the range
   * @throws IllegalArgumentException if one is outside of that
   */
  public static ColourRange around(double centre, double percentile) {
    if (!(Math.abs(centre) <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("colours about " + centre + ", must be finite");
    }
    return new ColourRange(Rule.AROUND, centre, checked(percentile));
  }

  private static double checked(double percentile) {
    if (!(percentile > 0 && percentile <= 100)) {
      throw new IllegalArgumentException(
          "percentile " + percentile + ", must be above 0 and at most 100");
    }
    return percentile;
  }

  /**
   * The scale for some values. Where they do not vary it is widened, so that there is one.
   *
   * @param values left as they are; what is not finite is ignored
   * @return the values of the first and last colour
   */
  public ColourScale scale(float[] values) {
    if (rule == Rule.FIXED) {
      return new ColourScale(first, second);
    }
    double[] sorted = sorted(values);
    if (sorted.length == 0) {
      return rule == Rule.AROUND ? wide(first, 1) : new ColourScale(0, 1);
    }
    return switch (rule) {
      case PERCENTILES ->
          rising(percentile(sorted, first), percentile(sorted, second), sorted[sorted.length - 1]);
      case FROM_ZERO -> rising(0, percentile(sorted, second), sorted[sorted.length - 1]);
      default -> wide(first, percentile(sorted, second));
    };
  }

  private double[] sorted(float[] values) {
    double[] sorted = new double[values.length];
    int n = 0;
    for (float v : values) {
      if (Math.abs(v) <= Float.MAX_VALUE) {
        sorted[n++] = rule == Rule.AROUND ? Math.abs(v - first) : v;
      }
    }
    sorted = Arrays.copyOf(sorted, n);
    Arrays.sort(sorted);
    return sorted;
  }

  private static ColourScale rising(double low, double high, double largest) {
    double end = high > low ? high : largest;
    return new ColourScale(low, end > low ? end : low + Math.max(1, Math.abs(low)));
  }

  private static ColourScale wide(double centre, double reach) {
    double half = reach > 0 ? reach : 1;
    return new ColourScale(centre - half, centre + half);
  }

  /**
   * A percentile as NumPy defines it by default.
   *
   * @param sorted at least one value, rising
   * @param percent 0 to 100
   */
  static double percentile(double[] sorted, double percent) {
    double place = percent / 100 * (sorted.length - 1);
    int i = Math.min((int) place, sorted.length - 1);
    int next = Math.min(i + 1, sorted.length - 1);
    return sorted[i] + (place - i) * (sorted[next] - sorted[i]);
  }

  /** Such as {@code 0 to the 98th percentile}. */
  @Override
  public String toString() {
    return switch (rule) {
      case FIXED -> number(first) + " to " + number(second);
      case PERCENTILES -> "percentiles " + number(first) + " to " + number(second);
      case FROM_ZERO -> "0 to percentile " + number(second);
      default -> number(first) + " ± percentile " + number(second) + " of the distance";
    };
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value)
        .replaceFirst("(\\.\\d*?)0+(?=e|$)", "$1")
        .replaceFirst("\\.(?=e|$)", "");
  }
}
