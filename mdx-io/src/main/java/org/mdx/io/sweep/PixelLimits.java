package org.mdx.io.sweep;

import org.mdx.io.instrument.Pair;

/** The values that a type of pixels can have, or those that are counts. */
final class PixelLimits {
  private static final double FAR = 1e9;

  private PixelLimits() {}

  /**
   * Whether detectors that count write values of this type that are counts from 0 up and marks
   * below: signed integers of 32 bits or more. Cameras write signed 16-bit integers or floats.
   *
   * @param type as headers name it
   */
  static boolean isMarked(String type) {
    return type.equals("int32") || type.equals("int64");
  }

  /**
   * Lowest and highest value, within those of 32-bit integers as which frames are read.
   *
   * @param type as headers name it: {@code uint16}, {@code int32}, {@code float32} and so on
   */
  static Pair of(String type) {
    if (isMarked(type)) {
      return new Pair(0, Integer.MAX_VALUE);
    }
    int bits =
        switch (type.replaceAll("\\D", "")) {
          case "8" -> 8;
          case "16" -> 16;
          default -> 32;
        };
    if (type.startsWith("float")) {
      return new Pair(-FAR, FAR);
    }
    double range = Math.scalb(1, bits);
    return type.startsWith("u")
        ? new Pair(0, Math.min(range - 1, Integer.MAX_VALUE))
        : new Pair(-range / 2, range / 2 - 1);
  }

  /**
   * Lowest value of a camera that writes this type, where values below 0 are no marks.
   *
   * @param type as headers name it
   */
  static double unmarked(String type) {
    return isMarked(type) ? -FAR : of(type).first();
  }
}
