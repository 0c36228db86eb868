package org.mdx.microed.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.io.sim.SimulationWriter;
import org.mdx.microed.process.Movie;
import org.mdx.microed.process.ProcessOptions;
import org.mdx.microed.process.Processing;
import org.mdx.microed.process.TrialReport;
import org.mdx.microed.process.Values;
import org.mdx.microed.process.engine.DialsEngine;
import org.mdx.microed.process.pipeline.Presets;
import org.mdx.microed.results.CrystalResult;
import org.mdx.microed.results.ResultTable;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.Absence;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

/**
 * From simulated crystals to the table by way of DIALS: takes minutes, so it runs with {@code
 * -Dmdx.dials=true} only, and where DIALS is installed.
 */
@EnabledIfSystemProperty(named = "mdx.dials", matches = "true")
class DialsTrialsTest {
  private static final UnitCell CELL = new UnitCell(11, 17, 23, 90, 101, 90);

  @TempDir private Path folder;

  @Test
  void threeCrystalsShouldGoThroughTwoTrialsToTheTable() throws Exception {
    assumeTrue(
        DialsEngine.onPath().problem(List.of("dials.import")).isEmpty(), "DIALS is not installed");
    SimulatedFiles files =
        SimulationWriter.write(
            Simulation.of(
                SimulationOptions.demo()
                    .withCrystal(CELL, SpaceGroup.parse("P 21"))
                    .withSweeps(3)
                    .withFrames(80, 0.5, 0.04)
                    .withAbsences(List.of(new Absence(2, 41, 60), new Absence(3, 1, 80)))),
            folder.resolve("images"),
            Parallel.available(),
            Progress.NONE);
    List<Movie> movies = new ArrayList<>();
    for (Path template : files.templates()) {
      movies.add(Movie.of(template));
    }
    Path work = folder.resolve("work");
    ProcessOptions options =
        ProcessOptions.of(
                work, List.of(Presets.p1(), Presets.mp()), Engines.dials(Optional.empty()))
            .values(
                Values.none()
                    .with("mask", files.mask().toString())
                    .with("space_group", "P2")
                    .with("unit_cell", "11,17,23,90,101,90")
                    .with("d_min", "1.4")
                    .with("first_d_min", "1.4")
                    .with("scale_d_min", "1.4"))
            .parallel(2, 1);
    List<TrialReport> reports = Processing.of(options).run(movies, System.out::println);
    assertThat(reports)
        .extracting(TrialReport::toString)
        .anyMatch(r -> r.startsWith("xtal1/P1  done"))
        .anyMatch(r -> r.startsWith("xtal1/mP  done"))
        .anyMatch(r -> r.startsWith("xtal2/P1  done"))
        .anyMatch(r -> r.startsWith("xtal2/mP  done"))
        .anyMatch(r -> r.startsWith("xtal3/P1  stopped at "))
        .anyMatch(r -> r.startsWith("xtal3/mP  stopped at "));

    ResultTable table = ResultTable.read(work, List.of(), 0.3);
    assertThat(table.rows()).hasSize(6);
    for (CrystalResult r : table.rows()) {
      if (r.path().startsWith("xtal3")) {
        assertThat(r.stopped()).isNotEmpty();
        continue;
      }
      double[] lengths = {CELL.a(), CELL.b(), CELL.c()};
      for (int i = 0; i < 3; i++) {
        assertThat(r.cell().orElseThrow().value(i) / lengths[i]).isBetween(0.998, 1.002);
      }
      assertThat(r.frames()).isEqualTo(80);
      if (r.path().startsWith("xtal2")) {
        // in the beam to image 40; bins of the filter have four images
        assertThat(r.framesKept()).isBetween(36, 44);
      } else {
        assertThat(r.framesKept()).isBetween(76, 80);
        assertThat(r.limit().resolution()).isLessThan(2.2);
        assertThat(r.symmetry()).isEqualTo("P 1 2/m 1");
      }
    }
    List<TrialReport> again = Processing.of(options).run(movies, r -> {});
    assertThat(again).extracting(TrialReport::ran).containsOnly(0);
  }
}
