package org.mdx.geometry;

/**
 * Fractional Miller indices of every pixel of every frame, a row at a time. Implementations are
 * immutable and can be used by several threads.
 */
public interface MillerIndexMap {

  /** The indices of one frame. */
  @FunctionalInterface
  interface Frame {
    /**
     * Computes the indices of a row of pixels.
     *
     * @param panel index of the panel
     * @param iy row of the panel
     * @param h receives h of pixel ix at place ix; at least as long as the panel is wide
     * @param k receives k
     * @param l receives l
     */
    void row(int panel, int iy, double[] h, double[] k, double[] l);
  }

  /**
   * The indices of one frame, at the middle of its rotation.
   *
   * @param frame 0 to frames − 1
   * @return its rows
   */
  Frame frame(int frame);

  /**
   * Bounds of |h|, |k| and |l| over all pixels and frames.
   *
   * @return three numbers, none too small
   */
  double[] bounds();
}
