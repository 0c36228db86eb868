package org.mdx.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.image.ImageSource;
import org.mdx.io.cbf.ImgCifFixture;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.mrc.MrcFixture;
import org.mdx.io.smv.SmvFixture;
import org.mdx.io.tiff.TiffFixture;

/**
 * Damaged and truncated images of each format: a reader ends in pixels or an {@link
 * MdxFormatException}, soon, and without memory beyond what the bytes of the file can stand for.
 */
class ImageFuzzTest {
  private static final int CASES = 300;

  /** Buffers of fixed size, and what a decompressor allocates whatever its input. */
  private static final long FIXED = 8L << 20;

  /** A few bytes stand for a block of 100 kB, which takes five times as much room to undo. */
  private static final int BZIP2 = 4096;

  @TempDir Path folder;

  /** Compression of a file as a whole. */
  private enum Packing {
    NONE,
    GZIP,
    BZIP2;

    byte[] pack(byte[] bytes) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out =
          switch (this) {
            case NONE -> packed;
            case GZIP -> new GZIPOutputStream(packed);
            case BZIP2 -> new BZip2CompressorOutputStream(packed, 1);
          }) {
        out.write(bytes);
      }
      return packed.toByteArray();
    }
  }

  /**
   * A file to damage.
   *
   * @param name for messages
   * @param bytes of a file that is intact
   * @param expansion of its compression
   * @param packing how it is compressed as a whole
   */
  private record Sample(String name, byte[] bytes, int expansion, Packing packing) {

    Sample(String name, byte[] bytes, int expansion) {
      this(name, bytes, expansion, Packing.NONE);
    }

    byte[] file() throws IOException {
      return packing.pack(bytes);
    }

    /** Damage before compression reaches the reader, damage after it the decompressor. */
    byte[] damaged(Random random) throws IOException {
      return random.nextBoolean()
          ? damage(packing.pack(bytes), random)
          : packing.pack(damage(bytes, random));
    }
  }

  private static List<Sample> samples() throws IOException {
    int[] pixels = new Random(1).ints(13 * 11, 0, 60).toArray();
    pixels[7] = 30_000;
    double[] reals = Arrays.stream(pixels).asDoubleStream().toArray();
    ByteOrder le = ByteOrder.LITTLE_ENDIAN;
    ByteOrder be = ByteOrder.BIG_ENDIAN;
    byte[] smv =
        SmvFixture.image(
            le,
            2,
            13,
            11,
            "TYPE=unsigned_short;\nPIXEL_SIZE=0.1;\nDISTANCE=9;\nBEAM_CENTER_X=1;\n",
            pixels);
    int[] three = new Random(2).ints(3 * 143, 0, 60).toArray();
    List<Sample> samples = new ArrayList<>();
    samples.add(new Sample("cbf", ImgCifFixture.image(13, 11, pixels), 1));
    samples.add(new Sample("cbf.gz", ImgCifFixture.image(13, 11, pixels), 1032, Packing.GZIP));
    samples.add(new Sample("cbf.bz2", ImgCifFixture.image(13, 11, pixels), BZIP2, Packing.BZIP2));
    samples.add(new Sample("smv", smv, 1));
    samples.add(new Sample("smv.bz2", smv, BZIP2, Packing.BZIP2));
    samples.add(new Sample("smv.gz", smv, 1032, Packing.GZIP));
    samples.add(new Sample("mrc", MrcFixture.stack(le, 1, 13, 11, 3, 888, three), 1));
    samples.add(
        new Sample("mrc.gz", MrcFixture.stack(be, 6, 13, 11, 3, 0, three), 1032, Packing.GZIP));
    int[][] kinds = {{1, 1, 16, 1, 0, 4}, {5, 2, 16, 1, 0, 4}, {8, 3, 32, 3, 16, 16}};
    for (int[] k : kinds) {
      for (boolean big : new boolean[] {false, true}) {
        TiffFixture t = new TiffFixture(big ? be : le, big, k[0], k[1], k[2], k[3], k[4], k[5]);
        int expansion = k[0] == 1 ? 1 : k[0] == 8 ? 1032 : 4096;
        samples.add(new Sample(t.toString(), t.file(13, 11, reals, reals), expansion));
      }
    }
    TiffFixture packed = new TiffFixture(le, false, 32773, 1, 8, 1, 16, 16);
    samples.add(new Sample("packbits", packed.file(13, 11, reals), 64));
    return samples;
  }

  private static byte[] damage(byte[] bytes, Random random) {
    int kind = random.nextInt(4);
    if (kind == 0) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    byte[] changed = bytes.clone();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(bytes.length);
      switch (kind) {
        case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> changed[at] = (byte) random.nextInt(256);
        default -> {
          // extreme numbers, in binary or as digits
          byte[] extreme = {-1, 0, 0x7f, (byte) 0x80, '9', '0', '-', '.'};
          int length = 1 + random.nextInt(4);
          Arrays.fill(
              changed,
              at,
              Math.min(bytes.length, at + length),
              extreme[random.nextInt(extreme.length)]);
        }
      }
    }
    return changed;
  }

  @Test
  void damagedImagesShouldEndInPixelsOrAFormatException() throws IOException {
    Path file = folder.resolve("a.image");
    for (Sample s : samples()) {
      Files.write(file, s.file());
      assertThat(read(file)).as(s.name).isTrue();
      Mutations m = Mutations.of(CASES, 4);
      Random random = new Random(m.seed());
      Assertions.assertTimeout(
          Duration.ofSeconds(Mutations.seconds(60)),
          () -> {
            int read = 0;
            for (int i = 0; i < m.cases(); i++) {
              byte[] damaged = s.damaged(random);
              Files.write(file, damaged);
              boolean[] accepted = new boolean[1];
              Trial.read(
                  m.name(s.name, i),
                  FIXED + 16L * s.expansion * damaged.length,
                  () -> accepted[0] = read(file));
              read += accepted[0] ? 1 : 0;
            }
            // otherwise the damage would be too coarse to reach the pixels
            assertThat(read).as(s.name).isBetween(m.cases() / 50, m.cases() - 1);
          });
    }
  }

  /** Reads the header and all frames; false if the file is not accepted. */
  private static boolean read(Path file) throws IOException {
    try {
      ImageSource source = ImageFiles.open(file);
      int[][] frame = new int[source.panels()][];
      for (int p = 0; p < frame.length; p++) {
        frame[p] = new int[source.width(p) * source.height(p)];
      }
      for (int i = 0; i < Math.min(10, source.frames()); i++) {
        source.read(i, frame);
      }
      return true;
    } catch (MdxFormatException e) {
      assertThat(e.getMessage()).startsWith(file.toString());
      return false;
    }
  }
}
