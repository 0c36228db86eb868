package org.mdx.io.dials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelMask;
import org.mdx.io.MdxFormatException;
import org.mdx.io.cbf.CbfHeader;
import org.mdx.io.cbf.CbfWriter;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

class DialsTest {
  @TempDir Path folder;

  private static Path reference() {
    Path path = Path.of(System.getProperty("mdx.reference", "absent"));
    Assumptions.assumeTrue(Files.isDirectory(path.resolve("dials")), "no reference data");
    return path;
  }

  /** The sweep of a list: three images of its detector, 10 more in each pixel of the next. */
  private Path sweep(ObjectNode root) throws IOException {
    Path expt = ExptFixture.write(folder, root);
    DialsExperiment e = Dials.experiments(expt).get(0);
    Files.createDirectories(folder.resolve("images"));
    Panel p = e.geometry().detector().panels().get(0);
    for (int i = 0; i < 3; i++) {
      int[] pixels = new int[p.width() * p.height()];
      for (int k = 0; k < pixels.length; k++) {
        pixels[k] = k % 50 + 10 * i;
      }
      CbfWriter.write(
          folder.resolve(String.format(Locale.ROOT, "images/x_%03d.cbf", i + 3)),
          CbfHeader.pilatus(e.geometry(), i, "PILATUS 300K, S/N 24-9999"),
          pixels,
          p.width(),
          p.height());
    }
    return expt;
  }

  @Test
  void readShouldJoinImagesGeometryAndMasks() throws IOException {
    ObjectNode root = ExptFixture.with("/imageset/0/mask", "\"m/pixels.mask\"");
    Path expt = sweep(root);
    assertThatThrownBy(() -> Dials.read(expt))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("/experiment/0/imageset/mask: expected the file ");
    Files.createDirectories(folder.resolve("m"));
    BitSet bad = new BitSet();
    bad.set(3);
    MaskFile.write(folder.resolve("m/pixels.mask"), List.of(PixelMask.of(7, 5, bad)));
    ImageSeries series = Dials.read(expt);
    assertThat(series.frames()).isEqualTo(3);
    int[][] into = {new int[35]};
    series.source().read(2, into);
    assertThat(into[0][5]).isEqualTo(25);
    assertThat(series.source().describe(2)).endsWith("x_005.cbf");
    // one pixel of the file and the rectangle of one row in the list
    assertThat(series.mask(0).count()).isEqualTo(8);
    MaskFile.write(folder.resolve("m/pixels.mask"), List.of(PixelMask.none(5, 7)));
    assertThatThrownBy(() -> Dials.read(expt))
        .hasMessageContaining("expected a mask of 7 x 5 pixels, found 5 x 7");
  }

  @Test
  void missingImagesShouldBeReportedTogether() throws IOException {
    Path expt = sweep(ExptFixture.tree());
    Files.delete(folder.resolve("images/x_004.cbf"));
    assertThatThrownBy(() -> Dials.read(expt))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("expected 3 images, numbers 3 to 5, found 1 missing: x_004.cbf;");
    assertThat(Dials.readGeometry(expt).scan().frames()).isEqualTo(3);
  }

  @Test
  void detectorOfOtherImagesShouldBeRejected() throws IOException {
    sweep(ExptFixture.tree());
    Path expt =
        ExptFixture.write(folder, ExptFixture.with("/detector/0/panels/0/image_size", "[8, 5]"));
    assertThatThrownBy(() -> Dials.read(expt))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("panel Panel of 8 x 5 pixels at (0, 0), found 7 x 5 pixels");
  }

