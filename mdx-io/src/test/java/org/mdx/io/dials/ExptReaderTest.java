package org.mdx.io.dials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.PixelRectangle;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.io.MdxFormatException;
import org.mdx.io.Mutations;
import org.mdx.io.Trial;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

class ExptReaderTest {
  @TempDir Path folder;

  private Geometry read(ObjectNode root) throws IOException {
    return Dials.readGeometry(ExptFixture.write(folder, root));
  }

  private Geometry readWith(String pointer, String json) throws IOException {
    return read(ExptFixture.with(pointer, json));
  }

  private static void near(Vec3 actual, double x, double y, double z) {
    assertThat(actual.minus(new Vec3(x, y, z)).norm()).isCloseTo(0, within(1e-12));
  }

  @Test
  void everyModelShouldBeTakenFromTheFile() throws IOException {
    Path file = ExptFixture.write(folder, ExptFixture.tree());
    DialsExperiment e = Dials.experiments(file).get(0);
    assertThat(e.identifier()).isEqualTo("a-b");
    assertThat(e.template()).isEqualTo(folder.resolve("images/x_###.cbf"));
    assertThat(e.mask()).isNull();
    Geometry g = e.geometry();
    assertThat(g.beam().wavelength()).isEqualTo(0.9768);
    assertThat(g.beam().probe()).isEqualTo(Probe.X_RAY);
    assertThat(g.beam().polarizationFraction()).isEqualTo(0.999);
    assertThat(g.beam().polarizationNormal()).isEqualTo(new Vec3(0, 1, 0));
    Panel p = g.detector().panels().get(0);
    assertThat(p.origin()).isEqualTo(new Vec3(-1, 2, -80));
    assertThat(p.width()).isEqualTo(7);
    assertThat(p.height()).isEqualTo(5);
    assertThat(p.trustedMin()).isZero();
    assertThat(p.trustedMax()).isEqualTo(1048499);
    assertThat(p.sensor().parallax()).isTrue();
    assertThat(p.sensor().mu()).isEqualTo(3.9);
    assertThat(p.untrusted()).containsExactly(new PixelRectangle(0, 1, 7, 2));
    assertThat(g.goniometer().fixedRotation()).isEqualTo(Mat3.IDENTITY);
    Scan s = g.scan();
    assertThat(s.firstImage()).isEqualTo(3);
    assertThat(s.frames()).isEqualTo(3);
    assertThat(s.start()).isEqualTo(10);
    assertThat(s.exposure(2)).isEqualTo(0.06);
    assertThat(g.crystal().get().cell().c()).isEqualTo(50);
    near(g.crystal().get().a().times(new Vec3(0, 0, 1)), 0.02, 0, 0);
  }

  @Test
  void backgroundShouldHaveNoCrystal() throws IOException {
    assertThat(readWith("/experiment/0/crystal", null).crystal()).isEmpty();
    assertThat(readWith("/experiment/0/crystal", "-1").crystal()).isEmpty();
    assertThat(readWith("/experiment/0/crystal", "null").crystal()).isEmpty();
  }

  @Test
  void groupsOfPanelsShouldHangFromTheirParents() throws IOException {
    ObjectNode root =
        ExptFixture.with(
            "/detector/0",
            """
            {"panels": [
              {"name": "p0", "fast_axis": [0.6, 0, 0.8], "slow_axis": [0, 1, 0],
               "origin": [0, 1, 2], "raw_image_offset": [0, 1], "image_size": [4, 3],
               "pixel_size": [0.1, 0.2], "trusted_range": [-1, 100]},
              {"name": "p1", "fast_axis": [0.6, 0, 0.8], "slow_axis": [0, 1, 0],
               "origin": [10, 1, 2], "raw_image_offset": [5, 1], "image_size": [4, 3],
               "pixel_size": [0.1, 0.2], "trusted_range": [-1, 100]},
              {"name": "p2", "fast_axis": [1, 0, 0], "slow_axis": [0, -1, 0],
               "origin": [-7, 8, 9], "image_size": [4, 3],
               "pixel_size": [0.1, 0.1], "trusted_range": [-1, 100]}],
             "hierarchy": {"fast_axis": [0.8, 0.6, 0], "slow_axis": [-0.6, 0.8, 0],
               "origin": [1, 2, -100], "children": [
                 {"fast_axis": [0, 0, 1], "slow_axis": [0, 1, 0], "origin": [3, -4, 5],
                  "children": [{"panel": 1}, {"panel": 0}]},
                 {"panel": 2}]}}
            """);
    var panels = read(root).detector().panels();
    // laboratory frames by dxtbx 3.12
    near(panels.get(0).fast(), -0.64, -0.48, 0.6);
    near(panels.get(0).slow(), -0.6, 0.8, 0);
    near(panels.get(0).origin(), 3.6, 0.2, -95);
    near(panels.get(1).origin(), 3.6, 0.2, -85);
    near(panels.get(2).fast(), 0.8, 0.6, 0);
    near(panels.get(2).slow(), 0.6, -0.8, 0);
    near(panels.get(2).origin(), -9.4, 4.2, -91);
    assertThat(panels.get(1).imageX()).isEqualTo(5);
    assertThat(panels.get(1).name()).isEqualTo("p1");
    ExptFixture.set(root, "/detector/0/hierarchy/children/1/panel", "1");
    assertThatThrownBy(() -> read(root))
        .hasMessageContaining("/detector/0/hierarchy/children/1/panel: ");
    ExptFixture.set(root, "/detector/0/hierarchy/children/1/panel", "3");
    assertThatThrownBy(() -> read(root)).hasMessageContaining("one of 3 panels");
    ExptFixture.set(root, "/detector/0/hierarchy/children", "[{\"panel\": 0}]");
    assertThatThrownBy(() -> read(root)).hasMessageContaining("none for panel 1");
  }

