package org.mdx.bragg.internal.fit;

import org.mdx.bragg.internal.algebra.ScanSmoother;
import org.mdx.geometry.Scan;

/**
 * What of a crystal changes along the scan.
 *
 * @param orientation whether the orientation does
 * @param cell whether the cell does
 * @param interval degrees between values, above 0; wider in scans that would have more than 36, or
 *     more than images
 */
public record Variation(boolean orientation, boolean cell, double interval) {
  /** Nothing changes. */
  public static final Variation NONE = new Variation(false, false, 5);

  /** Orientation and cell change, with a value every 5°. */
  public static final Variation ALL = new Variation(true, true, 5);

  private static final int MOST = 36;

  public Variation {
    if (!(interval > 0)) {
      throw new IllegalArgumentException(
          "interval of scan-varying values " + interval + "°, must be above 0");
    }
  }

  boolean any() {
    return orientation || cell;
  }

  /** The smoother over a scan. */
  ScanSmoother smoother(Scan scan) {
    double range = Math.abs(scan.width()) * scan.frames();
    int n = (int) Math.rint(Math.min(Math.min(MOST, scan.frames()), range / interval));
    return new ScanSmoother(scan.frames(), Math.max(1, n));
  }
}
