package org.mdx.view;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Images of 16 bits with a header that tells their geometry. */
final class SmvImages {
  private static final int HEADER = 512;

  private SmvImages() {}

  /** Writes one; the counts go over the whole range of 16 bits. */
  static void write(Path file, int width, int height) throws IOException {
    String header =
        "{\nHEADER_BYTES=  512;\nDIM=2;\nBYTE_ORDER=little_endian;\nTYPE=unsigned_short;\nSIZE1="
            + width
            + ";\nSIZE2="
            + height
            + ";\nPIXEL_SIZE=0.2;\nDISTANCE=80;\nWAVELENGTH=1;\nOSC_START=0;\nOSC_RANGE=1;\n"
            + "PHI=0;\nTIME=1;\nBEAM_CENTER_X=7;\nBEAM_CENTER_Y=5;\n}\n\f\n";
    ByteBuffer b = ByteBuffer.allocate(HEADER + 2 * width * height).order(ByteOrder.LITTLE_ENDIAN);
    b.put(header.getBytes(StandardCharsets.ISO_8859_1));
    b.position(HEADER);
    for (int i = 0; i < width * height; i++) {
      b.putShort((short) (i * 7919));
    }
    Files.write(file, b.array());
  }
}
