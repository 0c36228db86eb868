package org.mdx.bragg.internal.kernel;

/** Convolution of a panel with a small kernel of integers. */
public final class BlurKernel {
  private BlurKernel() {}

  /**
   * Σ w·p over the neighbours that count, times the sum of all weights over that of the weights
   * that took part, rounded. Does not check.
   *
   * @param pixels values in row order
   * @param width columns
   * @param weights as many rows as columns, an odd number
   * @param lowest smaller values are no counts; such a pixel stays as it is
   * @param into receives the sums
   */
  public static void blur(int[] pixels, int width, int[][] weights, int lowest, int[] into) {
    int half = weights.length / 2;
    int height = pixels.length / width;
    long all = 0;
    for (int[] row : weights) {
      for (int w : row) {
        all += w;
      }
    }
    for (int i = 0; i < pixels.length; i++) {
      int x = i % width;
      int y = i / width;
      long sum = 0;
      long took = 0;
      for (int v = Math.max(0, y - half); v <= Math.min(height - 1, y + half); v++) {
        int[] row = weights[v - y + half];
        for (int u = Math.max(0, x - half); u <= Math.min(width - 1, x + half); u++) {
          int p = pixels[v * width + u];
          if (p >= lowest) {
            sum += (long) row[u - x + half] * p;
            took += row[u - x + half];
          }
        }
      }
      into[i] = pixels[i] < lowest ? pixels[i] : scaled(sum, all, took);
    }
  }

  private static int scaled(long sum, long all, long took) {
    long value = took == all ? sum : Math.round((double) sum * all / took);
    return (int) Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, value));
  }
}