  @Test
  void severalAxesShouldBecomeFixedAndSettingRotation() throws IOException {
    Geometry g =
        readWith(
            "/goniometer/0",
            """
            {"axes": [[1, 0, 0], [0, 0.6, 0.8], [0, 1, 0]], "angles": [10, 20, 30],
             "names": ["PHI", "KAPPA", "OMEGA"], "scan_axis": 1}
            """);
    // rotations by dxtbx 3.12
    double[] fixed = {
      1, 0, 0, 0, 0.984807753012208, -0.17364817766693033, 0, 0.17364817766693033, 0.984807753012208
    };
    double[] setting = {0.8660254037844387, 0, 0.5, 0, 1, 0, -0.5, 0, 0.8660254037844387};
    assertThat(g.goniometer().fixedRotation().toRowMajor()).containsExactly(fixed, within(1e-15));
    assertThat(g.goniometer().settingRotation().toRowMajor())
        .containsExactly(setting, within(1e-15));
    near(g.goniometer().laboratoryAxis(), 0.4, 0.6, 0.692820323027551);
  }

  @Test
  void scanShouldBeReadFromItsProperties() throws IOException {
    ObjectNode root =
        ExptFixture.with(
            "/scan/0",
            """
            {"image_range": [1, 3], "batch_offset": 0, "valid_image_ranges": {},
             "properties": {"oscillation": [5.0, 5.25, 5.5], "epochs": [0, 0, 0],
                            "exposure_time": [0.1, 0.2, 0.3]}}
            """);
    Scan scan = read(root).scan();
    assertThat(scan.start()).isEqualTo(5);
    assertThat(scan.width()).isEqualTo(0.25);
    assertThat(scan.exposure(1)).isEqualTo(0.2);
    ExptFixture.set(root, "/scan/0/properties/oscillation", "[5.0, 5.25, 5.6]");
    assertThatThrownBy(() -> read(root)).hasMessageContaining("equal steps");
    ExptFixture.set(root, "/scan/0/properties/oscillation", "[5.0, 5.25]");
    assertThatThrownBy(() -> read(root))
        .hasMessageContaining("/scan/0/properties/oscillation: expected a list of 3");
  }

  @Test
  void exposuresShouldBeFilledUp() throws IOException {
    double[][] cases = {
      {2, 2, 2}, {2, 3, 3}, {2, 2, 2}, {1, 1, 1}, {1, 1, 1}, {7, 7, 7}, {1.5, 1.5, 1.5}
    };
    String[] json = {"[2, 0, 0]", "[2, 3]", "[2]", "[0, 0, 0]", null, "7", "[0, 0, 1.5]"};
    for (int i = 0; i < json.length; i++) {
      Scan scan = readWith("/scan/0/exposure_time", json[i]).scan();
      assertThat(new double[] {scan.exposure(0), scan.exposure(1), scan.exposure(2)})
          .isEqualTo(cases[i]);
    }
    assertThatThrownBy(() -> readWith("/scan/0/exposure_time", "[1, 2, 0]"))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("1 of 3 that are 0, and others that differ");
    assertThatThrownBy(() -> readWith("/scan/0/exposure_time", "[1, 2, -1]"))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("exposure of image 5");
    Path file = ExptFixture.write(folder, ExptFixture.with("/scan/0/exposure_time", "[0, 0, 1.5]"));
    assertThat(Dials.experiments(file).get(0).notes())
        .containsExactly("the exposures of 2 of 3 images are 0: 1.5 s is taken for all");
    Path whole = ExptFixture.write(folder, ExptFixture.tree());
    assertThat(Dials.experiments(whole).get(0).notes()).isEmpty();
    assertThatThrownBy(() -> readWith("/scan/0/exposure_time", "[1, 2, 3, 4]"))
        .hasMessageContaining("at most 3 exposures");
  }

