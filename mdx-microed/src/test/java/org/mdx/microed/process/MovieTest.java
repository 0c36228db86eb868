package org.mdx.microed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.image.ImageSource;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.io.sim.SimulationWriter;
import org.mdx.microed.process.engine.DialsEngine;
import org.mdx.microed.process.engine.NativeEngine;
import org.mdx.microed.process.engine.StepResult;
import org.mdx.microed.process.engine.StepRun;
import org.mdx.microed.process.pipeline.OnFailure;
import org.mdx.microed.process.pipeline.Pipeline;
import org.mdx.microed.process.pipeline.PipelineStep;
import org.mdx.microed.process.pipeline.Presets;
import org.mdx.microed.process.pipeline.SiteConfig;
import org.mdx.microed.process.pipeline.StepCondition;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

class MovieTest {
  @TempDir private Path folder;

  @Test
  void namesShouldBeThoseOfThePublishedFolders() {
    assertThat(Movie.name("Camera_Ceta_20230611_2324_670_mm.emd")).isEqualTo("20230611_2324");
    assertThat(Movie.name("Camera Ceta 20230611 2324 670 mm.emd")).isEqualTo("20230611_2324");
    assertThat(Movie.name("Camera_Ceta_20230611_2324_670_mm_0001.emd")).isEqualTo("20230611_2324");
    assertThat(Movie.name("multi01_master.h5")).isEqualTo("multi01");
    assertThat(Movie.name("grid 3 kristall ä.mrc.gz")).isEqualTo("grid_3_kristall_ä");
    assertThat(Movie.name("a'b;c.tif")).isEqualTo("a_b_c");
  }

  private SimulatedFiles simulate() throws Exception {
    return SimulationWriter.write(
        Simulation.of(
            SimulationOptions.demo()
                .withSweeps(1)
                .withDetector(SimulatedDetector.flat(61, 43, 0.8, 80))
                .withFrames(6, 0.5, 0.04)
                .withBackground(1, 3, 0.1)),
        folder,
        Parallel.of(1),
        Progress.NONE);
  }

  @Test
  void sweepsShouldBeFoundByTemplateAndByFolder() throws Exception {
    SimulatedFiles files = simulate();
    Movie byTemplate = Movie.of(files.templates().get(0));
    assertThat(byTemplate.name()).isEqualTo("xtal1");
    assertThat(byTemplate.files()).hasSize(6);
    assertThat(byTemplate.words()).containsExactly("template=" + files.templates().get(0));
    Movie byFolder = Movie.of(folder.resolve("xtal1"));
    assertThat(byFolder).isEqualTo(byTemplate);
    assertThat(byFolder.needsConversion()).isFalse();
    assertThatThrownBy(() -> Movie.of(folder.resolve("none.emd")))
        .isInstanceOf(NoSuchFileException.class);
    Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(() -> Movie.of(folder.resolve("empty"))).hasMessageContaining("no images");
  }

  @Test
  void wedgesShouldShareTheFilesOut() throws Exception {
    Movie movie = Movie.of(simulate().templates().get(0));
    List<Movie> wedges = movie.wedges(2);
    assertThat(wedges)
        .extracting(Movie::name)
        .containsExactly("xtal1-000", "xtal1-001", "xtal1-002");
    assertThat(wedges.get(2).values()).containsEntry("image_range", "5,6");
    assertThatThrownBy(() -> movie.wedges(4)).hasMessageContaining("6 images");
    assertThatThrownBy(() -> movie.wedges(0)).hasMessageContaining("--wedge N");
  }

