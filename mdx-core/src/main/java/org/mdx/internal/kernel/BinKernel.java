package org.mdx.internal.kernel;

/** Sums of counts over rectangles of an image. */
public final class BinKernel {
  private BinKernel() {}

  /**
   * Adds the valid pixels of a row to the bins they lie in. Does not check its arguments.
   *
   * @param image pixels in row order
   * @param from place of the row's first pixel
   * @param columns starts of the bins along the row, then the end of the last
   * @param min lowest valid value, above {@link PixelMark#MASKED}
   * @param max highest valid value
   * @param counts receives the sums, bin b of the row at {@code at + b}
   * @param pixels receives the numbers of valid pixels likewise
   * @param at place of the row's first bin
   */
  public static void addRow(
      int[] image, int from, int[] columns, int min, int max, long[] counts, int[] pixels, int at) {
    for (int b = 0; b + 1 < columns.length; b++) {
      long sum = 0;
      int n = 0;
      for (int i = from + columns[b]; i < from + columns[b + 1]; i++) {
        int v = image[i];
        if (v >= min && v <= max) {
          sum += v;
          n++;
        }
      }
      counts[at + b] += sum;
      pixels[at + b] += n;
    }
  }
}
