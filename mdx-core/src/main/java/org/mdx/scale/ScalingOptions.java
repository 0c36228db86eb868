package org.mdx.scale;

import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * How to refine a scaling model. Immutable: each method returns a new record.
 *
 * @param absorption a(ix, iy, φ)
 * @param scale b(φ)
 * @param offset c(s, φ)
 * @param detector d(ix, iy)
 * @param offsetMinimum smallest value of c
 * @param offsetIdentity weight of the size of c, as a fraction of the largest diagonal element of
 *     its normal matrix
 * @param rounds how often all terms are refined, one kind after the other; before each round after
 *     the first, what was rejected as an outlier is let in again
 * @param adaptive whether a term may be smoother than its options say where its data do not support
 *     the detail: the weights of its smoothness are then the least ones
 * @param prescale how to refine on a part of the data first
 * @param mdx2Compatible reject outliers on one side only, where predicted − observed is positive,
 *     take the errors as they are, and leave the models' freedom as found, as mdx2 does
 */
public record ScalingOptions(
    TermOptions absorption,
    TermOptions scale,
    TermOptions offset,
    TermOptions detector,
    double offsetMinimum,
    double offsetIdentity,
    int rounds,
    boolean adaptive,
    PrescaleOptions prescale,
    boolean mdx2Compatible) {

  public ScalingOptions {
    Objects.requireNonNull(absorption, "absorption");
    Objects.requireNonNull(scale, "scale");
    Objects.requireNonNull(offset, "offset");
    Objects.requireNonNull(detector, "detector");
    Objects.requireNonNull(prescale, "prescale");
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds " + rounds + ", must be 1 or more");
    }
    if (!(offsetIdentity >= 0) || !Double.isFinite(offsetMinimum)) {
      throw new IllegalArgumentException(
          "offset of at least "
              + offsetMinimum
              + " with identity weight "
              + offsetIdentity
              + ": the first must be finite, the second 0 or more");
    }
  }

  /**
   * mdx2's defaults: the scale b(φ) alone; but in two rounds, because the terms that come first are
   * fitted, and outliers rejected, while those that follow are still missing.
   *
   * @return the defaults
   */
  public static ScalingOptions defaults() {
    return new ScalingOptions(
        new TermOptions(false, 5, 1e-4, 5, 10, 1, 5, 20, 20),
        new TermOptions(true, 10, 1e-4, 10, 1, 1, 1, 2, 2),
        new TermOptions(false, 5, 1e-3, 5, 1, 1, 2.5, 31, 2),
        new TermOptions(false, 5, 1e-3, 5, 1, 1, 1, 200, 200),
        0,
        0.001,
        2,
        true,
        PrescaleOptions.defaults(),
        false);
  }

  /**
   * All four terms, as in Meisburger, Case and Ando (Nat. Commun. 11, 1271, 2020).
   *
   * @return mdx2's defaults with every term switched on
   */
  public static ScalingOptions mca2020() {
    return defaults()
        .absorption(t -> t.enabled(true))
        .offset(t -> t.enabled(true))
        .detector(t -> t.enabled(true));
  }

  /**
   * Changes the absorption.
   *
   * @param change of its options
   * @return new options
   */
  public ScalingOptions absorption(UnaryOperator<TermOptions> change) {
    return new ScalingOptions(
        change.apply(absorption),
        scale,
        offset,
        detector,
        offsetMinimum,
        offsetIdentity,
        rounds,
        adaptive,
        prescale,
        mdx2Compatible);
  }

  /**
   * Changes the scale.
   *
   * @param change of its options
   * @return new options
   */
  public ScalingOptions scale(UnaryOperator<TermOptions> change) {
    return new ScalingOptions(
        absorption,
        change.apply(scale),
        offset,
        detector,
        offsetMinimum,
        offsetIdentity,
        rounds,
        adaptive,
        prescale,
        mdx2Compatible);
  }

  /**
   * Changes the offset.
   *
   * @param change of its options
   * @return new options
   */
  public ScalingOptions offset(UnaryOperator<TermOptions> change) {
    return new ScalingOptions(
        absorption,
        scale,
        change.apply(offset),
        detector,
        offsetMinimum,
        offsetIdentity,
        rounds,
        adaptive,
        prescale,
        mdx2Compatible);
  }

  /**
   * Changes the detector term.
   *
   * @param change of its options
   * @return new options
   */
  public ScalingOptions detector(UnaryOperator<TermOptions> change) {
    return new ScalingOptions(
        absorption,
        scale,
        offset,
        change.apply(detector),
        offsetMinimum,
        offsetIdentity,
        rounds,
        adaptive,
        prescale,
        mdx2Compatible);
  }

  /**
   * Changes what bounds the offset.
   *
   * @param minimum smallest value of c
   * @param identity weight of its size
   * @return new options
   */
  public ScalingOptions offsetBounds(double minimum, double identity) {
    return new ScalingOptions(
        absorption,
        scale,
        offset,
        detector,
        minimum,
        identity,
        rounds,
        adaptive,
        prescale,
        mdx2Compatible);
  }

  /**
   * Changes the number of rounds.
   *
   * @param value 1 or more; mdx2's way has one
   * @return new options
   */
  public ScalingOptions rounds(int value) {
    return new ScalingOptions(
        absorption,
        scale,
        offset,
        detector,
        offsetMinimum,
        offsetIdentity,
        value,
        adaptive,
        prescale,
        mdx2Compatible);
  }

  /**
   * Changes how smooth the terms are.
   *
   * @param value whether the data may ask for more than the given smoothness
   * @return new options
   */
  public ScalingOptions adaptive(boolean value) {
    return new ScalingOptions(
        absorption,
        scale,
        offset,
        detector,
        offsetMinimum,
        offsetIdentity,
        rounds,
        value,
        prescale,
        mdx2Compatible);
  }

  /** Whether the data decide on the smoothness, which they never do in mdx2's way. */
  boolean isAdaptive() {
    return adaptive && !mdx2Compatible;
  }

  /**
   * Changes the prescaling.
   *
   * @param change of its options
   * @return new options
   */
  public ScalingOptions prescale(UnaryOperator<PrescaleOptions> change) {
    return new ScalingOptions(
        absorption,
        scale,
        offset,
        detector,
        offsetMinimum,
        offsetIdentity,
        rounds,
        adaptive,
        change.apply(prescale),
        mdx2Compatible);
  }

  /**
   * Follows mdx2's conventions, in one round whatever {@link #rounds} says.
   *
   * @param value whether to follow them
   * @return new options
   */
  public ScalingOptions mdx2Compatible(boolean value) {
    return new ScalingOptions(
        absorption,
        scale,
        offset,
        detector,
        offsetMinimum,
        offsetIdentity,
        rounds,
        adaptive,
        prescale,
        value);
  }
}