  @Test
  void identifiersShouldTellTheRowsOfReflections() throws IOException {
    ObjectNode root = ExptFixture.tree();
    root.withArray("experiment").add(root.at("/experiment/0").deepCopy());
    ExptFixture.set(root, "/experiment/1/identifier", "\"c-d\"");
    List<DialsExperiment> rows = Dials.experiments(ExptFixture.write(folder, root));

    assertThat(ids(rows, Map.of(0, "a-b", 1, "c-d"))).containsExactly(0, 1, -1, 1);
    assertThat(ids(rows, Map.of(0, "c-d", 1, "a-b"))).containsExactly(1, 0, -1, 0);
    assertThat(ids(rows, Map.of())).containsExactly(0, 1, -1, 1);
    assertThatThrownBy(() -> ids(rows, Map.of(0, "a-b", 1, "x-y")))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("experiment 1, c-d of the list, found reflections of x-y");
    assertThatThrownBy(() -> ids(rows.subList(0, 1), Map.of(0, "a-b", 1, "c-d")))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("1 experiments of the list, found reflections of c-d");
  }

  @Test
  void spotsOfOtherExperimentsShouldBeTold() throws IOException {
    List<DialsExperiment> rows = Dials.experiments(ExptFixture.write(folder, ExptFixture.tree()));
    Reflections spots = Reflections.builder(1).identifiers(Map.of(0, "a-b")).build();
    assertThat(Dials.otherExperiments(spots, rows)).isEmpty();
    assertThat(Dials.otherExperiments(spots.withIdentifiers(Map.of()), rows)).isEmpty();
    assertThat(Dials.otherExperiments(spots.withIdentifiers(Map.of(0, "x-y")), rows))
        .hasValueSatisfying(n -> assertThat(n).contains("experiment x-y"));
  }

  private int[] ids(List<DialsExperiment> rows, Map<Integer, String> identifiers)
      throws IOException {
    Path table = folder.resolve("x.refl");
    ReflectionFile.write(
        table,
        Reflections.builder(4)
            .set(ReflectionKeys.ID, new int[] {0, 1, -1, 1})
            .identifiers(identifiers)
            .build());
    return Dials.reflections(table, rows).get(ReflectionKeys.ID);
  }

  @Test
  void severalExperimentsShouldNeedReadAll() throws IOException {
    ObjectNode root = ExptFixture.tree();
    root.withArray("experiment").add(root.at("/experiment/0").deepCopy());
    Path expt = sweep(root);
    assertThatThrownBy(() -> Dials.read(expt))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("expected one experiment, found 2 experiments");
    assertThat(Dials.readAll(expt)).hasSize(2);
  }

  @Test
  void listWithoutImagesShouldGiveItsGeometryOnly() throws IOException {
    Path expt = ExptFixture.write(folder, ExptFixture.with("/experiment/0/imageset", null));
    assertThat(Dials.readGeometry(expt).scan().frames()).isEqualTo(3);
    assertThatThrownBy(() -> Dials.read(expt))
        .hasMessageContaining("/experiment/0/imageset: expected an image template, found none");
  }

  @Test
  void everyListOfTheReferenceShouldBeRead() throws IOException {
    Path root = reference();
    List<Path> lists;
    try (var files = Files.walk(root)) {
      lists =
          files
              .filter(
                  f -> f.toString().endsWith(".expt") || f.toString().endsWith("experiments.json"))
              .toList();
    }
    assertThat(lists).hasSizeGreaterThan(20);
    for (Path list : lists) {
      JsonNode rows = new ObjectMapper().readTree(list.toFile()).get("experiment");
      List<DialsExperiment> experiments = Dials.experiments(list);
      for (int i = 0; i < experiments.size(); i++) {
        boolean crystal = rows.get(i).path("crystal").asInt(-1) >= 0;
        assertThat(experiments.get(i).geometry().crystal().isPresent())
            .as("%s", list)
            .isEqualTo(crystal);
      }
      if (list.startsWith(root.resolve("dials"))) {
        assertThat(Dials.readAll(list)).isNotEmpty();
      }
    }
  }

