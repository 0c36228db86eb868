package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mdx.cli.SimulatedData.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.cli.terminal.JobProgress;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.cli.terminal.ProgressBar;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.sim.SimulatedFiles;

class ReduceMannersTest {
  @TempDir private static Path shared;

  private static SimulatedFiles data;

  @BeforeAll
  static void simulate() throws IOException {
    data = SimulatedData.write(shared.resolve("data"));
  }

  private static Outcome reduce(Path out, Object... more) {
    List<Object> all = new ArrayList<>(List.of("reduce", data.indexed().get(0)));
    all.addAll(List.of(data.indexed().get(1), "--scaling", "none", "--out", out));
    all.addAll(List.of(more));
    return run(all.toArray());
  }

  @Test
  void nothingButFilesShouldBeNeeded(@TempDir Path dir) {
    Path out = dir.resolve("out");
    Outcome o =
        run(
            "reduce",
            data.indexed().get(0),
            data.indexed().get(1),
            "--background",
            data.background(),
            "--out",
            out);
    assertThat(o.code()).as(o.err()).isZero();
    assertThat(out.resolve("merged.nxs")).exists();
    assertThat(o.out())
        .contains("split_0 (xtal1/indexed.expt): ", "are Bragg peaks", "scaled: chi2", "merged: ")
        .doesNotContain("Peaks[", "Integration[", "Merged[", "Scaling[");
  }

  @Test
  void earlierResultsShouldNotBeMixedWithNewOnes(@TempDir Path dir) throws IOException {
    Path out = dir.resolve("out");
    assertThat(reduce(out, "--keep").code()).isZero();
    byte[] before = Files.readAllBytes(out.resolve("merged.nxs"));
    Path mine = Files.writeString(out.resolve("split_1/notes.txt"), "mine");

    Outcome again = reduce(out, "--subdivide", "1,1,1");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("of an earlier reduction", "--overwrite", "--out");
    assertThat(out.resolve("merged.nxs")).hasBinaryContent(before);

    Outcome wrong = reduce(out, "--overwrite", "--subdivide", "1,2,1");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(out.resolve("merged.nxs")).hasBinaryContent(before);

    assertThat(reduce(out, "--overwrite", "--subdivide", "1,1,1").code()).isZero();
    assertThat(Mdx2.readTable(out.resolve("merged.nxs")).ndiv().h()).isEqualTo(1);
    assertThat(SimulatedData.files(out))
        .extracting(p -> out.relativize(p).toString())
        .containsExactlyInAnyOrder(
            "map.nxs",
            "merged.nxs",
            "report.html",
            "slice_l0.png",
            "split_1/notes.txt",
            "summary.txt");
    assertThat(mine).hasContent("mine");
  }

  @Test
  void jsonShouldHoldTheNumbersOfTheFiles(@TempDir Path dir) throws IOException {
    Path out = dir.resolve("out");
    Outcome o = reduce(out, "--json", "--keep");
    JsonNode n = new ObjectMapper().readTree(o.out());
    assertThat(n.at("/merged/voxels").asInt())
        .isEqualTo(Mdx2.readTable(out.resolve("merged.nxs")).rows());
    assertThat(n.at("/sweeps/1/observations").asInt())
        .isEqualTo(Mdx2.readTable(out.resolve("split_1/integrated.nxs")).rows());
    assertThat(n.at("/sweeps/0/file").asText()).isEqualTo("xtal1/indexed.expt");
    assertThat(n.at("/shells").size()).isEqualTo(15);
    assertThat(n.at("/crystal/cell/0").asDouble()).isCloseTo(30, within(1e-6));

    Path merged = dir.resolve("m.nxs");
    o = run("merge", out.resolve("split_0/corrected.nxs"), "--json", "--outfile", merged);
    n = new ObjectMapper().readTree(o.out());
    assertThat(n.at("/0/voxels").asInt()).isEqualTo(Mdx2.readTable(merged).rows());
    assertThat(n.at("/0/file").asText()).isEqualTo(merged.toString());
  }

  @Test
  void progressShouldTellHowMuchOfTheJobIsLeft() {
    List<Double> shares = new ArrayList<>();
    JobProgress job =
        JobProgress.ofReduction((stage, done, total, share) -> shares.add(share), 6, List.of(12));
    job.advance("bin background", 6, 6);
    job.advance("sweep 0: find peaks", 12, 12);
    job.advance("sweep 0: integrate", 6, 12);
    job.advance("unknown", 1, 2);
    job.advance("sweep 0: integrate", 12, 12);
    job.advance("scale round 2 a", 10, 10);
    assertThat(shares).isSorted().allMatch(s -> s > 0 && s < 1);
    assertThat(ProgressBar.text("sweep 1: integrate", 30, 120, 2, 0.5, 42))
        .isEqualTo(
            " 50 % [############............] sweep 1: integrate 30 of 120, 15/s, 0:42 left");
  }

  @Test
  void roomShouldBeLookedForBeforeWork(@TempDir Path dir) throws IOException {
    try (OutputFolder folder = OutputFolder.of(dir)) {
      folder.requireRoom(1);
      assertThatThrownBy(() -> folder.requireRoom(1e18))
          .hasMessageContaining("the disk has room for")
          .hasMessageContaining("make room");
    }
  }
}
