package org.mdx.io.tiff;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The prediction that is applied to a row of little-endian pixels before it is compressed. */
final class TiffPredictor {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private TiffPredictor() {}

  /** Predictor 2: each pixel becomes its difference to the one on its left. */
  static void integer(byte[] in, int from, byte[] out, int to, int width, int size) {
    System.arraycopy(in, from, out, to, size);
    for (int x = 1; x < width; x++) {
      int a = from + x * size;
      int b = to + x * size;
      switch (size) {
        case 1 -> out[b] = (byte) (in[a] - in[a - 1]);
        case 2 ->
            SHORTS.set(out, b, (short) ((short) SHORTS.get(in, a) - (short) SHORTS.get(in, a - 2)));
        default -> INTS.set(out, b, (int) INTS.get(in, a) - (int) INTS.get(in, a - 4));
      }
    }
  }

  /**
   * Predictor 3: first the highest bytes of all numbers, then the next, and so on; each byte as its
   * difference to the one before.
   */
  static void real(byte[] in, int from, byte[] out, int to, int width, int size) {
    for (int k = 0; k < size; k++) {
      for (int x = 0; x < width; x++) {
        out[to + k * width + x] = in[from + x * size + size - 1 - k];
      }
    }
    for (int i = to + width * size - 1; i > to; i--) {
      out[i] -= out[i - 1];
    }
  }
}
