package org.mdx.bragg.internal.intensity;

/** Which of the intensities of a reflection are taken. */
public enum IntensityKind {
  /** By profile fitting, where there is one; by summation elsewhere. */
  PROFILE_ELSE_SUM,
  /** By profile fitting. */
  PROFILE,
  /** By summation. */
  SUM,
  /** The scaled one: corrected, and divided by the scale factor. */
  SCALED
}
