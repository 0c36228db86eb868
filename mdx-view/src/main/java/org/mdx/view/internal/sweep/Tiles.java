package org.mdx.view.internal.sweep;

import java.util.Arrays;
import org.mdx.image.Pixels;

/** Squares of 512 × 512 values of a picture, at full size or made smaller by powers of two. */
final class Tiles {
  static final int SIZE = 512;

  private Tiles() {}

  /** Where a tile lies in the picture: columns x0 to below x1, rows y0 to below y1. */
  record Region(int level, int x0, int y0, int x1, int y1) {

    static Region of(int level, int tx, int ty, int width, int height) {
      long x0 = (long) tx * SIZE << level;
      long y0 = (long) ty * SIZE << level;
      long step = (long) SIZE << level;
      return new Region(
          level,
          (int) Math.min(x0, width),
          (int) Math.min(y0, height),
          (int) Math.min(x0 + step, width),
          (int) Math.min(y0 + step, height));
    }

    /** Values of a row of the tile that lie in the picture. */
    int width() {
      return x1 - x0 + (1 << level) - 1 >> level;
    }

    /** Rows of the tile that lie in the picture. */
    int height() {
      return y1 - y0 + (1 << level) - 1 >> level;
    }
  }

  /**
   * A tile. Each value is the largest, or the sum, of the usable pixels of a square of 2^level ×
   * 2^level; unusable where there are none, and beyond the picture.
   */
  static int[] of(int[] pixels, int width, Region r, boolean sum, int unusable) {
    int[] out = new int[SIZE * SIZE];
    Arrays.fill(out, Pixels.MASKED);
    int[] rows = new int[Math.max(0, r.x1 - r.x0)];
    for (int y = r.y0; y < r.y1; y++) {
      int row = (y - r.y0 >> r.level) * SIZE;
      if (r.level == 0) {
        System.arraycopy(pixels, y * width + r.x0, out, row, rows.length);
      } else if (sum) {
        addRow(pixels, y * width, out, row, r);
      } else {
        boolean first = y - r.y0 >> r.level << r.level == y - r.y0;
        raise(rows, pixels, y * width + r.x0, first);
        boolean last = y + 1 == r.y1 || y + 1 - r.y0 >> r.level << r.level == y + 1 - r.y0;
        if (last) {
          raiseSquares(rows, out, row, r.level);
        }
      }
    }
    for (int i = 0; unusable != Pixels.MASKED && i < out.length; i++) {
      if (out[i] == Pixels.MASKED) {
        out[i] = unusable;
      }
    }
    return out;
  }

  /** The largest of each column; {@link Pixels#MASKED} is below every number. */
  private static void raise(int[] rows, int[] pixels, int from, boolean first) {
    if (first) {
      System.arraycopy(pixels, from, rows, 0, rows.length);
      return;
    }
    for (int x = 0; x < rows.length; x++) {
      rows[x] = Math.max(rows[x], pixels[from + x]);
    }
  }

  private static void raiseSquares(int[] rows, int[] out, int row, int level) {
    int side = 1 << level;
    int x = 0;
    int i = row;
    for (; x + side <= rows.length; i++) {
      int most = Math.max(rows[x], rows[x + 1]);
      for (int end = x + side, k = x + 2; k < end; k++) {
        most = Math.max(most, rows[k]);
      }
      out[i] = most;
      x += side;
    }
    for (; x < rows.length; x++) {
      out[i] = Math.max(out[i], rows[x]);
    }
  }

  private static void addRow(int[] pixels, int from, int[] out, int row, Region r) {
    for (int x = r.x0; x < r.x1; x++) {
      int v = pixels[from + x];
      if (v != Pixels.MASKED) {
        int i = row + (x - r.x0 >> r.level);
        out[i] = out[i] == Pixels.MASKED ? v : added(out[i], v);
      }
    }
  }

  private static int added(int before, int v) {
    return (int) Math.max(Pixels.MASKED + 1L, Math.min(Integer.MAX_VALUE, (long) before + v));
  }
}
