package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.mdx.correct.BackgroundOptions;
import org.mdx.crystal.CellTolerance;
import org.mdx.geometry.Conventions;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.ImageSeries;
import org.mdx.integrate.IntegrationOptions;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakFinder;
import org.mdx.peaks.PeakOptions;
import org.mdx.peaks.Peaks;
import org.mdx.pipeline.parts.SweepParts;
import org.mdx.table.Scratch;

/** First stage: the sweeps to reduce, how, and their background. Immutable. */
public final class Sweeps {
  private final List<Sweep> sweeps;
  private final Background background;
  private final Context context;

  private Sweeps(List<Sweep> sweeps, Background background, Context context) {
    this.sweeps = sweeps;
    this.background = background;
    this.context = context;
  }

  /**
   * The first stage.
   *
   * @param sweeps indexed sweeps
   * @return the stage, with all processors and no progress listener
   * @throws IllegalArgumentException if there is none, their Laue groups or cells differ, or one is
   *     given twice
   */
  public static Sweeps of(List<Sweep> sweeps) {
    return of(sweeps, CellTolerance.defaults());
  }

  /**
   * The first stage, of crystals that may differ more or less.
   *
   * @param sweeps indexed sweeps
   * @param tolerance how far the cells may differ
   * @return the stage, with all processors and no progress listener
   * @throws IllegalArgumentException if there is none, their Laue groups or cells differ, or one is
   *     given twice
   */
  public static Sweeps of(List<Sweep> sweeps, CellTolerance tolerance) {
    SweepChecks.requireTogether(sweeps, tolerance);
    return new Sweeps(
        List.copyOf(sweeps),
        null,
        new Context(Parallel.available(), Progress.NONE, Conventions.STANDARD, tolerance));
  }

  /** One of the sweeps with the same background. */
  Sweeps select(int sweep) {
    return new Sweeps(List.of(sweeps.get(sweep)), background, context);
  }

  /**
   * With other threads.
   *
   * @param parallel threads of all later stages
   * @return a new stage
   */
  public Sweeps parallel(Parallel parallel) {
    return with(context.parallel(parallel));
  }

  /**
   * With a listener.
   *
   * @param progress told of the progress of all later stages
   * @return a new stage
   */
  public Sweeps progress(Progress progress) {
    return with(context.progress(progress));
  }

  /**
   * With other conventions in every later stage.
   *
   * @param value whose
   * @return a new stage
   */
  public Sweeps conventions(Conventions value) {
    return with(context.conventions(value));
  }

  /**
   * Lets {@link #reduce()} keep corrected tables and observations in a scratch where it says that
   * they do not stay in memory: then no more than one table and a part of the voxels are there at a
   * time. The results have the same bits.
   *
   * @param scratch where; it is open as long as tables of the reduction are asked for
   * @return sweeps that spill
   */
  public Sweeps scratch(Scratch scratch) {
    return with(context.scratch(scratch));
  }

  /**
   * Lets {@link #reduce()} keep what each sweep comes to by itself, and go on from sweeps that are
   * there already, such as {@link #reduceOne} of other machines has left them. The results have the
   * same bits.
   *
   * @param parts where
   * @return sweeps that keep parts
   */
  public Sweeps parts(SweepParts parts) {
    return with(context.parts(parts));
  }

  private Sweeps with(Context c) {
    return new Sweeps(sweeps, background, c);
  }

  /**
   * With a background of default bins.
   *
   * @param blank a sweep without a crystal, on the same detector
   * @return a new stage
   * @throws IllegalArgumentException as {@link #background(ImageSeries, UnaryOperator)}
   */
  public Sweeps background(ImageSeries blank) {
    return background(blank, UnaryOperator.identity());
  }

  /**
   * With a background, which is binned when it is first needed.
   *
   * @param blank a sweep without a crystal, on the same detector
   * @param options changes the default bins and valid range
   * @return a new stage
   * @throws IllegalArgumentException if the blank comes from another detector or another place of
   *     it, or the exposures of one side alone are known
   */
  public Sweeps background(ImageSeries blank, UnaryOperator<BackgroundOptions> options) {
    for (Sweep s : sweeps) {
      SweepChecks.requireSameDetector(blank, s);
    }
    Background b = new Background(blank, options);
    b.options(context);
    return new Sweeps(sweeps, b, context);
  }

  /**
   * Refuses a background that would not serve for images, before their crystals are found.
   *
   * @param blank a sweep without a crystal
   * @param images frames and geometry of a sweep
   * @throws IllegalArgumentException as {@link #background(ImageSeries, UnaryOperator)}
   */
  public static void requireBackground(ImageSeries blank, ImageSeries images) {
    SweepChecks.requireSameDetector(blank, images, false);
  }

  /**
   * With a background that has been binned before.
   *
   * @param rates count rates
   * @return a new stage
   * @throws IllegalArgumentException if the bins cover another number of pixels than the detector,
   *     or the exposures of one side alone are known
   */
  public Sweeps background(BinnedImageSeries rates) {
    for (Sweep s : sweeps) {
      rates.requireCovers(s.geometry().detector().sizes());
      rates.requireComparable(s.geometry().scan());
    }
    return new Sweeps(sweeps, new Background(rates), context);
  }

  /**
   * The background's count rates, from its images if they are not known yet.
   *
   * @return empty without a background
   * @throws IllegalArgumentException if not a single pixel of the background is valid
   */
  public Optional<BinnedImageSeries> background() {
    return Optional.ofNullable(background).map(b -> b.rates(context));
  }

