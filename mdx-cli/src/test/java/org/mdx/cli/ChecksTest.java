package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.image.BinnedImageSeries;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.io.sim.SimulationWriter;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;

/** What the library refuses, seen from the command line: exit code 1, the reason, no file. */
class ChecksTest {
  @TempDir private static Path shared;

  private static SimulatedFiles data;
  private static Path kept;

  @BeforeAll
  static void reduce() throws IOException {
    data = SimulatedData.write(shared.resolve("data"));
    kept = shared.resolve("kept");
    Outcome o =
        run(
            "reduce",
            one(),
            two(),
            "--count-threshold",
            60,
            "--subdivide",
            "2,2,2",
            "--scaling",
            "scale",
            "--keep",
            "--out",
            kept);
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
  }

  private static Path one() {
    return data.indexed().get(0);
  }

  private static Path two() {
    return data.indexed().get(1);
  }

  private static void refused(Outcome o, String... reasons) {
    assertThat(o.err()).contains(reasons);
    assertThat(o.err().lines()).hasSize(1);
    assertThat(o.code()).isEqualTo(1);
  }

  /** The crystal has I 21 3; half-sets agree in a group that is too high, too. */
  @Test
  void aLaueGroupThatIsTooHighShouldBeToldInSummaryReportAndJson(@TempDir Path dir)
      throws IOException {
    Path high = one().resolveSibling("high.expt");
    Files.writeString(high, Files.readString(one()).replace("I 2b 2c 3", "I 4 2 3"));
    Path out = dir.resolve("high");
    Outcome o = run("reduce", high, "--scaling", "none", "--json", "--out", out);
    assertThat(o.code()).isZero();
    String told = "of 23 rotations of Laue group m-3m do not make the intensities alike";
    assertThat(o.out()).contains("\"warnings\"", told);
    assertThat(Files.readString(out.resolve("summary.txt"))).contains(told);
    assertThat(Files.readString(out.resolve("report.html"))).contains(told);
  }

  @Test
  void reduceShouldRefuseWhatDoesNotFitTogether(@TempDir Path dir) throws IOException {
    SimulatedFiles small =
        SimulationWriter.write(
            Simulation.of(
                SimulationOptions.demo()
                    .withDetector(SimulatedDetector.flat(60, 50, 0.5, 80))
                    .withFrames(12, 1, 0.02)
                    .withBackground(6, 2, 0.02)),
            dir.resolve("small"),
            Parallel.available(),
            Progress.NONE);
    Path out = dir.resolve("out");
    refused(
        run("reduce", one(), "--background", small.background(), "--out", out),
        "60 x 50",
        "200 x 170");
    refused(run("reduce", one(), "--subdivide", "3,3,2", "--out", out), "subdivision 3,3,2", "m-3");
    refused(run("reduce", one(), two(), one(), "--out", out), "sweeps 0 and 2");
    Path unknown = two().resolveSibling("unknown.expt");
    Files.writeString(
        unknown,
        Files.readString(two())
            .replaceAll("(?s)\"exposure_time\"\\s*:\\s*\\[[^]]*]", "\"exposure_time\":[0.0]"));
    refused(
        run("reduce", unknown, "--background", data.background(), "--out", out),
        "the exposure of this sweep is unknown",
        "0.02 s");
    assertThat(out).doesNotExist();
  }

  @Test
  void geometryOfOneSweepAndImagesOrCountsOfAnotherShouldBeRefused(@TempDir Path dir) {
    Path out = dir.resolve("out.nxs");
    for (String command : new String[] {"integrate", "find-peaks"}) {
      refused(
          run(command, one(), two(), "--outfile", out),
          "the geometry is of a sweep from",
          "give geometry and images of one sweep");
    }
    refused(
        run("correct", one(), kept.resolve("split_1/integrated.nxs"), "--outfile", out),
        "table and geometry belong to different sweeps");
    assertThat(out).doesNotExist();
  }

