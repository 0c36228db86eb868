package org.mdx.reindex;

/**
 * Options for resolving an indexing ambiguity. Immutable: each method that takes a value returns a
 * new record.
 *
 * @param tolerance how far the lattice may be from a symmetry that counts, in degrees between the
 *     direct and the reciprocal direction of a twofold axis; 3 stands for axes that differ by up to
 *     five percent
 * @param minCommon pairs of sweeps with fewer voxels in common are not compared
 * @param reference number of the sweep that keeps its indexing
 * @param significance margins below this number of standard errors are warned of
 */
public record ReindexOptions(double tolerance, int minCommon, int reference, double significance) {

  public ReindexOptions {
    if (!(tolerance >= 0 && tolerance <= 10)) {
      throw new IllegalArgumentException(
          "tolerance of " + tolerance + "° for the lattice's symmetry, must be 0 to 10");
    }
    if (minCommon < 3) {
      throw new IllegalArgumentException(
          "at least " + minCommon + " common voxels; a correlation takes 3 or more");
    }
    if (reference < 0) {
      throw new IllegalArgumentException("reference sweep " + reference + ", must be 0 or above");
    }
    if (!(significance >= 0)) {
      throw new IllegalArgumentException(
          "significance of " + significance + " standard errors, must be 0 or above");
    }
  }

  /**
   * Within 3°, at least 100 voxels, the first sweep for reference, 3 standard errors.
   *
   * @return the defaults
   */
  public static ReindexOptions defaults() {
    return new ReindexOptions(3, 100, 0, 3);
  }

  /**
   * Allows other deviations of the lattice from a symmetry.
   *
   * @param degrees 0 to 10
   * @return new options
   * @throws IllegalArgumentException if it is out of range
   */
  public ReindexOptions tolerance(double degrees) {
    return new ReindexOptions(degrees, minCommon, reference, significance);
  }

  /**
   * Compares pairs of sweeps that share more or fewer voxels.
   *
   * @param voxels 3 or more
   * @return new options
   * @throws IllegalArgumentException if it is below 3
   */
  public ReindexOptions minCommon(int voxels) {
    return new ReindexOptions(tolerance, voxels, reference, significance);
  }

  /**
   * Keeps the indexing of another sweep than the first.
   *
   * @param sweep its number, from 0
   * @return new options
   * @throws IllegalArgumentException if it is below 0
   */
  public ReindexOptions reference(int sweep) {
    return new ReindexOptions(tolerance, minCommon, sweep, significance);
  }

  /**
   * Warns of other margins.
   *
   * @param standardErrors 0 or above
   * @return new options
   * @throws IllegalArgumentException if it is below 0
   */
  public ReindexOptions significance(double standardErrors) {
    return new ReindexOptions(tolerance, minCommon, reference, standardErrors);
  }
}
