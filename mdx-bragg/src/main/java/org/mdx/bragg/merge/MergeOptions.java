package org.mdx.bragg.merge;

/**
 * How scaled intensities are merged. Immutable.
 *
 * @param shells of the table
 * @param dMin resolution, Å; 0 for all
 * @param minPartiality least part of a reflection that was recorded
 * @param ccHalf CC½ at the resolution that is estimated
 * @param freeParts parts of the free-R flags, one of which is the test set; 20 makes 5 %
 * @param seed of the flags
 * @param scaleErrors whether the errors of the scale factors are in the standard deviations; they
 *     are not in those of DIALS
 */
public record MergeOptions(
    int shells,
    double dMin,
    double minPartiality,
    double ccHalf,
    int freeParts,
    long seed,
    boolean scaleErrors) {

  public MergeOptions {
    if (shells < 1) {
      throw new IllegalArgumentException(shells + " shells, must be 1 or more");
    }
    if (!(dMin >= 0)) {
      throw new IllegalArgumentException("resolution " + dMin + " Å, must be above 0");
    }
    if (!(ccHalf > 0 && ccHalf < 1)) {
      throw new IllegalArgumentException("CC½ of " + ccHalf + ", must be between 0 and 1");
    }
    if (freeParts < 2) {
      throw new IllegalArgumentException(freeParts + " parts of free-R flags, must be 2 or more");
    }
  }

  /**
   * 20 shells, all of the resolution, partiality above 0.4, CC½ of 0.3, flags of 20 parts, errors
   * of the scale factors counted.
   *
   * @return the defaults
   */
  public static MergeOptions defaults() {
    return new MergeOptions(20, 0, 0.4, 0.3, 20, 0, true);
  }

  /**
   * With another number of shells.
   *
   * @param count 1 or more
   * @return new options
   */
  public MergeOptions shells(int count) {
    return new MergeOptions(count, dMin, minPartiality, ccHalf, freeParts, seed, scaleErrors);
  }

  /**
   * With a resolution.
   *
   * @param d Å
   * @return new options
   */
  public MergeOptions dMin(double d) {
    return new MergeOptions(shells, d, minPartiality, ccHalf, freeParts, seed, scaleErrors);
  }

  /**
   * With another CC½ at the resolution that is estimated.
   *
   * @param value between 0 and 1
   * @return new options
   */
  public MergeOptions ccHalf(double value) {
    return new MergeOptions(shells, dMin, minPartiality, value, freeParts, seed, scaleErrors);
  }

  /**
   * With other free-R flags.
   *
   * @param parts 2 or more
   * @param newSeed any number
   * @return new options
   */
  public MergeOptions free(int parts, long newSeed) {
    return new MergeOptions(shells, dMin, minPartiality, ccHalf, parts, newSeed, scaleErrors);
  }

  /**
   * With or without the errors of the scale factors in the standard deviations.
   *
   * @param counted whether they are
   * @return new options
   */
  public MergeOptions scaleErrors(boolean counted) {
    return new MergeOptions(shells, dMin, minPartiality, ccHalf, freeParts, seed, counted);
  }
}
