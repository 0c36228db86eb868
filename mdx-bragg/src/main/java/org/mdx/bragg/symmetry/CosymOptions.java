package org.mdx.bragg.symmetry;

import org.mdx.crystal.CellTolerance;

/**
 * How many sweeps are brought into agreement. Immutable.
 *
 * @param symmetry how the Laue group and the absences are looked for
 * @param cells difference within which cells are of one kind of crystal
 * @param minCommon reflections that two sweeps must have in common to be compared
 * @param seeds sweeps that are compared pair by pair; the others with the mean of these
 */
public record CosymOptions(
    SymmetryOptions symmetry, CellTolerance cells, int minCommon, int seeds) {

  public CosymOptions {
    if (minCommon < 3) {
      throw new IllegalArgumentException(minCommon + " common reflections, must be 3 or more");
    }
    if (seeds < 2) {
      throw new IllegalArgumentException(seeds + " seeds, must be 2 or more");
    }
  }

  /**
   * Axes within 5 %, angles within 2°, 5 common reflections, 40 seeds.
   *
   * @return the defaults
   */
  public static CosymOptions defaults() {
    return new CosymOptions(SymmetryOptions.defaults(), CellTolerance.defaults(), 5, 40);
  }

  /**
   * With other options of the symmetry.
   *
   * @param options new ones
   * @return new options
   */
  public CosymOptions symmetry(SymmetryOptions options) {
    return new CosymOptions(options, cells, minCommon, seeds);
  }

  /**
   * With another tolerance of cells.
   *
   * @param tolerance new one
   * @return new options
   */
  public CosymOptions cells(CellTolerance tolerance) {
    return new CosymOptions(symmetry, tolerance, minCommon, seeds);
  }

  /**
   * With another number of common reflections.
   *
   * @param count 3 or more
   * @return new options
   */
  public CosymOptions minCommon(int count) {
    return new CosymOptions(symmetry, cells, count, seeds);
  }
}
