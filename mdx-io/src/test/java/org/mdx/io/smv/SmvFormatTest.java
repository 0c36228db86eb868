package org.mdx.io.smv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.ImageFiles;
import org.mdx.io.ImageHeader;
import org.mdx.io.MdxFormatException;
import org.mdx.io.PanelHeader;

class SmvFormatTest {
  private static final String ADSC =
      """
      TYPE=unsigned_short;
      BIN=2x2;
      PIXEL_SIZE=0.1;
      DETECTOR_SN=915;
      DATE=Thu Jan 24 10:11:12 2008;
      TIME=5.0;
      DISTANCE=200.0;
      PHI=10.0;
      OSC_START=10.0;
      OSC_RANGE=0.5;
      WAVELENGTH=1.1;
      BEAM_CENTER_X=0.9;
      BEAM_CENTER_Y=0.4;
      IMAGE_PEDESTAL=40;
      """;

  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.img"), bytes);
  }

  @Test
  void pixelsOfAnyTypeShouldReadAndMayBeCompressed() throws IOException {
    Random random = new Random(1);
    String[] types = {"unsigned_short", "signed_short", "long_int", "unsigned_long"};
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      for (int t = 0; t < 4; t++) {
        int low = t == 1 || t == 2 ? -100 : 0;
        int[] a = random.ints(19 * 13, low, t == 0 ? 65536 : t == 1 ? 32768 : 1 << 30).toArray();
        byte[] bytes =
            SmvFixture.image(order, t < 2 ? 2 : 4, 19, 13, "TYPE=" + types[t] + ";\n", a);
        ByteArrayOutputStream gz = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gz)) {
          out.write(bytes);
        }
        for (byte[] form : new byte[][] {bytes, gz.toByteArray()}) {
          int[][] frame = {new int[19 * 13]};
          ImageFiles.open(file(form)).read(0, frame);
          assertThat(frame[0]).isEqualTo(a);
        }
      }
    }
  }

  @Test
  void checksumOfACompressedFileShouldBeCompared() throws IOException {
    byte[] bytes = SmvFixture.image(ByteOrder.LITTLE_ENDIAN, 2, 16, 8, ADSC, new int[128]);
    ByteArrayOutputStream gz = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gz)) {
      out.write(bytes);
    }
    byte[] damaged = gz.toByteArray();
    damaged[damaged.length - 8] ^= 1;
    Path file = file(damaged);
    assertThatThrownBy(() -> ImageFiles.open(file).read(0, new int[][] {new int[128]}))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("compressed stream");
  }

  /** As dxtbx 3.12 has it: FormatSMVADSC takes (BEAM_CENTER_Y, BEAM_CENTER_X) along fast, slow. */
  @Test
  void adscHeaderShouldBeUnderstood() throws IOException {
    byte[] bytes = SmvFixture.image(ByteOrder.LITTLE_ENDIAN, 2, 16, 8, ADSC, new int[128]);
    ImageHeader h = ImageFiles.header(file(bytes));
    assertThat(h.beam().wavelength()).hasValue(1.1);
    assertThat(h.beam().probe()).isEmpty();
    assertThat(h.beamX().getAsDouble()).isCloseTo(4, within(1e-12));
    assertThat(h.beamY().getAsDouble()).isCloseTo(9, within(1e-12));
    assertThat(h.scan().start()).hasValue(10);
    assertThat(h.scan().width()).hasValue(0.5);
    assertThat(h.scan().exposureTime()).hasValue(5);
    assertThat(h.serial()).isEqualTo("915");
    assertThat(h.date()).isEqualTo("Thu Jan 24 10:11:12 2008");
    PanelHeader p = h.panels().get(0);
    assertThat(p.origin().orElseThrow().x()).isCloseTo(-0.4, within(1e-12));
    assertThat(p.origin().orElseThrow().y()).isCloseTo(0.9, within(1e-12));
    assertThat(p.origin().orElseThrow().z()).isEqualTo(-200);
    assertThat(p.pedestal()).hasValue(40);
    assertThat(h.details()).containsEntry("BIN", "2x2");
  }

  @Test
  void whatIsMissingShouldBeEmpty() throws IOException {
    byte[] bytes = SmvFixture.image(ByteOrder.LITTLE_ENDIAN, 2, 16, 8, "", new int[128]);
    ImageHeader h = ImageFiles.header(file(bytes));
    assertThat(h.beam().wavelength()).isEmpty();
    assertThat(h.distance()).isEmpty();
    assertThat(h.panels().get(0).origin()).isEmpty();
    assertThat(h.panels().get(0).pixelWidth()).isEmpty();
    assertThat(h.scan().start()).isEmpty();
  }

  @Test
  void damageShouldBeNamed() throws IOException {
    byte[] bytes = SmvFixture.image(ByteOrder.LITTLE_ENDIAN, 2, 16, 8, ADSC, new int[128]);
    Path cut = file(Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> ImageFiles.header(cut))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("expected 768 bytes, found 767 bytes");
    byte[] strange =
        SmvFixture.image(ByteOrder.LITTLE_ENDIAN, 2, 16, 8, "TYPE=complex;\n", new int[128]);
    Path file = file(strange);
    assertThatThrownBy(() -> ImageFiles.header(file)).hasMessageContaining("found complex");
  }
}
