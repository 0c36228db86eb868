package org.mdx.stats;

import java.util.Objects;

/**
 * How to divide voxels into shells. Immutable: each method that takes a value returns a new record.
 *
 * @param width of a shell in Å⁻¹, above 0; not used if a count is given
 * @param count number of equally wide shells up to the largest s, 0 to use the width
 * @param voxels which voxels count
 * @param trim fraction left out at each side of a shell for the isotropic average, 0 to below ½
 * @param isotropicWidth width of the isotropic average's shells in Å⁻¹, above 0
 */
public record ShellOptions(
    double width, int count, Voxels voxels, double trim, double isotropicWidth) {

  /** Shells of 0.01 Å⁻¹, all voxels, isotropic average with 10 % trimmed at each side. */
  public static final ShellOptions DEFAULT = new ShellOptions(0.01, 0, Voxels.ALL, 0.1, 0.01);

  public ShellOptions {
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
    if (!(trim >= 0 && trim < 0.5)) {
      throw new IllegalArgumentException("trim " + trim + ", must be 0 to below 0.5");
    }
    Objects.requireNonNull(voxels, "voxels");
  }

  /**
   * Shells of a width.
   *
   * @param value in Å⁻¹, above 0
   * @return new options
   */
  public ShellOptions width(double value) {
    return new ShellOptions(value, 0, voxels, trim, isotropicWidth);
  }

  /**
   * A number of equally wide shells.
   *
   * @param value 1 or more; 0 to use the width
   * @return new options
   */
  public ShellOptions count(int value) {
    return new ShellOptions(width, value, voxels, trim, isotropicWidth);
  }

  /**
   * Some of the voxels.
   *
   * @param value which
   * @return new options
   */
  public ShellOptions voxels(Voxels value) {
    return new ShellOptions(width, count, value, trim, isotropicWidth);
  }

  /**
   * Another isotropic average.
   *
   * @param shellWidth in Å⁻¹, above 0
   * @param trimmed fraction left out at each side, 0 to below ½
   * @return new options
   */
  public ShellOptions isotropic(double shellWidth, double trimmed) {
    return new ShellOptions(width, count, voxels, trimmed, shellWidth);
  }
}
