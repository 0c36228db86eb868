package org.mdx.bragg.spots;

import it.unimi.dsi.fastutil.ints.IntArrayList;

/**
 * Strong pixels that touch each other by faces, through the frames. Grows frame by frame; two that
 * meet become one.
 */
final class Component {
  final int panel;
  final int firstFrame;
  int lastFrame;

  /** x0, x1, y0, y1, half-open. */
  final int[] box = {Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE};

  /** Strong pixels of all frames. */
  long size;

  /** x, y, frame, value of each pixel; null when there are too many for a spot. */
  private IntArrayList pixels = new IntArrayList();

  private Component mergedInto;

  private boolean joined;

  Component(int panel, int frame) {
    this.panel = panel;
    firstFrame = frame;
    lastFrame = frame;
  }

  /** A part of a component. */
  static Component of(int panel, int[][] pixels) {
    int first = Integer.MAX_VALUE;
    for (int[] p : pixels) {
      first = Math.min(first, p[2]);
    }
    Component c = new Component(panel, first);
    for (int[] p : pixels) {
      c.add(p[0], p[1], p[2], p[3]);
    }
    return c;
  }

  /** The component that this has become part of. */
  Component root() {
    Component root = this;
    while (root.mergedInto != null) {
      root = root.mergedInto;
    }
    for (Component c = this; c.mergedInto != null; ) {
      Component next = c.mergedInto;
      c.mergedInto = root;
      c = next;
    }
    return root;
  }

  /** x, y, frame, value of each pixel, in the order of frames. */
  int[][] pixels() {
    int[][] all = new int[(int) size][];
    for (int i = 0; i < all.length; i++) {
      all[i] = new int[] {x(i), y(i), frame(i), value(i)};
    }
    return all;
  }

  /** Adds a pixel of the last frame or the one after it. */
  void add(int x, int y, int frame, int value) {
    grow(x, x + 1, y, frame);
    if (pixels != null) {
      int at = pixels.size();
      pixels.size(at + 4);
      put(pixels.elements(), at, x, y, frame, value);
    }
  }

  /**
   * Adds pixels of a row of the last frame or the one after it.
   *
   * @param begin first column
   * @param end column after the last
   * @param values of the panel
   * @param row where the row begins in them
   */
  void addRun(int begin, int end, int y, int frame, int[] values, int row) {
    grow(begin, end, y, frame);
    if (pixels != null) {
      int at = pixels.size();
      pixels.size(at + 4 * (end - begin));
      int[] all = pixels.elements();
      for (int x = begin; x < end; x++, at += 4) {
        put(all, at, x, y, frame, values[row + x]);
      }
    }
  }

  private void grow(int begin, int end, int y, int frame) {
    lastFrame = Math.max(lastFrame, frame);
    size += end - begin;
    box[0] = Math.min(box[0], begin);
    box[1] = Math.max(box[1], end);
    box[2] = Math.min(box[2], y);
    box[3] = Math.max(box[3], y + 1);
  }

  private static void put(int[] all, int at, int x, int y, int frame, int value) {
    all[at] = x;
    all[at + 1] = y;
    all[at + 2] = frame;
    all[at + 3] = value;
  }

  /** Makes two components one: the later becomes part of the earlier. */
  static Component join(Component one, Component two) {
    Component a = one.root();
    Component b = two.root();
    if (a == b) {
      return a;
    }
    boolean keep = a.firstFrame < b.firstFrame || a.firstFrame == b.firstFrame && a.size >= b.size;
    Component into = keep ? a : b;
    Component gone = keep ? b : a;
    into.lastFrame = Math.max(into.lastFrame, gone.lastFrame);
    into.size += gone.size;
    for (int i = 0; i < 4; i += 2) {
      into.box[i] = Math.min(into.box[i], gone.box[i]);
      into.box[i + 1] = Math.max(into.box[i + 1], gone.box[i + 1]);
    }
    if (gone.pixels == null) {
      into.pixels = null;
    } else if (into.pixels != null) {
      into.pixels.addAll(gone.pixels);
    }
    gone.pixels = null;
    gone.mergedInto = into;
    return into;
  }

  /** Pixels of the frame that has most. */
  int mostInFrame() {
    int[] n = new int[lastFrame - firstFrame + 1];
    int most = 0;
    for (int i = 0; i < size; i++) {
      most = Math.max(most, ++n[frame(i) - firstFrame]);
    }
    return most;
  }

  /** Marks what was made of pieces between which there are frames without strong pixels. */
  Component ofPieces() {
    joined = true;
    return this;
  }

  boolean isJoined() {
    return joined;
  }

  boolean isMerged() {
    return mergedInto != null;
  }

  /** Forgets the pixels: this is no spot. */
  void giveUp() {
    pixels = null;
  }

  boolean isGivenUp() {
    return pixels == null;
  }

  int x(int i) {
    return pixels.getInt(4 * i);
  }

  int y(int i) {
    return pixels.getInt(4 * i + 1);
  }

  int frame(int i) {
    return pixels.getInt(4 * i + 2);
  }

  /** Counts of a pixel, less the whole pedestal. */
  int value(int i) {
    return pixels.getInt(4 * i + 3);
  }
}
