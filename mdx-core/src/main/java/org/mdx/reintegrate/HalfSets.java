package org.mdx.reintegrate;

/** Divides observations into two groups that make maps of their own as well. */
public enum HalfSets {
  /** Not at all. */
  NONE,
  /**
   * At random: what one sweep sees of a voxel through one symmetry operator goes to either group
   * with equal probability, all of it to the same.
   */
  RANDOM,
  /**
   * By the symmetry operator that maps the observation to the asymmetric unit: group 0 without,
   * group 1 with an inversion.
   */
  FRIEDEL
}
