package org.mdx.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.CommandGroups;
import org.mdx.cli.Main;
import org.mdx.cli.SimulatedData;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.io.sim.SimulationWriter;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

class FailureTest {
  @TempDir private static Path shared;

  @TempDir private Path dir;

  private Path expt;

  @BeforeAll
  static void simulate() throws IOException {
    SimulatedData.write(shared.resolve("data"));
  }

  @BeforeEach
  void copy() throws IOException {
    SimulatedData.copy(shared.resolve("data"), dir.resolve("data"));
    expt = dir.resolve("data/xtal1/indexed.expt");
  }

  private Path image(int number) {
    return dir.resolve(String.format("data/xtal1/xtal1_%05d.cbf", number));
  }

  private Outcome reduce(Object... more) {
    Object[] all =
        Arrays.copyOf(
            new Object[] {"reduce", expt, "--count-threshold", 60, "--out", dir.resolve("out")},
            6 + more.length);
    System.arraycopy(more, 0, all, 6, more.length);
    return run(all);
  }

  /** Exit code 1, one line that says all this, and no file left, not even a folder. */
  private void assertFailed(Outcome o, String... says) {
    assertThat(o.err()).contains(says).doesNotContain("internal error").startsWith("mdx: ");
    assertThat(o.err().strip().lines()).hasSize(1);
    assertThat(o.code()).isEqualTo(1);
    assertThat(dir.resolve("out")).doesNotExist();
  }

  @Test
  void missingImagesShouldBeCountedAndNamed() throws IOException {
    Files.delete(image(4));
    Files.delete(image(7));
    assertFailed(reduce(), "2 missing: xtal1_00004.cbf, xtal1_00007.cbf");
  }

  @Test
  void truncatedImageShouldBeNamedWithItsLengths() throws IOException {
    byte[] all = Files.readAllBytes(image(5));
    Files.write(image(5), Arrays.copyOf(all, all.length / 2));
    assertFailed(reduce(), "xtal1_00005.cbf", "truncated");
  }

  @Test
  void changedByteShouldFailTheChecksum() throws IOException {
    byte[] all = Files.readAllBytes(image(5));
    all[all.length - 8000] ^= 1;
    Files.write(image(5), all);
    assertFailed(reduce(), "xtal1_00005.cbf", "MD5");
  }

  @Test
  void imagesWithoutACrystalShouldBeRefused() {
    expt = dir.resolve("data/background/imported.expt");
    Outcome o = reduce();
    assertThat(o.err()).startsWith("mdx: sweep 0 (").contains("find spots: ", "mdx find-spots");
    assertThat(o.code()).isEqualTo(1);
    assertThat(dir.resolve("out")).doesNotExist();
  }

  @Test
  void detectorThatDoesNotMatchItsImagesShouldBeRefused() throws IOException {
    SimulatedData.replace(dir.resolve("data/xtal1/indexed.expt"), "170", "171");
    assertFailed(reduce(), "200", "170", "171");
  }

  @Test
  void thresholdAboveAllCountsShouldBeRefused() {
    Outcome o = run("reduce", expt, "--count-threshold", 100_000_000, "--out", dir.resolve("out"));
    assertFailed(o, "xtal1_00001.cbf", "no pixel has more than 100000000 counts");
  }

  @Test
  void subdivisionThatTheSymmetryCannotCarryShouldBeRefused() {
    assertFailed(reduce("--subdivide", "2,2,3"), "2,2,3", "m-3", "divide them alike");
  }

  @Test
  void outputFolderThatIsAFileShouldBeRefused() throws IOException {
    Path file = Files.writeString(dir.resolve("occupied"), "mine");
    Outcome o = reduce("--out", file);
    assertThat(o.code()).isEqualTo(2); // given twice
    o = run("reduce", expt, "--count-threshold", 60, "--out", file);
    assertFailed(o, "occupied", "is a file");
    assertThat(file).hasContent("mine");
  }

  @Test
  void experimentListsThatAreNoneShouldBeRefused() throws IOException {
    expt = dir.resolve("nowhere.expt");
    assertFailed(reduce(), "nowhere.expt: no such file");
    expt = Files.writeString(dir.resolve("damaged.expt"), "{\"experiment\": [");
    assertFailed(reduce(), "damaged.expt");
    expt = dir.resolve("data");
    assertFailed(reduce(), "no images in", "data");
    expt = image(1);
    assertFailed(reduce(), "xtal1_00001.cbf", "one image", "rotation");
  }

  @Test
  void backgroundOfAnotherDetectorShouldBeRefused() throws IOException {
    Simulation other =
        Simulation.of(
            SimulationOptions.demo()
                .withDetector(SimulatedDetector.flat(60, 50, 1, 80))
                .withSweeps(1)
                .withFrames(1, 1, 0.02)
                .withBackground(1, 2, 0.02));
    Path blank =
        SimulationWriter.write(other, dir.resolve("other"), Parallel.of(1), Progress.NONE)
            .background();
    assertFailed(reduce("--background", blank), "60 x 50", "200 x 170", "same detector");
  }

