package org.mdx.io.mrc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Probe;
import org.mdx.image.ImageSource;
import org.mdx.io.MdxFormatException;
import org.mdx.io.Mutations;
import org.mdx.io.Trial;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.image.ImageHeader;
import org.mdx.math.Vec3;

class MrcFormatTest {
  @TempDir Path folder;

  private static int[] pixels(int count, int bound) {
    Random random = new Random(count);
    return random.ints(count, 0, bound).toArray();
  }

  @Test
  void framesShouldReadInEitherOrderOfBytes() throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      for (int mode : new int[] {1, 6}) {
        int[] a = pixels(3 * 11 * 7, mode == 6 ? 65536 : 32768);
        Path file = folder.resolve("a.mrcs");
        Files.write(file, MrcFixture.stack(order, mode, 11, 7, 3, 888, a));
        ImageSource source = ImageFiles.open(file);
        assertThat(source.frames()).isEqualTo(3);
        int[][] frame = {new int[77]};
        for (int i = 2; i >= 0; i--) {
          source.read(i, frame);
          assertThat(frame[0]).isEqualTo(java.util.Arrays.copyOfRange(a, 77 * i, 77 * i + 77));
        }
        assertThat(source.describe(2)).endsWith("a.mrcs, frame 2");
      }
    }
  }

  /**
   * The formulas written in dxtbx 3.12 (FormatMRC): distance = pixel/(spacing·λ), axis = (0, −1, 0)
   * turned about z by the tilt axis angle (there the result of the turning is lost). λ of 200 kV is
   * 0.0250793 Å (Reimer, Transmission Electron Microscopy, table 2.2: 0.02508).
   */
  @Test
  void feiHeadersShouldTellTheGeometry() throws IOException {
    for (int fei : new int[] {768, 888}) {
      Path file = folder.resolve("a.mrc");
      byte[] bytes = MrcFixture.stack(ByteOrder.LITTLE_ENDIAN, 1, 16, 16, 3, fei, pixels(768, 50));
      ImageHeader h = ImageFiles.header(Files.write(file, bytes));
      assertThat(h.beam().probe()).contains(Probe.ELECTRON);
      assertThat(h.beam().wavelength().getAsDouble()).isCloseTo(0.0250793, within(1e-7));
      assertThat(h.scan().start()).hasValue(-30);
      assertThat(h.scan().width()).hasValue(0.5);
      assertThat(h.scan().angles()).containsExactly(-30.0, -29.5, -29.0);
      assertThat(h.scan().exposureTime()).hasValue(0.25);
      Vec3 axis = h.scan().axis().orElseThrow();
      assertThat(axis.x()).isCloseTo(-0.9986295, within(1e-6));
      assertThat(axis.y()).isCloseTo(0.0523360, within(1e-6));
      assertThat(h.distance().getAsDouble()).isCloseTo(0.028 / (2.5e7 * 2.50793e-12), within(1e-2));
      assertThat(h.panels().get(0).pixelWidth()).hasValue(0.028);
      assertThat(h.beamX().isPresent()).isEqualTo(fei == 888);
      assertThat(h.detector()).isEqualTo(fei == 888 ? "Ceta-D" : "BM-Ceta");
    }
  }

  @Test
  void mdocShouldTellAnglesAndVoltage() throws IOException {
    Path file = folder.resolve("a.mrc");
    Files.write(file, MrcFixture.stack(ByteOrder.LITTLE_ENDIAN, 6, 4, 4, 2, 0, new int[32]));
    assertThat(ImageFiles.header(file).scan().start()).isEmpty();
    Files.writeString(
        folder.resolve("a.mrc.mdoc"),
        """
        PixelSpacing = 7.1
        Voltage = 300
        ImageFile = a.mrc

        [T = SerialEM: acquired on somewhere]

        [ZValue = 0]
        TiltAngle = -12.25
        ExposureTime = 0.4
        DateTime = 02-Mar-24  11:12:13

        [ZValue = 1]
        TiltAngle = -11.75
        """);
    ImageHeader h = ImageFiles.header(file);
    assertThat(h.scan().angles()).isEqualTo(List.of(-12.25, -11.75));
    assertThat(h.scan().width()).hasValue(0.5);
    assertThat(h.scan().exposureTime()).hasValue(0.4);
    assertThat(h.beam().wavelength().getAsDouble()).isCloseTo(0.0196875, within(1e-7));
    assertThat(h.date()).isEqualTo("02-Mar-24  11:12:13");
    assertThat(h.details()).containsEntry("PixelSpacing", "7.1");
    Path mdoc = folder.resolve("a.mrc.mdoc");
    int refused = Trial.damage(mdoc, Mutations.of(500, 7), 8L << 20, () -> ImageFiles.header(file));
    assertThat(refused).as("what is not understood there is left out").isZero();
  }

  @Test
  void truncatedStackAndComplexPixelsShouldBeNamed() throws IOException {
    Path file = folder.resolve("a.mrc");
    byte[] bytes = MrcFixture.stack(ByteOrder.LITTLE_ENDIAN, 1, 8, 8, 3, 0, new int[192]);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> ImageFiles.header(file))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("expected 8 x 8 x 3 pixels of int16, found 383 bytes");
    bytes[12] = 4;
    Files.write(file, bytes);
    assertThatThrownBy(() -> ImageFiles.header(file)).hasMessageContaining("MODE");
  }
}
