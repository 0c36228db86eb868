package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.mdx.cli.SimulatedData.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.geometry.Scan;
import org.mdx.io.dials.Dials;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.sim.SimulatedFiles;

class ImportDataTest {
  @TempDir private static Path shared;

  private static SimulatedFiles files;

  @TempDir private Path dir;

  @BeforeAll
  static void simulate() throws IOException {
    files = SimulatedData.write(shared.resolve("data"));
  }

  private static void ok(Object... args) {
    Outcome o = run(args);
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
  }

  @Test
  void pointersShouldStandForTheImagesInEveryCommand() throws IOException {
    Path expt = files.indexed().get(0);
    Path data = dir.resolve("data.nxs");
    Path geometry = dir.resolve("geometry.nxs");
    Path blank = dir.resolve("blank.nxs");
    ok("import_data", expt, "--chunks", 20, 211, 493, "--datastore", "x", "--outfile", data);
    ok("import_data", files.background(), "--outfile", blank);
    ok("import_geometry", expt, "--outfile", geometry);
    assertThat(Files.size(data)).isLessThan(12_000);

    for (Path[] input : new Path[][] {{expt, expt, files.background()}, {geometry, data, blank}}) {
      boolean pointed = input[1].equals(data);
      Path out = Files.createDirectory(dir.resolve(pointed ? "pointed" : "direct"));
      Path peaks = out.resolve("peaks.nxs");
      Path mask = out.resolve("mask.nxs");
      ok("find_peaks", input[0], input[1], "--count_threshold", 60, "--outfile", peaks);
      ok("mask_peaks", input[0], input[1], peaks, "--outfile", mask);
      Path integrated = out.resolve("integrated.nxs");
      ok("integrate", input[0], input[1], "--mask", mask, "--outfile", integrated);
      ok("bin_image_series", input[2], 3, 10, 10, "--outfile", out.resolve("binned.nxs"));
    }
    for (Path file : SimulatedData.files(dir.resolve("direct"))) {
      assertThat(file).hasSameBinaryContentAs(dir.resolve("pointed").resolve(file.getFileName()));
    }
  }

  private static double total(Path binned) throws IOException {
    double[] rates = Mdx2.readBinned(binned).panels().get(0).rate();
    return Arrays.stream(rates).filter(Double::isFinite).sum();
  }

  @Test
  void fullStacksShouldGiveWhatTheImagesGive() throws IOException {
    Path expt = files.indexed().get(0);
    Path data = dir.resolve("data.nxs");
    ok("import-data", expt, "--full", "--chunks", "7,50,60", "--outfile", data);
    Path peaks = dir.resolve("peaks.nxs");
    ok("find-peaks", expt, expt, "--count-threshold", 60, "--outfile", peaks);
    for (Path images : new Path[] {expt, data}) {
      String name = images.equals(data) ? "stack" : "direct";
      Path mask = dir.resolve(name + "_mask.nxs");
      ok("mask-peaks", expt, images, peaks, "--full", "--outfile", mask);
      Path out = dir.resolve(name + ".nxs");
      ok("integrate", expt, images, "--mask", mask, "--outfile", out);
      ok("bin-image-series", images, "3,10,10", "--outfile", dir.resolve(name + "_bins.nxs"));
      Path masked = dir.resolve(name + "_masked.nxs");
      ok("bin-image-series", images, "3,10,10", "--mask", mask, "--outfile", masked);
    }
    // the model of the mask, without the values for each pixel
    Path model = dir.resolve("model.nxs");
    ok("mask-peaks", expt, expt, peaks, "--outfile", model);
    Path masked = dir.resolve("masked.nxs");
    ok("bin-image-series", expt, "3,10,10", "--mask", model, "--outfile", masked);
    assertThat(masked).hasSameBinaryContentAs(dir.resolve("direct_masked.nxs"));
    // Bragg peaks are brighter than what surrounds them
    assertThat(total(masked)).isLessThan(total(dir.resolve("direct_bins.nxs")));
    for (String kind : new String[] {".nxs", "_mask.nxs", "_bins.nxs", "_masked.nxs"}) {
      assertThat(dir.resolve("stack" + kind)).hasSameBinaryContentAs(dir.resolve("direct" + kind));
    }
    assertThat(run("import-data", expt, "--full", "--chunks", "0,1,1", "--outfile", data).err())
        .contains("--chunks");
  }

