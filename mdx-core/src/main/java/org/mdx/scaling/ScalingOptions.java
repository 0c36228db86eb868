package org.mdx.scaling;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.mdx.geometry.Conventions;
import org.mdx.internal.options.Draft;

/** Options for refining a scaling model. Immutable: each method returns new options. */
public final class ScalingOptions {
  private final Fields f;

  /** What the options say; it does not change once they hold it. */
  private static final class Fields extends Draft<Fields> {
    private TermOptions absorption =
        TermOptions.defaults().cycles(5, 1e-4).smoothness(10, 1).stepPhi(5).points(20, 20);
    private TermOptions scale = TermOptions.defaults().enabled(true).cycles(10, 1e-4).outlier(10);
    private TermOptions offset = TermOptions.defaults().stepPhi(2.5).points(31, 2);
    private TermOptions detector = TermOptions.defaults().points(200, 200);
    private double offsetMinimum;
    private double offsetIdentity = 0.001;
    private int rounds = 2;
    private boolean adaptive = true;
    private PrescaleOptions prescale = PrescaleOptions.defaults();
    private Conventions conventions = Conventions.STANDARD;
  }

  private ScalingOptions(Fields f) {
    Objects.requireNonNull(f.absorption, "absorption");
    Objects.requireNonNull(f.scale, "scale");
    Objects.requireNonNull(f.offset, "offset");
    Objects.requireNonNull(f.detector, "detector");
    Objects.requireNonNull(f.prescale, "prescale");
    if (f.rounds < 1) {
      throw new IllegalArgumentException("rounds " + f.rounds + ", must be 1 or more");
    }
    if (!(f.offsetIdentity >= 0) || !Double.isFinite(f.offsetMinimum)) {
      throw new IllegalArgumentException(
          "offset of at least "
              + f.offsetMinimum
              + " with identity weight "
              + f.offsetIdentity
              + ": the first must be finite, the second 0 or more");
    }
    this.f = f;
  }

  private ScalingOptions with(Consumer<Fields> change) {
    return new ScalingOptions(f.with(change));
  }

  /**
   * mdx2's defaults: the scale b(φ) alone; but in two rounds, because the terms that come first are
   * fitted, and outliers rejected, while those that follow are still missing.
   *
   * @return the defaults
   */
  public static ScalingOptions defaults() {
    return new ScalingOptions(new Fields());
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
    return with(o -> o.absorption = change.apply(f.absorption));
  }

  /**
   * Changes the scale.
   *
   * @param change of its options
   * @return new options
   */
  public ScalingOptions scale(UnaryOperator<TermOptions> change) {
    return with(o -> o.scale = change.apply(f.scale));
  }

  /**
   * Changes the offset.
   *
   * @param change of its options
   * @return new options
   */
  public ScalingOptions offset(UnaryOperator<TermOptions> change) {
    return with(o -> o.offset = change.apply(f.offset));
  }

  /**
   * Changes the detector term.
   *
   * @param change of its options
   * @return new options
   */
  public ScalingOptions detector(UnaryOperator<TermOptions> change) {
    return with(o -> o.detector = change.apply(f.detector));
  }

  /**
   * Changes what bounds the offset.
   *
   * @param minimum smallest value of c
   * @param identity weight of its size
   * @return new options
   */
  public ScalingOptions offsetBounds(double minimum, double identity) {
    return with(
        o -> {
          o.offsetMinimum = minimum;
          o.offsetIdentity = identity;
        });
  }

  /**
   * Changes the number of rounds.
   *
   * @param value 1 or more; mdx2's way has one
   * @return new options
   */
  public ScalingOptions rounds(int value) {
    return with(o -> o.rounds = value);
  }

  /**
   * Changes how smooth the terms are.
   *
   * @param value whether the data may ask for more than the given smoothness
   * @return new options
   */
  public ScalingOptions adaptive(boolean value) {
    return with(o -> o.adaptive = value);
  }

  /** Whether the data decide on the smoothness, which they never do in mdx2's way. */
  boolean isAdaptive() {
    return f.adaptive && !f.conventions.isMdx2();
  }

  /**
   * Changes the prescaling.
   *
   * @param change of its options
   * @return new options
   */
  public ScalingOptions prescale(UnaryOperator<PrescaleOptions> change) {
    return with(o -> o.prescale = change.apply(f.prescale));
  }

  /**
   * Refines by other conventions.
   *
   * @param value whose; by mdx2's there is one round whatever {@link #rounds} says
   * @return new options
   */
  public ScalingOptions conventions(Conventions value) {
    return with(o -> o.conventions = value);
  }

  /** The enabled terms and how they are refined. */
  @Override
  public String toString() {
    return "ScalingOptions["
        + (f.absorption.enabled() ? "absorption " : "")
        + (f.scale.enabled() ? "scale " : "")
        + (f.offset.enabled() ? "offset " : "")
        + (f.detector.enabled() ? "detector " : "")
        + "in "
        + (f.conventions.isMdx2()
            ? "1 round as mdx2 does it"
            : f.rounds + (f.rounds == 1 ? " round" : " rounds"))
        + (f.adaptive && !f.conventions.isMdx2() ? ", as smooth as the data ask for" : "")
        + "]";
  }

  /**
   * A(ix, iy, φ).
   *
   * @return the value
   */
  public TermOptions absorption() {
    return f.absorption;
  }

  /**
   * B(φ).
   *
   * @return the value
   */
  public TermOptions scale() {
    return f.scale;
  }

  /**
   * C(s, φ).
   *
   * @return the value
   */
  public TermOptions offset() {
    return f.offset;
  }

  /**
   * D(ix, iy).
   *
   * @return the value
   */
  public TermOptions detector() {
    return f.detector;
  }

  /**
   * Smallest value of c.
   *
   * @return the value
   */
  public double offsetMinimum() {
    return f.offsetMinimum;
  }

  /**
   * Weight of the size of c, as a fraction of the largest diagonal element of its normal matrix.
   *
   * @return the value
   */
  public double offsetIdentity() {
    return f.offsetIdentity;
  }

  /**
   * How often all terms are refined, one kind after the other; before each round after the first,
   * what was rejected as an outlier is let in again.
   *
   * @return the value
   */
  public int rounds() {
    return f.rounds;
  }

  /**
   * Whether a term may be smoother than its options say where its data do not support the detail:
   * the weights of its smoothness are then the least ones.
   *
   * @return the value
   */
  public boolean adaptive() {
    return f.adaptive;
  }

  /**
   * How to refine on a part of the data first.
   *
   * @return the value
   */
  public PrescaleOptions prescale() {
    return f.prescale;
  }

  /**
   * Whose conventions to follow. Those of mdx2 reject outliers on one side only, where predicted −
   * observed is positive, take the errors as they are, and leave the models' freedom as found.
   *
   * @return the value
   */
  public Conventions conventions() {
    return f.conventions;
  }

  private List<Object> values() {
    return List.of(
        f.absorption,
        f.scale,
        f.offset,
        f.detector,
        f.offsetMinimum,
        f.offsetIdentity,
        f.rounds,
        f.adaptive,
        f.prescale,
        f.conventions);
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