  @Test
  void panelPlacesShouldBeThoseOfDxtbx() throws IOException {
    Path real = reference().resolve("real/dials");
    // get_pixel_lab_coord((100.5, 200.5)) by dxtbx 3.12
    Object[][] cases = {
      {"centroid_test_data/indexed.expt", -190.326447315123, 191.087758833979, -190.767631716657},
      {"insulin_processed/indexed.expt", -85.783456755752, 78.132709248545, -159.054198539836},
      {
        "l_cysteine_narrow_wedge/23_integrated.expt",
        -121.601827178223,
        -6.997349097837,
        -188.163260457904
      },
    };
    for (Object[] c : cases) {
      Geometry g = Dials.readGeometry(real.resolve((String) c[0]));
      Vec3 x = g.detector().panels().get(0).position(100.5, 200.5);
      assertThat(x.minus(new Vec3((double) c[1], (double) c[2], (double) c[3])).norm())
          .as("%s", c[0])
          .isCloseTo(0, within(1e-9));
    }
    // first row of get_fixed_rotation() by dxtbx 3.12
    Mat3 fixed =
        Dials.readGeometry(real.resolve("l_cysteine_narrow_wedge/23_integrated.expt"))
            .goniometer()
            .fixedRotation();
    Vec3 row = new Vec3(5.463155766571859e-05, -0.707126093984818, -0.7070874657502898);
    assertThat(fixed.row(0).minus(row).norm()).isLessThan(1e-12);
  }

  @Test
  void framesAndMaskShouldHaveTheNumbersOfDxtbx() throws IOException {
    ImageSeries series = Dials.read(reference().resolve("dials/xtal1/refined.expt"));
    int[][] into = {new int[487 * 619]};
    series.source().read(0, into);
    Panel p = series.geometry().detector().panels().get(0);
    long sum = 0;
    int negative = 0;
    int masked = 0;
    for (int i = 0; i < into[0].length; i++) {
      int v = into[0][i];
      sum += v;
      negative += v < 0 ? 1 : 0;
      boolean bad = series.mask(0).isMasked(i % 487, i / 487);
      masked += bad || v < p.trustedMin() || v > p.trustedMax() ? 1 : 0;
    }
    // get_raw_data(0) and get_mask(0) by dxtbx 3.12
    assertThat(sum).isEqualTo(1_114_968);
    assertThat(negative).isEqualTo(16_428);
    assertThat(into[0][300 * 487 + 321]).isEqualTo(5);
    assertThat(masked).isEqualTo(21_401);
  }

  @Test
  void whatIsWrittenShouldBeReadBack() throws IOException {
    ObjectNode root = ExptFixture.tree();
    String a = "[0.1, 0, 0.01, 0, 0.2, 0, 0, 0, 0.3]";
    ExptFixture.set(root, "/crystal/0/A_at_scan_points", "[" + String.join(",", a, a, a, a) + "]");
    double[] covariance = new double[81];
    for (int i = 0; i < 9; i += 4) {
      covariance[10 * i] = 4e-14 * (i + 1);
    }
    ExptFixture.set(root, "/crystal/0/B_covariance", Arrays.toString(covariance));
    ExptFixture.set(root, "/imageset/0/mask", "\"pixels.mask\"");
    ExptFixture.set(root, "/goniometer/0/setting_rotation", "[0, -1, 0, 1, 0, 0, 0, 0, 1]");
    ExptFixture.set(root, "/beam/0/probe", "\"electron\"");
    DialsExperiment e = Dials.experiments(ExptFixture.write(folder, root)).get(0);
    Path other = Files.createDirectories(folder.resolve("sub/dir")).resolve("y.expt");
    Dials.write(other, List.of(e, e));
    for (DialsExperiment back : Dials.experiments(other)) {
      assertThat(back.template()).isEqualTo(e.template());
      assertThat(back.mask()).isEqualTo(e.mask());
      assertThat(back.identifier()).isEqualTo(e.identifier());
      same(back.geometry(), e.geometry());
      assertThat(back.geometry().crystal().get().bCovariance().get().toArray())
          .containsExactly(covariance);
    }
    assertThat(Files.readString(other)).contains("\"../../images/x_###.cbf\"");
    same(Dials.experiments(other).get(1).geometry(), e.geometry());
  }

