package org.mdx.geometry;

/**
 * Whose conventions a reduction follows, from pixels to merged intensities. What each step does
 * otherwise is said with its options.
 */
public enum Conventions {

  /** Those of this library: each number by the pixel's own place, errors by expected counts. */
  STANDARD,

  /** Those of mdx2 1.0.4, to the integer. */
  MDX2;

  /**
   * Whether they are mdx2's.
   *
   * @return true for {@link #MDX2}
   */
  public boolean isMdx2() {
    return this == MDX2;
  }
}
