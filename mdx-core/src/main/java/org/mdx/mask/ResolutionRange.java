package org.mdx.mask;

import java.util.Locale;

/**
 * Pixels by their resolution d = 1/|s| at the pixel's centre: dMin ≤ d ≤ dMax.
 *
 * @param dMin high-resolution limit in Å, 0 or above
 * @param dMax low-resolution limit in Å, above dMin; may be infinite
 */
public record ResolutionRange(double dMin, double dMax) {

  public ResolutionRange {
    if (!(dMin >= 0 && dMin < dMax)) {
      throw new IllegalArgumentException(
          "resolution range " + dMin + " to " + dMax + " Å: must be two limits, 0 or above");
    }
  }

  /**
   * A ring: 1/d² within half the width of that of its middle.
   *
   * @param d its middle, in Å
   * @param width full width in 1/d², Å⁻²
   * @return the range; without a low-resolution limit if the ring reaches the beam
   * @throws IllegalArgumentException if d or width are not above 0
   */
  public static ResolutionRange ring(double d, double width) {
    if (!(d > 0 && width > 0 && Double.isFinite(d + width))) {
      throw new IllegalArgumentException(
          "ring at " + d + " Å with width " + width + " Å⁻², both must be above 0");
    }
    double middle = 1.0 / (d * d);
    double inner = middle - width / 2;
    return new ResolutionRange(
        Math.sqrt(1.0 / (middle + width / 2)),
        inner > 0 ? Math.sqrt(1.0 / inner) : Double.POSITIVE_INFINITY);
  }

  /** Such as {@code 3.5 to 3.6 Å}. */
  @Override
  public String toString() {
    if (dMin == 0) {
      return String.format(Locale.ROOT, "%.5g Å and finer", dMax);
    }
    return dMax == Double.POSITIVE_INFINITY
        ? String.format(Locale.ROOT, "%.5g Å and coarser", dMin)
        : String.format(Locale.ROOT, "%.5g to %.5g Å", dMin, dMax);
  }
}
