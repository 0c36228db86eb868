package org.mdx.io.internal.hdf5.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.io.internal.hdf5.codec.ChunkDecoder;
import org.mdx.io.internal.hdf5.codec.FilterPipeline;

class ChunkEncoderTest {
  private static final FilterPipeline SHUFFLED_AND_DEFLATED =
      new FilterPipeline(
          List.of(
              new FilterPipeline.Filter(FilterPipeline.SHUFFLE, List.of(8)),
              new FilterPipeline.Filter(FilterPipeline.DEFLATE, List.of(1))));

  /** The oracle: zlib inflates in one go, then elements are put together byte by byte. */
  private static double[] slowDecode(byte[] chunk, int n) throws DataFormatException {
    Inflater inflater = new Inflater();
    inflater.setInput(chunk);
    byte[] planes = new byte[n * 8 + 1];
    assertThat(inflater.inflate(planes)).isEqualTo(n * 8);
    assertThat(inflater.finished()).isTrue();
    assertThat(inflater.getRemaining()).isZero();
    inflater.end();
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      long bits = 0;
      for (int b = 0; b < 8; b++) {
        bits |= (planes[b * n + i] & 0xffL) << (8 * b);
      }
      out[i] = Double.longBitsToDouble(bits);
    }
    return out;
  }

  private static double[] values(Random random, int n) {
    double[] v = new double[n];
    int kind = random.nextInt(5);
    for (int i = 0; i < n; i++) {
      v[i] =
          switch (kind) {
            case 0 -> Double.longBitsToDouble(random.nextLong()); // all planes noise
            case 1 -> random.nextGaussian();
            case 2 -> (float) random.nextGaussian(); // noise between planes of zeros
            case 3 -> i / 7 / 3.0;
            default -> -1;
          };
    }
    return v;
  }

  @Test
  void everyMixtureOfPlanesShouldInflateToTheSameBytes() throws DataFormatException {
    Random random = new Random(3);
    try (ChunkEncoder encoder = new ChunkEncoder()) {
      for (int trial = 0; trial < 60; trial++) {
        int n = trial < 20 ? 1 + trial : 1 + random.nextInt(70_000);
        double[] v = values(random, n);
        byte[] chunk =
            encoder.encode(new ChunkGrid(new int[] {n}, new int[] {n}), 0, Elements.of(v));
        assertThat(bits(slowDecode(chunk, n))).isEqualTo(bits(v));
      }
    }
  }

  @Test
  void decoderShouldAgreeWithTheOracle() throws DataFormatException {
    Random random = new Random(4);
    try (ChunkEncoder encoder = new ChunkEncoder();
        ChunkDecoder decoder = new ChunkDecoder(SHUFFLED_AND_DEFLATED, 8)) {
      for (int trial = 0; trial < 20; trial++) {
        int n = 1 + random.nextInt(20_000);
        byte[] chunk =
            encoder.encode(
                new ChunkGrid(new int[] {n}, new int[] {n}), 0, Elements.of(values(random, n)));
        double[] got = new double[n];
        ByteBuffer.wrap(decoder.decode(ByteBuffer.wrap(chunk), 0, 8 * n))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asDoubleBuffer()
            .get(got);
        assertThat(bits(got)).isEqualTo(bits(slowDecode(chunk, n)));
      }
    }
  }

  @Test
  void decoderShouldRejectEveryTruncationAndOtherLengths() throws DataFormatException {
    double[] v = values(new Random(5), 300);
    try (ChunkEncoder encoder = new ChunkEncoder();
        ChunkDecoder decoder = new ChunkDecoder(SHUFFLED_AND_DEFLATED, 8)) {
      byte[] chunk =
          encoder.encode(new ChunkGrid(new int[] {300}, new int[] {300}), 0, Elements.of(v));
      for (int length = 0; length < chunk.length; length++) {
        ByteBuffer part = ByteBuffer.wrap(chunk, 0, length);
        assertThatThrownBy(() -> decoder.decode(part, 0, 2400))
            .isInstanceOf(DataFormatException.class);
      }
      for (int claimed : new int[] {0, 2399, 2401, 1 << 30}) {
        assertThatThrownBy(() -> decoder.decode(ByteBuffer.wrap(chunk), 0, claimed))
            .isInstanceOf(DataFormatException.class);
      }
    }
  }

  private static long[] bits(double[] v) {
    long[] b = new long[v.length];
    for (int i = 0; i < v.length; i++) {
      b[i] = Double.doubleToRawLongBits(v[i]);
    }
    return b;
  }
}
