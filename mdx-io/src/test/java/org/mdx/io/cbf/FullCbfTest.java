package org.mdx.io.cbf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Probe;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.image.PanelHeader;
import org.mdx.io.image.ScanHeader;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

class FullCbfTest {
  @TempDir Path folder;

  private static void assertVector(Vec3 v, double x, double y, double z) {
    assertThat(v.minus(new Vec3(x, y, z)).norm()).isLessThan(1e-6);
  }

  /** The numbers are what dxtbx 3.12 (FormatCBFFullByteOffset, by CBFlib) makes of this header. */
  @Test
  void geometryShouldFollowFromTheAxesAsInDxtbx() throws IOException {
    int[] pixels = CbfFixture.pixels(47 * 61, 1);
    Path file = Files.write(folder.resolve("a.cbf"), ImgCifFixture.image(47, 61, pixels));
    ImageHeader h = ImageFiles.header(file);
    assertThat(h.format()).isEqualTo("CBF/imgCIF");
    assertThat(h.beam().wavelength()).hasValue(1.0332);
    assertThat(h.beam().probe()).contains(Probe.X_RAY);
    assertVector(h.beam().direction().orElseThrow(), 0, 0, 1);
    assertVector(h.beam().polarizationNormal().orElseThrow(), 0, 1, 0);
    assertThat(h.beam().polarizationFraction().getAsDouble()).isCloseTo(0.99, within(1e-12));
    assertVector(
        h.scan().axis().orElseThrow(), 0.9213810980587611, 0.3469968521672282, 0.1750715760084039);
    assertThat(h.scan().start()).hasValue(12.5);
    assertThat(h.scan().width()).hasValue(0.25);
    assertThat(h.scan().exposureTime()).hasValue(0.2);
    assertThat(h.distance().getAsDouble()).isCloseTo(212.5, within(1e-9));
    assertThat(h.detector()).isEqualTo("TEST DETECTOR");
    assertThat(h.date()).isEqualTo("2020-01-02T03:04:05");
    PanelHeader p = h.panels().get(0);
    assertVector(p.origin().orElseThrow(), -0.10619666, 52.164, -216.4979396);
    assertVector(p.fast().orElseThrow(), 0.9816271834476639, 0, 0.19080899537654483);
    assertVector(p.slow().orElseThrow(), 0, -1, 0);
    assertThat(p.pixelWidth()).hasValue(0.172);
    assertThat(p.gain()).hasValue(1.5);
    assertThat(p.trustedMin()).hasValue(0);
    assertThat(p.trustedMax()).hasValue(64999);
    int[][] frame = {new int[47 * 61]};
    ImageFiles.open(file).read(0, frame);
    assertThat(frame[0]).isEqualTo(pixels);
  }

  @Test
  void pixelsWithoutCompressionShouldReadInEitherOrder() throws IOException {
    for (boolean big : new boolean[] {false, true}) {
      String header =
          "###CBF: VERSION 1.5\ndata_a\n_array_data.data\n;\n--CIF-BINARY-FORMAT-SECTION--\n"
              + "Content-Type: application/octet-stream\nContent-Transfer-Encoding: BINARY\n"
              + "X-Binary-Size: 4\nX-Binary-Element-Type: \"unsigned 16-bit integer\"\n"
              + "X-Binary-Element-Byte-Order: "
              + (big ? "BIG_ENDIAN" : "LITTLE_ENDIAN")
              + "\nX-Binary-Size-Fastest-Dimension: 2\nX-Binary-Size-Second-Dimension: 1\n\n"
              + "\f\u001a\u0004\u00d5"
              + (big ? "\u0001\u0002\u00ff\u00fe" : "\u0002\u0001\u00fe\u00ff")
              + "\n;\n";
      Path file = folder.resolve("a.cbf");
      Files.write(file, header.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(ImageFiles.header(file).pixelType()).isEqualTo("uint16");
      int[][] frame = {new int[2]};
      ImageFiles.open(file).read(0, frame);
      assertThat(frame[0]).containsExactly(258, 65534);
    }
  }

  @Test
  void cifShouldBeReadWithQuotesLoopsAndTextFields() {
    CifText cif =
        CifText.parse(
            "# _no.item 1\ndata_x _a.one 'it''s' _a.two \"x y\" loop_ _b.i _b.j 1 'p q' . 2(1)\n"
                + "_c.text\n;line 1\nline 2\n;\nloop_\n_d.k\n_d.open\n5.5e1");
    assertThat(cif.has("_no.item")).isFalse();
    assertThat(cif.text("_a.one", 0)).isEqualTo("it''s");
    assertThat(cif.text("_a.two", 0)).isEqualTo("x y");
    assertThat(cif.rows("_b.i")).isEqualTo(2);
    assertThat(cif.text("_b.i", 1)).isEmpty();
    assertThat(cif.number("_b.j", 1)).isEqualTo(2);
    assertThat(cif.text("_c.text", 0)).isEqualTo("line 1\nline 2");
    assertThat(cif.number("_d.k", 0)).isEqualTo(55);
    assertThat(cif.number("_d.open", 0)).isNaN();
    assertThat(cif.row("_b.j", "p q")).isZero();
  }

  /** R = R(omega) R(kappa) R(phi) at every image, whichever of them turns. */
  @Test
  void circlesBelowAndAboveTheScanAxisShouldTurnTheSample() throws IOException {
    String[] names = {"OMEGA", "KAPPA", "PHI"};
    Vec3[] axes = {new Vec3(1, 0, 0), new Vec3(0.64279, 0, 0.76604), new Vec3(1, 0, 0)};
    double[] angles = {17, 30, 12.5};
    String text =
        new String(
            ImgCifFixture.image(7, 5, CbfFixture.pixels(35, 1)), StandardCharsets.ISO_8859_1);
    for (int scan = 0; scan < 3; scan++) {
      String changed = text.replace("GON_PHI 12.5 0.25 0.25", "GON_PHI 12.5 0.0 0.0");
      changed =
          changed.replace(
              "SCAN1 GON_" + names[scan] + " " + angle(angles[scan]) + " 0.0 0.0",
              "SCAN1 GON_" + names[scan] + " " + angle(angles[scan]) + " 0.5 0.5");
      Path file =
          Files.write(folder.resolve("c.cbf"), changed.getBytes(StandardCharsets.ISO_8859_1));
      ScanHeader s = ImageFiles.header(file).scan();
      assertThat(s.start()).hasValue(angles[scan]);
      assertThat(s.width()).hasValue(0.5);
      for (double turned : new double[] {0, 0.5, 33}) {
        Mat3 expected = Mat3.IDENTITY;
        for (int i = 0; i < 3; i++) {
          expected = expected.times(Mat3.rotation(axes[i], angles[i] + (i == scan ? turned : 0)));
        }
        Mat3 r =
            Mat3.rotation(s.axis().orElseThrow(), angles[scan] + turned)
                .times(s.fixedRotation().orElseThrow());
        for (int i = 0; i < 9; i++) {
          assertThat(r.toRowMajor()[i]).isCloseTo(expected.toRowMajor()[i], within(1e-12));
        }
      }
    }
  }

  private static String angle(double a) {
    return String.valueOf(a);
  }
}
