package org.mdx.bragg.spots;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.mdx.bragg.internal.kernel.BitRows;
import org.mdx.image.Pixels;

/**
 * What is kept of the last frames: tiles about the spots that are not complete yet. When they take
 * more than their share of memory, those of the earliest frame are given up.
 */
final class PixelStore {
  private static final int SHIFT = 4;
  private static final int EDGE = 1 << SHIFT;

  /** After so many frames a frame is rid of tiles that are no longer needed, and again. */
  private static final int PERIOD = 8;

  /** Tiles kept at the most, 1.1 kB each. */
  private static final int MOST = 200_000;

  private final SearchedFrame.Layer layer;
  private final int[] widths;
  private final int[] heights;
  private final int[] firstTile;
  private final ArrayDeque<Kept> frames = new ArrayDeque<>();
  private Kept[] byFrame = new Kept[0];
  private int first;
  private int tiles;

  /** A square of pixels; what lies beyond the panel is masked. */
  private static final class Tile {
    final int[] values = new int[EDGE * EDGE];
    final long[] strong = new long[EDGE * EDGE / Long.SIZE];

    /** Mean of the pixels of a square within the tile that are not masked; 0 without any. */
    double mean(int left, int top, int size) {
      long sum = 0;
      int n = 0;
      for (int row = top * EDGE + left, end = row + size * EDGE; row < end; row += EDGE) {
        for (int at = row; at < row + size; at++) {
          int p = values[at];
          if (p != Pixels.MASKED) {
            sum += p;
            n++;
          }
        }
      }
      return n == 0 ? 0 : (double) sum / n;
    }
  }

  /** The tiles of a frame. */
  private static final class Kept {
    final Tile[] tiles;
    int count;

    Kept(int n) {
      tiles = new Tile[n];
    }
  }

  /** A store for panels of these sizes, with the marks of a layer. */
  PixelStore(SearchedFrame.Layer layer, int[] widths, int[] heights) {
    this.layer = layer;
    this.widths = widths;
    this.heights = heights;
    firstTile = new int[widths.length + 1];
    for (int p = 0; p < widths.length; p++) {
      firstTile[p + 1] = firstTile[p] + across(widths[p]) * across(heights[p]);
    }
  }

  private static int across(int pixels) {
    return (pixels + EDGE - 1) / EDGE;
  }

  /** Makes room for the frame after the last. */
  void begin() {
    frames.addLast(new Kept(firstTile[firstTile.length - 1]));
    index();
  }

  private void index() {
    byFrame = frames.toArray(Kept[]::new);
  }

  /**
   * Keeps the tiles that a rectangle touches, clipped to the panel.
   *
   * @param from a frame of the store in memory
   */
  void keep(SearchedFrame from, int panel, int[] box, int margin) {
    int at = from.number() - first;
    if (at < 0) {
      return;
    }
    Kept kept = byFrame[at];
    int across = across(widths[panel]);
    int x0 = Math.max(0, box[0] - margin) / EDGE;
    int x1 = Math.min(widths[panel] - 1, box[1] - 1 + margin) / EDGE;
    int y0 = Math.max(0, box[2] - margin) / EDGE;
    int y1 = Math.min(heights[panel] - 1, box[3] - 1 + margin) / EDGE;
    for (int ty = y0; ty <= y1; ty++) {
      for (int tx = x0; tx <= x1; tx++) {
        int t = firstTile[panel] + ty * across + tx;
        if (kept.tiles[t] == null) {
          kept.tiles[t] = copy(from, panel, tx * EDGE, ty * EDGE);
          kept.count++;
          tiles++;
        }
      }
    }
  }

  private Tile copy(SearchedFrame from, int panel, int left, int top) {
    Tile tile = new Tile();
    int width = widths[panel];
    int words = BitRows.words(width);
    int[] pixels = from.pixels(panel);
    long[] bits = from.bits(layer, panel);
    int columns = Math.min(EDGE, width - left);
    int rows = Math.min(EDGE, heights[panel] - top);
    if (columns < EDGE || rows < EDGE) {
      Arrays.fill(tile.values, Pixels.MASKED);
    }
    // a word of bits holds those of whole tiles
    long inside = (1L << columns) - 1;
    for (int y = 0; y < rows; y++) {
      System.arraycopy(pixels, (top + y) * width + left, tile.values, y * EDGE, columns);
      long strong = bits[(top + y) * words + (left >> 6)] >>> left & inside;
      tile.strong[y * EDGE >> 6] |= strong << y * EDGE;
    }
    return tile;
  }

  /**
   * Forgets tiles of earlier frames that no open component needs.
   *
   * @param open components that still grow
   * @param margin pixels about them that are kept
   */
  void prune(List<Component> open, int margin) {
    for (int at = byFrame.length - 1 - PERIOD; at >= 0; at -= PERIOD) {
      Kept kept = byFrame[at];
      Tile[] all = kept.tiles.clone();
      Arrays.fill(kept.tiles, null);
      tiles -= kept.count;
      kept.count = 0;
      for (Component c : open) {
        if (!c.isGivenUp() && c.firstFrame - 1 <= first + at) {
          restore(kept, all, c, margin);
        }
      }
      tiles += kept.count;
    }
  }

