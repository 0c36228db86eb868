package org.mdx.io.internal.hdf5.copy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Turns elements that are stored pixel by pixel, all frames of each, into frames. */
final class Transpose {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Pixels that are taken at a time, so that what is read stays in the nearest cache. */
  private static final int BLOCK = 64;

  private Transpose() {}

  /**
   * Frame k of pixel p goes from {@code from + (p·stride + k)·size} to {@code to + (k·plane +
   * p)·size}. Does not check.
   *
   * @param from first byte
   * @param pixels how many
   * @param stride elements from one pixel to the next
   * @param frames how many of each pixel
   * @param to first byte of the first pixel in the first frame
   * @param plane elements from one frame to the next
   * @param size bytes of an element: 1, 2, 4 or 8
   */
  static void frames(
      byte[] in,
      int from,
      int pixels,
      int stride,
      int frames,
      byte[] out,
      int to,
      int plane,
      int size) {
    for (int p = 0; p < pixels; p += BLOCK) {
      int n = Math.min(BLOCK, pixels - p);
      for (int k = 0; k < frames; k++) {
        int a = from + (p * stride + k) * size;
        int b = to + (k * plane + p) * size;
        int step = stride * size;
        switch (size) {
          case 1 -> {
            for (int i = 0; i < n; i++) {
              out[b + i] = in[a + i * step];
            }
          }
          case 2 -> {
            for (int i = 0; i < n; i++) {
              SHORTS.set(out, b + 2 * i, (short) SHORTS.get(in, a + i * step));
            }
          }
          case 4 -> {
            for (int i = 0; i < n; i++) {
              INTS.set(out, b + 4 * i, (int) INTS.get(in, a + i * step));
            }
          }
          default -> {
            for (int i = 0; i < n; i++) {
              LONGS.set(out, b + 8 * i, (long) LONGS.get(in, a + i * step));
            }
          }
        }
      }
    }
  }
}
