package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Scan;
import org.mdx.integrate.Integration;
import org.mdx.integrate.IntegrationOptions;
import org.mdx.mask.FoundShadow;
import org.mdx.mask.ShadowFinder;
import org.mdx.merge.MergeOptions;
import org.mdx.parallel.Progress;
import org.mdx.pipeline.ReductionListener.Step;
import org.mdx.pipeline.parts.SweepPart;
import org.mdx.pipeline.parts.SweepParts;
import org.mdx.reindex.SymmetryAgreement;
import org.mdx.scale.ScalingModel;
import org.mdx.scaling.NothingToScaleException;
import org.mdx.scaling.Scaling;

/**
 * Takes sweeps from images to merged intensities one after the other, so that of those before no
 * more than the corrected tables is kept.
 */
final class SweepBySweep {
  /** Bytes for each observation while sweeps are reduced with all of them in memory. */
  static final double ROW = 135;

  /** Part of a detector in a shadow that is worth a word. */
  private static final double SHADOW = 2e-3;

  private final ReductionOptions options;
  private final ReductionListener listener;
  private final List<Corrected> parts = new ArrayList<>();
  private final List<ReducedSweep> results = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long rows;
  private boolean spills;

  SweepBySweep(ReductionOptions options, ReductionListener listener) {
    this.options = options;
    this.listener = listener;
  }

  Reduction run(Sweeps sweeps) {
    Corrected corrected = consistent(correct(sweeps));
    String[] notScaled = new String[1];
    Scaled scaled = scale(corrected, notScaled);
    MergedSweeps merged =
        step(
            Step.MERGE,
            () -> scaled == null ? corrected.merge(merging()) : scaled.merge(merging()));
    listener.merged(merged);
    merged.merged().doubt().ifPresent(notes::add);
    return new Reduction(results, corrected, scaled, notScaled[0], merged, notes);
  }

  /** All sweeps from images to corrected intensities, indexed as they are. */
  Corrected correct(Sweeps sweeps) {
    SweepChecks.requireCarried(sweeps.sweeps().get(0).crystal(), options.integration().ndiv());
    if (sweeps.hasBackground()) {
      listener.background(step(Step.BACKGROUND, () -> sweeps.background().orElseThrow()));
    }
    for (int i = 0; i < sweeps.sweeps().size(); i++) {
      reduce(i, sweeps);
    }
    Context context = sweeps.context();
    return Corrected.join(parts, spills ? context : context.scratch(null));
  }

  private static Progress named(String name, Progress progress) {
    return (stage, done, total) -> progress.advance(name + ": " + stage, done, total);
  }

  private <T> T step(Step step, Supplier<T> work) {
    listener.begins(step);
    T value = work.get();
    listener.ends(step);
    return value;
  }

  /** One sweep alone, which is kept with the parts. */
  ReducedSweep part(int number, Sweeps sweeps) {
    SweepChecks.requireCarried(sweeps.sweeps().get(0).crystal(), options.integration().ndiv());
    if (sweeps.hasBackground()) {
      listener.background(step(Step.BACKGROUND, () -> sweeps.background().orElseThrow()));
    }
    reduce(number, sweeps);
    return results.get(0);
  }

  /** One sweep from images to corrected intensities, or as it was kept before. */
  private void reduce(int number, Sweeps sweeps) {
    Sweeps sweep =
        sweeps.select(number).progress(named("sweep " + number, sweeps.context().progress()));
    SweepParts kept = sweeps.context().parts();
    String key = kept == null ? null : SweepKey.of(sweep, options);
    Optional<SweepPart> before = kept == null ? Optional.empty() : kept.find(number, key);
    SweepPart part = before.isPresent() ? before.get() : reduced(number, sweep);
    lookAtAttenuators(number, sweep);
    part.peaks().doubt().ifPresent(doubt -> notes.add("sweep " + number + ": " + doubt));
    lookAtSymmetry(number, sweep.sweeps().get(0).crystal(), part);
    ReducedSweep result = new ReducedSweep(number, sweep.sweeps().get(0), part);
    if (before.isPresent()) {
      listener.found(result, part.mask());
    } else if (kept != null) {
      kept.keep(number, key, part);
    }
    add(corrected(sweep, part), result);
  }

  private Corrected corrected(Sweeps one, SweepPart part) {
    FineMaps.Input input =
        new FineMaps.Input(
            one.sweeps().get(0), Optional.of(part.mask()), one.background(), ScalingModel.IDENTITY);
    Origin origin =
        new Origin(List.of(input), options.correction().conventions(one.context().conventions()));
    Crystal crystal = one.sweeps().get(0).crystal();
    return new Corrected(crystal, origin, List.of(part.corrected()), null, one.context());
  }

