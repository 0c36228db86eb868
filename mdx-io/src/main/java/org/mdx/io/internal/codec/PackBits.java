package org.mdx.io.internal.codec;

import java.util.Arrays;

/**
 * The PackBits compression of TIFF (TIFF 6.0, section 9): a byte n from 0 to 127 precedes n + 1
 * bytes as they are, from −1 to −127 one byte that stands 1 − n times, and −128 nothing.
 */
public final class PackBits {
  private PackBits() {}

  /**
   * Decodes bytes. Stops where the source or the room for the result ends. Does not check that the
   * ranges lie in the arrays.
   *
   * @param src compressed bytes
   * @param to index after the last of them, from 0
   * @param dst receives the bytes from index 0
   * @param count how many are wanted
   * @return how many there were
   */
  public static int decode(byte[] src, int to, byte[] dst, int count) {
    int done = 0;
    int p = 0;
    while (done < count && p + 1 < to) {
      int n = src[p++];
      if (n >= 0) {
        int length = Math.min(Math.min(n + 1, count - done), to - p);
        System.arraycopy(src, p, dst, done, length);
        p += n + 1;
        done += length;
      } else if (n != Byte.MIN_VALUE) {
        int length = Math.min(1 - n, count - done);
        Arrays.fill(dst, done, done + length, src[p++]);
        done += length;
      }
    }
    return done;
  }
}
