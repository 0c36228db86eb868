package org.mdx.microed.trials.bragg;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mdx.bragg.integrate.IntegrateOptions;
import org.mdx.bragg.integrate.Integrated;
import org.mdx.bragg.integrate.Integrator;
import org.mdx.bragg.integrate.SpotWidths;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.image.ImageSeries;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.microed.process.engine.NativeStep;
import org.mdx.microed.process.engine.StepRun;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Makes {@code integrated.expt} and {@code integrated.refl}: what {@code dials.integrate} does. */
final class IntegrateSweep implements NativeStep {
  private static final String D_MIN = "prediction.d_min";
  private static final String THREADS = "integration.mp.nproc";
  private static final String SPOTS = "profile.gaussian_rs.min_spots.overall";

  @Override
  public void run(StepRun run, PrintWriter out) throws IOException {
    StepWords words = StepWords.of(run, D_MIN, THREADS, SPOTS);
    Path expt = words.file(".expt");
    TrialSweep sweep = TrialSweep.read(words);
    IntegrateOptions defaults = IntegrateOptions.defaults();
    IntegrateOptions options = words.number(D_MIN).map(defaults::withResolution).orElse(defaults);
    int[] id = sweep.reflections().get(ReflectionKeys.ID);
    List<Reflections> tables = new ArrayList<>();
    List<ExperimentList.GaussianProfile> profiles = new ArrayList<>();
    try (StepLog log = new StepLog(run, out, "dials.integrate.log")) {
      words
          .text(SPOTS)
          .ifPresent(n -> log.say(SPOTS + "=" + n + ": fewer spots are taken as well"));
      for (int row = 0; row < sweep.experiments().size(); row++) {
        int number = row;
        List<Geometry> others = new ArrayList<>(sweep.geometries());
        Geometry own = others.remove(row);
        // crystals that took each other's place have scans of their own
        others.removeIf(g -> !g.scan().hasImagesOf(own.scan()));
        ImageSeries images = Dials.read(expt, sweep.experiments().get(row), row);
        Integrated found =
            Integrator.integrate(
                images,
                others,
                sweep.reflections().where(i -> id[i] == number),
                options,
                Parallel.of(run.threads()),
                Progress.NONE);
        SpotWidths w = found.widths();
        profiles.add(
            new ExperimentList.GaussianProfile(w.sigmaB(), w.sigmaM(), SpotWidths.N_SIGMA));
        tables.add(numbered(found.reflections(), row));
        say(log, row, own.crystal().orElseThrow(), found);
      }
    }
    ExperimentList.read(expt).withProfiles(profiles).write(run.folder().resolve("integrated.expt"));
    ReflectionFile.write(
        run.folder().resolve("integrated.refl"),
        Reflections.concatenate(tables)
            .withIdentifiers(TrialSweep.identifiers(sweep.experiments())));
  }

  private static void say(StepLog log, int row, Crystal crystal, Integrated found) {
    SpotWidths w = found.widths();
    log.say("lattice " + row);
    log.say("    Unit cell: " + CellLine.of(crystal));
    log.say("    Space group: " + crystal.spaceGroup());
    log.say(
        String.format(
            Locale.ROOT,
            "%d reflections predicted to %.3f Å, %d of them found as spots; %d summed, %d fitted",
            found.reflections().size(),
            found.resolution(),
            found.matched(),
            found.count(ReflectionFlag.INTEGRATED_SUM),
            found.count(ReflectionFlag.INTEGRATED_PRF)));
    log.say(
        String.format(
            Locale.ROOT,
            "sigma_b %.4f°, sigma_m %.4f°; profiles from %d spots",
            w.sigmaB(),
            w.sigmaM(),
            found.references()));
    log.say(found.notes());
  }

  private static Reflections numbered(Reflections r, int row) {
    int[] id = new int[r.size()];
    Arrays.fill(id, row);
    return r.with(ReflectionKeys.ID, id)
        .with(ReflectionKeys.IMAGESET_ID, new int[r.size()])
        .withIdentifiers(Map.of());
  }
}