  @Test
  void trustedRangeShouldBecomeInclusive() throws IOException {
    double[][] cases = {{-1, 100, 0, 99}, {0, 100, 0, 100}, {-0.5, 99.5, 0, 99}, {0.5, 7.5, 1, 7}};
    for (double[] c : cases) {
      Panel p =
          readWith("/detector/0/panels/0/trusted_range", Arrays.toString(new double[] {c[0], c[1]}))
              .detector()
              .panels()
              .get(0);
      assertThat(new double[] {p.trustedMin(), p.trustedMax()}).containsExactly(c[2], c[3]);
    }
    assertThatThrownBy(() -> readWith("/detector/0/panels/0/trusted_range", "[5, 1]"))
        .hasMessageContaining("no pixel value could be trusted");
  }

  @Test
  void oldFilesShouldBeRead() throws IOException {
    ObjectNode root =
        ExptFixture.with(
            "/imageset/0", "{\"__id__\": \"ImageSweep\", \"template\": \"/data/x_###.cbf\"}");
    ExptFixture.set(
        root,
        "/detector/0/panels/0/px_mm_strategy",
        "{\"type\": \"ParallaxCorrectedPxMmStrategy\", \"mu\": 2.5, \"t0\": 0.32}");
    for (String key : new String[] {"mu", "thickness", "material", "raw_image_offset", "mask"}) {
      ExptFixture.set(root, "/detector/0/panels/0/" + key, null);
    }
    Path file = ExptFixture.write(folder, root);
    assertThat(Dials.experiments(file).get(0).template()).isEqualTo(Path.of("/data/x_###.cbf"));
    Panel p = Dials.readGeometry(file).detector().panels().get(0);
    assertThat(p.sensor().mu()).isEqualTo(2.5);
    assertThat(p.sensor().thickness()).isEqualTo(0.32);
  }

