package org.mdx.geometry;

/**
 * Fractional Miller indices of every pixel of every frame, a stretch of a row at a time.
 * Implementations are immutable and can be used by several threads.
 */
public interface MillerIndexMap {

  /** The indices of one frame; for one thread at a time. */
  @FunctionalInterface
  interface Frame {
    /**
     * Computes the indices of neighbouring pixels of a row.
     *
     * @param panel index of the panel
     * @param iy row of the panel
     * @param ix first column
     * @param n number of pixels
     * @param h receives h of pixel ix + i at place i
     * @param k receives k
     * @param l receives l
     */
    void row(int panel, int iy, int ix, int n, double[] h, double[] k, double[] l);
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
