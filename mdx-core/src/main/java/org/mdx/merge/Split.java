package org.mdx.merge;

/**
 * The rule that divides the observations of a voxel into two groups, which are merged apart as
 * well.
 */
public enum Split {
  /** Not at all. */
  NONE,
  /** At random, half of the observations each; an odd one goes to either (mdx2's randomHalf). */
  RANDOM,
  /** At random, half of the weight each, as nearly as can be (mdx2's weightedRandomHalf). */
  WEIGHTED,
  /**
   * By the symmetry operator that mapped the observation to the asymmetric unit: group 0 without,
   * group 1 with an inversion.
   */
  FRIEDEL
}
