package org.mdx.bragg.internal.kernel;

import java.util.Arrays;

/**
 * The strong pixels of one panel of one frame, as runs in rows. A run goes on along fast; runs are
 * in the order of rows and columns.
 */
public final class StrongPixels {
  private int[] runs = new int[48];
  private int used;
  private int count;

  private StrongPixels() {}

  /**
   * The runs of bits.
   *
   * @param bits as {@link BitRows} has them
   * @param width columns
   * @param height rows
   * @return the runs
   */
  public static StrongPixels of(long[] bits, int width, int height) {
    StrongPixels s = new StrongPixels();
    int words = BitRows.words(width);
    for (int y = 0; y < height; y++) {
      int end = -1;
      int begin = -1;
      for (int w = 0; w < words; w++) {
        for (long left = bits[y * words + w]; left != 0; left &= left - 1) {
          int x = (w << 6) + Long.numberOfTrailingZeros(left);
          if (x != end) {
            s.add(y, begin, end);
            begin = x;
          }
          end = x + 1;
        }
      }
      s.add(y, begin, end);
    }
    return s;
  }

  private void add(int y, int begin, int end) {
    if (begin >= 0) {
      if (used == runs.length) {
        runs = Arrays.copyOf(runs, 2 * used);
      }
      runs[used++] = y;
      runs[used++] = begin;
      runs[used++] = end;
      count += end - begin;
    }
  }

  /**
   * Number of runs.
   *
   * @return 0 or more
   */
  public int runs() {
    return used / 3;
  }

  /**
   * Row of a run.
   *
   * @param run which
   * @return from 0
   */
  public int y(int run) {
    return runs[3 * run];
  }

  /**
   * First column of a run.
   *
   * @param run which
   * @return from 0
   */
  public int begin(int run) {
    return runs[3 * run + 1];
  }

  /**
   * Column after the last of a run.
   *
   * @param run which
   * @return from 1
   */
  public int end(int run) {
    return runs[3 * run + 2];
  }

  /**
   * Number of pixels.
   *
   * @return 0 or more
   */
  public int count() {
    return count;
  }
}
