package org.mdx.io.dials;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.mdx.reflection.Shoeboxes;

/**
 * The pixels of a reflection: a box of {@code width} x {@code height} pixels of {@code depth}
 * images, with counts, mask and background of each pixel.
 */
public final class Shoebox {
  /** Bytes before the pixels: panel, six limits, whether there are pixels. */
  static final int HEAD = 29;

  /** Bytes of a pixel: counts, mask, background. */
  static final int PIXEL = 12;

  /** Bit of the mask of a pixel that is good. */
  public static final int VALID = 1;

  /** Bit of the mask of a pixel that counts as background. */
  public static final int BACKGROUND = 2;

  /** Bit of the mask of a pixel that belongs to the reflection. */
  public static final int FOREGROUND = 4;

  private final ByteBuffer bytes;

  Shoebox(ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Length of the first shoebox of a buffer.
   *
   * @param b a buffer
   * @param from where it begins
   * @return its bytes, or −1 if it is damaged or longer than the buffer
   */
  static int length(ByteBuffer b, int from) {
    return Shoeboxes.packedLength(b, from);
  }

  /**
   * The panel of the detector.
   *
   * @return its number, from 0
   */
  public int panel() {
    return bytes.getInt(0);
  }

  /**
   * A limit of the box.
   *
   * @param i 0 to 5: x0, x1, y0, y1, z0, z1; the second of each is exclusive
   * @return pixel along fast (x) or slow (y), or image from 0 (z)
   */
  public int limit(int i) {
    return bytes.getInt(4 + 4 * Objects.checkIndex(i, 6));
  }

  /**
   * Pixels along fast.
   *
   * @return at least 0
   */
  public int width() {
    return limit(1) - limit(0);
  }

  /**
   * Pixels along slow.
   *
   * @return at least 0
   */
  public int height() {
    return limit(3) - limit(2);
  }

  /**
   * Number of images.
   *
   * @return at least 0
   */
  public int depth() {
    return limit(5) - limit(4);
  }

  /**
   * Whether the pixels were kept.
   *
   * @return false if only panel and limits are there
   */
  public boolean hasPixels() {
    return bytes.get(HEAD - 1) != 0;
  }

  /**
   * Counts of a pixel.
   *
   * @param x pixel of the box along fast, from 0
   * @param y along slow
   * @param z image of the box
   * @return the counts
   * @throws IndexOutOfBoundsException if the box has no such pixel
   */
  public float counts(int x, int y, int z) {
    return bytes.getFloat(at(0, x, y, z));
  }

  /**
   * Mask of a pixel.
   *
   * @param x pixel of the box along fast, from 0
   * @param y along slow
   * @param z image of the box
   * @return the bits, such as {@link #VALID}
   * @throws IndexOutOfBoundsException if the box has no such pixel
   */
  public int mask(int x, int y, int z) {
    return bytes.getInt(at(1, x, y, z));
  }

  /**
   * Background of a pixel.
   *
   * @param x pixel of the box along fast, from 0
   * @param y along slow
   * @param z image of the box
   * @return counts
   * @throws IndexOutOfBoundsException if the box has no such pixel
   */
  public float background(int x, int y, int z) {
    return bytes.getFloat(at(2, x, y, z));
  }

  /** Counts, mask and background of all pixels, one array after the other. */
  ByteBuffer pixels() {
    return bytes.slice(HEAD, bytes.limit() - HEAD).order(ByteOrder.LITTLE_ENDIAN);
  }

  private int at(int array, int x, int y, int z) {
    int w = width();
    int h = height();
    int d = hasPixels() ? depth() : 0;
    int i =
        (Objects.checkIndex(z, d) * h + Objects.checkIndex(y, h)) * w + Objects.checkIndex(x, w);
    return HEAD + 4 * (array * w * h * d + i);
  }
}
