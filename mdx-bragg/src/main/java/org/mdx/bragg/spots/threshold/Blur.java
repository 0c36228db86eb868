package org.mdx.bragg.spots.threshold;

/** Smoothing of an image before the radial threshold. */
public enum Blur {
  /** None. */
  NONE(new int[][] {{1}}),
  /** A Gaussian of 3 × 3 pixels. */
  NARROW(new int[][] {{1, 2, 1}, {2, 4, 2}, {1, 2, 1}}),
  /** A Gaussian of 5 × 5 pixels. */
  WIDE(
      new int[][] {
        {1, 4, 7, 4, 1}, {4, 16, 26, 16, 4}, {7, 26, 41, 26, 7}, {4, 16, 26, 16, 4}, {1, 4, 7, 4, 1}
      });

  private final int[][] weights;

  Blur(int[][] weights) {
    this.weights = weights;
  }

  int[][] weights() {
    return weights;
  }

  /** Sum of the weights. */
  int sum() {
    int sum = 0;
    for (int[] row : weights) {
      for (int w : row) {
        sum += w;
      }
    }
    return sum;
  }
}