  boolean hasBackground() {
    return background != null;
  }

  /**
   * The sweeps.
   *
   * @return in the order they were given
   */
  public List<Sweep> sweeps() {
    return sweeps;
  }

  /**
   * Reduces the sweeps one after the other with the standard options, so that no more than their
   * corrected tables is held. With {@link #conventions} the options are {@link
   * ReductionOptions#mdx2}.
   *
   * @return merged intensities, and how they came about
   * @throws IllegalArgumentException if a sweep has too few or too many strong pixels, or nothing
   *     remains to be merged
   */
  public Reduction reduce() {
    return reduce(UnaryOperator.identity());
  }

  /**
   * Reduces the sweeps one after the other, so that no more than their corrected tables is held.
   *
   * @param options changes the standard options
   * @return merged intensities, and how they came about
   * @throws IllegalArgumentException if the Laue group cannot carry the subdivision, a sweep has
   *     too few or too many strong pixels, or nothing remains to be merged
   */
  public Reduction reduce(UnaryOperator<ReductionOptions> options) {
    return reduce(
        options.apply(ReductionOptions.standard(context.conventions())), ReductionListener.NONE);
  }

  /**
   * Reduces the sweeps one after the other and tells of each step.
   *
   * @param options how; whose conventions are followed is said by {@link #conventions}
   * @param listener told of every step and product
   * @return merged intensities, and how they came about
   * @throws IllegalArgumentException as {@link #reduce(UnaryOperator)}
   */
  public Reduction reduce(ReductionOptions options, ReductionListener listener) {
    return new SweepBySweep(options, listener).run(this);
  }

  /**
   * Takes one of the sweeps from images to corrected intensities, as it is indexed, and keeps it
   * with the {@link #parts}: the share of one machine of many. Nothing is done if it is there.
   *
   * @param sweep its number, from 0
   * @param options how; whose conventions are followed is said by {@link #conventions}
   * @param listener told of every step and product
   * @return what it came to
   * @throws IllegalArgumentException as {@link #reduce(UnaryOperator)}, if there is no such sweep,
   *     or there are parts of another reduction
   * @throws IllegalStateException if nobody said where to keep it
   */
  public ReducedSweep reduceOne(int sweep, ReductionOptions options, ReductionListener listener) {
    if (context.parts() == null) {
      throw new IllegalStateException("say with parts(…) where the sweep is to be kept");
    }
    if (sweep < 0 || sweep >= sweeps.size()) {
      throw new IllegalArgumentException(
          "sweep " + sweep + " of " + sweeps.size() + ", must be 0 to " + (sweeps.size() - 1));
    }
    return new SweepBySweep(options, listener).part(sweep, this);
  }

  /**
   * Takes the sweeps from images to corrected intensities and no further, as they are indexed: what
   * one machine of many does for its sweeps before all are put together.
   *
   * @param options how; whose conventions are followed is said by {@link #conventions}
   * @return the corrected intensities of each sweep
   * @throws IllegalArgumentException as {@link #reduce(UnaryOperator)}
   */
  public Corrected correct(ReductionOptions options) {
    return new SweepBySweep(options, ReductionListener.NONE).correct(this);
  }

  /**
   * Finds the Bragg peaks of each sweep with the standard threshold.
   *
   * @return the next stage
   * @throws IllegalArgumentException if a sweep has too few strong pixels or too many
   */
  public FoundPeaks findPeaks() {
    return findPeaks(UnaryOperator.identity());
  }

  /**
   * Finds the Bragg peaks of each sweep.
   *
   * @param options changes the default threshold and cutoff
   * @return the next stage
   * @throws IllegalArgumentException if a sweep has too few strong pixels or too many
   */
  public FoundPeaks findPeaks(UnaryOperator<PeakOptions> options) {
    PeakOptions standard = PeakOptions.defaults();
    OptionalInt threshold =
        ReductionOptions.standard(context.conventions()).bragg().countThreshold();
    PeakOptions o =
        options.apply(
            threshold.isPresent() ? standard.countThreshold(threshold.getAsInt()) : standard);
    List<Peaks> peaks = new ArrayList<>();
    for (Sweep s : sweeps) {
      peaks.add(
          PeakFinder.find(
              s.images(),
              s.pixelIndex(context.conventions()),
              o,
              context.parallel(),
              context.progress()));
    }
    return new FoundPeaks(this, peaks);
  }

  /**
   * Masks each sweep with peaks found before.
   *
   * @param masks one a sweep
   * @return the stage after the search
   * @throws IllegalArgumentException if there is not one mask a sweep
   */
  public Masked mask(List<BraggMask> masks) {
    return new Masked(this, masks.stream().map(Optional::of).toList());
  }

  /**
   * Integrates everything, Bragg peaks included, with the standard subdivision and spread.
   *
   * @return the stage after masking
   * @throws IllegalArgumentException if the Laue group cannot carry the subdivision
   */
  public Integrated integrate() {
    return integrate(UnaryOperator.identity());
  }

  /**
   * Integrates everything, Bragg peaks included.
   *
   * @param options changes the standard subdivision and spread
   * @return the stage after masking
   * @throws IllegalArgumentException if the Laue group cannot carry the subdivision
   */
  public Integrated integrate(UnaryOperator<IntegrationOptions> options) {
    return new Masked(this, Collections.nCopies(sweeps.size(), Optional.empty()))
        .integrate(options);
  }

  Context context() {
    return context;
  }

  @Override
  public String toString() {
    return "Sweeps" + sweeps + (background == null ? "" : " with " + background);
  }
}
