package org.mdx.io.instrument;

import java.util.List;
import java.util.Optional;

/**
 * One row of the calibration of an electron microscope.
 *
 * @param nominal camera length as the microscope tells it, mm
 * @param calibrated distance that a detector without lenses would have for the same pattern, mm
 */
public record CameraLength(double nominal, double calibrated) {
  /** Nominal lengths are round numbers of the control software, so they agree far better. */
  private static final double SAME = 0.005;

  /**
   * A row.
   *
   * @throws IllegalArgumentException if a length is not above 0
   */
  public CameraLength {
    if (!(nominal > 0 && calibrated > 0) || Double.isInfinite(nominal + calibrated)) {
      throw new IllegalArgumentException(
          "camera lengths " + nominal + " and " + calibrated + " mm, must be above 0");
    }
  }

  /**
   * Finds the row of a nominal length.
   *
   * @param table the calibration
   * @param nominal mm, to half a percent
   * @return the row that is nearest, or empty if none is near enough
   */
  public static Optional<CameraLength> find(List<CameraLength> table, double nominal) {
    CameraLength best = null;
    for (CameraLength row : table) {
      double off = Math.abs(row.nominal - nominal);
      if (off <= SAME * nominal && (best == null || off < Math.abs(best.nominal - nominal))) {
        best = row;
      }
    }
    return Optional.ofNullable(best);
  }
}
