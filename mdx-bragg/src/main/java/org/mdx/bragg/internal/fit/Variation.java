package org.mdx.bragg.internal.fit;

import org.mdx.bragg.internal.algebra.ScanSmoother;
import org.mdx.geometry.Scan;

/**
 * What of a crystal changes along the scan, and whether the beam does.
 *
 * @param orientation whether the orientation does
 * @param cell whether the cell does
 * @param interval degrees between values, above 0; wider in scans that would have more than 36, or
 *     more than images
 * @param beamInterval degrees between values of the beam's direction; 0 if the beam stays
 */
public record Variation(boolean orientation, boolean cell, double interval, double beamInterval) {
  /** Nothing changes. */
  public static final Variation NONE = new Variation(false, false, 5);

  /** Orientation and cell change, with a value every 5°. */
  public static final Variation ALL = new Variation(true, true, 5);

  private static final int MOST = 36;
  private static final int MOST_OF_BEAM = 180;

  public Variation {
    if (!(interval > 0)) {
      throw new IllegalArgumentException(
          "interval of scan-varying values " + interval + "°, must be above 0");
    }
    if (!(beamInterval >= 0)) {
      throw new IllegalArgumentException(
          "interval of the beam's drift " + beamInterval + "°, must be above 0");
    }
  }

  /**
   * The beam stays.
   *
   * @param orientation whether the orientation changes
   * @param cell whether the cell does
   * @param interval degrees between values, above 0
   */
  public Variation(boolean orientation, boolean cell, double interval) {
    this(orientation, cell, interval, 0);
  }

  /**
   * The same with a beam that changes.
   *
   * @param degrees between values, or 0 if it stays
   * @return another variation
   */
  public Variation beam(double degrees) {
    return new Variation(orientation, cell, interval, degrees);
  }

  boolean any() {
    return orientation || cell || beam();
  }

  boolean beam() {
    return beamInterval > 0;
  }

  /** The smoother of the crystal over a scan. */
  ScanSmoother smoother(Scan scan) {
    return smoother(scan, interval, MOST);
  }

  /** The smoother of the beam over a scan. */
  ScanSmoother beamSmoother(Scan scan) {
    return smoother(scan, beamInterval, MOST_OF_BEAM);
  }

  private static ScanSmoother smoother(Scan scan, double degrees, int most) {
    double range = Math.abs(scan.width()) * scan.frames();
    int n = (int) Math.rint(Math.min(Math.min(most, scan.frames()), range / degrees));
    return new ScanSmoother(scan.frames(), Math.max(1, n));
  }
}
