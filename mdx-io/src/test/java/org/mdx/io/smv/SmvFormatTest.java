package org.mdx.io.smv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Geometry;
import org.mdx.io.MdxFormatException;
import org.mdx.io.dials.Dials;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.PanelHeader;
import org.mdx.io.sweep.ImportOptions;
import org.mdx.io.sweep.ImportedSweep;
import org.mdx.io.sweep.SweepImport;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

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

  /** OSC_START 30, 29.5, 29 by -0.5: the crystal turns by -0.5° about +x (dxtbx: 0.5 about -x). */
  @Test
  void aScanThatTurnsBackwardsShouldTurnTheCrystalBackwards() throws IOException {
    for (int i = 0; i < 3; i++) {
      String entries =
          ADSC.replaceAll("OSC_START=[^;]*", "OSC_START=" + (30 - 0.5 * i))
              .replaceAll("OSC_RANGE=[^;]*", "OSC_RANGE=-0.5");
      Files.write(
          folder.resolve("b_00" + i + ".img"),
          SmvFixture.image(ByteOrder.LITTLE_ENDIAN, 2, 16, 8, entries, new int[128]));
    }
    List<ImportedSweep> sweeps =
        SweepImport.read(List.of(folder.resolve("b_00#.img").toString()), ImportOptions.defaults());
    assertThat(sweeps).hasSize(1);
    Path expt = folder.resolve("b.expt");
    SweepImport.write(expt, sweeps);
    for (Geometry g :
        List.of(sweeps.get(0).experiments().get(0).geometry(), Dials.readGeometry(expt))) {
      Mat3 turned = g.goniometer().rotation(g.scan().start() + 2 * g.scan().width());
      Mat3 expected = Mat3.rotation(new Vec3(1, 0, 0), 29);
      assertThat(turned.times(new Vec3(0, 1, 0)).minus(expected.times(new Vec3(0, 1, 0))).norm())
          .isLessThan(1e-12);
    }
  }

  private static final String DTREK =
      """
      TYPE=unsigned_short;
      DTREK_DATE_TIME=02-Jan-2026 03:04:05;
      DETECTOR_NAMES=CCD_;
      CCD_DETECTOR_VECTORS=1 0 0 0 1 0;
      CCD_GONIO_NAMES=RotZ RotX/Swing RotY TransX TransY TransZ/Dist;
      CCD_GONIO_UNITS=deg deg deg mm mm mm;
      CCD_GONIO_VALUES=0.0 20.0 0.0 0.0 0.0 50.0;
      CCD_GONIO_VECTORS=0 0 1 1 0 0 0 1 0 1 0 0 0 1 0 0 0 -1;
      CCD_SPATIAL_DISTORTION_INFO=32.0 24.0 0.09 0.09;
      CCD_SPATIAL_DISTORTION_VECTORS=1 0 0 -1;
      CRYSTAL_GONIO_NAMES=Omega Chi Phi;
      CRYSTAL_GONIO_UNITS=deg deg deg;
      CRYSTAL_GONIO_VALUES=0.0 45.0 30.0;
      CRYSTAL_GONIO_VECTORS=1 0 0 0 0 1 1 0 0;
      ROTATION=10.0 10.5 0.5 10.0 0 0 0 0 0 0;
      ROTATION_AXIS_NAME=Omega;
      ROTATION_VECTOR=1 0 0;
      SOURCE_WAVELENGTH=1 1.5418;
      SOURCE_VECTORS=0 0 1 0 1 0;
      """;

  private ImageHeader dtrek(String entries) throws IOException {
    // entries of d*TREK need more room than the fixture's header has
    byte[] small = SmvFixture.image(ByteOrder.LITTLE_ENDIAN, 2, 64, 48, "", new int[64 * 48]);
    String start = new String(small, 0, 512, StandardCharsets.US_ASCII);
    String text =
        start.substring(0, start.indexOf('}')).replace("  512;", " 4096;") + entries + "}";
    byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), 4096 + 64 * 48 * 2);
    return ImageFiles.header(file(bytes));
  }

  private static void near(Vec3 actual, double x, double y, double z) {
    assertThat(actual.minus(new Vec3(x, y, z)).norm()).isLessThan(1e-6);
  }

  /** The numbers are those of dials.import 3.12.1 for such a header. */
  @Test
  void aSwungDetectorShouldStandWhereItsCirclesTakeIt() throws IOException {
    ImageHeader h = dtrek(DTREK);
    PanelHeader p = h.panels().get(0);
    near(p.origin().orElseThrow(), -2.88, 19.130743227180997, -46.245867529711965);
    near(p.fast().orElseThrow(), 1, 0, 0);
    near(p.slow().orElseThrow(), 0, -0.9396926207859084, -0.3420201433256687);
    assertThat(h.distance().getAsDouble()).isCloseTo(50, within(1e-9));
    assertThat(h.unplaceable()).isEmpty();
  }

  @Test
  void circlesOfTheCrystalThatStandStillShouldBeItsFixedRotation() throws IOException {
    Mat3 expected =
        Mat3.rotation(new Vec3(0, 0, 1), 45).times(Mat3.rotation(new Vec3(1, 0, 0), 30));
    Mat3 f = dtrek(DTREK).scan().fixedRotation().orElseThrow();
    for (int i = 0; i < 9; i++) {
      assertThat(f.toRowMajor()[i]).isCloseTo(expected.toRowMajor()[i], within(1e-12));
    }
  }

  @Test
  void aDetectorWhoseCirclesAreNotToldShouldNotBeTakenForFlat() throws IOException {
    ImageHeader h = dtrek(DTREK.replaceAll("CCD_GONIO_VECTORS=[^;]*;\n", ""));
    assertThat(h.unplaceable()).contains("0.0 20.0 0.0 0.0 0.0 50.0");
    assertThat(h.distance()).isEmpty();
    ImageHeader flat =
        dtrek(
            DTREK
                .replaceAll("CCD_GONIO_VECTORS=[^;]*;\n", "")
                .replace("0.0 20.0 0.0", "0.0 0.0 0.0"));
    assertThat(flat.distance()).hasValue(50);
    ImageHeader bent = dtrek(DTREK + "CCD_DETECTOR_DESCRIPTION=RAXIS RAPID;\n");
    assertThat(bent.unplaceable()).contains("bent");
  }

  @Test
  void aTwoThetaWithoutAxisShouldBeNoted() throws IOException {
    byte[] bytes =
        SmvFixture.image(
            ByteOrder.LITTLE_ENDIAN, 2, 16, 8, ADSC + "TWOTHETA=-12.5;\n", new int[128]);
    assertThat(ImageFiles.header(file(bytes)).notes())
        .singleElement()
        .asString()
        .contains("-12.5°", "--two-theta -12.5", "12.5");
    bytes =
        SmvFixture.image(ByteOrder.LITTLE_ENDIAN, 2, 16, 8, ADSC + "TWOTHETA=0.0;\n", new int[128]);
    assertThat(ImageFiles.header(file(bytes)).notes()).isEmpty();
  }
}
