package org.mdx.bragg.scale;

/** Which intensities are scaled. */
public enum IntensityChoice {
  /** Those whose equivalents agree better after a first round. */
  BEST,
  /** Those by profile fitting. */
  PROFILE,
  /** Those by summation. */
  SUM
}
