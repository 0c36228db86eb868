package org.mdx.scaling;

import java.util.List;
import java.util.function.Consumer;
import org.mdx.internal.options.Draft;

/** Options for refining one term. Immutable: each method returns new options. */
public final class TermOptions {
  private final Fields f;

  /** What the options say; it does not change once they hold it. */
  private static final class Fields extends Draft<Fields> {
    private boolean enabled;
    private int cycles = 5;
    private double tolerance = 1e-3;
    private double outlier = 5;
    private double smoothness = 1;
    private double smoothnessPhi = 1;
    private double stepPhi = 1;
    private int nx = 2;
    private int ny = 2;
  }

  private TermOptions(Fields f) {
    if (f.cycles < 1 || !(f.tolerance >= 0) || !(f.outlier > 0)) {
      throw new IllegalArgumentException(
          "cycles "
              + f.cycles
              + ", tolerance "
              + f.tolerance
              + ", outlier cutoff "
              + f.outlier
              + ": at least one cycle, a tolerance of 0 or more and a cutoff above 0 are needed");
    }
    if (!(f.smoothness >= 0) || !(f.smoothnessPhi >= 0)) {
      throw new IllegalArgumentException(
          "smoothness " + f.smoothness + " and " + f.smoothnessPhi + ", must be 0 or more");
    }
    if (!(f.stepPhi > 0) || f.nx < 2 || f.ny < 2) {
      throw new IllegalArgumentException(
          "control points every "
              + f.stepPhi
              + " degrees, "
              + f.nx
              + " x "
              + f.ny
              + ": the step must be above 0, the numbers 2 or more");
    }
    this.f = f;
  }

  private TermOptions with(Consumer<Fields> change) {
    return new TermOptions(f.with(change));
  }

  /** Five cycles to 0.1 %, outliers beyond 5, a point each degree, two along each other axis. */
  static TermOptions defaults() {
    return new TermOptions(new Fields());
  }

  /**
   * Switches the term on or off.
   *
   * @param value whether it is refined
   * @return new options
   */
  public TermOptions enabled(boolean value) {
    return with(o -> o.enabled = value);
  }

  /**
   * Changes when the cycles end.
   *
   * @param most most cycles
   * @param fall smallest fall of χ² that is worth another cycle
   * @return new options
   */
  public TermOptions cycles(int most, double fall) {
    return with(
        o -> {
          o.cycles = most;
          o.tolerance = fall;
        });
  }

  /**
   * Changes the cutoff of outliers.
   *
   * @param cutoff in standard errors, above 0; infinite to keep all
   * @return new options
   */
  public TermOptions outlier(double cutoff) {
    return with(o -> o.outlier = cutoff);
  }

  /**
   * Changes how smooth the term is.
   *
   * @param space multiplier over the detector (a, d) or along s (c)
   * @param phi multiplier along φ
   * @return new options
   */
  public TermOptions smoothness(double space, double phi) {
    return with(
        o -> {
          o.smoothness = space;
          o.smoothnessPhi = phi;
        });
  }

  /**
   * Changes the distance of control points along φ.
   *
   * @param degrees above 0
   * @return new options
   */
  public TermOptions stepPhi(double degrees) {
    return with(o -> o.stepPhi = degrees);
  }

  /**
   * Changes the number of control points.
   *
   * @param x along ix (a, d) or s (c)
   * @param y along iy (a, d)
   * @return new options
   */
  public TermOptions points(int x, int y) {
    return with(
        o -> {
          o.nx = x;
          o.ny = y;
        });
  }

  /**
   * Whether the term is refined at all.
   *
   * @return the value
   */
  public boolean enabled() {
    return f.enabled;
  }

  /**
   * Most cycles, 1 or more.
   *
   * @return the value
   */
  public int cycles() {
    return f.cycles;
  }

  /**
   * Cycles end when χ² falls by less than this.
   *
   * @return the value
   */
  public double tolerance() {
    return f.tolerance;
  }

  /**
   * Observations farther than this many standard errors from the merged value are left out after
   * the last cycle; infinite to keep all.
   *
   * @return the value
   */
  public double outlier() {
    return f.outlier;
  }

  /**
   * Multiplies the default weight of the smoothness in space: over the detector (a, d), along s
   * (c); unused for b.
   *
   * @return the value
   */
  public double smoothness() {
    return f.smoothness;
  }

  /**
   * Multiplies the default weight of the smoothness along φ; unused for d.
   *
   * @return the value
   */
  public double smoothnessPhi() {
    return f.smoothnessPhi;
  }

  /**
   * Degrees between control points along φ; unused for d.
   *
   * @return the value
   */
  public double stepPhi() {
    return f.stepPhi;
  }

  /**
   * Control points along ix (a, d) or s (c); unused for b.
   *
   * @return the value
   */
  public int nx() {
    return f.nx;
  }

  /**
   * Control points along iy (a, d); unused for b and c.
   *
   * @return the value
   */
  public int ny() {
    return f.ny;
  }

  private List<Object> values() {
    return List.of(
        f.enabled,
        f.cycles,
        f.tolerance,
        f.outlier,
        f.smoothness,
        f.smoothnessPhi,
        f.stepPhi,
        f.nx,
        f.ny);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof TermOptions other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "TermOptions["
        + "enabled="
        + f.enabled
        + ", cycles="
        + f.cycles
        + ", tolerance="
        + f.tolerance
        + ", outlier="
        + f.outlier
        + ", smoothness="
        + f.smoothness
        + ", smoothnessPhi="
        + f.smoothnessPhi
        + ", stepPhi="
        + f.stepPhi
        + ", nx="
        + f.nx
        + ", ny="
        + f.ny
        + "]";
  }
}
