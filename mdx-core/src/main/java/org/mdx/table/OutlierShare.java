package org.mdx.table;

import java.util.Locale;
import java.util.Optional;

/** How many of the observations of voxels are outliers. */
public final class OutlierShare {
  /** More than this part are not strays: the errors or the voxels are wrong. */
  private static final double MOST = 0.2;

  private OutlierShare() {}

  /**
   * What speaks against errors or voxels if too many observations are outliers.
   *
   * @param outliers observations that were left out because they are too far from the others of
   *     their voxel
   * @param judged observations that could have been outliers, with the outliers
   * @return a warning; empty if at most a fifth are outliers
   */
  public static Optional<String> doubt(long outliers, long judged) {
    if (!(outliers > MOST * judged)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,d of %,d observations (%.0f %%) are outliers: those of one voxel differ by far more"
                + " than their errors, and what is left is chosen by chance. Errors are those of"
                + " counted photons or electrons: tell the gain of a detector that does not count"
                + " (mdx import --gain). If they are right, indices, space group, geometry or"
                + " scaling models are wrong",
            outliers,
            judged,
            100.0 * outliers / judged));
  }
}
