package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mdx.correct.BackgroundBinner;
import org.mdx.correct.BackgroundOptions;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.ImageSeries;
import org.mdx.integrate.IntegrationOptions;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakFinder;
import org.mdx.peaks.PeakOptions;
import org.mdx.peaks.Peaks;

/** First stage: the sweeps to reduce, how, and their background. Immutable. */
public final class Sweeps {
  private final List<Sweep> sweeps;
  private final BinnedImageSeries background;
  private final Context context;

  private Sweeps(List<Sweep> sweeps, BinnedImageSeries background, Context context) {
    this.sweeps = sweeps;
    this.background = background;
    this.context = context;
  }

  /**
   * The first stage.
   *
   * @param sweeps indexed sweeps
   * @return the stage, with all processors and no progress listener
   * @throws IllegalArgumentException if there is none or their Laue groups differ
   */
  public static Sweeps of(List<Sweep> sweeps) {
    if (sweeps.isEmpty()) {
      throw new IllegalArgumentException("no sweep to reduce");
    }
    for (Sweep s : sweeps) {
      if (!s.crystal()
          .spaceGroup()
          .laueGroup()
          .equals(sweeps.get(0).crystal().spaceGroup().laueGroup())) {
        throw new IllegalArgumentException(
            "sweeps of space groups "
                + sweeps.get(0).crystal().spaceGroup()
                + " and "
                + s.crystal().spaceGroup()
                + " cannot be merged: their Laue groups differ");
      }
    }
    return new Sweeps(
        List.copyOf(sweeps), null, new Context(Parallel.available(), Progress.NONE, false));
  }

  /**
   * With other threads.
   *
   * @param parallel threads of all later stages
   * @return a new stage
   */
  public Sweeps parallel(Parallel parallel) {
    return with(new Context(parallel, context.progress(), context.mdx2Compatible()));
  }

  /**
   * With a listener.
   *
   * @param progress told of the progress of all later stages
   * @return a new stage
   */
  public Sweeps progress(Progress progress) {
    return with(new Context(context.parallel(), progress, context.mdx2Compatible()));
  }

  /**
   * With mdx2's conventions in every later stage.
   *
   * @param compatible whether to follow them
   * @return a new stage
   */
  public Sweeps mdx2Compatible(boolean compatible) {
    return with(new Context(context.parallel(), context.progress(), compatible));
  }

  private Sweeps with(Context c) {
    return new Sweeps(sweeps, background, c);
  }

  /**
   * With a background of default bins.
   *
   * @param blank a sweep without a crystal, on the same detector
   * @return a new stage
   */
  public Sweeps background(ImageSeries blank) {
    return background(blank, UnaryOperator.identity());
  }

  /**
   * With a background.
   *
   * @param blank a sweep without a crystal, on the same detector
   * @param options changes the default bins and valid range
   * @return a new stage
   * @throws IllegalArgumentException if not a single pixel of the blank is valid
   */
  public Sweeps background(ImageSeries blank, UnaryOperator<BackgroundOptions> options) {
    BackgroundOptions o =
        options.apply(BackgroundOptions.defaults().mdx2Compatible(context.mdx2Compatible()));
    return background(BackgroundBinner.bin(blank, o, context.parallel(), context.progress()));
  }

  /**
   * With a background that has been binned before.
   *
   * @param rates count rates
   * @return a new stage
   */
  public Sweeps background(BinnedImageSeries rates) {
    return new Sweeps(sweeps, rates, context);
  }

  /**
   * The background's count rates.
   *
   * @return empty without a background
   */
  public Optional<BinnedImageSeries> background() {
    return Optional.ofNullable(background);
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
   * Finds the Bragg peaks of each sweep.
   *
   * @param options changes the default threshold and cutoff
   * @return the next stage
   * @throws IllegalArgumentException if a sweep has too few strong pixels or too many
   */
  public FoundPeaks findPeaks(UnaryOperator<PeakOptions> options) {
    PeakOptions o = options.apply(PeakOptions.defaults());
    List<Peaks> peaks = new ArrayList<>();
    for (Sweep s : sweeps) {
      peaks.add(
          PeakFinder.find(
              s.images(),
              s.pixelIndex(context.mdx2Compatible()),
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
    return new Masked(this, masks);
  }

  /**
   * Integrates everything, Bragg peaks included.
   *
   * @param options changes the default subdivision and spread
   * @return the next stage
   * @throws IllegalArgumentException if the Laue group cannot carry the subdivision
   */
  public Integrated integrate(UnaryOperator<IntegrationOptions> options) {
    return new Masked(this, Collections.nCopies(sweeps.size(), null)).integrate(options);
  }

  Context context() {
    return context;
  }

  @Override
  public String toString() {
    return "Sweeps" + sweeps;
  }
}
