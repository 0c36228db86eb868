package org.mdx.scaling;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Options for refining a scaling model. Immutable: each method returns new options. */
public final class ScalingOptions {
  private final TermOptions absorption;
  private final TermOptions scale;
  private final TermOptions offset;
  private final TermOptions detector;
  private final double offsetMinimum;
  private final double offsetIdentity;
  private final int rounds;
  private final boolean adaptive;
  private final PrescaleOptions prescale;
  private final boolean mdx2Compatible;

  private ScalingOptions(
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
    this.absorption = absorption;
    this.scale = scale;
    this.offset = offset;
    this.detector = detector;
    this.offsetMinimum = offsetMinimum;
    this.offsetIdentity = offsetIdentity;
    this.rounds = rounds;
    this.adaptive = adaptive;
    this.prescale = prescale;
    this.mdx2Compatible = mdx2Compatible;
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

  /** The enabled terms and how they are refined. */
  @Override
  public String toString() {
    return "ScalingOptions["
        + (absorption.enabled() ? "absorption " : "")
        + (scale.enabled() ? "scale " : "")
        + (offset.enabled() ? "offset " : "")
        + (detector.enabled() ? "detector " : "")
        + "in "
        + (mdx2Compatible
            ? "1 round as mdx2 does it"
            : rounds + (rounds == 1 ? " round" : " rounds"))
        + (adaptive && !mdx2Compatible ? ", as smooth as the data ask for" : "")
        + "]";
  }

  /**
   * A(ix, iy, φ).
   *
   * @return the value
   */
  public TermOptions absorption() {
    return absorption;
  }

  /**
   * B(φ).
   *
   * @return the value
   */
  public TermOptions scale() {
    return scale;
  }

  /**
   * C(s, φ).
   *
   * @return the value
   */
  public TermOptions offset() {
    return offset;
  }

  /**
   * D(ix, iy).
   *
   * @return the value
   */
  public TermOptions detector() {
    return detector;
  }

  /**
   * Smallest value of c.
   *
   * @return the value
   */
  public double offsetMinimum() {
    return offsetMinimum;
  }

  /**
   * Weight of the size of c, as a fraction of the largest diagonal element of its normal matrix.
   *
   * @return the value
   */
  public double offsetIdentity() {
    return offsetIdentity;
  }

  /**
   * How often all terms are refined, one kind after the other; before each round after the first,
   * what was rejected as an outlier is let in again.
   *
   * @return the value
   */
  public int rounds() {
    return rounds;
  }

  /**
   * Whether a term may be smoother than its options say where its data do not support the detail:
   * the weights of its smoothness are then the least ones.
   *
   * @return the value
   */
  public boolean adaptive() {
    return adaptive;
  }

  /**
   * How to refine on a part of the data first.
   *
   * @return the value
   */
  public PrescaleOptions prescale() {
    return prescale;
  }

  /**
   * Reject outliers on one side only, where predicted − observed is positive, take the errors as
   * they are, and leave the models' freedom as found, as mdx2 does.
   *
   * @return the value
   */
  public boolean mdx2Compatible() {
    return mdx2Compatible;
  }

  private List<Object> values() {
    return List.of(
        absorption,
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

  @Override
  public boolean equals(Object o) {
    return o instanceof ScalingOptions other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }
}
