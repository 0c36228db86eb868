package org.mdx.io.internal.codec;

/**
 * The LZW compression of TIFF (TIFF 6.0, section 13): codes of 9 to 12 bits, the highest bit first,
 * 256 to begin anew and 257 at the end; the codes grow one entry early, when 511, 1023 and 2047 are
 * due.
 */
public final class TiffLzw {
  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int SIZE = 4096;

  private TiffLzw() {}

  /**
   * Decodes bytes. Stops where the source or the room for the result ends, or at a code that cannot
   * be. Does not check that the ranges lie in the arrays.
   *
   * @param src compressed bytes
   * @param to index after the last of them, from 0
   * @param dst receives the bytes from index 0
   * @param count how many are wanted
   * @return how many there were
   */
  public static int decode(byte[] src, int to, byte[] dst, int count) {
    // an entry is a string that was written before: where it ends, and how long it is
    int[] ends = new int[SIZE];
    int[] lengths = new int[SIZE];
    int next = END + 1;
    int width = 9;
    int bits = 0;
    int held = 0;
    int before = -1;
    int done = 0;
    for (int p = 0; done < count; ) {
      while (held < width && p < to) {
        bits = bits << 8 | src[p++] & 0xff;
        held += 8;
      }
      if (held < width) {
        return done;
      }
      held -= width;
      int code = bits >>> held & (1 << width) - 1;
      if (code == END) {
        return done;
      } else if (code == CLEAR) {
        next = END + 1;
        width = 9;
        before = -1;
        continue;
      }
      int length = 1;
      if (code < CLEAR) {
        dst[done] = (byte) code;
      } else if (code >= next || before < 0) {
        return done;
      } else {
        // the string of an entry overlaps with its copy if the entry is the newest
        length = Math.min(lengths[code], count - done);
        int from = ends[code] - lengths[code];
        for (int i = 0; i < length; i++) {
          dst[done + i] = dst[from + i];
        }
      }
      done += length;
      // the string just written and one more byte, which the next code begins with
      before = code;
      if (next < SIZE) {
        ends[next] = done + 1;
        lengths[next] = length + 1;
        next++;
      }
      if (next == (1 << width) && width < 12) {
        width++;
      }
    }
    return done;
  }
}