  private void restore(Kept kept, Tile[] all, Component c, int margin) {
    int across = across(widths[c.panel]);
    int x1 = Math.min(widths[c.panel] - 1, c.box[1] - 1 + margin) / EDGE;
    int y1 = Math.min(heights[c.panel] - 1, c.box[3] - 1 + margin) / EDGE;
    for (int ty = Math.max(0, c.box[2] - margin) / EDGE; ty <= y1; ty++) {
      for (int tx = Math.max(0, c.box[0] - margin) / EDGE; tx <= x1; tx++) {
        int t = firstTile[c.panel] + ty * across + tx;
        if (all[t] != null && kept.tiles[t] == null) {
          kept.tiles[t] = all[t];
          kept.count++;
        }
      }
    }
  }

  /** Forgets all frames before one, and earlier ones if there are too many tiles. */
  void forgetBefore(int frame) {
    int before = first;
    while (first < frame && !frames.isEmpty()) {
      drop();
    }
    while (tiles > MOST && frames.size() > 2) {
      drop();
    }
    if (first != before) {
      index();
    }
  }

  private void drop() {
    tiles -= frames.removeFirst().count;
    first++;
  }

  /**
   * What is kept now about a component. It stays as it is when the store goes on.
   *
   * @param margin pixels about the component
   * @param frames before and after it
   */
  Patch patch(Component c, int margin, int frames) {
    return new Patch(this, c, margin, frames);
  }

  /** The tiles about a component, which no longer change. */
  static final class Patch {
    private final int firstFrame;
    private final int left;
    private final int top;
    private final int across;
    private final int down;

    /** Frame by frame, row by row; null where nothing is kept. */
    private final Tile[] tiles;

    private Patch(PixelStore store, Component c, int margin, int frames) {
      int width = store.widths[c.panel];
      int height = store.heights[c.panel];
      firstFrame = c.firstFrame - frames;
      left = Math.max(0, c.box[0] - margin) / EDGE;
      top = Math.max(0, c.box[2] - margin) / EDGE;
      across = Math.min(width - 1, c.box[1] - 1 + margin) / EDGE - left + 1;
      down = Math.min(height - 1, c.box[3] - 1 + margin) / EDGE - top + 1;
      int count = c.lastFrame + frames + 1 - firstFrame;
      tiles = new Tile[count * across * down];
      int row = across(width);
      for (int f = 0; f < count; f++) {
        int at = firstFrame + f - store.first;
        if (at >= 0 && at < store.byFrame.length) {
          Tile[] all = store.byFrame[at].tiles;
          for (int y = 0; y < down; y++) {
            int from = store.firstTile[c.panel] + (top + y) * row + left;
            System.arraycopy(all, from, tiles, (f * down + y) * across, across);
          }
        }
      }
    }

    private Tile tile(int frame, int x, int y) {
      int f = frame - firstFrame;
      int tx = (x >> SHIFT) - left;
      int ty = (y >> SHIFT) - top;
      boolean inside = f >= 0 && tx >= 0 && ty >= 0 && tx < across && ty < down;
      int at = (f * down + ty) * across + tx;
      return inside && at < tiles.length ? tiles[at] : null;
    }

    /** Value of a pixel of a frame, masked if it is not kept. */
    int value(int frame, int x, int y) {
      Tile tile = tile(frame, x, y);
      return tile == null ? Pixels.MASKED : tile.values[(y & EDGE - 1) * EDGE + (x & EDGE - 1)];
    }

    /** Mean of the pixels of a frame that are kept and not masked, about a pixel; 0 without any. */
    double mean(int frame, int x, int y, int half) {
      int left = (x & EDGE - 1) - half;
      int top = (y & EDGE - 1) - half;
      if (left >= 0 && top >= 0 && left + 2 * half < EDGE && top + 2 * half < EDGE) {
        Tile tile = tile(frame, x, y);
        return tile == null ? 0 : tile.mean(left, top, 2 * half + 1);
      }
      long sum = 0;
      int n = 0;
      for (int v = y - half; v <= y + half; v++) {
        Tile tile = null;
        for (int u = x - half; u <= x + half; u++) {
          if (u == x - half || (u & EDGE - 1) == 0) {
            tile = tile(frame, u, v);
          }
          int p =
              tile == null ? Pixels.MASKED : tile.values[(v & EDGE - 1) * EDGE + (u & EDGE - 1)];
          if (p != Pixels.MASKED) {
            sum += p;
            n++;
          }
        }
      }
      return n == 0 ? 0 : (double) sum / n;
    }

    /**
     * A row of pixels of a frame, from x on, and which of them are marked; masked and not marked
     * where they are not kept.
     */
    void copyRow(int frame, int x, int y, int[] values, boolean[] marked) {
      for (int k = 0; k < values.length; ) {
        int from = x + k & EDGE - 1;
        int n = Math.min(EDGE - from, values.length - k);
        Tile tile = tile(frame, x + k, y);
        if (tile == null) {
          Arrays.fill(values, k, k + n, Pixels.MASKED);
          Arrays.fill(marked, k, k + n, false);
        } else {
          int at = (y & EDGE - 1) * EDGE + from;
          System.arraycopy(tile.values, at, values, k, n);
          long bits = tile.strong[at >> 6] >>> at;
          for (int j = 0; j < n; j++) {
            marked[k + j] = (bits >>> j & 1) != 0;
          }
        }
        k += n;
      }
    }
  }
}