  @Test
  void tablesWithAndWithoutBackgroundShouldBeNeitherScaledNorMerged(@TempDir Path dir) {
    Path binned = dir.resolve("binned.nxs");
    Path with = dir.resolve("with.nxs");
    Path without = kept.resolve("split_1/corrected.nxs");
    Path counts = kept.resolve("split_0/integrated.nxs");
    assertThat(run("bin-image-series", data.background(), "3,10,10", "--outfile", binned).code())
        .isZero();
    assertThat(run("correct", one(), counts, "--background", binned, "--outfile", with).code())
        .isZero();
    Path out = dir.resolve("out.nxs");
    Path other = dir.resolve("other.nxs");
    refused(
        run("scale", with, without, "--outfile", out, other),
        "the background was subtracted from table 0 and not from table 1");
    refused(
        run("merge", with, without, "--outfile", out),
        "the background was subtracted from table 0 and not from table 1");
    assertThat(out).doesNotExist();
  }

  @Test
  void tablesCorrectedWithOtherOptionsShouldBeNeitherScaledNorMerged(@TempDir Path dir) {
    Path usual = kept.resolve("split_1/corrected.nxs");
    Path counts = kept.resolve("split_0/integrated.nxs");
    for (String option :
        List.of("--no-attenuation", "--no-efficiency", "--no-polarization", "--lorentz", "--p1")) {
      Path special = dir.resolve("corrected" + option + ".nxs");
      assertThat(run("correct", one(), counts, option, "-o", special).code()).isZero();
      Path out = dir.resolve("out.nxs");
      Path other = dir.resolve("other.nxs");
      refused(
          run("scale", usual, special, "--outfile", out, other),
          "tables 0 and 1 were corrected differently");
      refused(
          run("merge", usual, special, "--outfile", out),
          "tables 0 and 1 were corrected differently");
      assertThat(out).doesNotExist();
    }
  }

  @Test
  void aBackgroundInAWeakerBeamShouldBeToldWhereTheGeometryFileKnowsNoBeam(@TempDir Path dir)
      throws IOException {
    Path binned = dir.resolve("binned.nxs");
    assertThat(run("bin-image-series", data.background(), "3,10,10", "-o", binned).code()).isZero();
    Path counts = kept.resolve("split_0/integrated.nxs");
    Path geometry = kept.resolve("split_0/geometry.nxs");
    Path out = dir.resolve("corrected.nxs");
    assertThat(run("correct", geometry, counts, "--background", binned, "-o", out).out())
        .doesNotContain("attenuators");
    Mdx2.writeBinned(binned, Mdx2.readBinned(binned).withTransmission(0.25));
    assertThat(run("correct", geometry, counts, "--background", binned, "-o", out).out())
        .contains("warning: attenuators let 0.25 of the beam through at the background");
  }

  @Test
  void correctShouldRefuseABackgroundOfAnotherDetector(@TempDir Path dir) throws IOException {
    SimulatedFiles small =
        SimulationWriter.write(
            Simulation.of(
                SimulationOptions.demo()
                    .withDetector(SimulatedDetector.flat(60, 50, 0.5, 80))
                    .withFrames(12, 1, 0.02)
                    .withBackground(6, 2, 0.02)),
            dir.resolve("small"),
            Parallel.available(),
            Progress.NONE);
    Path binned = dir.resolve("binned.nxs");
    assertThat(run("bin-image-series", small.background(), "3,10,10", "--outfile", binned).code())
        .isZero();
    Path out = dir.resolve("corrected.nxs");
    Path counts = kept.resolve("split_0/integrated.nxs");
    for (Path geometry : new Path[] {one(), kept.resolve("split_0/geometry.nxs")}) {
      refused(
          run("correct", geometry, counts, "--background", binned, "--outfile", out),
          "another detector",
          "200 x 170");
    }
    assertThat(out).doesNotExist();
  }

  @Test
  void mergeScaleAndReintegrateShouldRefuseOtherSweeps(@TempDir Path dir) throws IOException {
    Path a = kept.resolve("split_0/corrected.nxs");
    Path b = kept.resolve("split_1/corrected.nxs");
    Path scaleA = kept.resolve("split_0/scales.nxs");
    Path scaleB = kept.resolve("split_1/scales.nxs");
    Path copy = Files.copy(a, dir.resolve("copy.nxs"));
    Path out = dir.resolve("out.nxs");
    assertThat(run("merge", a, b, "--scale", scaleA, scaleB, "--outfile", out).err()).isEmpty();
    assertThat(out.toFile().delete()).isTrue();
    refused(
        run("merge", a, b, "--scale", scaleB, scaleA, "--outfile", out),
        "they belong to different sweeps");
    refused(run("merge", a, b, a, "--outfile", out), "tables 0 and 2 hold the same");
    refused(
        run("scale", a, copy, "--outfile", out, dir.resolve("other.nxs")),
        "tables 0 and 1 hold the same");
    refused(
        run("reintegrate", one(), two(), "--scale", scaleB, scaleA, "--outfile", out),
        "the scaling model was refined on");
    assertThat(out).doesNotExist();
  }

