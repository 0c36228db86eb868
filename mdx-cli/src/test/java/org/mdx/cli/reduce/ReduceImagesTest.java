package org.mdx.cli.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mdx.cli.SimulatedData.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.Mdx;
import org.mdx.cli.SimulatedData;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.crystal.Crystal;
import org.mdx.image.ImageSeries;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.input.Images;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.io.sim.SimulationWriter;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

/** From image files to a map in one command. */
class ReduceImagesTest {
  @TempDir private static Path shared;

  private static SimulatedFiles data;

  @TempDir private Path dir;

  @BeforeAll
  static void simulate() throws IOException {
    Simulation simulation =
        Simulation.of(
            SimulationOptions.demo()
                .withDetector(SimulatedDetector.flat(180, 180, 0.4, 80))
                .withFrames(24, 0.5, 0.04)
                .withBackground(4, 3, 0.04));
    data =
        SimulationWriter.write(
            simulation, shared.resolve("data"), Parallel.available(), Progress.NONE);
  }

  private static Outcome reduce(Path out, Object... more) {
    List<Object> all = new ArrayList<>(List.of("reduce", "--out", out));
    all.addAll(Arrays.asList(more));
    return run(all.toArray());
  }

  @Test
  void imagesAloneShouldGiveTheTrueCrystalsAndTheFilesOfEveryStage() throws IOException {
    Outcome o =
        reduce(
            dir.resolve("out"),
            data.templates().get(0),
            data.templates().get(1).getParent(),
            "--mask",
            data.mask(),
            "--background",
            data.background(),
            "--scaling",
            "none",
            "--keep",
            "--json");

    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    JsonNode json = new ObjectMapper().readTree(o.out());
    assertThat(json.get("symmetry").get("laue_group").asText()).isEqualTo("m-3");
    assertThat(json.get("symmetry").get("confidence").asDouble()).isGreaterThan(0.9);
    for (int i = 0; i < 2; i++) {
      Crystal truth = Dials.readGeometry(data.indexed().get(i)).crystal().orElseThrow();
      Path folder = dir.resolve("out/split_" + i);
      Crystal found = Dials.readGeometry(folder.resolve("refined.expt")).crystal().orElseThrow();
      assertThat(found.cell().a()).isCloseTo(truth.cell().a(), within(0.01));
      assertThat(json.get("crystals").get(i).get("unit_cell").get(0).asDouble())
          .isCloseTo(found.cell().a(), within(1e-9)); // the file has the axes, not the edges
      int spots = ReflectionFile.readReflections(folder.resolve("strong.refl")).size();
      assertThat(json.get("crystals").get(i).get("spots").asInt()).isEqualTo(spots);
      assertThat(ReflectionFile.readReflections(folder.resolve("refined.refl")).size())
          .isEqualTo(spots);
      assertThat(ReflectionFile.readReflections(folder.resolve("indexed.refl")).keys())
          .contains(ReflectionKeys.MILLER_INDEX);
      assertThat(Dials.read(folder.resolve("imported.expt")).frames()).isEqualTo(24);
    }
    assertThat(Files.readString(dir.resolve("out/summary.txt")))
        .contains("symmetry: Laue group m-3", "spots indexed", "distance");
  }

  @Test
  void javaShouldGiveTheSameBytes() throws IOException {
    Outcome o = reduce(dir.resolve("out"), data.imported().get(0), data.imported().get(1));
    assertThat(o.err()).isEmpty();
    ImageSeries[] images =
        Images.openAll(data.imported().toArray(Path[]::new)).toArray(ImageSeries[]::new);
    Mdx2.writeTable(dir.resolve("java.nxs"), Mdx.reduce(images).table());
    assertThat(dir.resolve("java.nxs")).hasSameBinaryContentAs(dir.resolve("out/merged.nxs"));
  }

  @Test
  void aListWithACrystalShouldTellTheCellOfImages() throws IOException {
    Outcome o =
        reduce(
            dir.resolve("out"), data.indexed().get(0), data.imported().get(1), "--scaling", "none");
    assertThat(o.err()).isEmpty();
    assertThat(o.out()).contains("split_1 (xtal2/imported.expt): ", "spots indexed");
    assertThat(o.out())
        .doesNotContain("symmetry")
        .doesNotContain("split_0 (xtal1/indexed.expt): cell");
    assertThat(Files.readString(dir.resolve("out/summary.txt"))).contains("I 21 3 (199)");
  }

  @Test
  void aKnownCrystalShouldGiveItsAxes() throws IOException {
    Outcome o =
        reduce(
            dir.resolve("out"),
            data.imported().get(0),
            "--known-crystal",
            data.indexed().get(0),
            "--scaling",
            "none",
            "--keep");
    assertThat(o.err()).isEmpty();
    Crystal truth = Dials.readGeometry(data.indexed().get(0)).crystal().orElseThrow();
    Crystal found =
        Dials.readGeometry(dir.resolve("out/split_0/refined.expt")).crystal().orElseThrow();
    double[] same = truth.a().inverse().times(found.a()).toRowMajor();
    for (int i = 0; i < 9; i++) {
      assertThat(same[i]).isCloseTo(i % 4 == 0 ? 1 : 0, within(0.002));
    }
  }

  @Test
  void imagesWithoutALatticeShouldBeNamedWithWhatWasTried() throws IOException {
    Path out = dir.resolve("out");
    Outcome o =
        reduce(
            out,
            data.imported().get(0),
            "--unit-cell",
            "50,60,70,90,90,90",
            "--space-group",
            "P212121");
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("sweep 0 (", "index: indexing failed", "tried:", "try:");
    assertThat(out).doesNotExist();

    Outcome blank = reduce(out, data.background());
    assertThat(blank.code()).isEqualTo(1);
    assertThat(blank.err()).contains("sweep 0 (", "background", "spot");
    assertThat(out).doesNotExist();
  }

  @Test
  void oneImageShouldBeRefusedBeforeItIsRead() throws IOException {
    Path first;
    try (var files = Files.list(data.templates().get(0).getParent())) {
      first = files.filter(f -> f.toString().endsWith(".cbf")).sorted().findFirst().orElseThrow();
    }
    Outcome o = reduce(dir.resolve("out"), first);
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("sweep 0 (", "one image", "a map needs a rotation");
  }

  @Test
  void aBackgroundOfAnotherDetectorShouldBeRefused() throws IOException {
    SimulatedFiles other = SimulatedData.write(dir.resolve("other"));
    Outcome o =
        reduce(
            dir.resolve("out"),
            data.indexed().get(0),
            "--background",
            other.background().getParent());
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("200 x 170", "180 x 180", "background");
  }

  @Test
  void contradictingOptionsShouldBeRefused() {
    Outcome o =
        reduce(
            dir.resolve("out"),
            data.imported().get(0),
            "--known-crystal",
            data.indexed().get(0),
            "--space-group",
            "P1");
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("--known-crystal", "--space-group");
  }
}