  @Test
  void whateverIsWrongShouldBeReportedWithItsPointer() {
    String[][] cases = {
      {"/__id__", "\"DataBlock\"", "/__id__: expected ExperimentList"},
      {"/experiment", "[]", "/experiment: expected at least one"},
      {"/experiment", null, "/experiment: expected a value"},
      {"/experiment/0", "3", "/experiment/0: expected an object, found 3"},
      {"/experiment/0/beam", "1", "/experiment/0/beam: expected an index into the 1 models"},
      {"/experiment/0/beam", "-2", "/experiment/0/beam: expected an index"},
      {"/experiment/0/beam", "\"beam.json\"", "/experiment/0/beam: expected an integer"},
      {"/experiment/0/beam", "99999999999", "/experiment/0/beam: expected an integer"},
      {"/experiment/0/beam", null, "/experiment/0: expected a beam"},
      {"/experiment/0/scan", null, "/experiment/0: expected a scan and a goniometer"},
      {"/beam", null, "/experiment/0/beam: expected an index into the 0 models"},
      {"/beam/0/wavelength", null, "/beam/0/wavelength: expected a value, found none"},
      {"/beam/0/wavelength", "\"x\"", "/beam/0/wavelength: expected a finite number"},
      {"/beam/0/wavelength", "0", "/beam/0: expected a monochromatic beam, found wavelength 0.0"},
      {"/beam/0/wavelength", "1e999", "/beam/0/wavelength: expected a finite number"},
      {"/beam/0/direction", "[0, 1]", "/beam/0/direction: expected a list of 3, found a list of 2"},
      {"/beam/0/direction", "[0, 0, 0]", "/beam/0: expected a monochromatic beam"},
      {"/beam/0/s0_at_scan_points", "[[0, 0, 1]]", "/beam/0: expected a monochromatic beam"},
      {"/detector/0/panels", "[]", "/detector/0: expected at least one panel"},
      {"/detector/0/panels", "7", "/detector/0/panels: expected a list, found 7"},
      {"/detector/0/panels/0/origin", null, "/detector/0/panels/0/origin: expected a value"},
      {"/detector/0/panels/0/slow_axis", "[1, 0, 0]", "/detector/0/panels/0: expected two axes"},
      {"/detector/0/panels/0/image_size", "[7]", "image_size: expected a list of 2"},
      {"/detector/0/panels/0/image_size", "[7, 0]", "image_size: expected 1 to"},
      {"/detector/0/panels/0/image_size", "[2147483647, 2147483647]", "image_size: expected 1 to"},
      {"/detector/0/panels/0/image_size", "[7.5, 1]", "/image_size/0: expected an integer"},
      {"/detector/0/panels/0/pixel_size", "[0, 1]", "/detector/0/panels/0: expected a panel"},
      {"/detector/0/panels/0/mask/0", "[1, 2, 3]", "/mask/0: expected a list of 4"},
      {"/detector/0/panels/0/px_mm_strategy/type", "\"OffsetPxMmStrategy\"", "dx, dy"},
      {"/goniometer/0", "{}", "/goniometer/0/rotation_axis: expected a value"},
      {"/goniometer/0/rotation_axis", "[0, 0, 0]", "/goniometer/0: expected a rotation axis"},
      {
        "/goniometer/0",
        "{\"axes\": [[1, 0, 0]], \"angles\": [0], \"scan_axis\": 1}",
        "/goniometer/0/axes: expected an index below 1, found 1"
      },
      {
        "/goniometer/0",
        "{\"axes\": [[1, 0, 0]], \"angles\": [0, 1], \"scan_axis\": 0}",
        "/goniometer/0/angles: expected a list of 1"
      },
      {"/scan/0/image_range", "[5, 3]", "/scan/0/image_range: expected a range of 1 to"},
      {"/scan/0/image_range", "[1, 2000000000]", "/scan/0/image_range: expected a range of 1 to"},
      {"/scan/0/oscillation", "[1, 0]", "/scan/0: expected a scan"},
      {"/crystal/0/real_space_c", "[0, 60, 0]", "/crystal/0: expected three axes"},
      {"/crystal/0/real_space_c", "[0, 60, \"z\"]", "/crystal/0/real_space_c/2: expected a finite"},
      {"/crystal/0/space_group_hall_symbol", "4", "hall_symbol: expected a text"},
      {
        "/crystal/0/A_at_scan_points",
        "[[1, 0, 0, 0, 1, 0, 0, 0, 1]]",
        "/crystal/0/A_at_scan_points: expected 4 matrices, one more than the 3 images"
      },
      {
        "/crystal/0/A_at_scan_points",
        "[[1, 0, 0, 0, 1, 0, 0, 0, 1], [1], [1], [1]]",
        "/crystal/0/A_at_scan_points/1: expected a list of 9"
      },
      {
        "/crystal/0/A_at_scan_points",
        "[[1, 0, 0, 0, 1, 0, 0, 0, 0], [1], [1], [1]]",
        "/crystal/0/A_at_scan_points/0: expected a matrix with an inverse"
      },
      {"/crystal/0/B_covariance", "[1, 2]", "/crystal/0/B_covariance: expected a list of 81"},
      {"/imageset/0/gain", "\"gain.pickle\"", "/imageset/0/gain: expected no map of gain"},
      {"/imageset/0/template", "\"a\\u0000b\"", "/imageset/0/template: expected a path"},
    };
    for (String[] c : cases) {
      assertThatThrownBy(() -> readWith(c[0], c[1]))
          .as("%s = %s", c[0], c[1])
          .isInstanceOf(MdxFormatException.class)
          .hasMessageContaining("x.expt: ")
          .hasMessageContaining(c[2]);
    }
  }

