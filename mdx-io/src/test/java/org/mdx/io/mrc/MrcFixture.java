package org.mdx.io.mrc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes small MRC stacks, straight from the specification. */
public final class MrcFixture {
  private MrcFixture() {}

  /** A stack of 16-bit pixels (mode 1 or 6) with an FEI header of 768 or 888 bytes, or none. */
  public static byte[] stack(
      ByteOrder order, int mode, int width, int height, int frames, int fei, int[] pixels) {
    int extended = fei * frames;
    ByteBuffer b = ByteBuffer.allocate(1024 + extended + 2 * pixels.length).order(order);
    b.putInt(0, width).putInt(4, height).putInt(8, frames).putInt(12, mode);
    b.putInt(28, width).putInt(32, height).putInt(36, frames);
    b.putInt(64, 1).putInt(68, 2).putInt(72, 3).putInt(92, extended);
    put(b, 208, "MAP ");
    b.put(212, (byte) (order == ByteOrder.LITTLE_ENDIAN ? 0x44 : 0x11));
    b.put(213, (byte) (order == ByteOrder.LITTLE_ENDIAN ? 0x44 : 0x11));
    if (fei > 0) {
      put(b, 104, fei == 768 ? "FEI1" : "FEI2");
    }
    for (int i = 0; i < frames && fei > 0; i++) {
      int at = 1024 + i * fei;
      b.putInt(at, fei).putDouble(at + 84, 200_000).putDouble(at + 100, -30 + 0.5 * i);
      b.putDouble(at + 140, -93).putDouble(at + 156, 2.5e7).putDouble(at + 164, 2.5e7);
      b.putDouble(at + 301, 1.1).putDouble(at + 419, 0.25).putInt(at + 427, 2);
      put(b, at + 435, "BM-Ceta");
      if (fei == 888) {
        b.putDouble(at + 836, 0.5).putInt(at + 852, 7).putInt(at + 856, 9);
        put(b, at + 804, "Ceta-D");
      }
    }
    for (int i = 0; i < pixels.length; i++) {
      b.putShort(1024 + extended + 2 * i, (short) pixels[i]);
    }
    return b.array();
  }

  private static void put(ByteBuffer b, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      b.put(at + i, bytes[i]);
    }
  }
}
