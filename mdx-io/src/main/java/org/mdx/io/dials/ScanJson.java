package org.mdx.io.dials;

import java.util.Arrays;
import org.mdx.geometry.Scan;
import org.mdx.io.DecimalText;

/** Reads the scan model, in its older form and with the newer dictionary of properties. */
final class ScanJson {
  /** Exposures of one sweep may differ by this fraction and be the same. */
  private static final double SAME_EXPOSURE = 0.01;

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
   * Exposures of n images in seconds: too few are continued with the last, zeros stand for the one
   * that is known of others. None at all if there are only zeros, as DIALS writes what it does not
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
    double known = 0;
    int zeros = 0;
    for (double t : all) {
      zeros += t == 0 ? 1 : 0;
      if (t != 0 && known != 0 && Math.abs(t - known) > SAME_EXPOSURE * Math.abs(known)) {
        known = Double.NaN;
      }
      known = known == 0 ? t : known;
    }
    if (zeros > 0 && (Double.isNaN(known) || known < 0)) {
      throw times.failure(
          "exposures above 0, or one that zeros can stand for",
          zeros + " of " + n + " that are 0, and others that differ",
          "set exposure_time to the exposures of the images");
    }
    if (zeros == n) {
      return new double[0];
    } else if (zeros > 0) {
      Arrays.fill(all, known);
    }
    return all;
  }

  /** What was taken for exposures that are not in the file; empty if all are. */
  static String note(JsonCursor scan, Scan read) {
    JsonCursor properties = scan.optional("properties");
    JsonCursor times = (properties == null ? scan : properties).optional("exposure_time");
    String taken = DecimalText.of(read.exposure(0)) + " s is taken for all";
    if (times == null || times.node().isArray() && times.size() == 0) {
      return "the file has no exposures: " + taken;
    }
    int zeros = 0;
    for (double t : times.node().isNumber() ? new double[] {times.number()} : times.numbers()) {
      zeros += t == 0 ? 1 : 0;
    }
    return zeros == 0
        ? ""
        : "the exposures of " + zeros + " of " + read.frames() + " images are 0: " + taken;
  }
}