  @Test
  void interruptedRunShouldSaySoAndLeaveNothing() {
    Thread.currentThread().interrupt();
    Outcome o = reduce("--keep");
    assertThat(Thread.interrupted()).isTrue();
    assertFailed(o, "interrupted");
  }

  @Test
  void interruptInTheMiddleShouldStopTheRunAndLeaveNothing() throws Exception {
    Outcome[] o = new Outcome[1];
    Thread thread = new Thread(() -> o[0] = reduce());
    thread.start();
    Thread.sleep(60);
    thread.interrupt();
    thread.join(20_000);
    assertThat(o[0]).isNotNull();
    if (o[0].code() != 0) { // it can have been faster
      assertFailed(o[0], "interrupted");
    }
  }

  @Test
  void debugShouldAddTheStackTrace() throws IOException {
    Files.delete(image(4));
    assertThat(reduce("--debug").err()).contains("1 missing", "\tat org.mdx.");
  }

  @Test
  void wrongUsageShouldEndWithCodeTwoAndPointToTheHelp() {
    String[][] wrong = {
      {},
      {"frobnicate"},
      {"--frobnicate"},
      {"reduce"},
      {"reduce", "a.expt", "--out", "x", "--count-threshold", "many"},
      {"reduce", "a.expt", "--out", "x", "--count-threshold", "-1"},
      {"reduce", "a.expt", "--out", "x", "--count-threshold", "1", "--subdivide", "3,3"},
      {"reduce", "a.expt", "--out", "x", "--count-threshold", "1", "--subdivide", "0,1,1"},
      {"reduce", "a.expt", "--out", "x", "--count-threshold", "1", "--bins", "1,2,x"},
      {"reduce", "a.expt", "--out", "x", "--count-threshold", "1", "--valid-range", "9,1"},
      {"reduce", "a.expt", "--out", "x", "--count-threshold", "1", "--sigma-cutoff", "-1"},
      {"reduce", "a.expt", "--out", "x", "--count-threshold", "1", "--split", "thirds"},
      {"reduce", "a.expt", "--out", "x", "--count-threshold", "1", "--threads", "0"},
      {"merge", "a.nxs", "--split", "friedel"},
      {"merge", "a.nxs", "--outlier", "0"},
      {"map", "a.expt", "b.nxs", "--limits", "0", "1"},
      {"import-geometry", "a.expt", "--sample-spacing", "0,1,1"}
    };
    for (String[] args : wrong) {
      Outcome o = run((Object[]) args);
      assertThat(o.code()).as(String.join(" ", args) + ": " + o.err()).isEqualTo(2);
      assertThat(o.err()).contains("--help' tells how to use it");
      assertThat(o.err().strip().lines()).hasSize(2);
    }
  }

  @Test
  void nearestOptionOrCommandShouldBeSuggested() {
    assertThat(run("reduce", "A", "--count-treshold", 40).err())
        .contains("no option '--count-treshold'; did you mean '--count-threshold'?");
    assertThat(run("reduse", "A").err()).contains("no command 'reduse'; did you mean 'reduce'?");
    assertThat(run("stats", "a.nxs", "--geometri", "b").err()).contains("'--geometry'");
  }

  @Test
  void outputThatCannotBeWrittenShouldEndTheCommandBeforeItReads() {
    Outcome o = run("merge", "missing.nxs", "--outfile", dir.resolve("nowhere/merged.nxs"));
    assertThat(o.err()).contains("cannot write").contains("nowhere").doesNotContain("missing.nxs");
    assertThat(o.code()).isEqualTo(1);
  }

  @Test
  void everyCommandShouldStandInAGroupOfTheHelp() {
    assertThat(CommandGroups.names())
        .containsExactlyInAnyOrderElementsOf(Main.commands().getSubcommands().keySet());
    assertThat(run("--help").out()).contains("Start here:", "MicroED:", "Tools:");
  }

  @Test
  void completionShouldKnowCommandsAndOptions() {
    assertThat(run("completion").out())
        .contains("complete -F _complete_mdx", "bashcompinit", "--count-threshold");
  }

  @Test
  void everyCommandShouldHelp() {
    for (String name :
        new String[] {
          "demo",
          "reduce",
          "find-peaks",
          "mask-peaks",
          "integrate",
          "bin-image-series",
          "correct",
          "reindex",
          "merge",
          "map",
          "import-geometry",
          "tree",
          "version"
        }) {
      Outcome o = run(name, "--help");
      assertThat(o.code()).isZero();
      assertThat(o.out()).startsWith("Usage: mdx " + name);
    }
    assertThat(run("--help").out()).contains("reduce", "bin-image-series");
    assertThat(run("version").out()).contains("mdx ", "Java ");
  }

  @Test
  void memoryThatDoesNotSufficeShouldSayWhatToDo() {
    assertThat(Failure.message(new OutOfMemoryError("Java heap space")))
        .contains("out of memory", "-Xmx");
  }
}
