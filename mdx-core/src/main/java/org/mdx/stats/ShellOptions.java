package org.mdx.stats;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.mdx.internal.options.Draft;

/**
 * Options for dividing voxels into shells. Immutable: each method that takes a value returns new
 * options.
 */
public final class ShellOptions {
  private final Fields f;

  /** What the options say; it does not change once they hold it. */
  private static final class Fields extends Draft<Fields> {
    private double width = 0.01;
    private int count;
    private double sMin;
    private double sMax = Double.POSITIVE_INFINITY;
    private Voxels voxels = Voxels.ALL;
    private Halves halves = Halves.RANDOM;
    private double trim = 0.1;
    private double isotropicWidth = 0.01;
  }

  private ShellOptions(Fields f) {
    if (!(f.width > 0
        && f.width <= Double.MAX_VALUE
        && f.isotropicWidth > 0
        && f.isotropicWidth <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "shell widths " + f.width + " and " + f.isotropicWidth + " Å⁻¹, must be above 0");
    }
    if (f.count < 0 || f.count > 100_000) {
      throw new IllegalArgumentException(f.count + " shells, must be 0 to 100000");
    }
    if (!(f.sMin >= 0 && f.sMin <= Double.MAX_VALUE && f.sMax > f.sMin)) {
      throw new IllegalArgumentException(
          "shells from " + f.sMin + " to " + f.sMax + " Å⁻¹, must be 0 or more and rise");
    }
    if (!(f.trim >= 0 && f.trim < 0.5)) {
      throw new IllegalArgumentException("trim " + f.trim + ", must be 0 to below 0.5");
    }
    Objects.requireNonNull(f.voxels, "voxels");
    Objects.requireNonNull(f.halves, "halves");
    this.f = f;
  }

  private ShellOptions with(Consumer<Fields> change) {
    return new ShellOptions(f.with(change));
  }

  /**
   * Shells of 0.01 Å⁻¹, all voxels, random halves, isotropic average with 10 % trimmed at each
   * side.
   *
   * @return the defaults
   */
  public static ShellOptions defaults() {
    return new ShellOptions(new Fields());
  }

  /**
   * Shells of a width.
   *
   * @param value in Å⁻¹, above 0
   * @return new options
   */
  public ShellOptions width(double value) {
    return with(
        o -> {
          o.width = value;
          o.count = 0;
        });
  }

  /**
   * A number of equally wide shells.
   *
   * @param value 1 or more; 0 to use the width
   * @return new options
   */
  public ShellOptions count(int value) {
    return with(o -> o.count = value);
  }

  /**
   * Voxels of a range of s only.
   *
   * @param from lower limit in Å⁻¹, 0 or more
   * @param to upper limit in Å⁻¹, included; infinite to end where the data do
   * @return new options
   */
  public ShellOptions range(double from, double to) {
    return with(
        o -> {
          o.sMin = from;
          o.sMax = to;
        });
  }

  /**
   * Some of the voxels.
   *
   * @param value which
   * @return new options
   */
  public ShellOptions voxels(Voxels value) {
    return with(o -> o.voxels = value);
  }

  /**
   * Says what the two groups of the tables are.
   *
   * @param value random halves, or Friedel mates
   * @return new options
   */
  public ShellOptions halves(Halves value) {
    return with(o -> o.halves = value);
  }

  /**
   * Another isotropic average.
   *
   * @param shellWidth in Å⁻¹, above 0
   * @param trimmed fraction left out at each side, 0 to below ½
   * @return new options
   */
  public ShellOptions isotropic(double shellWidth, double trimmed) {
    return with(
        o -> {
          o.trim = trimmed;
          o.isotropicWidth = shellWidth;
        });
  }

  /**
   * Of a shell in Å⁻¹, above 0; not used if a count is given.
   *
   * @return the value
   */
  public double width() {
    return f.width;
  }

  /**
   * Number of equally wide shells up to the largest s, 0 to use the width.
   *
   * @return the value
   */
  public int count() {
    return f.count;
  }

  /**
   * Lower limit of the first shell in Å⁻¹, 0 or more.
   *
   * @return the value
   */
  public double sMin() {
    return f.sMin;
  }

  /**
   * Upper limit of the last shell in Å⁻¹, above {@code sMin}; infinite to end where the data do.
   *
   * @return the value
   */
  public double sMax() {
    return f.sMax;
  }

  /**
   * Which voxels count.
   *
   * @return the value
   */
  public Voxels voxels() {
    return f.voxels;
  }

  /**
   * What the two groups of the tables are.
   *
   * @return the value
   */
  public Halves halves() {
    return f.halves;
  }

  /**
   * Fraction left out at each side of a shell for the isotropic average, 0 to below ½.
   *
   * @return the value
   */
  public double trim() {
    return f.trim;
  }

  /**
   * Width of the isotropic average's shells in Å⁻¹, above 0.
   *
   * @return the value
   */
  public double isotropicWidth() {
    return f.isotropicWidth;
  }

  private List<Object> values() {
    return List.of(f.width, f.count, f.sMin, f.sMax, f.voxels, f.halves, f.trim, f.isotropicWidth);
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
        + f.width
        + ", count="
        + f.count
        + ", sMin="
        + f.sMin
        + ", sMax="
        + f.sMax
        + ", voxels="
        + f.voxels
        + ", halves="
        + f.halves
        + ", trim="
        + f.trim
        + ", isotropicWidth="
        + f.isotropicWidth
        + "]";
  }
}