  private static void same(Geometry back, Geometry g) {
    assertThat(back.beam()).isEqualTo(g.beam());
    assertThat(back.detector()).isEqualTo(g.detector());
    assertThat(back.goniometer()).isEqualTo(g.goniometer());
    assertThat(back.scan().toString()).isEqualTo(g.scan().toString());
    assertThat(back.scan().firstImage()).isEqualTo(g.scan().firstImage());
    assertThat(back.scan().exposure(1)).isEqualTo(g.scan().exposure(1));
    assertThat(back.crystal().get().scanPoints()).isEqualTo(g.crystal().get().scanPoints());
    assertThat(back.crystal().get().a().toRowMajor())
        .containsExactly(g.crystal().get().a().toRowMajor(), within(1e-15));
    assertThat(back.crystal().get().spaceGroup().hall())
        .isEqualTo(g.crystal().get().spaceGroup().hall());
  }

  @Test
  void backwardScanShouldBeWrittenAsForwardAboutTheOppositeAxis() throws IOException {
    Path expt = folder.resolve("y.expt");
    Geometry g =
        Dials.readGeometry(
            ExptFixture.write(folder, ExptFixture.with("/scan/0/oscillation", "[10, -0.5]")));
    Dials.write(expt, List.of(new DialsExperiment("", g, null, null)));
    Geometry back = Dials.readGeometry(expt);
    assertThat(back.scan().width()).isEqualTo(0.5);
    for (int i = 0; i < 3; i++) {
      double[] expected = g.goniometer().rotation(g.scan().phi(i)).toRowMajor();
      assertThat(back.goniometer().rotation(back.scan().phi(i)).toRowMajor())
          .containsExactly(expected, within(1e-14));
    }
  }

  @Test
  void dialsShouldReadWhatIsWritten() throws Exception {
    Path program = program("dials.show");
    ObjectNode root = ExptFixture.with("/detector/0/panels/0/image_size", "[487, 195]");
    ExptFixture.set(root, "/detector/0/panels/0/mask", "[]");
    Path expt = sweep(root);
    DialsExperiment e = Dials.experiments(expt).get(0);
    Path mask = folder.resolve("pixels.mask");
    MaskFile.write(mask, List.of(PixelMask.none(487, 195)));
    Path written = folder.resolve("written.expt");
    Dials.write(written, List.of(new DialsExperiment("z", e.geometry(), e.template(), mask)));
    String text = run(program, written.toString(), "image_statistics.show_raw=True");
    assertThat(text)
        .contains("Experiment identifier: z")
        .contains("image_size: {487,195}")
        .contains("trusted_range: {-0.5,1.0485e+06}")
        .contains("ParallaxCorrectedPxMmStrategy")
        .contains("oscillation:   {10,0.5}")
        .contains("Unit cell: 30.000, 40.000, 50.000, 90.000, 90.000, 90.000")
        .contains("Space group: P 2 2 2")
        .containsPattern("x_005.cbf: Min: 20.0 .*Max: 69.0");
    Path imported = folder.resolve("imported.expt");
    run(
        program("dials.import"),
        "template=" + folder.resolve("images/x_###.cbf"),
        "output.experiments=" + imported,
        "output.log=" + folder.resolve("log"));
    Geometry back = Dials.readGeometry(imported);
    Panel p = back.detector().panels().get(0);
    assertThat(p.origin().minus(new Vec3(-1, 2, -80)).norm()).isLessThan(2e-4);
    assertThat(p.trustedMax()).isEqualTo(1_048_499);
    assertThat(back.scan().start()).isCloseTo(10, within(1e-9));
    assertThat(back.scan().width()).isCloseTo(0.5, within(1e-9));
    assertThat(back.scan().frames()).isEqualTo(3);
    assertThat(back.beam().wavelength()).isCloseTo(0.9768, within(1e-9));
  }

  private static Path program(String name) {
    for (String dir : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path file = Path.of(dir).resolve(name);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    Assumptions.abort(name + " is not installed");
    return null;
  }

  private String run(Path program, String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
