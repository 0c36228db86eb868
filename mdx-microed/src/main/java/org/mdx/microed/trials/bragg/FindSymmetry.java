package org.mdx.microed.trials.bragg;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.symmetry.FoundSymmetry;
import org.mdx.bragg.symmetry.SubgroupScore;
import org.mdx.bragg.symmetry.SymmetryFinder;
import org.mdx.bragg.symmetry.SymmetryOptions;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.microed.process.engine.NativeStep;
import org.mdx.microed.process.engine.StepRun;

/**
 * Makes {@code symmetrized.expt} and {@code symmetrized.refl}: what {@code dials.symmetry} does.
 */
final class FindSymmetry implements NativeStep {
  private static final String D_MIN = "d_min";
  private static final String PARTIALITY = "partiality_threshold";
  private static final String TOLERANCE = "lattice_symmetry_max_delta";

  @Override
  public void run(StepRun run, PrintWriter out) throws IOException {
    StepWords words = StepWords.of(run, D_MIN, PARTIALITY, TOLERANCE);
    TrialSweep sweep = TrialSweep.read(words);
    SymmetryOptions o = SymmetryOptions.defaults();
    o = words.number(D_MIN).map(o::dMin).orElse(o);
    o = words.number(PARTIALITY).map(o::minPartiality).orElse(o);
    o = words.number(TOLERANCE).map(o::latticeTolerance).orElse(o);
    FoundSymmetry found = SymmetryFinder.find(sweep.geometries(), sweep.reflections(), o);
    try (StepLog log = new StepLog(run, out, "dials.symmetry.log")) {
      log.say(found.table().lines().toList());
      SubgroupScore best = found.laueGroup();
      log.say("Best solution: " + patterson(best.group()).hermannMauguin());
      log.say(String.format(Locale.ROOT, "Unit cell: %s", best.cell()));
      log.say("Reindex operator: " + best.change());
      log.say(String.format(Locale.ROOT, "Laue group probability: %.3f", best.likelihood()));
    }
    List<Crystal> crystals =
        found.geometries().stream().map(g -> g.crystal().orElseThrow()).toList();
    Dials.withCrystals(ExperimentList.read(words.file(".expt")), crystals)
        .write(run.folder().resolve("symmetrized.expt"));
    ReflectionFile.write(run.folder().resolve("symmetrized.refl"), found.reflections());
  }

  /** The group of the intensities, which an inversion does not change. */
  private static SpaceGroup patterson(SpaceGroup group) {
    List<SymmetryOperator> all = new ArrayList<>(group.operators());
    all.add(SymmetryOperator.of("-x,-y,-z"));
    return SpaceGroup.ofOperators(all);
  }
}
