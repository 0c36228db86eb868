package org.mdx.cli.plot;

import java.util.Arrays;
import org.mdx.map.ReciprocalMap;

/**
 * The range of values that the colours span, so chosen that a few extreme voxels do not take it
 * all. Where values lie on both sides of 0, and not just by their noise, 0 is in the middle.
 *
 * @param min value of the first colour
 * @param max value of the last colour, above min
 * @param diverging whether 0 is in the middle, and colours tell the sign
 */
record ColourScale(double min, double max, boolean diverging) {
  /** A column is signed if its lowest value is this part of the highest, below 0. */
  private static final double SIGNED = 0.25;

  /** Fractions of the voxels that lie below the first and above the last colour. */
  private static final double BELOW = 0.005;

  private static final double ABOVE = 0.005;

  /** The range of a map's values; 0 to 1 if it has none. */
  static ColourScale of(ReciprocalMap map) {
    float[] values = map.toArray();
    int n = 0;
    for (float v : values) {
      if (Math.abs(v) <= Float.MAX_VALUE) {
        values[n++] = v;
      }
    }
    if (n == 0) {
      return new ColourScale(0, 1, false);
    }
    Arrays.sort(values, 0, n);
    double low = values[(int) (BELOW * (n - 1))];
    double high = values[(int) Math.ceil((1 - ABOVE) * (n - 1))];
    if (low < 0 && -low > SIGNED * high) {
      double most = Math.max(-low, high);
      return new ColourScale(-most, most, true);
    }
    return new ColourScale(low, high > low ? high : low + Math.max(1, Math.abs(low)), false);
  }

  /** Where a value lies: 0 at min, 1 at max. */
  double fraction(double value) {
    return (value - min) / (max - min);
  }

  /** The power of ten that makes the labels of the scale short: 0, or a multiple of 3. */
  int exponent() {
    double largest = Math.max(Math.abs(min), Math.abs(max));
    int e = 3 * (int) Math.floor(Math.log10(largest) / 3);
    return Math.abs(e) < 3 ? 0 : e;
  }
}
