package org.mdx.microed.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.microed.process.Movie;
import org.mdx.microed.process.ProcessOptions;
import org.mdx.microed.process.Processing;
import org.mdx.microed.process.TrialReport;
import org.mdx.microed.process.engine.DialsEngine;
import org.mdx.microed.process.engine.StepEngine;
import org.mdx.microed.process.pipeline.Pipeline;
import org.mdx.microed.process.pipeline.Presets;
import org.mdx.microed.results.CrystalResult;
import org.mdx.microed.results.ResultTable;

/**
 * The trials P1 and mP of {@link TwentyCrystals}, unattended: takes minutes, so it runs with {@code
 * -Dmdx.twenty=native} or {@code -Dmdx.twenty=dials} only. {@code -Dmdx.twenty.crystals=1-5} takes
 * some of them, {@code -Dmdx.twenty.folder=DIR} keeps the files, {@code -Dmdx.twenty.seed=N} turns
 * the crystals another way.
 */
@EnabledIfSystemProperty(named = "mdx.twenty", matches = "native|dials")
class TwentyCrystalsTest {
  private static final double LEAST = 0.95;

  @TempDir private Path temporary;

  @Test
  void trialsShouldFindTheLattices() throws Exception {
    boolean own = System.getProperty("mdx.twenty").equals("native");
    assumeTrue(
        own || DialsEngine.onPath().problem(List.of("dials.import")).isEmpty(),
        "DIALS is not installed");
    Path folder =
        Optional.ofNullable(System.getProperty("mdx.twenty.folder"))
            .map(Path::of)
            .orElse(temporary);
    String[] range = System.getProperty("mdx.twenty.crystals", "1-20").split("-");
    long seed = Long.getLong("mdx.twenty.seed", 1);
    Files.createDirectories(folder);
    Path work = folder.resolve("work");
    List<Pipeline> trials = List.of(Presets.p1(), Presets.mp());
    List<StepEngine> engines =
        own ? Engines.ofThisProject(Optional.empty()) : Engines.dials(Optional.empty());
    Map<String, String> wrong = new TreeMap<>();
    int asked = 0;
    double seconds = 0;
    List<SimulatedCrystal> all = TwentyCrystals.all();
    for (int i = Integer.parseInt(range[0]); i <= Integer.parseInt(range[range.length - 1]); i++) {
      SimulatedCrystal crystal = all.get(i - 1);
      SimulatedCrystal.Written files = crystal.write(folder, 100 * seed + i);
      ProcessOptions options =
          ProcessOptions.of(
                  work,
                  own ? trials.stream().map(Pipeline::ofNativeSteps).toList() : trials,
                  engines)
              .values(crystal.values(files.profile()))
              .parallel(1, 1);
      Instant begin = Instant.now();
      List<TrialReport> reports =
          Processing.of(options).run(List.of(Movie.of(files.movie())), System.out::println);
      seconds += Duration.between(begin, Instant.now()).toMillis() / 1e3;
      for (TrialReport r : reports) {
        asked++;
        String fault = fault(r, work, crystal, files);
        if (!fault.isEmpty()) {
          wrong.put(r.crystal() + "/" + r.trial(), fault);
        }
      }
    }
    wrong.forEach((k, v) -> System.out.println("WRONG " + k + ": " + v));
    System.out.printf(
        Locale.ROOT,
        "%d of %d trials right; %.0f s, %.0f s of processor time in this program%n",
        asked - wrong.size(),
        asked,
        seconds,
        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime()
            / 1e9);
    ResultTable table = ResultTable.read(work, List.of(), 0.3);
    List<String> paths = new ArrayList<>();
    for (CrystalResult r : table.rows()) {
      paths.add(r.path());
      System.out.println(
          r.path()
              + " "
              + r.limit().resolution()
              + " "
              + r.cell().map(Object::toString).orElse("-")
              + " "
              + r.symmetry()
              + " "
              + r.framesKept()
              + "/"
              + r.frames()
              + " "
              + r.stopped());
    }
    assertThat(paths).hasSize(asked);
    assertThat(wrong.size()).isLessThanOrEqualTo((int) Math.floor((1 - LEAST) * asked));
  }

  private static String fault(
      TrialReport r, Path work, SimulatedCrystal crystal, SimulatedCrystal.Written files)
      throws Exception {
    Path trial = work.resolve(r.crystal()).resolve(r.trial());
    if (crystal.diffracts()) {
      String fault = CrystalCheck.wrong(trial, crystal, files.truth(), r.trial().equals("mP"));
      return fault.isEmpty() ? "" : fault + "; " + r;
    }
    return Files.exists(trial.resolve("indexed.expt")) ? "a lattice where there is none" : "";
  }
}
