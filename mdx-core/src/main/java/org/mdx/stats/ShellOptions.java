package org.mdx.stats;

import java.util.List;
import java.util.Objects;

/**
 * Options for dividing voxels into shells. Immutable: each method that takes a value returns new
 * options.
 */
public final class ShellOptions {
  private final double width;
  private final int count;
  private final double sMin;
  private final double sMax;
  private final Voxels voxels;
  private final Halves halves;
  private final double trim;
  private final double isotropicWidth;

  private ShellOptions(
      double width,
      int count,
      double sMin,
      double sMax,
      Voxels voxels,
      Halves halves,
      double trim,
      double isotropicWidth) {
    if (!(width > 0
        && width <= Double.MAX_VALUE
        && isotropicWidth > 0
        && isotropicWidth <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "shell widths " + width + " and " + isotropicWidth + " Å⁻¹, must be above 0");
    }
    if (count < 0 || count > 100_000) {
      throw new IllegalArgumentException(count + " shells, must be 0 to 100000");
    }
    if (!(sMin >= 0 && sMin <= Double.MAX_VALUE && sMax > sMin)) {
      throw new IllegalArgumentException(
          "shells from " + sMin + " to " + sMax + " Å⁻¹, must be 0 or more and rise");
    }
    if (!(trim >= 0 && trim < 0.5)) {
      throw new IllegalArgumentException("trim " + trim + ", must be 0 to below 0.5");
    }
    Objects.requireNonNull(voxels, "voxels");
    Objects.requireNonNull(halves, "halves");
    this.width = width;
    this.count = count;
    this.sMin = sMin;
    this.sMax = sMax;
    this.voxels = voxels;
    this.halves = halves;
    this.trim = trim;
    this.isotropicWidth = isotropicWidth;
  }

  /**
   * Shells of 0.01 Å⁻¹, all voxels, random halves, isotropic average with 10 % trimmed at each
   * side.
   *
   * @return the defaults
   */
  public static ShellOptions defaults() {
    return new ShellOptions(
        0.01, 0, 0, Double.POSITIVE_INFINITY, Voxels.ALL, Halves.RANDOM, 0.1, 0.01);
  }

  /**
   * Shells of a width.
   *
   * @param value in Å⁻¹, above 0
   * @return new options
   */
  public ShellOptions width(double value) {
    return new ShellOptions(value, 0, sMin, sMax, voxels, halves, trim, isotropicWidth);
  }

  /**
   * A number of equally wide shells.
   *
   * @param value 1 or more; 0 to use the width
   * @return new options
   */
  public ShellOptions count(int value) {
    return new ShellOptions(width, value, sMin, sMax, voxels, halves, trim, isotropicWidth);
  }

  /**
   * Voxels of a range of s only.
   *
   * @param from lower limit in Å⁻¹, 0 or more
   * @param to upper limit in Å⁻¹, included; infinite to end where the data do
   * @return new options
   */
  public ShellOptions range(double from, double to) {
    return new ShellOptions(width, count, from, to, voxels, halves, trim, isotropicWidth);
  }

  /**
   * Some of the voxels.
   *
   * @param value which
   * @return new options
   */
  public ShellOptions voxels(Voxels value) {
    return new ShellOptions(width, count, sMin, sMax, value, halves, trim, isotropicWidth);
  }

  /**
   * Says what the two groups of the tables are.
   *
   * @param value random halves, or Friedel mates
   * @return new options
   */
  public ShellOptions halves(Halves value) {
    return new ShellOptions(width, count, sMin, sMax, voxels, value, trim, isotropicWidth);
  }

  /**
   * Another isotropic average.
   *
   * @param shellWidth in Å⁻¹, above 0
   * @param trimmed fraction left out at each side, 0 to below ½
   * @return new options
   */
  public ShellOptions isotropic(double shellWidth, double trimmed) {
    return new ShellOptions(width, count, sMin, sMax, voxels, halves, trimmed, shellWidth);
  }

  /**
   * Of a shell in Å⁻¹, above 0; not used if a count is given.
   *
   * @return the value
   */
  public double width() {
    return width;
  }

  /**
   * Number of equally wide shells up to the largest s, 0 to use the width.
   *
   * @return the value
   */
  public int count() {
    return count;
  }

  /**
   * Lower limit of the first shell in Å⁻¹, 0 or more.
   *
   * @return the value
   */
  public double sMin() {
    return sMin;
  }

  /**
   * Upper limit of the last shell in Å⁻¹, above {@code sMin}; infinite to end where the data do.
   *
   * @return the value
   */
  public double sMax() {
    return sMax;
  }

  /**
   * Which voxels count.
   *
   * @return the value
   */
  public Voxels voxels() {
    return voxels;
  }

  /**
   * What the two groups of the tables are.
   *
   * @return the value
   */
  public Halves halves() {
    return halves;
  }

  /**
   * Fraction left out at each side of a shell for the isotropic average, 0 to below ½.
   *
   * @return the value
   */
  public double trim() {
    return trim;
  }

  /**
   * Width of the isotropic average's shells in Å⁻¹, above 0.
   *
   * @return the value
   */
  public double isotropicWidth() {
    return isotropicWidth;
  }

  private List<Object> values() {
    return List.of(width, count, sMin, sMax, voxels, halves, trim, isotropicWidth);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ShellOptions other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "ShellOptions["
        + "width="
        + width
        + ", count="
        + count
        + ", sMin="
        + sMin
        + ", sMax="
        + sMax
        + ", voxels="
        + voxels
        + ", halves="
        + halves
        + ", trim="
        + trim
        + ", isotropicWidth="
        + isotropicWidth
        + "]";
  }
}
