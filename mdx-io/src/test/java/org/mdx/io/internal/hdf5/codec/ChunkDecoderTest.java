package org.mdx.io.internal.hdf5.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

class ChunkDecoderTest {

  private static FilterPipeline one(int id, Integer... values) {
    return new FilterPipeline(List.of(new FilterPipeline.Filter(id, List.of(values))));
  }

  private static byte[] counts(Random random, int n, int size) {
    byte[] raw = new byte[n * size];
    for (int i = 0; i < n; i++) {
      raw[i * size] = (byte) random.nextInt(random.nextInt(4) == 0 ? 256 : 4);
      if (size > 1 && random.nextInt(50) == 0) {
        raw[i * size + 1] = (byte) random.nextInt();
      }
    }
    return raw;
  }

  private static byte[] decode(FilterPipeline pipeline, int size, byte[] chunk, int length)
      throws DataFormatException {
    try (ChunkDecoder decoder = new ChunkDecoder(pipeline, size)) {
      return Arrays.copyOf(decoder.decode(ByteBuffer.wrap(chunk), 0, length), length);
    }
  }

  @Test
  void bitshuffleShouldAgreeWithTheDefinitionForEverySizeAndRemainder() throws DataFormatException {
    Random random = new Random(1);
    for (int size : new int[] {1, 2, 4, 8}) {
      for (int n : new int[] {0, 1, 7, 8, 9, 63, 64, 65, 4096, 4103, 9001}) {
        byte[] raw = counts(random, n, size);
        for (int block : new int[] {8, 64, BitShuffle.defaultBlock(size)}) {
          byte[] packed = NaiveFilters.bitshuffle(raw, size, block, true);
          byte[] plain = NaiveFilters.bitshuffle(raw, size, block, false);
          String what = n + " elements of " + size + " in blocks of " + block;
          assertThat(
                  decode(one(FilterPipeline.BITSHUFFLE, 0, 2, size, 0, 2), size, packed, n * size))
              .as(what)
              .isEqualTo(raw);
          assertThat(
                  decode(one(FilterPipeline.BITSHUFFLE, 0, 2, size, block), size, plain, n * size))
              .as(what)
              .isEqualTo(raw);
        }
      }
    }
  }

  @Test
  void lz4FilterShouldAgreeWithTheDefinition() throws DataFormatException {
    Random random = new Random(2);
    for (int n : new int[] {0, 1, 20, 1000, 5001}) {
      byte[] raw = counts(random, n, 2);
      if (n == 1000) {
        random.nextBytes(raw);
      }
      for (int block : new int[] {16, 777, 1 << 20}) {
        byte[] chunk = NaiveFilters.lz4Filter(raw, block);
        assertThat(decode(one(FilterPipeline.LZ4), 2, chunk, 2 * n)).isEqualTo(raw);
      }
    }
  }

  @Test
  void wrongChecksumsShouldBeNoticed() throws DataFormatException {
    // fletcher32 of 1, 2, 3, 4 as the HDF5 library 1.10.8 stores it
    byte[] chunk = {1, 2, 3, 4, 6, 4, 8, 5};
    byte[] raw = {1, 2, 3, 4};
    assertThat(decode(one(FilterPipeline.FLETCHER32), 1, chunk, 4)).isEqualTo(raw);
    chunk[2] = 5;
    assertThatThrownBy(() -> decode(one(FilterPipeline.FLETCHER32), 1, chunk, 4))
        .hasMessageContaining("checksum");
  }

  @Test
  void absurdElementSizesShouldBeRefusedAtOnce() {
    byte[] chunk = new byte[64];
    for (int id : new int[] {FilterPipeline.SHUFFLE, FilterPipeline.BITSHUFFLE}) {
      Integer big = Integer.MAX_VALUE;
      assertThatThrownBy(() -> decode(one(id, big, big, big), 2, chunk, 64))
          .hasMessageContaining("elements of 2147483647 bytes");
    }
  }

  @Test
  void damagedChunksShouldGiveBytesOrTheDeclaredException() {
    Random random = new Random(3);
    byte[] raw = counts(random, 1003, 2);
    byte[][] whole = {NaiveFilters.bitshuffle(raw, 2, 256, true), NaiveFilters.lz4Filter(raw, 300)};
    FilterPipeline[] pipelines = {
      one(FilterPipeline.BITSHUFFLE, 0, 2, 2, 0, 2), one(FilterPipeline.LZ4)
    };
    int refused = 0;
    for (int trial = 0; trial < 20_000; trial++) {
      int which = trial % 2;
      byte[] bad = whole[which].clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        int at = random.nextInt(bad.length);
        bad[at] = (byte) (random.nextBoolean() ? -1 : random.nextInt());
      }
      if (random.nextInt(4) == 0) {
        bad = Arrays.copyOf(bad, random.nextInt(bad.length));
      }
      try {
        decode(pipelines[which], 2, bad, raw.length);
      } catch (DataFormatException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(5000, 19_999);
  }
}
