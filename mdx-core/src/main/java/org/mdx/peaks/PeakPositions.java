package org.mdx.peaks;

import it.unimi.dsi.fastutil.ints.IntArrayList;

/** Pixels above a threshold, in order of frame, panel, row and column. Immutable. */
public final class PeakPositions {
  private final int[] frame;
  private final int[] panel;
  private final int[] iy;
  private final int[] ix;

  PeakPositions(IntArrayList frame, IntArrayList panel, IntArrayList iy, IntArrayList ix) {
    this.frame = frame.toIntArray();
    this.panel = panel.toIntArray();
    this.iy = iy.toIntArray();
    this.ix = ix.toIntArray();
  }

  /**
   * Pixels.
   *
   * @param frame frame of each, from 0; copied like the others
   * @param panel panel of each
   * @param iy row of each
   * @param ix column of each
   * @return the positions
   * @throws IllegalArgumentException if the lengths differ
   */
  public static PeakPositions of(int[] frame, int[] panel, int[] iy, int[] ix) {
    if (panel.length != frame.length || iy.length != frame.length || ix.length != frame.length) {
      throw new IllegalArgumentException(
          "positions of "
              + frame.length
              + " frames, "
              + panel.length
              + " panels, "
              + iy.length
              + " rows, "
              + ix.length
              + " columns");
    }
    return new PeakPositions(
        IntArrayList.of(frame), IntArrayList.of(panel), IntArrayList.of(iy), IntArrayList.of(ix));
  }

  /**
   * Number of pixels.
   *
   * @return 0 or more
   */
  public int size() {
    return frame.length;
  }

  /**
   * Frame of a pixel.
   *
   * @param i 0 to size − 1
   * @return from 0
   */
  public int frame(int i) {
    return frame[i];
  }

  /**
   * Panel of a pixel.
   *
   * @param i 0 to size − 1
   * @return from 0
   */
  public int panel(int i) {
    return panel[i];
  }

  /**
   * Row of a pixel.
   *
   * @param i 0 to size − 1
   * @return from 0
   */
  public int iy(int i) {
    return iy[i];
  }

  /**
   * Column of a pixel.
   *
   * @param i 0 to size − 1
   * @return from 0
   */
  public int ix(int i) {
    return ix[i];
  }

  /**
   * Some of these positions.
   *
   * @param which numbers of the pixels in the wanted order
   * @return their positions
   */
  public PeakPositions select(int[] which) {
    IntArrayList f = new IntArrayList(which.length);
    IntArrayList p = new IntArrayList(which.length);
    IntArrayList y = new IntArrayList(which.length);
    IntArrayList x = new IntArrayList(which.length);
    for (int i : which) {
      f.add(frame[i]);
      p.add(panel[i]);
      y.add(iy[i]);
      x.add(ix[i]);
    }
    return new PeakPositions(f, p, y, x);
  }

  @Override
  public String toString() {
    return "PeakPositions[" + size() + " pixels]";
  }
}