  @Test
  void emptyResultsShouldBeFailures(@TempDir Path dir) {
    Path merged = kept.resolve("merged.nxs");
    Path out = dir.resolve("out.nxs");
    refused(
        run("map", one(), merged, "--limits", 300, 301, 0, 1, 0, 1, "--outfile", out),
        "nothing to map");
    refused(
        run("reintegrate", one(), "--limits", 300, 301, 0, 1, 0, 1, "--outfile", out),
        "none of the pixels of 1 sweep that count");
    refused(
        run("stats", merged, "--geometry", one(), "--resolution", "0.2,0.1", "--csv", out),
        "no statistics");
    assertThat(out).doesNotExist();
  }

  @Test
  void emptyStagesShouldBeFailuresWithoutAFile(@TempDir Path dir) throws IOException {
    Path out = dir.resolve("out.nxs");
    Path merged = kept.resolve("merged.nxs");
    HKLTable table = Mdx2.readTable(merged);
    Path halo = dir.resolve("halo.nxs");
    Path rest = dir.resolve("rest.nxs");
    Mdx2.writeTable(halo, rows(table, true));
    Mdx2.writeTable(rest, rows(table, false));
    refused(
        run("stats", rest, "--geometry", one(), "--voxels", "halo", "--csv", out),
        "no statistics",
        "halo");
    refused(
        run("stats", halo, "--geometry", one(), "--voxels", "rest", "--csv", out),
        "no statistics",
        "rest");
    refused(run("stats", halo, "--geometry", one(), "--voxels", "rest", "--json"), "no statistics");

    Path blind = one().resolveSibling("blind.expt"); // not a pixel is trusted
    Files.writeString(
        blind,
        Files.readString(one())
            .replaceAll(
                "(?s)\"trusted_range\"\\s*:\\s*\\[[^]]*]", "\"trusted_range\":[9e8,9.1e8]"));
    refused(run("integrate", blind, blind, "--outfile", out), "not one counts");
    refused(run("reintegrate", blind, "--outfile", out), "none of the pixels");

    HKLTable corrected = Mdx2.readTable(kept.resolve("split_0/corrected.nxs"));
    float[] nan = new float[corrected.rows()];
    Arrays.fill(nan, Float.NaN);
    Path invalid = dir.resolve("invalid.nxs");
    Mdx2.writeTable(invalid, corrected.with("intensity", FloatColumn.of(nan)));
    refused(run("merge", invalid, "--outfile", out), "nothing to merge");
    refused(run("scale", invalid, "--outfile", out), "nothing to scale");

    HKLTable counts = Mdx2.readTable(kept.resolve("split_0/integrated.nxs"));
    Path dark = dir.resolve("dark.nxs");
    Mdx2.writeTable(dark, counts.with("seconds", FloatColumn.of(nan)));
    refused(run("correct", one(), dark, "--outfile", out), "not one");
    assertThat(out).doesNotExist();
  }

  /** The rows on reflections of a crystal with a body-centred lattice, or the others. */
  private static HKLTable rows(HKLTable t, boolean onReflections) {
    return t.select(
        IntStream.range(0, t.rows()).filter(i -> isOnReflection(t, i) == onReflections).toArray());
  }

  private static boolean isOnReflection(HKLTable t, int row) {
    int n = t.ndiv().h();
    return t.h().value(row) % n == 0
        && t.k().value(row) % n == 0
        && t.l().value(row) % n == 0
        && (t.h().value(row) + t.k().value(row) + t.l().value(row)) / n % 2 == 0;
  }

