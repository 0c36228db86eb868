package org.mdx.reintegrate;

/**
 * The expected counts of each pixel of a sweep: {@code scale·M + background} where the merged
 * intensity is M. Implementations can be used by several threads.
 */
public interface PixelModel {

  /** The pixels of one frame; for one thread at a time. */
  @FunctionalInterface
  interface Frame {
    /**
     * Computes what neighbouring pixels of a row are worth. A pixel whose scale is not above 0 (of
     * which those with one of 0 or less are counted) or whose background is NaN is left out; with
     * mdx2's conventions a scale below 0 counts like any other.
     *
     * @param panel index of the panel
     * @param iy row of the panel
     * @param ix first column
     * @param n number of pixels
     * @param scale receives seconds·ΩTEP·a·b·d of pixel ix + i at place ix + i
     * @param background receives seconds·(rate + c·a·d·ΩTEP), counts
     * @param multiplicity receives the part of the reciprocal cell that the pixel sweeps
     */
    void row(
        int panel,
        int iy,
        int ix,
        int n,
        double[] scale,
        double[] background,
        double[] multiplicity);
  }

  /**
   * The pixels of one frame.
   *
   * @param frame 0 to frames − 1
   * @return its rows, or null if nothing in the frame can be used
   */
  Frame frame(int frame);

  /**
   * Variance of the background's count rate.
   *
   * @param panel index of the panel
   * @param phi rotation angle, degrees
   * @param iy mean row
   * @param ix mean column
   * @return in counts² per pixel and second², 0 if it is exact or unknown
   */
  double backgroundVariance(int panel, double phi, double iy, double ix);
}
