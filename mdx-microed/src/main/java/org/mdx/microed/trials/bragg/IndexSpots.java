package org.mdx.microed.trials.bragg;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.mdx.bragg.index.IndexOptions;
import org.mdx.bragg.index.Indexed;
import org.mdx.bragg.index.Indexer;
import org.mdx.bragg.index.SweepSpots;
import org.mdx.crystal.UnitCell;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.microed.process.engine.NativeStep;
import org.mdx.microed.process.engine.StepRun;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/** Makes {@code indexed.expt} and {@code indexed.refl}: what {@code dials.index} does. */
final class IndexSpots implements NativeStep {
  private static final String FIX = "refinement.parameterisation.detector.fix";
  private static final String TOLERANCE = "indexing.index_assignment.simple.hkl_tolerance";
  private static final String GROUP = "indexing.known_symmetry.space_group";
  private static final String CELL = "indexing.known_symmetry.unit_cell";
  private static final String METHOD = "indexing.method";
  private static final String LATTICES = "indexing.multiple_lattice_search.max_lattices";
  private static final String MAX_CELL = "indexing.max_cell";
  private static final String D_MIN = "indexing.refinement_protocol.d_min_start";
  private static final String THREADS = "indexing.nproc";

  @Override
  public void run(StepRun run, PrintWriter out) throws IOException {
    StepWords words =
        StepWords.of(run, FIX, TOLERANCE, GROUP, CELL, METHOD, LATTICES, MAX_CELL, D_MIN, THREADS);
    TrialSweep sweep = TrialSweep.read(words);
    DialsExperiment row = sweep.experiments().get(0);
    try (StepLog log = new StepLog(run, out, "dials.index.log")) {
      words
          .text(METHOD)
          .ifPresent(m -> log.say("indexing.method=" + m + ": all methods are tried in any case"));
      Indexed found =
          Indexer.index(
              List.of(new SweepSpots(row.geometry(), sweep.reflections())),
              options(words),
              Parallel.of(run.threads()),
              Progress.NONE);
      log.say(found.log());
      found.lattices().forEach(l -> log.say("lattice: " + l));
      log.say(String.format(Locale.ROOT, "%d of %d spots indexed", found.indexed(), found.spots()));
      log.say(found.notes());
      List<DialsExperiment> rows = new ArrayList<>();
      for (int l = 0; l < found.lattices().size(); l++) {
        rows.add(
            row.ofScan(found.lattices().get(l).geometries().get(0))
                .withIdentifier(identifier(row.identifier(), l)));
      }
      TrialSweep.write(
          run.folder().resolve("indexed.expt"),
          rows,
          run.folder().resolve("indexed.refl"),
          found.reflections());
    }
  }

  /** That of the sweep for its first lattice, and one made from it for each other. */
  private static String identifier(String sweep, int lattice) {
    return lattice == 0 && !sweep.isEmpty()
        ? sweep
        : UUID.nameUUIDFromBytes((sweep + "/" + lattice).getBytes(StandardCharsets.UTF_8))
            .toString();
  }

  private static IndexOptions options(StepWords words) {
    IndexOptions o = IndexOptions.defaults();
    if (words.text(CELL).isPresent()) {
      double[] c = words.numbers(CELL, 6);
      o = o.unitCell(new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5]));
    }
    if (words.text(FIX).isPresent()) {
      if (!words.text(FIX).get().equals("distance")) {
        throw words.wrong(FIX, "distance");
      }
      o = o.fixDistance(true);
    }
    o = words.text(GROUP).map(o::spaceGroup).orElse(o);
    o = words.number(TOLERANCE).map(o::tolerance).orElse(o);
    o = words.number(MAX_CELL).map(o::maxCell).orElse(o);
    o = words.number(D_MIN).map(o::dMin).orElse(o);
    return words.integer(LATTICES).map(o::maxLattices).orElse(o);
  }
}