  @Test
  void correctShouldRefuseABackgroundOfWhichTheExposureAloneIsKnown(@TempDir Path dir)
      throws IOException {
    Path unknown = one().resolveSibling("nobody.expt");
    Files.writeString(
        unknown,
        Files.readString(one())
            .replaceAll("(?s)\"exposure_time\"\\s*:\\s*\\[[^]]*]", "\"exposure_time\":[0.0]"));
    Path binned = dir.resolve("binned.nxs");
    Path out = dir.resolve("out.nxs");
    assertThat(run("bin-image-series", data.background(), "3,10,10", "--outfile", binned).code())
        .isZero();
    assertThat(Mdx2.readBinned(binned).exposureKnown()).contains(true);
    Path counts = kept.resolve("split_0/integrated.nxs");
    refused(
        run("correct", unknown, counts, "--background", binned, "--outfile", out),
        "the exposure of the sweep is unknown");
    Mdx2.writeBinned(binned, Mdx2.readBinned(binned).withExposureKnown(false));
    refused(
        run("correct", one(), counts, "--background", binned, "--outfile", out),
        "the exposure of the background is unknown",
        "0.02 s");
    assertThat(out).doesNotExist();
    Mdx2.writeBinned(binned, new BinnedImageSeries(Mdx2.readBinned(binned).panels()));
    assertThat(Mdx2.readBinned(binned).exposureKnown()).isEmpty();
    assertThat(run("correct", one(), counts, "--background", binned, "--outfile", out).code())
        .isZero();
  }

  @Test
  void mergeAndScaleShouldTakeAToleranceOfCells(@TempDir Path dir) throws IOException {
    Path a = kept.resolve("split_0/corrected.nxs");
    HKLTable t = Mdx2.readTable(kept.resolve("split_1/corrected.nxs"));
    float[] s = new float[t.rows()];
    for (int i = 0; i < s.length; i++) {
      s[i] = (float) (t.column("s").get(i) / 1.08); // axes 8 % longer
    }
    Path b = dir.resolve("longer.nxs");
    Mdx2.writeTable(b, t.with("s", FloatColumn.of(s)));
    Path out = dir.resolve("out.nxs");
    Path other = dir.resolve("other.nxs");
    refused(run("merge", a, b, "--outfile", out), "differ by more than 5.00 %");
    refused(run("scale", a, b, "--outfile", out, other), "differ by more than 5.00 %");
    assertThat(out).doesNotExist();
    for (Outcome o :
        new Outcome[] {
          run("merge", a, b, "--cell-tolerance", "0.1,2", "--outfile", out),
          run("scale", a, b, "--cell-tolerance", "0.1,2", "--outfile", out, other)
        }) {
      assertThat(o.err()).isEmpty();
      assertThat(o.code()).isZero();
    }
    assertThat(run("merge", a, b, "--cell-tolerance", "0,2").code()).isEqualTo(2);
  }

  @Test
  void anExperimentListInPlaceOfATableShouldBeNamed(@TempDir Path dir) {
    Path out = dir.resolve("out.nxs");
    Object[][] commands = {
      {"map", one(), one(), "--limits", 0, 1, 0, 1, 0, 0, "--outfile", out},
      {"merge", one(), "--outfile", out},
      {"scale", one(), "--outfile", out},
      {"stats", one(), "--geometry", one(), "--csv", out},
      {"correct", one(), one(), "--outfile", out}
    };
    for (Object[] command : commands) {
      refused(run(command), "merged.nxs of merge or reduce", "found an experiment list of DIALS");
    }
    refused(
        run("merge", kept.resolve("split_0/corrected.nxs"), "--scale", one(), "--outfile", out),
        "scales.nxs of scale");
    assertThat(out).doesNotExist();
  }

  @Test
  void filesOfDigitalMicrographShouldBeNamed(@TempDir Path dir) throws IOException {
    Path dm4 = dir.resolve("movie.dm4");
    Path dm3 = dir.resolve("movie.dm3");
    Files.write(dm4, ByteBuffer.allocate(600).putInt(4).putLong(576).putInt(1).array());
    Files.write(dm3, ByteBuffer.allocate(600).putInt(3).putInt(584).putInt(1).array());
    refused(run("info", dm4), "a Gatan DM4 file", "MRC or TIFF");
    refused(run("info", dm3), "a Gatan DM3 file", "MRC or TIFF");
  }

  @Test
  void theOtherReadingOfAPowdersGroupShouldBeNoted(@TempDir Path dir) {
    Outcome o =
        run(
            "generate-mask",
            one(),
            "--powder-cell",
            "5,6,7,90,95,90",
            "--powder-group",
            "P 2",
            "--output",
            dir.resolve("pixels.mask"));
    assertThat(o.err()).isEmpty();
    assertThat(o.out()).containsOnlyOnce("space group 'P 2' is read as a Hermann-Mauguin symbol");
  }
}
