package org.mdx.cli.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.io.sim.SimulatedFiles;

class SweepByItselfTest {
  @TempDir private static Path shared;

  private static SimulatedFiles data;
  private static Path whole;
  private static Path parts;

  @BeforeAll
  static void reduce() throws IOException {
    data = SimulatedData.write(shared.resolve("data"));
    whole = shared.resolve("whole");
    parts = shared.resolve("parts");
    ok(reduction(whole, "--no-report"));
    ok(reduction(parts, "--sweep", "2/2"));
    ok(reduction(parts, "--sweep", "1/2"));
  }

  private static Object[] reduction(Path out, Object... more) {
    List<Object> args = new ArrayList<>(List.of("reduce"));
    args.addAll(data.indexed());
    args.addAll(List.of("--background", data.background(), "--count-threshold", 60));
    args.addAll(List.of("--subdivide", "2,2,2", "--bins", "3,10,10", "--out", out));
    args.addAll(Arrays.asList(more));
    return args.toArray();
  }

  private static String ok(Object... args) {
    Outcome o = run(args);
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    return o.out();
  }

  private static Path copy(String name) throws IOException {
    Path to = shared.resolve(name);
    SimulatedData.copy(parts, to);
    return to;
  }

  private static void requireSame(Path out) {
    for (String file : List.of("merged.nxs", "map.nxs", "slice_l0.png")) {
      assertThat(out.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
  }

  /** What is found, without times and memory. */
  private static List<String> findings(Path out) throws IOException {
    return Files.readAllLines(out.resolve("summary.txt")).stream()
        .filter(line -> !line.matches(".* s$|peak memory.*"))
        .toList();
  }

  @Test
  void threeCallsShouldGiveTheBytesOfOne() throws IOException {
    Path out = copy("three");

    String told = ok(reduction(out));

    assertThat(told).contains("split_0").contains("split_1").contains("reduced before");
    assertThat(told).doesNotContain("are Bragg peaks of half-axes");
    requireSame(out);
    assertThat(findings(out)).isEqualTo(findings(whole));
    assertThat(out.resolve("report.html")).exists();
  }

  @Test
  void aDoneSweepShouldNotBeRepeated() throws IOException {
    Path out = copy("again");
    Path table = out.resolve("split_1/corrected.nxs");
    FileTime then = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(table, then);

    assertThat(ok(reduction(out, "--sweep", "2/2"))).contains("reduced before");

    assertThat(Files.getLastModifiedTime(table)).isEqualTo(then);
  }

  @Test
  void aSweepThatIsNotWholeShouldBeRepeated() throws IOException {
    Path out = copy("killed");
    Files.delete(out.resolve("split_0/sweep.json"));
    Files.write(out.resolve("split_0/corrected.nxs"), new byte[] {1, 2, 3});

    assertThat(ok(reduction(out, "--sweep", "1/2"))).doesNotContain("reduced before");
    ok(reduction(out, "--no-report"));

    requireSame(out);
  }

  @Test
  void aMissingSweepShouldBeReducedWithTheRest() throws IOException {
    Path out = copy("missing");
    Files.delete(out.resolve("split_1/sweep.json"));
    Files.delete(out.resolve("split_1/corrected.nxs"));
    Files.delete(out.resolve("split_1/geometry.nxs"));
    Files.delete(out.resolve("split_1/peaks.nxs"));
    Files.delete(out.resolve("split_1/mask.nxs"));

    ok(reduction(out, "--no-report"));

    requireSame(out);
  }

  @Test
  void sweepsOfOtherOptionsShouldBeRefusedAndReplacedOnRequest() throws IOException {
    Path out = copy("other");

    Outcome refused = run(reduction(out, "--sigma-cutoff", "4"));

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("sweep.json").contains("other options");
    assertThat(refused.err()).contains("--overwrite");
    assertThat(out.resolve("merged.nxs")).doesNotExist();
    assertThat(ok(reduction(out, "--sigma-cutoff", "4", "--no-report", "--overwrite")))
        .doesNotContain("reduced before");
  }

  @Test
  void sweepsOfAChangedImageShouldBeRefused() throws IOException {
    Path out = copy("changed");
    Path images = shared.resolve("changed_data");
    SimulatedData.copy(shared.resolve("data"), images);
    Path first = data.indexed().get(0);
    Path moved = images.resolve(shared.resolve("data").relativize(first).toString());
    Object[] same = reduction(out, "--sweep", "1/2");
    same[1] = moved;
    assertThat(ok(same)).as("the same images elsewhere").contains("reduced before");
    List<Path> frames;
    try (var list = Files.list(moved.getParent())) {
      frames = list.filter(f -> f.toString().endsWith("_00001.cbf")).toList();
    }
    byte[] other = Files.readAllBytes(frames.get(0).resolveSibling(second(frames.get(0))));
    Files.write(frames.get(0), other);

    Outcome refused = run(same);

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("other images");
  }

  private static String second(Path first) {
    return first.getFileName().toString().replace("_00001", "_00002");
  }

  @Test
  void littleMemoryShouldGiveTheSameBytesAndSayThatItSpills() throws IOException {
    Path out = shared.resolve("little");
    Path scratch = shared.resolve("scratch");

    String told = ok(reduction(out, "--no-report", "--memory", "1", "--scratch", scratch));

    assertThat(told).contains("wait in scratch files").contains("as asked for");
    assertThat(scratch).isEmptyDirectory();
    requireSame(out);
    Path fromParts = copy("little_parts");
    ok(reduction(fromParts, "--no-report", "--memory", "1", "--scratch", scratch));
    requireSame(fromParts);
  }

  @Test
  void memoryThatCannotBeShouldBeWrongUsage() {
    for (String memory : List.of("0", "-1", "much", "2x", "90000g")) {
      Outcome wrong = run(reduction(shared.resolve("none"), "--memory", memory));

      assertThat(wrong.code()).as(memory).isEqualTo(2);
    }
    assertThat(run(reduction(shared.resolve("none"), "--memory", "90000g")).err())
        .contains("MDX_JAVA_OPTIONS=-Xmx");
  }

  @Test
  void sweepsThatAreNotThereShouldBeWrongUsage() {
    for (String sweep : List.of("3/2", "0/2", "1", "a/b", "1/3")) {
      Outcome wrong = run(reduction(shared.resolve("none"), "--sweep", sweep));

      assertThat(wrong.code()).as(sweep).isEqualTo(2);
      assertThat(wrong.err()).contains("--sweep " + sweep);
    }
  }

  @Test
  void fewerSweepsThanWereReducedShouldBeRefused() throws IOException {
    Path out = copy("fewer");
    List<Object> args = new ArrayList<>(Arrays.asList(reduction(out)));
    args.remove(2);

    Outcome refused = run(args.toArray());

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("split_1").contains("there are 1 sweeps");
  }
}
