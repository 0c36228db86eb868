package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.io.sim.SimulationWriter;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

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
}
