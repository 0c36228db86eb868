package org.mdx.io.cbf;

/** One picture with its header. Immutable. */
public final class CbfImage {
  private final CbfHeader header;
  private final int width;
  private final int height;
  private final int[] pixels;

  CbfImage(CbfHeader header, int width, int height, int[] pixels) {
    this.header = header;
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  /**
   * The header lines.
   *
   * @return the header
   */
  public CbfHeader header() {
    return header;
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
   * One pixel as recorded; negative where the detector marks it as unusable.
   *
   * @param ix column
   * @param iy row
   * @return counts
   * @throws IndexOutOfBoundsException if there is no such pixel
   */
  public int value(int ix, int iy) {
    java.util.Objects.checkIndex(ix, width);
    return pixels[java.util.Objects.checkIndex(iy, height) * width + ix];
  }

  /**
   * Copies all pixels, row by row.
   *
   * @param into an array of at least width × height
   */
  public void copyInto(int[] into) {
    System.arraycopy(pixels, 0, into, 0, pixels.length);
  }

  @Override
  public String toString() {
    return "CbfImage[" + width + " x " + height + ", " + header + "]";
  }
}
