package org.mdx.io.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.image.ImageSource;
import org.mdx.image.Pixels;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.RawStack;
import org.mdx.io.internal.codec.PackBits;
import org.mdx.io.internal.codec.TiffLzw;

class TiffFormatTest {
  private static final int WIDTH = 37;
  private static final int HEIGHT = 23;

  @TempDir Path folder;

  private static double[] pixels(int bits, int format, long seed) {
    Random random = new Random(seed);
    double[] a = new double[WIDTH * HEIGHT];
    for (int i = 0; i < a.length; i++) {
      int v = random.nextInt(4) == 0 ? random.nextInt(bits == 8 ? 100 : 30000) : 7;
      a[i] = format == 1 ? v : v - 20;
    }
    return a;
  }

  private void check(TiffFixture kind) throws IOException {
    double[][] pages = {
      pixels(kind.bits(), kind.format(), 1), pixels(kind.bits(), kind.format(), 2)
    };
    Path file = Files.write(folder.resolve("a.tif"), kind.file(WIDTH, HEIGHT, pages));
    ImageHeader h = ImageFiles.header(file);
    assertThat(h.frames()).isEqualTo(2);
    ImageSource source = ImageFiles.open(file);
    int[][] frame = {new int[WIDTH * HEIGHT]};
    for (int p = 1; p >= 0; p--) {
      source.read(p, frame);
      for (int i = 0; i < frame[0].length; i++) {
        assertThat(frame[0][i]).as("%s page %d pixel %d", kind, p, i).isEqualTo((int) pages[p][i]);
      }
    }
  }