  @Test
  void conversionShouldKeepEveryCountAndTheHeader() throws Exception {
    Movie movie = Movie.of(simulate().templates().get(0)).withHeader();
    assertThat(movie.values()).containsEntry("oscillation", "0.0,0.5");
    assertThat(Double.parseDouble(movie.values().get("distance"))).isEqualTo(80);
    StepRun run =
        new StepRun(
            "mdx.convert",
            movie.words(),
            folder,
            folder,
            folder.resolve("log"),
            1,
            Duration.ofMinutes(1));
    assertThat(NativeEngine.standard().run(run)).isEqualTo(StepResult.DONE);
    ByteBuffer mrc =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("image.mrc")))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new int[] {mrc.getInt(0), mrc.getInt(4), mrc.getInt(8), mrc.getInt(12)})
        .containsExactly(61, 43, 6, 2);
    int[][] counts = {new int[61 * 43]};
    for (int f = 0; f < 6; f++) {
      ImageSource source = ImageFiles.open(movie.files().get(f));
      source.read(0, counts);
      for (int i = 0; i < counts[0].length; i++) {
        assertThat(mrc.getFloat(1024 + 4 * (f * counts[0].length + i))).isEqualTo(counts[0][i]);
      }
    }
    assertThat(ImageFiles.header(folder.resolve("image.mrc")).frames()).isEqualTo(6);
  }

  @Test
  void convertedMoviesShouldBeReadInPlaceOfTheImages() {
    Pipeline p = Presets.p1().converting();
    assertThat(p.steps().get(0).task()).isEqualTo("mdx.convert");
    PipelineStep importing = p.steps().get(1);
    assertThat(importing.arguments()).startsWith("image.mrc").doesNotContain("{images}");
    assertThat(importing.inputs()).contains("image.mrc");
    assertThat(Presets.mp().converting()).isEqualTo(Presets.mp());
  }

  @Test
  void programsShouldRunBeEndedInTimeAndMissedByName() throws Exception {
    Path tool = folder.resolve("bin/dials.import");
    Files.createDirectories(tool.getParent());
    Files.writeString(tool, "#!/bin/sh\necho \"got $1\"\nsleep ${2:-0}\nexit ${3:-0}\n");
    org.junit.jupiter.api.Assumptions.assumeTrue(tool.toFile().setExecutable(true));
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(Path.of("/bin/sh")));
    DialsEngine engine = DialsEngine.in(folder);
    assertThat(engine.problem(List.of("dials.import"))).isEmpty();
    assertThat(engine.problem(List.of("dials.import", "dials.index")).orElseThrow())
        .startsWith("DIALS programs not found: dials.index; install DIALS");
    Path log = folder.resolve("log");
    StepRun run =
        new StepRun("dials.import", List.of("x"), folder, folder, log, 1, Duration.ofSeconds(30));
    assertThat(engine.run(run)).isEqualTo(StepResult.DONE);
    assertThat(log).hasContent("got x");
    StepResult bad = engine.run(with(run, List.of("y", "0", "3"), Duration.ofSeconds(30)));
    assertThat(bad).isEqualTo(StepResult.failed(3, "got y"));
    long begin = System.nanoTime();
    StepResult late = engine.run(with(run, List.of("z", "60"), Duration.ofMillis(500)));
    assertThat(late.outOfTime()).isTrue();
    assertThat(late.reason()).isEqualTo("dials.import was ended after 0.5 s");
    assertThat(System.nanoTime() - begin).isLessThan(30_000_000_000L);
  }

  private static StepRun with(StepRun r, List<String> arguments, Duration timeout) {
    return new StepRun(r.task(), arguments, r.folder(), r.trial(), r.log(), 1, timeout);
  }

  @Test
  void aSitesFileShouldGiveValuesAndTrials() throws Exception {
    SiteConfig site = SiteConfig.read(Path.of("../docs/site.toml"));
    assertThat(site.values())
        .containsEntry("beam_centre", "1039,1007")
        .containsEntry("pedestal", "-40");
    Pipeline twins = site.trial("twins");
    assertThat(twins.steps()).hasSize(Presets.p1().steps().size() - 1);
    assertThat(twins.defaults()).containsEntry("d_min", "0.6").containsEntry("min_spots", "25");
    PipelineStep index = site.trial("quick").steps().get(2);
    assertThat(index.fallbacks()).hasSize(2);
    assertThat(index.condition()).isEqualTo(StepCondition.exists("strong.refl"));
    assertThat(index.onFailure()).isEqualTo(OnFailure.STOP);
    assertThat(site.trial("known").steps().get(0).task()).isEqualTo(PipelineStep.REUSE);
    assertThatThrownBy(() -> site.trial("p1")).hasMessageContaining("'p1'; there are P1, known");
    Values values = Values.none().withAll(site.values()).with("images", "m.emd");
    assertThat(values.with("nproc", "2").fill("x", twins.steps().get(2).arguments()))
        .contains("max_lattices=2", "hkl_tolerance=0.1");
    assertThatThrownBy(() -> values.fill("i", site.trial("known").steps().get(1).arguments()))
        .hasMessageContaining("step i needs a value for unit_cell");
  }

  @Test
  void mistakesInASitesFileShouldBeNamed() throws Exception {
    for (Map.Entry<String, String> e :
        Map.of(
                "[value]\na = 1", "one of values, trials",
                "[values]\na = ", "line 2",
                "[trials.a]\nwithout = []", "either extends or steps, found neither",
                "[trials.a]\nextends = \"P2\"", "'P2'",
                "[trials.a]\nextends = \"P1\"\nwithout = [\"x\"]", "no step 'x'",
                "[[trials.a.steps]]\nname = \"i\"\ntask = \"t\"\ntimeout = 3", "'timeout'",
                "[[trials.a.steps]]\nname = \"i\"\ntask = \"t\"\nproducts = [\"../x\"]",
                    "leads out",
                "[[trials.a.steps]]\nname = \"i\"\ntask = \"t\"\non_failure = \"no\"", "give fail")
            .entrySet()) {
      Path file = folder.resolve("site.toml");
      Files.writeString(file, e.getKey());
      assertThatThrownBy(() -> SiteConfig.read(file))
          .hasMessageContaining("site.toml")
          .hasMessageContaining(e.getValue());
    }
    assertThatThrownBy(
            () ->
                Pipeline.of(
                    "T",
                    PipelineStep.of("a", "x").products("p"),
                    PipelineStep.of("b", "x").products("p")))
        .hasMessageContaining("steps a and b both make p");
  }
}
