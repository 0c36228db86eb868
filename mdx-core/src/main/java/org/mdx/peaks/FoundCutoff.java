package org.mdx.peaks;

import java.util.List;
import java.util.Locale;

/**
 * A cutoff of the Bragg mask that was found from the images, and what decided it.
 *
 * @param cutoff standard deviations of the peak model to leave out
 * @param reflections how many were looked at, each time they were met
 * @param frames frames that were looked at
 * @param width standard deviation of the tails in those of the peak model; NaN if there are none
 * @param shells what was measured around the reflections, from inside out
 */
public record FoundCutoff(
    double cutoff, int reflections, int frames, double width, List<Shell> shells) {

  public FoundCutoff {
    shells = List.copyOf(shells);
  }

  /**
   * Pixels at some distance from reflections.
   *
   * @param from inner radius, standard deviations of the peak model
   * @param to outer radius
   * @param slope growth of a pixel's counts with those of a pixel in the reflection's core
   * @param error standard error of the slope
   * @param tail what part of the slope is the peak's tail, the rest being a halo
   * @param share scatter of the tail over that of the diffuse scattering, at the resolution where
   *     it is largest
   */
  public record Shell(
      double from, double to, double slope, double error, double tail, double share) {}

  /**
   * The shells as a table, a line each.
   *
   * @return lines with a head
   */
  public List<String> table() {
    List<String> lines = new java.util.ArrayList<>();
    lines.add("   distance/σ   counts growing with Bragg   tail alone   tail/diffuse");
    for (Shell s : shells) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %5.2f - %4.2f     %9.5f ± %7.5f    %9.5f      %8.3f%s",
              s.from,
              s.to,
              s.slope,
              s.error,
              s.tail,
              s.share,
              s.from < cutoff ? "" : "  kept"));
    }
    return lines;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "mask cutoff %.2f σ, from %d reflections in %d frames%s",
        cutoff,
        reflections,
        frames,
        shells.isEmpty() ? ": the least, as they are too few or too wide to tell more" : "");
  }
}