  @Test
  void everyKindShouldReadAsItWasWritten() throws IOException {
    int[][] types = {{8, 1}, {8, 2}, {16, 1}, {16, 2}, {32, 1}, {32, 2}, {32, 3}, {64, 3}};
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      for (boolean big : new boolean[] {false, true}) {
        for (int compression : new int[] {1, 5, 8, 32946, 32773}) {
          for (int[] t : types) {
            int predictor = compression == 5 || compression == 8 ? t[1] == 3 ? 3 : 2 : 1;
            check(new TiffFixture(order, big, compression, predictor, t[0], t[1], 0, 7));
            check(new TiffFixture(order, big, compression, predictor, t[0], t[1], 16, 16));
          }
        }
      }
    }
  }

  @Test
  void typesShouldBeNamedAndLargeValuesBounded() throws IOException {
    TiffFixture unsigned = new TiffFixture(ByteOrder.LITTLE_ENDIAN, false, 1, 1, 32, 1, 0, HEIGHT);
    double[] a = new double[WIDTH * HEIGHT];
    a[0] = 4294967295.0;
    a[1] = 2147483647.0;
    Path file = Files.write(folder.resolve("u.tif"), unsigned.file(WIDTH, HEIGHT, a));
    int[][] frame = {new int[WIDTH * HEIGHT]};
    ImageFiles.open(file).read(0, frame);
    assertThat(ImageFiles.header(file).pixelType()).isEqualTo("uint32");
    assertThat(frame[0]).startsWith(Integer.MAX_VALUE, Integer.MAX_VALUE, 0);
    TiffFixture real = new TiffFixture(ByteOrder.BIG_ENDIAN, true, 1, 1, 32, 3, 0, HEIGHT);
    a[0] = Double.NaN;
    a[1] = 1e20;
    a[2] = 2.5;
    a[3] = -0.6;
    Files.write(file, real.file(WIDTH, HEIGHT, a));
    ImageFiles.open(file).read(0, frame);
    assertThat(ImageFiles.header(file).format()).isEqualTo("BigTIFF");
    assertThat(frame[0]).startsWith(Pixels.MASKED, Integer.MAX_VALUE, 3, -1, 0);
    assertThat(ImageFiles.open(file).hasFractions()).isTrue();
    ImageFiles.open(file).read(0, 4, frame);
    assertThat(frame[0]).startsWith(Pixels.MASKED, Integer.MAX_VALUE, 40, -10, 0);
  }

  @Test
  void longLzwAndPackBitsShouldDecode() {
    Random random = new Random(3);
    for (int size : new int[] {0, 1, 2, 3, 127, 128, 129, 5000, 200_000}) {
      for (int variety : new int[] {1, 2, 5, 256}) {
        byte[] a = new byte[size];
        for (int i = 0; i < size; i++) {
          a[i] = (byte) random.nextInt(variety);
        }
        byte[] out = new byte[size];
        byte[] lzw = TiffFixture.lzw(a);
        assertThat(TiffLzw.decode(lzw, lzw.length, out, size)).isEqualTo(size);
        assertThat(out).isEqualTo(a);
        out = new byte[size];
        byte[] packed = TiffFixture.packBits(a);
        assertThat(PackBits.decode(packed, packed.length, out, size)).isEqualTo(size);
        assertThat(out).isEqualTo(a);
      }
    }
  }

  @Test
  void loopsAndColoursShouldBeNamed() throws IOException {
    TiffFixture kind = new TiffFixture(ByteOrder.LITTLE_ENDIAN, false, 1, 1, 8, 1, 0, HEIGHT);
    byte[] bytes = kind.file(WIDTH, HEIGHT, pixels(8, 1, 1));
    Path file = folder.resolve("a.tif");
    byte[] loop = bytes.clone();
    // the link behind the last directory leads back to it
    System.arraycopy(bytes, 4, loop, bytes.length - 4, 4);
    Files.write(file, loop);
    assertThatThrownBy(() -> ImageFiles.header(file))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("a directory that was read before");
    byte[] colour = bytes.clone();
    // value of the fifth entry, SamplesPerPixel
    int ifd = bytes.length - 4 - 11 * 12;
    colour[ifd + 4 * 12 + 8] = 3;
    Files.write(file, colour);
    assertThatThrownBy(() -> ImageFiles.header(file))
        .hasMessageContaining("SamplesPerPixel: expected 1: a gray image, found 3");
  }

  /** FillOrder 2 as TIFF 6.0 has it: the bits of each stored byte the other way round. */
  @Test
  void bitsTheOtherWayRoundShouldBeTurned() throws IOException {
    for (int compression : new int[] {TiffPage.NONE, TiffPage.DEFLATE, TiffPage.LZW}) {
      double[] values = new double[32];
      for (int i = 0; i < 32; i++) {
        values[i] = i + 1;
      }
      TiffFixture fixture =
          new TiffFixture(ByteOrder.LITTLE_ENDIAN, false, compression, 1, 16, 1, 0, 4);
      byte[] bytes = fixture.file(8, 4, values);
      ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int ifd = b.getInt(4);
      for (int i = 8; i < ifd; i++) {
        bytes[i] = (byte) (Integer.reverse(bytes[i]) >>> 24);
      }
      // the arrays of positions behind the pixels are of one strip, and so in the directory; the
      // tag Predictor, which is 1, becomes FillOrder, in its place by number
      for (int e = 0; e < b.getShort(ifd); e++) {
        int at = ifd + 2 + 12 * e;
        if (b.getShort(at) == 317) {
          byte[] fillOrder =
              ByteBuffer.allocate(12)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .putShort((short) 266)
                  .putShort((short) 3)
                  .putInt(1)
                  .putInt(2)
                  .array();
          System.arraycopy(fillOrder, 0, bytes, at, 12);
        }
      }
      Path file = folder.resolve("fill" + compression + ".tif");
      Files.write(file, bytes);
      int[][] frame = {new int[32]};
      ImageFiles.open(file).read(0, frame);
      assertThat(Arrays.stream(frame[0]).sum()).isEqualTo(528);
      assertThat(frame[0][31]).isEqualTo(32);
      try (TiffStack stack = TiffStack.open(file)) {
        assertThat(stack.tags(0)).extracting(RawStack.Tag::number).doesNotContain(266);
        byte[] raw = new byte[64];
        stack.read(0, raw);
        assertThat(raw[2]).isEqualTo((byte) 2);
      }
    }
  }
}
