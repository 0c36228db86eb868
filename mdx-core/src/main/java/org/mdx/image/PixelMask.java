package org.mdx.image;

import java.util.Arrays;
import java.util.BitSet;
import org.mdx.geometry.PixelRectangle;

/** Pixels of one panel that are left out in every frame. Immutable. */
public final class PixelMask {
  private final int width;
  private final int height;
  private final BitSet masked;

  private PixelMask(int width, int height, BitSet masked) {
    this.width = width;
    this.height = height;
    this.masked = masked;
  }

  /**
   * A mask that leaves nothing out.
   *
   * @param width columns
   * @param height rows
   * @return the mask
   */
  public static PixelMask none(int width, int height) {
    return new PixelMask(width, height, new BitSet());
  }

  /**
   * A mask from bits.
   *
   * @param width columns
   * @param height rows
   * @param masked bit iy·width + ix is set for a pixel to leave out; copied
   * @return the mask
   * @throws IllegalArgumentException if a bit lies beyond the panel
   */
  public static PixelMask of(int width, int height, BitSet masked) {
    if (masked.length() > (long) width * height) {
      throw new IllegalArgumentException(
          "mask bit "
              + (masked.length() - 1)
              + " lies beyond "
              + width
              + " x "
              + height
              + " pixels");
    }
    return new PixelMask(width, height, (BitSet) masked.clone());
  }

  /**
   * This mask and one more.
   *
   * @param other of the same shape
   * @return the pixels that either leaves out
   * @throws IllegalArgumentException if the shapes differ
   */
  public PixelMask or(PixelMask other) {
    if (other.width != width || other.height != height) {
      throw new IllegalArgumentException(
          "masks of " + width + " x " + height + " and " + other.width + " x " + other.height);
    }
    BitSet b = (BitSet) masked.clone();
    b.or(other.masked);
    return new PixelMask(width, height, b);
  }

  /**
   * This mask and a rectangle, clipped to the panel.
   *
   * @param r pixels to leave out too
   * @return the larger mask
   */
  public PixelMask or(PixelRectangle r) {
    BitSet b = (BitSet) masked.clone();
    int x0 = Math.max(0, r.x0());
    int x1 = Math.min(width, r.x1());
    for (int y = Math.max(0, r.y0()); y < Math.min(height, r.y1()) && x0 < x1; y++) {
      b.set(y * width + x0, y * width + x1);
    }
    return new PixelMask(width, height, b);
  }

  /**
   * Columns.
   *
   * @return pixels along fast
   */
  public int width() {
    return width;
  }

  /**
   * Rows.
   *
   * @return pixels along slow
   */
  public int height() {
    return height;
  }

  /**
   * Whether a pixel is left out.
   *
   * @param ix column
   * @param iy row
   * @return true to leave it out
   */
  public boolean isMasked(int ix, int iy) {
    return masked.get(iy * width + ix);
  }

  /**
   * How many pixels are left out.
   *
   * @return 0 to width × height
   */
  public int count() {
    return masked.cardinality();
  }

  /**
   * Overwrites the pixels to leave out, run by run.
   *
   * @param image width × height values
   * @param value written to each masked pixel
   */
  public void fill(int[] image, int value) {
    for (int i = masked.nextSetBit(0); i >= 0; ) {
      int end = masked.nextClearBit(i);
      Arrays.fill(image, i, end, value);
      i = masked.nextSetBit(end);
    }
  }

  @Override
  public String toString() {
    return "PixelMask[" + width + " x " + height + ", " + count() + " left out]";
  }
}
