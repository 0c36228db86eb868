package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.internal.vectors.Autoconvolution;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;

/**
 * How far the detector is from where the header has it. Spots put it right, but a header that is
 * that wrong may be wrong in the wavelength too, which spots hardly tell.
 */
final class HeaderShift {
  /** Part of the distance from which people should know. */
  private static final double FAR = 0.02;

  /** Pixels of the beam centre from which they should. */
  private static final double ASIDE = 10;

  private HeaderShift() {}

  /**
   * Differences that are larger than adjustment makes them.
   *
   * @param sweeps with the geometry of their headers
   * @param after geometry of each as it was found
   * @return a line for each
   */
  static List<String> of(List<SweepSpots> sweeps, List<Geometry> after) {
    List<String> lines = new ArrayList<>();
    for (int s = 0; s < sweeps.size(); s++) {
      String sweep = sweeps.size() == 1 ? "" : "sweep " + s + ": ";
      Geometry header = sweeps.get(s).geometry();
      double was = distance(header);
      double is = distance(after.get(s));
      if (Math.abs(is / was - 1) > FAR) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%sthe distance is %.2f mm, the header says %.2f mm (%+.1f %%): check the wavelength"
                    + " as well, which scales the cell and which spots hardly tell",
                sweep,
                is,
                was,
                100 * (is / was - 1)));
      }
      double[] from = Autoconvolution.centre(header, first(header));
      double[] to = Autoconvolution.centre(after.get(s), first(after.get(s)));
      double aside = Math.hypot(to[0] - from[0], to[1] - from[1]);
      if (aside > ASIDE) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%sthe beam centre is %.1f %.1f px, the header says %.1f %.1f px (%.1f px away)",
                sweep,
                to[0],
                to[1],
                from[0],
                from[1],
                aside));
      }
    }
    return lines;
  }

  private static Panel first(Geometry g) {
    return g.detector().panels().get(0);
  }

  /** From the sample to the plane of the first panel, mm. */
  static double distance(Geometry g) {
    return Math.abs(first(g).origin().dot(first(g).normal()));
  }
}
