package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mdx.correct.CorrectOptions;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.RowMask;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.peaks.BraggMask;
import org.mdx.reintegrate.FineSweep;
import org.mdx.reintegrate.ReintegrateOptions;
import org.mdx.reintegrate.Reintegration;
import org.mdx.reintegrate.Reintegrator;
import org.mdx.reintegrate.ScaledPixels;
import org.mdx.scale.ScalingModel;
import org.mdx.table.EmptyResultException;

/** Fine maps of all sweeps with the models that were refined on a coarse grid. */
public final class FineMaps {
  private FineMaps() {}

  /**
   * One sweep and what is known of it.
   *
   * @param sweep images and geometry
   * @param mask what is left out, empty for nothing
   * @param background count rates to subtract, empty for none
   * @param model of the scales, {@link ScalingModel#IDENTITY} for none
   */
  public record Input(
      Sweep sweep,
      Optional<BraggMask> mask,
      Optional<BinnedImageSeries> background,
      ScalingModel model) {

    /**
     * A sweep of which everything counts as it is.
     *
     * @param sweep images and geometry
     * @return it without mask, background and scales
     */
    public static Input of(Sweep sweep) {
      return new Input(sweep, Optional.empty(), Optional.empty(), ScalingModel.IDENTITY);
    }

    /**
     * With a mask.
     *
     * @param other what is left out
     * @return a new input
     */
    public Input mask(BraggMask other) {
      return new Input(sweep, Optional.of(other), background, model);
    }

    /**
     * With a background.
     *
     * @param rates count rates to subtract
     * @return a new input
     */
    public Input background(BinnedImageSeries rates) {
      return new Input(sweep, mask, Optional.of(rates), model);
    }

    /**
     * With scales.
     *
     * @param other the scaling model
     * @return a new input
     */
    public Input model(ScalingModel other) {
      return new Input(sweep, mask, background, other);
    }

    @Override
    public String toString() {
      return "Input["
          + sweep
          + mask.map(m -> ", " + m).orElse(", no mask")
          + background.map(b -> ", background " + b).orElse(", no background")
          + ", "
          + model
          + "]";
    }
  }

  /**
   * Makes a fine map.
   *
   * @param inputs at least one sweep, all of one Laue group
   * @param options changes the defaults: one voxel for each index, everywhere
   * @param correct which corrections to apply, whether in P1, and whose conventions to follow
   * @param parallel threads to use
   * @param progress told of every frame
   * @return table and totals; the same bits for any number of threads
   * @throws IllegalArgumentException if there is no sweep, Laue groups differ, the Laue group
   *     cannot carry the subdivision, a background or model belongs to another detector, or the
   *     Lorentz correction is asked for, which a sum of counts cannot have
   * @throws EmptyResultException if not a single pixel contributes
   */
  public static Reintegration of(
      List<Input> inputs,
      UnaryOperator<ReintegrateOptions> options,
      CorrectOptions correct,
      Parallel parallel,
      Progress progress) {
    return of(inputs, options, correct, CellTolerance.defaults(), parallel, progress);
  }

  /**
   * Makes a fine map of crystals that may differ more or less.
   *
   * @param inputs at least one sweep, all of one Laue group
   * @param options changes the defaults: one voxel for each index, everywhere
   * @param correct which corrections to apply, whether in P1, and whose conventions to follow
   * @param tolerance how far the cells may differ
   * @param parallel threads to use
   * @param progress told of every frame
   * @return table and totals; the same bits for any number of threads
   * @throws IllegalArgumentException as the map of crystals alike
   * @throws EmptyResultException if not a single pixel contributes
   */
  public static Reintegration of(
      List<Input> inputs,
      UnaryOperator<ReintegrateOptions> options,
      CorrectOptions correct,
      CellTolerance tolerance,
      Parallel parallel,
      Progress progress) {
    SweepChecks.requireTogether(inputs.stream().map(Input::sweep).toList(), tolerance);
    for (Input input : inputs) {
      Geometry geometry = input.sweep().geometry();
      input.background().ifPresent(b -> b.requireCovers(geometry.detector().sizes()));
      input.background().ifPresent(b -> b.requireComparable(geometry.scan()));
      ModelChecks.requireOf(input.model(), input.sweep());
    }
    if (correct.lorentz()) {
      throw new IllegalArgumentException(
          "a fine map sums counts, which takes no Lorentz correction; use column multiplicity");
    }
    ReintegrateOptions o =
        options.apply(ReintegrateOptions.defaults().conventions(correct.conventions()));
    SpaceGroup group = inputs.get(0).sweep().crystal().spaceGroup();
    List<FineSweep.Source> sources = new ArrayList<>();
    for (Input input : inputs) {
      sources.add(new LazySweep(input, correct, parallel));
    }
    Reintegration result =
        Reintegrator.reintegrate(
            sources, correct.p1() ? SpaceGroup.ofNumber(1) : group, o, parallel, progress);
    if (result.table().rows() == 0) {
      throw new EmptyResultException(
          "none of the pixels of "
              + inputs.size()
              + (inputs.size() == 1 ? " sweep" : " sweeps")
              + " that count lies in "
              + o.region().map(String::valueOf).orElse("reach of the models")
              + "; look at limits, masks and scaling models");
    }
    return result;
  }

  /** A sweep of which the tables are made when its turn comes. */
  private record LazySweep(Input input, CorrectOptions correct, Parallel parallel)
      implements FineSweep.Source {

    @Override
    public double[] bounds() {
      return map().bounds();
    }

    private MillerIndexMap map() {
      return input.sweep().map(correct.conventions(), parallel);
    }

    @Override
    public FineSweep open() {
      Sweep s = input.sweep();
      MillerIndexMap map = map();
      RowMask mask =
          input
              .mask()
              .map(m -> m.rows(s.crystal().spaceGroup(), map.bounds()))
              .orElse(RowMask.NONE);
      ScaledPixels pixels =
          new ScaledPixels(
              s.geometry(),
              s.pixelCorrections(correct.conventions()),
              input
                  .background()
                  .map(b -> b.inBeamOf(s.geometry().scan(), correct.conventions()))
                  .orElse(null),
              input.model(),
              correct::applied,
              parallel);
      return new FineSweep(s.images(), map, mask, pixels);
    }
  }
}
