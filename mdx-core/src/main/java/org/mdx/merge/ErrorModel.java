package org.mdx.merge;

/** The source of the variances that weigh observations and decide on outliers. */
public enum ErrorModel {
  /**
   * From what was expected: background_variance + variance_per_intensity·E of the columns of those
   * names, E the same for all observations of a voxel, estimated from the voxel's own counts and
   * from the mean and the spread of the voxels within 0.01 Å⁻¹. Weighted means are unbiased at any
   * number of counts, and zero counts are a measurement like others. Tables without these columns,
   * such as those of mdx2, are merged by {@link #COUNTED}, and so are columns other than {@code
   * intensity}.
   */
  EXPECTED,
  /** From the error column alone. Where it follows the counts, weighted means are too low. */
  COUNTED
}