  @Test
  void oneOfSeveralExperimentsShouldBeChosenByItsNumber() throws IOException {
    Path both = shared.resolve("data/both.expt");
    Dials.write(
        both,
        List.of(
            Dials.experiment(files.indexed().get(0), 0),
            Dials.experiment(files.indexed().get(1), 0)));
    Path data = dir.resolve("data.nxs");
    Path geometry = dir.resolve("geometry.nxs");
    assertThat(run("import-data", both, "--outfile", data).err()).contains("2 experiments");
    assertThat(run("import-data", both, "--experiment", 2, "--outfile", data).err())
        .contains("an experiment with the number 2", "numbers 0 to 1");
    assertThat(data).doesNotExist();

    ok("import-data", both, "--experiment", 1, "--outfile", data);
    ok("import-geometry", both, "--experiment", 1, "--outfile", geometry);
    Path peaks = dir.resolve("peaks.nxs");
    Path expected = dir.resolve("expected.nxs");
    Path second = files.indexed().get(1);
    ok("find-peaks", geometry, data, "--count-threshold", 60, "--outfile", peaks);
    ok("find-peaks", second, second, "--count-threshold", 60, "--outfile", expected);
    // the copied list rounds the crystal in its last digits
    Scan scan = Dials.readGeometry(second).scan();
    assertThat(Mdx2.readPeaks(peaks, scan).positions().size())
        .isEqualTo(Mdx2.readPeaks(expected, scan).positions().size());
    assertThat(Mdx2.readPeakModel(peaks).r0().x())
        .isCloseTo(Mdx2.readPeakModel(expected).r0().x(), within(1e-9));
  }

  @Test
  void pointersToNowhereShouldSayWhatToDo() throws IOException {
    SimulatedData.copy(shared.resolve("data"), dir.resolve("data"));
    Path expt = dir.resolve("data/xtal1/indexed.expt");
    Path data = dir.resolve("data.nxs");
    ok("import-data", expt, "--outfile", data);
    Files.delete(dir.resolve("data/xtal1/xtal1_00003.cbf"));
    Outcome o = run("find-peaks", expt, data, "--count-threshold", 60);
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("1 missing: xtal1_00003.cbf");
    assertThat(run("import-data", expt, "--outfile", data).code()).isEqualTo(1);

    Files.move(expt, dir.resolve("elsewhere.expt"));
    o = run("bin-image-series", data, "1,1,1");
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err())
        .contains(
            "data.nxs: /entry/image_source: ", "data/xtal1/indexed.expt", "import-data again");
  }

  @Test
  void logFileShouldHoldWhatIsPrinted() {
    Path log = dir.resolve("mdx2.log");
    Path data = dir.resolve("data.nxs");
    Outcome o = run("import_data", files.background(), "--outfile", data, "--logfile", log);
    assertThat(o.out()).contains("wrote " + data);
    assertThat(log).hasContent(o.out());
    assertThat(run("version", "--logfile", log).code()).isEqualTo(2);
    o = run("tree", data, "--logfile", dir.resolve("no/folder.log"));
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("folder.log: the folder does not exist");
  }

  @Test
  void logThatCannotBeWrittenToItsEndShouldBeAFailureAndPrintingGoOn() {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    Path data = dir.resolve("data.nxs");
    Outcome o = run("import_data", files.background(), "--outfile", data, "--logfile", full);
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("cannot write /dev/full: No space left on device");
    assertThat(o.out()).contains("wrote " + data);
    assertThat(data).isRegularFile();
  }

  @Test
  void deviceShouldTakeLogButNoResult() {
    Path device = Path.of("/dev/null");
    assumeThat(device).exists();
    Path data = dir.resolve("data.nxs");
    ok("import_data", files.background(), "--outfile", data, "--logfile", device);
    assertThat(data).isRegularFile();
    Outcome o = run("import_data", files.background(), "--outfile", device);
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("cannot write /dev/null: it is a device or a pipe");
  }
}
