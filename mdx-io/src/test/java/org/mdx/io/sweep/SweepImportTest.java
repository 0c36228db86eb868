package org.mdx.io.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;
import org.mdx.image.PixelMask;
import org.mdx.io.MdxFormatException;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.MaskFile;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.instrument.CameraLength;
import org.mdx.io.instrument.InstrumentProfile;
import org.mdx.io.instrument.Pair;
import org.mdx.io.instrument.Setting;
import org.mdx.io.mrc.MrcFixture;
import org.mdx.io.smv.SmvFixture;
import org.mdx.math.Vec3;

/** SMV files of 4 × 3 pixels of 0.1 mm: 150 mm away, beam at (2, 1.5), λ 0.9 Å. */
class SweepImportTest {
  private static final String PLACED =
      "PIXEL_SIZE=0.1;\nDISTANCE=%s;\nWAVELENGTH=0.9;\nBEAM_CENTER_X=0.15;\nBEAM_CENTER_Y=0.2;\n";

  @TempDir Path folder;

  private Path smv(String name, String entries) throws IOException {
    return Files.write(
        folder.resolve(name),
        SmvFixture.image(ByteOrder.LITTLE_ENDIAN, 2, 4, 3, entries, new int[12]));
  }

  private Path smv(String name, double distance, double start, double width) throws IOException {
    String entries =
        String.format(Locale.ROOT, PLACED, distance)
            + "TIME=0.5;\nOSC_START="
            + start
            + ";\nOSC_RANGE="
            + width
            + ";\n";
    return smv(name, entries);
  }

  private void sweep(String pattern, int from, int to, double start) throws IOException {
    for (int i = from; i <= to; i++) {
      smv(String.format(Locale.ROOT, pattern, i), 150, start + 0.5 * (i - from), 0.5);
    }
  }

  private List<ImportedSweep> read(ImportOptions options, String... inputs) throws IOException {
    return SweepImport.read(
        List.of(inputs).stream().map(i -> folder.resolve(i).toString()).toList(), options);
  }

  private static Geometry geometry(ImportedSweep s) {
    return s.experiments().get(0).geometry();
  }

  private static ImportOptions with(InstrumentProfile p) {
    return ImportOptions.defaults().withOverrides(p);
  }

  private static String source(ImportedSweep s, String what) {
    return s.findings().stream()
        .filter(f -> f.what().equals(what))
        .findFirst()
        .orElseThrow()
        .source();
  }

  @Test
  void numberedFilesShouldMakeASweepWithTheGeometryOfTheirHeaders() throws IOException {
    sweep("a_%03d.img", 3, 12, 20);
    ImportedSweep s = read(ImportOptions.defaults(), "").get(0);
    Geometry g = geometry(s);
    assertThat(s.images()).isEqualTo(folder.resolve("a_###.img"));
    assertThat(g.scan().firstImage()).isEqualTo(3);
    assertThat(g.scan().frames()).isEqualTo(10);
    assertThat(g.scan().start()).isEqualTo(20);
    assertThat(g.scan().width()).isEqualTo(0.5);
    assertThat(g.scan().exposure(4)).isEqualTo(0.5);
    assertThat(g.beam().probe()).isEqualTo(Probe.X_RAY);
    assertThat(g.detector().panels().get(0).origin().minus(new Vec3(-0.2, 0.15, -150)).norm())
        .isLessThan(1e-12);
    assertThat(source(s, "distance")).isEqualTo("header");
    assertThat(source(s, "probe")).isEqualTo("assumed");
    Path expt = folder.resolve("x.expt");
    SweepImport.write(expt, List.of(s));
    assertThat(Dials.read(expt).source().frames()).isEqualTo(10);
  }

