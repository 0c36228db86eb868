package org.mdx.io.dials;

import java.util.Arrays;
import org.mdx.geometry.Scan;

/** Reads the scan model, in its older form and with the newer dictionary of properties. */
final class ScanJson {
  /** More images than any sweep has. */
  static final int MAX_IMAGES = 1_000_000;

  private ScanJson() {}

  static Scan read(JsonCursor scan) {
    JsonCursor range = scan.get("image_range");
    range.requireSize(2);
    int first = range.at(0).integer();
    long n = range.at(1).integer() - (long) first + 1;
    if (n < 1 || n > MAX_IMAGES) {
      throw range.failure("a range of 1 to " + MAX_IMAGES + " images", n + " images", "");
    }
    JsonCursor properties = scan.optional("properties");
    double[] oscillation =
        properties == null ? scan.get("oscillation").numbers(2) : oscillation(properties, (int) n);
    double[] exposures =
        exposures((properties == null ? scan : properties).optional("exposure_time"), (int) n);
    return scan.build(
        "a scan",
        () ->
            exposures.length == 0
                ? Scan.ofUnknownExposure(first, oscillation[0], oscillation[1], (int) n)
                : new Scan(first, oscillation[0], oscillation[1], exposures));
  }

  /** Start and width from the angles at the beginning of each image. */
  private static double[] oscillation(JsonCursor properties, int n) {
    JsonCursor starts = properties.get("oscillation");
    double[] angles = starts.numbers(n);
    if (n == 1) {
      JsonCursor width = properties.optional("oscillation_width");
      double w = width == null ? 0 : width.node().isArray() ? width.numbers(1)[0] : width.number();
      return new double[] {angles[0], w};
    }
    double step = (angles[n - 1] - angles[0]) / (n - 1);
    for (int i = 0; i < n; i++) {
      double off = Math.abs(angles[i] - (angles[0] + i * step));
      if (off > 0.01 * Math.abs(step)) {
        throw starts.failure(
            "images at equal steps of " + step + "°",
            angles[i] + "° for image " + i,
            "split the scan where its step changes");
      }
    }
    return new double[] {angles[0], step};
  }

  /**
   * Exposures of n images in seconds: too few are continued with the last, a first one followed by
   * zeros stands for all. None at all if there are only zeros, as DIALS writes what it does not
   * know.
   */
  private static double[] exposures(JsonCursor times, int n) {
    double[] all = new double[n];
    double[] given =
        times == null
            ? new double[0]
            : times.node().isNumber() ? new double[] {times.number()} : times.numbers();
    if (given.length > n) {
      throw times.failure("at most " + n + " exposures", given.length + " exposures", "");
    }
    if (given.length == 0) {
      return given;
    }
    for (int i = 0; i < n; i++) {
      all[i] = given[Math.min(i, given.length - 1)];
    }
    boolean restZero = true;
    for (int i = 1; i < n; i++) {
      restZero &= all[i] == 0;
    }
    if (restZero && all[0] >= 0) {
      Arrays.fill(all, all[0]);
      return all[0] > 0 ? all : new double[0];
    }
    return all;
  }
}
