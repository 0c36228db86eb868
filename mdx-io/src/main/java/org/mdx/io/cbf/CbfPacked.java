package org.mdx.io.cbf;

/**
 * The packing of J. P. Abrahams in CBF ({@code x-CBF_PACKED}, {@code x-CBF_PACKED_V2}). After 32
 * bytes, of which the first eight count the pixels, follow chunks of bits, the lowest of each byte
 * first: three bits n for 2ⁿ pixels; three (second version: four) for the width of each; then for
 * each pixel its difference to what its neighbours let expect, in two's complement. That is the
 * pixel before it in the first row, and else the mean, halves up, of the pixel on the left and the
 * three above, at the left edge of the two above, at the right edge of those left and above. Sums
 * wrap round at the size of a pixel. Worked out from files that CBFlib 0.9.7 writes.
 */
final class CbfPacked {
  /** Bytes before the chunks. */
  static final int HEADER = 32;

  /** Widths by their code; 0 at the end stands for that of a pixel. */
  private static final int[] FIRST = {0, 4, 5, 6, 7, 8, 16, 0};

  private static final int[] SECOND = {0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 0};

  private final byte[] bytes;
  private final int end;
  private int at;
  private long buffer;
  private int held;

  private CbfPacked(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** The fewest bytes that can stand for a number of pixels. */
  static long least(long pixels) {
    return HEADER + ((pixels + 127) / 128 * 6 + 7) / 8;
  }

  /** Number of pixels that the packed bytes say they are. */
  static long count(byte[] bytes, int from) {
    long n = 0;
    for (int i = 7; i >= 0; i--) {
      n = n << 8 | bytes[from + i] & 0xff;
    }
    return n;
  }

  /**
   * Unpacks a picture.
   *
   * @param bytes hold it
   * @param from index of the first byte
   * @param end behind the last byte
   * @param binary size and type of the picture
   * @param pixels receives it
   * @return number of pixels that the bytes hold: fewer if they end too soon
   */
  static int decode(byte[] bytes, int from, int end, CbfBinary binary, int[] pixels) {
    CbfPacked in = new CbfPacked(bytes, from + HEADER, end);
    boolean second = binary.packing() == CbfBinary.Packing.PACKED_V2;
    int[] widths = second ? SECOND : FIRST;
    int count = binary.width() * binary.height();
    int pixelBits = 8 * binary.type().bytes;
    boolean signed = binary.type().label.startsWith("int");
    int i = 0;
    while (i < count) {
      int n = Math.min(1 << in.bits(3), count - i);
      int code = in.bits(second ? 4 : 3);
      int width = code == widths.length - 1 ? pixelBits : widths[code];
      for (int stop = i + n; i < stop; i++) {
        int difference = signed(in.bits(width), width);
        if (in.held < 0) {
          return i;
        }
        int v = expected(pixels, i, binary.width(), pixelBits) + difference;
        int unused = 32 - pixelBits;
        pixels[i] = signed ? v << unused >> unused : v << unused >>> unused;
      }
    }
    return count;
  }

  private static int expected(int[] a, int i, int width, int pixelBits) {
    if (i < width) {
      return i == 0 ? 0 : a[i - 1];
    }
    int x = i % width;
    int above = a[i - width];
    if (width == 1) {
      return above;
    } else if (x == 0) {
      return signed(above + a[i - width + 1], pixelBits) + 1 >> 1;
    } else if (x == width - 1) {
      return signed(above + a[i - 1], pixelBits) + 1 >> 1;
    }
    int sum = a[i - 1] + a[i - width - 1] + above + a[i - width + 1];
    return signed(sum, pixelBits) + 2 >> 2;
  }

  private static int signed(int v, int width) {
    return width == 0 ? 0 : v << 32 - width >> 32 - width;
  }

  /** The next bits; below 0 are held once they have run out. */
  private int bits(int n) {
    while (held >= 0 && held < n) {
      if (at == end) {
        held = -1;
        return 0;
      }
      buffer |= (bytes[at++] & 0xffL) << held;
      held += 8;
    }
    if (held < 0) {
      return 0;
    }
    int v = (int) (buffer & (1L << n) - 1);
    buffer >>>= n;
    held -= n;
    return v;
  }
}
