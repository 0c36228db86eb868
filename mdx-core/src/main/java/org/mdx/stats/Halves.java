package org.mdx.stats;

/** The two groups that a table was merged into as well, columns {@code group_0_…}. */
public enum Halves {
  /** Halves at random, whose correlation is CC1/2. */
  RANDOM,
  /** Observations of an index and of its Friedel mate. */
  FRIEDEL
}
