package org.mdx.io.internal.hdf5.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.mdx.io.internal.hdf5.structure.Lookup3;

/** The parts of compressing a stack, each against a slow twin. */
class StackPartsTest {

  @Test
  void theChecksumOfStructuresShouldBeLookup3() {
    // values that lookup3.c prints for itself (driver5) and for nothing
    byte[] text = "Four score and seven years ago".getBytes(StandardCharsets.US_ASCII);
    assertThat(Lookup3.hash(text)).isEqualTo(0x17770551);
    assertThat(Lookup3.hash(new byte[0])).isEqualTo(0xdeadbeef);
  }

  @Test
  void framesShouldBeTheTransposeOfPixels() {
    Random random = new Random(3);
    for (int size : new int[] {1, 2, 4, 8}) {
      for (int[] n : new int[][] {{1, 1}, {5, 3}, {200, 7}, {65, 64}}) {
        int pixels = n[0];
        int frames = n[1];
        int stride = frames + 2;
        byte[] in = new byte[3 + pixels * stride * size];
        random.nextBytes(in);
        byte[] out = new byte[frames * pixels * size];
        byte[] slow = new byte[out.length];
        Transpose.frames(in, 3, pixels, stride, frames, out, 0, pixels, size);
        for (int p = 0; p < pixels; p++) {
          for (int k = 0; k < frames; k++) {
            for (int b = 0; b < size; b++) {
              slow[(k * pixels + p) * size + b] = in[3 + (p * stride + k) * size + b];
            }
          }
        }
        assertThat(out).isEqualTo(slow);
      }
    }
  }

  @Test
  void piecesOfAFrameShouldBeOneStream() throws DataFormatException {
    Random random = new Random(4);
    for (int elements : new int[] {1, 100, 524288, 524289, 1500000}) {
      byte[] frame = new byte[2 * elements];
      for (int i = 0; i < frame.length; i++) {
        frame[i] = (byte) (i % 2 == 0 ? random.nextInt(20) : 0);
      }
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      int adler = 1;
      StackEncoder.Piece piece = new StackEncoder.Piece();
      try (StackEncoder encoder = new StackEncoder(4)) {
        for (int i = 0; i < StackEncoder.pieces(frame.length); i++) {
          encoder.encode(frame, 0, frame.length, 2, i, piece);
          stream.write(piece.bytes, 0, piece.length);
          int n = Math.min(StackEncoder.PIECE, frame.length - i * StackEncoder.PIECE);
          adler = StackEncoder.combine(adler, piece.adler, n);
        }
      }
      byte[] shuffled = new byte[frame.length];
      for (int i = 0; i < elements; i++) {
        shuffled[i] = frame[2 * i];
        shuffled[elements + i] = frame[2 * i + 1];
      }
      Adler32 whole = new Adler32();
      whole.update(shuffled);
      assertThat(adler).isEqualTo((int) whole.getValue());
      for (int k = 3; k >= 0; k--) {
        stream.write(adler >>> 8 * k);
      }
      Inflater inflater = new Inflater();
      inflater.setInput(stream.toByteArray());
      byte[] back = new byte[frame.length];
      int n = 0;
      while (!inflater.finished()) {
        n += inflater.inflate(back, n, back.length - n);
      }
      inflater.end();
      assertThat(back).isEqualTo(shuffled);
    }
  }
}