  /** The counts, which take as much room as the intensities, are gone when this is done. */
  private SweepPart reduced(int number, Sweeps sweep) {
    lookForShadow(number, sweep);
    FoundPeaks found = step(Step.FIND_PEAKS, () -> findPeaks(number, sweep));
    listener.peaks(number, found.peaks().get(0));
    Masked masked = step(Step.MASK, () -> found.maskPeaks(options.bragg().sigmaCutoff()));
    masked.cutoffs().get(0).ifPresent(c -> listener.cutoff(number, c));
    Integrated integrated = step(Step.INTEGRATE, () -> masked.integrate(this::integration));
    Integration counts = integrated.integrations().get(0);
    listener.integrated(number, counts);
    Corrected corrected =
        step(
            Step.CORRECT,
            () -> integrated.correct(c -> options.correction().conventions(c.conventions())));
    SweepPart part =
        new SweepPart(
            found.peaks().get(0),
            masked.masks().get(0).orElseThrow(),
            masked.cutoffs().get(0),
            new SweepPart.Totals(counts.maskedPixels(), counts.pixels(), counts.counts()),
            corrected.tables().get(0));
    listener.reduced(
        new ReducedSweep(number, sweep.sweeps().get(0), part), masked, integrated, corrected);
    return part;
  }

  private void lookAtAttenuators(int number, Sweeps one) {
    Scan scan = one.sweeps().get(0).geometry().scan();
    one.background()
        .flatMap(b -> b.attenuation(scan.transmission(), one.context().conventions()))
        .ifPresent(
            difference -> {
              listener.attenuated(number, difference);
              notes.add("sweep " + number + ": " + difference);
            });
  }

  /** Where only grids tell the geometry, nobody knows which pixels are at one angle. */
  private void lookForShadow(int number, Sweeps sweeps) {
    Sweep sweep = sweeps.sweeps().get(0);
    if (!sweep.gridsOnly()) {
      FoundShadow shadow = ShadowFinder.find(sweep.images(), sweeps.context().parallel());
      if (shadow.part() > SHADOW) {
        listener.shadow(number, shadow);
        notes.add("sweep " + number + ": a shadow that no mask leaves out: " + shadow);
      }
    }
  }

  private void lookAtSymmetry(int number, Crystal crystal, SweepPart part) {
    SymmetryAgreement agreement =
        SymmetryAgreement.of(part.corrected(), crystal.cell(), crystal.spaceGroup());
    agreement
        .doubt()
        .ifPresent(
            doubt -> {
              listener.symmetryDoubted(number, agreement);
              notes.add("sweep " + number + ": " + doubt);
            });
  }

  /** Keeps a sweep's table, and puts all away once they do not fit into memory. */
  private void add(Corrected part, ReducedSweep result) {
    results.add(result);
    rows += result.observations();
    parts.add(part);
    if (!spills && part.cannotHold(ROW * rows)) {
      spills = true;
      listener.spills(result.number(), rows);
    }
    if (spills) {
      parts.replaceAll(Corrected::spilled);
    }
  }

  private IntegrationOptions integration(IntegrationOptions defaults) {
    return options.integration().conventions(defaults.conventions());
  }

  private FoundPeaks findPeaks(int number, Sweeps sweep) {
    try {
      return options.bragg().countThreshold().isPresent()
          ? sweep.findPeaks(p -> p.countThreshold(options.bragg().countThreshold().getAsInt()))
          : sweep.findPeaks(p -> p.findCountThreshold());
    } catch (IllegalArgumentException e) {
      String images = sweep.sweeps().get(0).images().source().describe(0);
      throw new IllegalArgumentException(
          "sweep " + number + " (" + images + " …): " + e.getMessage(), e);
    }
  }

  private Corrected consistent(Corrected corrected) {
    if (options.combination().reindexing().isEmpty() || corrected.tables().size() < 2) {
      return corrected;
    }
    Corrected out =
        step(
            Step.REINDEX,
            () -> corrected.resolveAmbiguity(r -> options.combination().reindexing().get()));
    listener.reindexed(out);
    return out;
  }

  /** Scales all sweeps; null where that is not wanted or there is nothing to scale against. */
  private Scaled scale(Corrected corrected, String[] notScaled) {
    if (options.combination().scaling().isEmpty()) {
      return null;
    }
    try {
      Scaled scaled =
          step(Step.SCALE, () -> corrected.scale(options.combination().scaling().get()));
      listener.scaled(scaled);
      scaled.scaling().flatMap(Scaling::doubt).ifPresent(notes::add);
      return scaled;
    } catch (NothingToScaleException e) {
      notScaled[0] = e.getMessage();
      listener.notScaled(e.getMessage());
      return null;
    }
  }

  private UnaryOperator<MergeOptions> merging() {
    return m -> options.combination().merging().conventions(m.conventions());
  }
}
