package org.mdx.pipeline;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.mdx.correct.CorrectOptions;
import org.mdx.geometry.Conventions;
import org.mdx.integrate.IntegrationOptions;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Split;
import org.mdx.reindex.ReindexOptions;
import org.mdx.scaling.ScalingOptions;

/**
 * Options for reducing sweeps from images to merged intensities: the one set of defaults of the
 * fluent stages, of {@link Sweeps#reduce()} and of the command {@code mdx reduce}. Immutable: each
 * method that takes a value returns a new record.
 *
 * @param bragg which pixels are left out as Bragg peaks
 * @param integration how counts are integrated
 * @param correction which corrections are applied
 * @param combination how the sweeps are put together
 */
public record ReductionOptions(
    Bragg bragg,
    IntegrationOptions integration,
    CorrectOptions correction,
    Combination combination) {

  /**
   * Which pixels are left out as Bragg peaks.
   *
   * @param countThreshold pixels with more counts are strong; empty to find it from the images of
   *     each sweep
   * @param sigmaCutoff standard deviations of the peak model that are masked, 0 or more; empty to
   *     find it from the images of each sweep
   */
  public record Bragg(OptionalInt countThreshold, OptionalDouble sigmaCutoff) {

    public Bragg {
      if (countThreshold.isPresent() && countThreshold.getAsInt() < 0) {
        throw new IllegalArgumentException(
            "count threshold " + countThreshold.getAsInt() + ", must be 0 or more");
      }
      double sigmas = sigmaCutoff.orElse(0);
      if (!(sigmas >= 0 && sigmas < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("sigma cutoff " + sigmas + ", must be 0 or more");
      }
    }

    @Override
    public String toString() {
      return "count threshold "
          + (countThreshold.isPresent() ? countThreshold.getAsInt() : "from the images")
          + ", mask cutoff "
          + (sigmaCutoff.isPresent() ? sigmaCutoff.getAsDouble() + " σ" : "from the images");
    }
  }

  /**
   * The way in which sweeps are put together.
   *
   * @param reindexing how sweeps that were indexed differently are found; empty to take the
   *     indexing as it is
   * @param scaling which terms bring the sweeps on one scale; empty to merge them as they are
   * @param merging weights, outliers, half-sets
   */
  public record Combination(
      Optional<ReindexOptions> reindexing, Optional<ScalingOptions> scaling, MergeOptions merging) {

    public Combination {
      Objects.requireNonNull(reindexing, "reindexing");
      Objects.requireNonNull(scaling, "scaling");
      Objects.requireNonNull(merging, "merging");
    }

    @Override
    public String toString() {
      return reindexing.map(Object::toString).orElse("indexing as it is")
          + ", "
          + scaling.map(Object::toString).orElse("not scaled")
          + ", "
          + merging;
    }
  }

  public ReductionOptions {
    Objects.requireNonNull(bragg, "bragg");
    Objects.requireNonNull(integration, "integration");
    Objects.requireNonNull(correction, "correction");
    Objects.requireNonNull(combination, "combination");
  }

  /**
   * Threshold of strong pixels and size of the masked peaks found from the images; three voxels an
   * index; all corrections but Lorentz's; ambiguous indexing resolved; scaled with all four terms
   * ({@link ScalingOptions#mca2020}); observations beyond 5 standard errors left out; random
   * halves.
   *
   * @return the defaults
   */
  public static ReductionOptions standard() {
    return new ReductionOptions(
        new Bragg(OptionalInt.empty(), OptionalDouble.empty()),
        IntegrationOptions.defaults(),
        CorrectOptions.defaults(),
        new Combination(
            Optional.of(ReindexOptions.defaults()),
            Optional.of(ScalingOptions.mca2020()),
            MergeOptions.defaults().outlier(5).split(Split.RANDOM)));
  }

  /**
   * What mdx2 does unless told otherwise: pixels above 20 counts are strong and masked to 3
   * standard deviations of the peak model, indexing as it is, the scale b(φ) alone, no outlier left
   * out, no half-sets. The rest as in {@link #standard}.
   *
   * @return the defaults of reductions that follow mdx2
   */
  public static ReductionOptions mdx2() {
    return standard()
        .countThreshold(20)
        .sigmaCutoff(3)
        .reindex(false)
        .scale(ScalingOptions.defaults())
        .merge(m -> MergeOptions.defaults());
  }

  /**
   * The defaults of one of the two ways.
   *
   * @param conventions whose
   * @return {@link #mdx2} or {@link #standard}
   */
  public static ReductionOptions standard(Conventions conventions) {
    return conventions.isMdx2() ? mdx2() : standard();
  }

  /**
   * With another threshold of strong pixels.
   *
   * @param counts pixels with more counts are strong; 0 or more
   * @return new options
   * @throws IllegalArgumentException if it is below 0
   */
  public ReductionOptions countThreshold(int counts) {
    return with(new Bragg(OptionalInt.of(counts), bragg.sigmaCutoff));
  }

  /**
   * With another size of masked peaks.
   *
   * @param sigmas standard deviations of the peak model, 0 or more
   * @return new options
   * @throws IllegalArgumentException if it is below 0 or not finite
   */
  public ReductionOptions sigmaCutoff(double sigmas) {
    return with(new Bragg(bragg.countThreshold, OptionalDouble.of(sigmas)));
  }

  /**
   * With other Bragg peaks, such as thresholds found from the images.
   *
   * @param b which pixels are left out
   * @return new options
   */
  public ReductionOptions bragg(Bragg b) {
    return with(b);
  }

  private ReductionOptions with(Bragg b) {
    return new ReductionOptions(b, integration, correction, combination);
  }

  private ReductionOptions with(Combination c) {
    return new ReductionOptions(bragg, integration, correction, c);
  }

  /**
   * With another subdivision.
   *
   * @param h voxels per unit of h
   * @param k voxels per unit of k
   * @param l voxels per unit of l
   * @return new options
   * @throws IllegalArgumentException if one is below 1
   */
  public ReductionOptions subdivide(int h, int k, int l) {
    return integrate(i -> i.subdivide(h, k, l));
  }

  /**
   * Changes the integration.
   *
   * @param change of its options
   * @return new options
   */
  public ReductionOptions integrate(UnaryOperator<IntegrationOptions> change) {
    return new ReductionOptions(bragg, change.apply(integration), correction, combination);
  }

  /**
   * Changes the corrections.
   *
   * @param change of their options
   * @return new options
   */
  public ReductionOptions correct(UnaryOperator<CorrectOptions> change) {
    return new ReductionOptions(bragg, integration, change.apply(correction), combination);
  }

  /**
   * Resolves indexing ambiguities or takes the indexing as it is.
   *
   * @param on whether to look for sweeps that were indexed differently
   * @return new options
   */
  public ReductionOptions reindex(boolean on) {
    return with(
        new Combination(
            on
                ? Optional.of(combination.reindexing.orElse(ReindexOptions.defaults()))
                : Optional.empty(),
            combination.scaling,
            combination.merging));
  }

  /**
   * With another scaling model.
   *
   * @param options its terms
   * @return new options
   */
  public ReductionOptions scale(ScalingOptions options) {
    return with(new Combination(combination.reindexing, Optional.of(options), combination.merging));
  }

  /**
   * Changes the scaling model.
   *
   * @param change of its options; of {@link ScalingOptions#mca2020} if there is none
   * @return new options
   */
  public ReductionOptions scale(UnaryOperator<ScalingOptions> change) {
    return scale(change.apply(combination.scaling.orElse(ScalingOptions.mca2020())));
  }

  /**
   * Merges the sweeps as they are.
   *
   * @return new options
   */
  public ReductionOptions withoutScaling() {
    return with(new Combination(combination.reindexing, Optional.empty(), combination.merging));
  }

  /**
   * Changes the merging.
   *
   * @param change of its options
   * @return new options
   */
  public ReductionOptions merge(UnaryOperator<MergeOptions> change) {
    return with(
        new Combination(
            combination.reindexing, combination.scaling, change.apply(combination.merging)));
  }

  @Override
  public String toString() {
    return "ReductionOptions["
        + bragg
        + ", "
        + integration
        + ", "
        + correction
        + ", "
        + combination
        + "]";
  }
}
