package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mdx.correct.CorrectOptions;
import org.mdx.crystal.SpaceGroup;
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
import org.mdx.scale.ScalingModel;

/** Fine maps of all sweeps with the models that were refined on a coarse grid. */
public final class FineMaps {
  private FineMaps() {}

  /**
   * One sweep and what is known of it.
   *
   * @param sweep images and geometry
   * @param mask what is left out, or null for nothing
   * @param background count rates to subtract, or null
   * @param model of the scales, {@link ScalingModel#IDENTITY} for none
   */
  public record Input(
      Sweep sweep, BraggMask mask, BinnedImageSeries background, ScalingModel model) {}

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
   */
  public static Reintegration of(
      List<Input> inputs,
      UnaryOperator<ReintegrateOptions> options,
      CorrectOptions correct,
      Parallel parallel,
      Progress progress) {
    Sweeps.of(inputs.stream().map(Input::sweep).toList());
    if (correct.lorentz()) {
      throw new IllegalArgumentException(
          "a fine map sums counts, which takes no Lorentz correction; use column multiplicity");
    }
    ReintegrateOptions o =
        options.apply(ReintegrateOptions.defaults().mdx2Compatible(correct.mdx2Compatible()));
    SpaceGroup group = inputs.get(0).sweep().crystal().spaceGroup();
    List<FineSweep.Source> sources = new ArrayList<>();
    for (Input input : inputs) {
      sources.add(new LazySweep(input, correct, parallel));
    }
    return Reintegrator.reintegrate(
        sources, correct.p1() ? SpaceGroup.ofNumber(1) : group, o, parallel, progress);
  }

  /** A sweep of which the tables are made when its turn comes. */
  private record LazySweep(Input input, CorrectOptions correct, Parallel parallel)
      implements FineSweep.Source {

    @Override
    public double[] bounds() {
      return map().bounds();
    }

    private MillerIndexMap map() {
      return input.sweep().map(correct.mdx2Compatible(), parallel);
    }

    @Override
    public FineSweep open() {
      Sweep s = input.sweep();
      MillerIndexMap map = map();
      RowMask mask =
          input.mask() == null
              ? RowMask.NONE
              : input.mask().rows(s.crystal().spaceGroup(), map.bounds());
      ScaledPixels pixels =
          new ScaledPixels(
              s.geometry(),
              s.pixelCorrections(correct.mdx2Compatible()),
              input.background(),
              input.model(),
              correct,
              parallel);
      return new FineSweep(s.images(), map, mask, pixels);
    }
  }
}
