package org.mdx.io.smv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes small SMV images. */
public final class SmvFixture {
  private SmvFixture() {}

  /** An image with a header of 512 bytes; the entries name the type and the order of bytes. */
  public static byte[] image(
      ByteOrder order, int bytes, int width, int height, String entries, int[] pixels) {
    String header =
        "{\nHEADER_BYTES=  512;\nDIM=2;\nSIZE1="
            + width
            + ";\nSIZE2="
            + height
            + ";\nBYTE_ORDER="
            + (order == ByteOrder.LITTLE_ENDIAN ? "little_endian" : "big_endian")
            + ";\n"
            + entries
            + "}\f";
    ByteBuffer b = ByteBuffer.allocate(512 + bytes * pixels.length).order(order);
    b.put(header.getBytes(StandardCharsets.US_ASCII));
    b.position(512);
    for (int v : pixels) {
      if (bytes == 2) {
        b.putShort((short) v);
      } else {
        b.putInt(v);
      }
    }
    return b.array();
  }
}