  @Test
  void filesShouldBeFoundByTemplateGlobFolderAndName() throws IOException {
    sweep("a_%d.img", 8, 11, 0);
    sweep("b_%02d.img", 1, 2, 0);
    Files.writeString(folder.resolve("notes.txt"), "not an image");
    assertThat(read(ImportOptions.defaults(), "a_#.img").get(0).frames()).isEqualTo(4);
    // what a copying program leaves behind, and other folders, are not part of a folder
    Files.copy(folder.resolve("a_8.img"), folder.resolve(".a_12.img"));
    Files.createDirectories(folder.resolve("below"));
    Files.copy(folder.resolve("a_8.img"), folder.resolve("below/a_13.img"));
    assertThat(read(ImportOptions.defaults(), "").get(0).frames()).isEqualTo(4);
    assertThat(read(ImportOptions.defaults(), ".a_12.img")).hasSize(1);
    assertThat(read(ImportOptions.defaults(), "b_0?.img").get(0).frames()).isEqualTo(2);
    assertThat(read(ImportOptions.defaults(), "")).hasSize(2);
    // the same file twice is one image
    assertThat(read(ImportOptions.defaults(), "a_9.img", "a_10.img", "a_9.img").get(0).frames())
        .isEqualTo(2);
    assertThatThrownBy(() -> read(ImportOptions.defaults(), "notes.txt"))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("none of them recognizes");
    Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(() -> read(ImportOptions.defaults(), "empty"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no images in " + folder.resolve("empty"));
    assertThatThrownBy(() -> read(ImportOptions.defaults(), "c_##.img"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("no file matches");
    assertThatThrownBy(() -> read(ImportOptions.defaults(), "c.img"))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void gapsChangesAndJumpsShouldBeginASweepAndSaySo() throws IOException {
    sweep("a_%03d.img", 1, 4, 0);
    sweep("a_%03d.img", 7, 8, 3);
    smv("a_009.img", 151, 4, 0.5);
    smv("a_010.img", 151, 4.5, 0.5);
    smv("a_011.img", 151, 90, 0.5);
    List<ImportedSweep> s = read(ImportOptions.defaults(), "");
    assertThat(s).extracting(ImportedSweep::frames).containsExactly(4, 2, 2, 1);
    assertThat(s)
        .extracting(ImportedSweep::begins)
        .containsExactly(
            "",
            "images 5 to 6 are missing",
            "the distance changes from 150 mm to 151 mm",
            "the angle goes from 4.5° to 90°, not by 0.5°");
    // an oscillation from elsewhere counts on by the numbers of the files
    List<ImportedSweep> given =
        read(with(InstrumentProfile.empty().with(Setting.START, 10.).with(Setting.WIDTH, 0.2)), "");
    assertThat(given).extracting(ImportedSweep::frames).containsExactly(4, 2, 3);
    assertThat(geometry(given.get(1)).scan().start()).isCloseTo(11.2, within(1e-12));
  }

  @Test
  void numbersOfOtherPaddingShouldBeOtherSeries() throws IOException {
    sweep("a_%d.img", 1, 2, 0);
    sweep("a_%03d.img", 1, 3, 0);
    assertThat(read(ImportOptions.defaults(), ""))
        .extracting(s -> s.images().getFileName() + " " + s.frames())
        .containsExactly("a_#.img 2", "a_###.img 3");
  }

  @Test
  void userShouldWinOverProfileAndProfileOverHeader() throws IOException {
    smv("a_1.img", 150, 0, 0.5);
    InstrumentProfile profile =
        InstrumentProfile.empty()
            .with(Setting.DISTANCE, 200.)
            .with(Setting.GAIN, 3.)
            .with(Setting.BEAM_CENTRE_MM, new Pair(0.3, 0.1));
    ImportOptions o =
        with(InstrumentProfile.empty().with(Setting.DISTANCE, 300.)).withProfile(profile, "here");
    ImportedSweep s = read(o, "a_1.img").get(0);
    Panel p = geometry(s).detector().panels().get(0);
    assertThat(p.origin().minus(new Vec3(-0.3, 0.1, -300)).norm()).isLessThan(1e-12);
    assertThat(p.gain()).isEqualTo(3);
    assertThat(source(s, "distance")).isEqualTo("--distance");
    assertThat(source(s, "beam centre")).isEqualTo("profile here");
    assertThat(source(s, "pixel size")).isEqualTo("header");
    // a centre in pixels from the user wins over one in mm from the profile
    ImportOptions centre =
        with(InstrumentProfile.empty().with(Setting.BEAM_CENTRE, new Pair(1, 2)))
            .withProfile(profile, "here");
    Vec3 origin = geometry(read(centre, "a_1.img").get(0)).detector().panels().get(0).origin();
    assertThat(origin.minus(new Vec3(-0.1, 0.2, -200)).norm()).isLessThan(1e-12);
  }

  @Test
  void everythingThatIsMissingShouldBeNamedWithItsOption() throws IOException {
    Path stack = Files.write(folder.resolve("s.mrc"), stack(4, 3, 5));
    assertThatThrownBy(() -> read(ImportOptions.defaults(), "s.mrc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(stack + ": the header does not tell wavelength (--wavelength Å")
        .hasMessageContaining("distance (--distance MM)")
        .hasMessageContaining("pixel size (--pixel-size MM)")
        .hasMessageContaining("beam centre (--beam-centre X,Y in pixels; the middle is 2,1.5)")
        .hasMessageContaining("oscillation (--oscillation START,WIDTH, or --stills");
  }

  private static byte[] stack(int width, int height, int frames) {
    return MrcFixture.stack(
        ByteOrder.LITTLE_ENDIAN, 1, width, height, frames, 0, new int[width * height * frames]);
  }

  @Test
  void stacksWithoutMetadataShouldBeImportedWithAProfile() throws IOException {
    Files.write(folder.resolve("s.mrc"), stack(4, 3, 5));
    InstrumentProfile ceta =
        InstrumentProfile.empty()
            .with(Setting.VOLTAGE, 200.)
            .with(Setting.PIXEL_SIZE, new Pair(0.028, 0.028))
            .with(Setting.DISTANCE, 1000.)
            .with(Setting.BEAM_CENTRE, new Pair(2, 1))
            .with(Setting.GAIN, 26.)
            .with(Setting.PEDESTAL, 30.)
            .with(Setting.WIDTH, -0.5);
    assertThatThrownBy(() -> read(ImportOptions.defaults().withProfile(ceta, "ceta"), "s.mrc"))
        .hasMessageContaining("rotation axis (--axis X,Y,Z)");
    ImportOptions o =
        ImportOptions.defaults()
            .withProfile(ceta.with(Setting.AXIS, new Vec3(0.79, -0.61, 0)), "ceta");
    ImportedSweep s = read(o, "s.mrc").get(0);
    Geometry g = geometry(s);
    // λ = h/√(2meU(1 + eU/2mc²)): 0.025079 Å at 200 kV (International Tables C, 4.3.1)
    assertThat(g.beam().wavelength()).isCloseTo(0.025079, within(1e-6));
    assertThat(g.beam().probe()).isEqualTo(Probe.ELECTRON);
    assertThat(g.beam().polarizationFraction()).isEqualTo(0.5);
    assertThat(g.scan().frames()).isEqualTo(5);
    assertThat(g.detector().panels().get(0).pedestal()).isEqualTo(30);
    assertThat(g.detector().panels().get(0).trustedMin()).isEqualTo(-32768);
    assertThat(s.experiments().get(0).fileIndices()).containsExactly(0, 1, 2, 3, 4);
    assertThat(s.notes()).noneMatch(n -> n.contains("below 0"));
    Path expt = folder.resolve("s.expt");
    SweepImport.write(expt, List.of(s));
    Geometry again = Dials.read(expt).geometry();
    assertThat(again.detector()).isEqualTo(g.detector());
    // the other way about the axis, with a positive width
    assertThat(again.scan().width()).isEqualTo(0.5);
    assertThat(again.goniometer().axis().plus(g.goniometer().axis()).norm()).isLessThan(1e-12);
  }

  @Test
  void nominalCameraLengthsShouldBeCalibrated() throws IOException {
    smv("a_1.img", 800, 0, 0.5);
    InstrumentProfile p =
        InstrumentProfile.empty()
            .with(
                Setting.CAMERA_LENGTHS,
                List.of(new CameraLength(800, 1032.5), new CameraLength(1000, 1291)));
    ImportOptions o = ImportOptions.defaults().withProfile(p, "t");
    ImportedSweep s = read(o, "a_1.img").get(0);
    assertThat(geometry(s).detector().panels().get(0).origin().z()).isEqualTo(-1032.5);
    assertThat(source(s, "distance")).isEqualTo("profile t");
    smv("b_1.img", 850, 0, 0.5);
    assertThatThrownBy(() -> read(o, "b_1.img"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("850 mm")
        .hasMessageContaining("800, 1000 mm");
  }

  @Test
  void stillsShouldBeAnExperimentForEachImage() throws IOException {
    for (int i = 1; i <= 3; i++) {
      smv("a_" + i + ".img", 150, 30, 0);
    }
    ImportedSweep s = read(ImportOptions.defaults(), "").get(0);
    assertThat(s.stills()).isTrue();
    assertThat(s.experiments()).hasSize(3);
    assertThat(s.experiments().get(2).geometry().scan().firstImage()).isEqualTo(3);
    assertThat(s.notes()).anyMatch(n -> n.startsWith("stills"));
    assertThat(s.experiments().stream().map(e -> e.identifier()).distinct()).hasSize(3);
    sweep("b_%d.img", 1, 2, 0);
    assertThat(
            read(ImportOptions.defaults().withStills(true), "b_1.img", "b_2.img").get(0).stills())
        .isTrue();
  }

  @Test
  void referenceGeometryShouldGiveBeamDetectorAndGoniometer() throws IOException {
    smv("a_1.img", 150, 0, 0.5);
    smv("b_1.img", 170, 20, 0.25);
    Geometry reference =
        geometry(
            read(
                    with(
                        InstrumentProfile.empty()
                            .with(Setting.AXIS, new Vec3(0, 1, 0))
                            .with(Setting.WAVELENGTH, 1.1)),
                    "a_1.img")
                .get(0));
    ImportOptions o =
        with(InstrumentProfile.empty().with(Setting.WAVELENGTH, 1.2))
            .withProfile(InstrumentProfile.empty().with(Setting.DISTANCE, 99.), "p")
            .withReference(reference);
    Geometry g = geometry(read(o, "b_1.img").get(0));
    assertThat(g.detector()).isEqualTo(reference.detector());
    assertThat(g.goniometer().laboratoryAxis()).isEqualTo(new Vec3(0, 1, 0));
    assertThat(g.beam().wavelength()).isEqualTo(1.2);
    assertThat(g.scan().start()).isEqualTo(20);
    assertThat(g.scan().width()).isEqualTo(0.25);
  }

  @Test
  void profilesOfAnotherDetectorShouldBeRefused() throws IOException {
    smv("a_1.img", String.format(Locale.ROOT, PLACED, 150.) + "DETECTOR_SN=442;\n");
    ImportOptions o =
        ImportOptions.defaults()
            .withProfile(InstrumentProfile.empty().with(Setting.SERIAL, "457"), "p");
    assertThatThrownBy(() -> read(o, "a_1.img"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("detector 442")
        .hasMessageContaining("457");
  }

  @Test
  void masksShouldFitTheDetector() throws IOException {
    smv("a_1.img", 150, 0, 0.5);
    Path mask = folder.resolve("m.mask");
    MaskFile.write(mask, List.of(PixelMask.none(4, 3)));
    ImportOptions o = with(InstrumentProfile.empty().with(Setting.MASK, mask));
    assertThat(read(o, "a_1.img").get(0).experiments().get(0).mask()).isEqualTo(mask);
    MaskFile.write(mask, List.of(PixelMask.none(3, 4)));
    assertThatThrownBy(() -> read(o, "a_1.img"))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("a mask of 4 x 3 pixels");
  }

  @Test
  void panelsShouldMoveTogether() throws IOException {
    Files.write(
        folder.resolve("t_1.img"),
        SmvFixture.image(
            ByteOrder.LITTLE_ENDIAN,
            2,
            512,
            512,
            "PIXEL_SIZE=0.055;\nDISTANCE=500;\nWAVELENGTH=0.0251;\nBEAMLINE=TimePix_SU;\n"
                + "BEAM_CENTER_X=246;\nBEAM_CENTER_Y=240;\nOSC_START=1;\nOSC_RANGE=0.5;\n",
            new int[512 * 512]));
    List<Panel> before =
        geometry(read(ImportOptions.defaults(), "t_1.img").get(0)).detector().panels();
    List<Panel> after =
        geometry(
                read(with(InstrumentProfile.empty().with(Setting.DISTANCE, 600.)), "t_1.img")
                    .get(0))
            .detector()
            .panels();
    assertThat(before).hasSize(4);
    for (int i = 0; i < 4; i++) {
      Vec3 shift = after.get(i).origin().minus(before.get(i).origin());
      assertThat(shift.minus(new Vec3(0, 0, -100)).norm()).isLessThan(1e-9);
    }
    assertThatThrownBy(
            () ->
                read(
                    with(InstrumentProfile.empty().with(Setting.PIXEL_SIZE, new Pair(1, 1))),
                    "t_1.img"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 panels");
  }

  private Path pilatus(String name, String detector, String more) throws IOException {
    String text =
        "###CBF: VERSION 1.5\ndata_a\n_array_data.header_convention \"PILATUS_1.2\"\n"
            + "_array_data.header_contents\n;\n# Detector: "
            + detector
            + "\n# Pixel_size 172e-6 m x 172e-6 m\n# Wavelength 0.9 A\n"
            + "# Detector_distance 0.2 m\n# Beam_xy (2.0, 1.5) pixels\n"
            + "# Start_angle 10.0 deg.\n# Angle_increment 0.5 deg.\n"
            + more
            + ";\n_array_data.data\n;\n--CIF-BINARY-FORMAT-SECTION--\n"
            + "Content-Type: application/octet-stream;\n     conversions=\"x-CBF_BYTE_OFFSET\"\n"
            + "X-Binary-Size: 12\nX-Binary-Element-Type: \"signed 32-bit integer\"\n"
            + "X-Binary-Size-Fastest-Dimension: 4\nX-Binary-Size-Second-Dimension: 3\n\n"
            + "\f\u001a\u0004\u00d5\0\0\0\0\0\0\0\0\0\0\0\0\n;\n";
    return Files.write(
        folder.resolve(name), text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  @Test
  void aDetectorThatIsNotFlatShouldNeedAReference() throws IOException {
    pilatus("p_1.cbf", "PILATUS 12M, S/N 120-0100", "");
    assertThatThrownBy(() -> read(ImportOptions.defaults(), "p_1.cbf"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bent")
        .hasMessageContaining("--geometry");
    pilatus("q_1.cbf", "PILATUS3 2M, S/N 24-0100", "");
    Geometry flat = geometry(read(ImportOptions.defaults(), "q_1.cbf").get(0));
    assertThat(read(ImportOptions.defaults().withReference(flat), "p_1.cbf")).hasSize(1);
  }

  /** A rotation about x takes the slow axis -y to (0, -cos, -sin). */
  @Test
  void aTwoThetaShouldBeNotedAndTurnTheDetectorIfGiven() throws IOException {
    pilatus("p_1.cbf", "PILATUS3 2M, S/N 24-0100", "# Detector_2theta 20.0000 deg.\n");
    ImportedSweep noted = read(ImportOptions.defaults(), "p_1.cbf").get(0);
    assertThat(noted.notes()).anyMatch(n -> n.contains("--two-theta 20"));
    ImportedSweep given =
        read(with(InstrumentProfile.empty().with(Setting.TWO_THETA, 20.)), "p_1.cbf").get(0);
    assertThat(given.notes()).noneMatch(n -> n.contains("two-theta"));
    double c = Math.cos(Math.toRadians(20));
    double s = Math.sin(Math.toRadians(20));
    Panel p = geometry(given).detector().panels().get(0);
    assertThat(p.slow().minus(new Vec3(0, -c, -s)).norm()).isLessThan(1e-12);
    Vec3 origin = new Vec3(-0.344, 0.258 * c + 200 * s, 0.258 * s - 200 * c);
    assertThat(p.origin().minus(origin).norm()).isLessThan(1e-9);
  }

  @Test
  void anAxisThatAHeaderNamesWithoutDirectionShouldBeAskedFor() {
    // the header of a Dectris file whose phi turns below a chi that is not 0
    ImageHeader header =
        ImageHeader.builder("Dectris HDF5", "uint32", 2, 4, 3)
            .wavelength(1)
            .pixelSize(0.1, 0.1)
            .distance(100, 2, 1.5)
            .oscillation(10, 0.5)
            .detail("Scan axis", "phi")
            .build();
    Path file = Path.of("a.h5");
    FoundSweep found =
        new FoundSweep(
            file, 1, List.of(0, 1), List.of(new FileHeader(file, true, header)), header, 0, "");
    ImportOptions options = ImportOptions.defaults();
    assertThatThrownBy(() -> new ModelBuilder(found, header, options, new Lookup(options)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rotation axis (--axis X,Y,Z)");
  }
}