  @Test
  void damagedJsonShouldEndInAFormatException() throws IOException {
    byte[] text = ExptFixture.tree().toString().getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("x.expt");
    for (int length = 0; length < text.length; length += 31) {
      Files.write(file, Arrays.copyOf(text, length));
      assertThatThrownBy(() -> Dials.experiments(file)).isInstanceOf(MdxFormatException.class);
    }
    Mutations m = Mutations.of(500, 1);
    Random random = new Random(m.seed());
    for (int i = 0; i < m.cases(); i++) {
      byte[] changed = text.clone();
      changed[random.nextInt(text.length)] = (byte) (32 + random.nextInt(95));
      Files.write(file, changed);
      Trial.read(
          m.name("x.expt", i),
          64L << 20,
          () -> {
            try {
              Dials.experiments(file);
            } catch (MdxFormatException e) {
              assertThat(e).hasMessageStartingWith(file + ": ");
              throw e;
            }
          });
    }
    Files.writeString(file, "[".repeat(100_000));
    assertThatThrownBy(() -> Dials.experiments(file)).isInstanceOf(MdxFormatException.class);
    assertThatThrownBy(() -> Dials.experiments(folder.resolve("no.expt")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("there is no such file");
  }

  @Test
  void listsOfOtherKindsShouldBeCalledWhatTheyAre() throws IOException {
    assertThatThrownBy(
            () -> readWith("/beam/0", "{\"__id__\": \"polychromatic\", \"direction\": [0, 0, 1]}"))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("one wavelength")
        .hasMessageContaining("polychromatic")
        .hasMessageContaining("not supported");
    assertThatThrownBy(() -> readWith("/experiment/0/scan", null))
        .hasMessageContaining("no scan: a still image")
        .hasMessageContaining("rotation scans only");
    Path old = Files.writeString(folder.resolve("o.json"), "[{\"__id__\": \"DataBlock\"}]");
    assertThatThrownBy(() -> Dials.experiments(old))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("datablock.json")
        .hasMessageContaining("import the images again");
    Path list = Files.writeString(folder.resolve("l.json"), "[1, 2]");
    assertThatThrownBy(() -> Dials.experiments(list)).hasMessageContaining("JSON that is array");
  }

  @Test
  void whatIsNoTextInUtf8ShouldBeRefusedByName() throws IOException {
    byte[][] texts = {
      "{\"a\": 1}".getBytes("UTF-32BE"),
      "{\"a\": 1}".getBytes("UTF-16LE"),
      new byte[5000],
      {'{', 0, 0, 0, 99, 99, 99, 99},
      " ".repeat(5000).getBytes("US-ASCII")
    };
    for (byte[] text : texts) {
      Path file = Files.write(folder.resolve("u.expt"), text);
      assertThatThrownBy(() -> Dials.experiments(file))
          .isInstanceOf(MdxFormatException.class)
          .hasMessageContaining("u.expt");
    }
  }

  /** 20 GB without a byte on the disk. */
  @Test
  void aFileThatIsTooLargeForAListShouldBeRefusedByItsSize() throws IOException {
    Path file = folder.resolve("large.expt");
    try (java.io.RandomAccessFile f = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      f.write('{');
      f.setLength(20_000_000_000L);
    }
    assertThatThrownBy(() -> Dials.experiments(file))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("20000000000 bytes");
  }

  /** The checks of the models end in the file's name and the place in it. */
  @Test
  void contradictionsShouldNameTheFileAndThePlace() throws IOException {
    String[][] cases = {
      {"/crystal/0/space_group_hall_symbol", "\" P 4 2 3\"", "/crystal/0", "symmetry"},
      {
        "/crystal/0/A_at_scan_points",
        "[[1,0,0,0,1,0,0,0,1],[1,0,0,0,1,0,0,0,-1],[1,0,0,0,1,0,0,0,1],[1,0,0,0,1,0,0,0,1]]",
        "/crystal/0/A_at_scan_points",
        "scan point 1: determinant -1.0"
      },
      {"/detector/0/panels/0/origin", "[-1, 2, 80]", "/experiment/0", "source's side"},
      {"/detector/0/panels/0/origin", "[-1, 2, 0]", "/experiment/0", "0.0 mm from the sample"},
      {"/detector/0/panels/0/slow_axis", "[0, 0, 0]", "/detector/0/panels/0", "above 0"},
      {"/detector/0/panels/0/slow_axis", "[0.1, -1, 0]", "/detector/0/panels/0", "right angle"},
      {"/detector/0/panels/0/pixel_size", "[0.172, 0]", "/detector/0/panels/0", "0.172 x 0.0 mm"},
      {"/goniometer/0/rotation_axis", "[0, 0, 1]", "/experiment/0", "along the beam"},
      {"/goniometer/0/fixed_rotation", "[1,0,0,0,1,0,0,0,2]", "/goniometer/0", "is none"},
      {"/goniometer/0/setting_rotation", "[1,0,0,0,1,0,0,0,-1]", "/goniometer/0", "is none"},
      {"/scan/0/oscillation", "[0, 1e300]", "/scan/0", "width 1.0E300"},
      {"/beam/0/wavelength", "-1", "/beam/0", "wavelength -1.0"},
      {"/beam/0/direction", "[0, 0, 0]", "/beam/0", "the beam"},
    };
    for (String[] c : cases) {
      assertThatThrownBy(() -> readWith(c[0], c[1]))
          .as(c[0] + " " + c[1])
          .isInstanceOf(MdxFormatException.class)
          .hasMessageContaining("x.expt")
          .hasMessageContaining(c[2])
          .hasMessageContaining(c[3]);
    }
  }
}
