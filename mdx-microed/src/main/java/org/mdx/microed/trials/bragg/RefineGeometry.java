package org.mdx.microed.trials.bragg;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mdx.bragg.refine.RefineOptions;
import org.mdx.bragg.refine.RefineParameter;
import org.mdx.bragg.refine.Refined;
import org.mdx.bragg.refine.Refiner;
import org.mdx.geometry.Probe;
import org.mdx.microed.process.engine.NativeStep;
import org.mdx.microed.process.engine.StepRun;

/**
 * Makes {@code refined.expt} and {@code refined.refl}: what {@code dials.refine} does, with the
 * distance fixed and, along the scan, the orientation alone where the probe is electrons.
 */
final class RefineGeometry implements NativeStep {
  private static final String VARYING = "refinement.parameterisation.scan_varying";
  private static final String FIX = "refinement.parameterisation.detector.fix";
  private static final String FIX_LIST = "refinement.parameterisation.detector.fix_list";
  private static final String STATIC = "refinement.parameterisation.crystal.unit_cell.force_static";
  private static final String EXPERIMENTS = "output.experiments";
  private static final String REFLECTIONS = "output.reflections";
  private static final String LOG = "output.log";
  private static final String DRIFT = "beam_drift";

  /** What DIALS calls the parts of a detector that can be fixed. */
  private static final Map<String, List<RefineParameter>> PARTS =
      Map.of(
          "distance",
          List.of(RefineParameter.DISTANCE),
          "position",
          List.of(RefineParameter.DISTANCE, RefineParameter.SHIFTS),
          "orientation",
          List.of(RefineParameter.TAU_NORMAL, RefineParameter.TILTS),
          "all",
          List.of(
              RefineParameter.DISTANCE,
              RefineParameter.SHIFTS,
              RefineParameter.TAU_NORMAL,
              RefineParameter.TILTS));

  @Override
  public void run(StepRun run, PrintWriter out) throws IOException {
    StepWords words =
        StepWords.of(run, VARYING, FIX, FIX_LIST, STATIC, EXPERIMENTS, REFLECTIONS, LOG, DRIFT);
    TrialSweep sweep = TrialSweep.read(words);
    try (StepLog log = new StepLog(run, out, words.text(LOG, "dials.refine.log"))) {
      Refined refined = refine(sweep, words, log);
      log.say(refined.table().lines().toList());
      TrialSweep.write(
          run.folder().resolve(words.text(EXPERIMENTS, "refined.expt")),
          sweep.with(refined.geometries()),
          run.folder().resolve(words.text(REFLECTIONS, "refined.refl")),
          refined.reflections());
    }
  }

  /** With a beam that drifts if that was asked for, or with electrons if it explains the spots. */
  private static Refined refine(TrialSweep sweep, StepWords words, StepLog log) {
    RefineOptions o = options(words);
    String drift = words.text(DRIFT, "0");
    if (!drift.equals("auto")) {
      double degrees = words.number(DRIFT).orElse(0.0);
      return Refiner.refine(sweep.geometries(), sweep.reflections(), o.beamDrift(degrees));
    }
    Refined still = Refiner.refine(sweep.geometries(), sweep.reflections(), o);
    if (sweep.geometries().get(0).beam().probe() != Probe.ELECTRON) {
      return still;
    }
    try {
      Refined moving =
          Refiner.refine(sweep.geometries(), sweep.reflections(), o.beamDrift(DriftTest.DEGREES));
      DriftTest test = DriftTest.of(sweep.geometries(), still, moving);
      log.say(test.toString());
      return test.helps() ? moving : still;
    } catch (IllegalArgumentException e) {
      log.say("a beam that drifts was not tried: " + e.getMessage());
      return still;
    }
  }

  private static RefineOptions options(StepWords words) {
    RefineOptions o = RefineOptions.defaults();
    for (String name : new String[] {FIX, FIX_LIST}) {
      for (String part : words.text(name, "").split("[,\\s]+")) {
        if (!part.isEmpty()) {
          o = o.fix(part(words, name, part));
        }
      }
    }
    boolean varying =
        words
            .text(VARYING)
            .map(t -> t.equalsIgnoreCase("auto") || words.flag(VARYING).orElseThrow())
            .orElse(true);
    if (varying && words.flag(STATIC).orElse(false)) {
      return o.varying(RefineParameter.ORIENTATION);
    }
    // with electrons the orientation alone varies
    return varying ? o : o.scanVarying(false);
  }

  private static RefineParameter[] part(StepWords words, String name, String part) {
    List<RefineParameter> p = PARTS.get(part.toLowerCase(Locale.ROOT));
    if (p == null) {
      throw words.wrong(name, "distance, position, orientation or all");
    }
    return p.toArray(RefineParameter[]::new);
  }
}
