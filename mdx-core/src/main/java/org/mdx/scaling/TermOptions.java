package org.mdx.scaling;

import java.util.List;

/** Options for refining one term. Immutable: each method returns new options. */
public final class TermOptions {
  private final boolean enabled;
  private final int cycles;
  private final double tolerance;
  private final double outlier;
  private final double smoothness;
  private final double smoothnessPhi;
  private final double stepPhi;
  private final int nx;
  private final int ny;

  TermOptions(
      boolean enabled,
      int cycles,
      double tolerance,
      double outlier,
      double smoothness,
      double smoothnessPhi,
      double stepPhi,
      int nx,
      int ny) {
    if (cycles < 1 || !(tolerance >= 0) || !(outlier > 0)) {
      throw new IllegalArgumentException(
          "cycles "
              + cycles
              + ", tolerance "
              + tolerance
              + ", outlier cutoff "
              + outlier
              + ": at least one cycle, a tolerance of 0 or more and a cutoff above 0 are needed");
    }
    if (!(smoothness >= 0) || !(smoothnessPhi >= 0)) {
      throw new IllegalArgumentException(
          "smoothness " + smoothness + " and " + smoothnessPhi + ", must be 0 or more");
    }
    if (!(stepPhi > 0) || nx < 2 || ny < 2) {
      throw new IllegalArgumentException(
          "control points every "
              + stepPhi
              + " degrees, "
              + nx
              + " x "
              + ny
              + ": the step must be above 0, the numbers 2 or more");
    }
    this.enabled = enabled;
    this.cycles = cycles;
    this.tolerance = tolerance;
    this.outlier = outlier;
    this.smoothness = smoothness;
    this.smoothnessPhi = smoothnessPhi;
    this.stepPhi = stepPhi;
    this.nx = nx;
    this.ny = ny;
  }

  /**
   * Switches the term on or off.
   *
   * @param value whether it is refined
   * @return new options
   */
  public TermOptions enabled(boolean value) {
    return new TermOptions(
        value, cycles, tolerance, outlier, smoothness, smoothnessPhi, stepPhi, nx, ny);
  }

  /**
   * Changes when the cycles end.
   *
   * @param most most cycles
   * @param fall smallest fall of χ² that is worth another cycle
   * @return new options
   */
  public TermOptions cycles(int most, double fall) {
    return new TermOptions(
        enabled, most, fall, outlier, smoothness, smoothnessPhi, stepPhi, nx, ny);
  }

  /**
   * Changes the cutoff of outliers.
   *
   * @param cutoff in standard errors, above 0; infinite to keep all
   * @return new options
   */
  public TermOptions outlier(double cutoff) {
    return new TermOptions(
        enabled, cycles, tolerance, cutoff, smoothness, smoothnessPhi, stepPhi, nx, ny);
  }

  /**
   * Changes how smooth the term is.
   *
   * @param space multiplier over the detector (a, d) or along s (c)
   * @param phi multiplier along φ
   * @return new options
   */
  public TermOptions smoothness(double space, double phi) {
    return new TermOptions(enabled, cycles, tolerance, outlier, space, phi, stepPhi, nx, ny);
  }

  /**
   * Changes the distance of control points along φ.
   *
   * @param degrees above 0
   * @return new options
   */
  public TermOptions stepPhi(double degrees) {
    return new TermOptions(
        enabled, cycles, tolerance, outlier, smoothness, smoothnessPhi, degrees, nx, ny);
  }

  /**
   * Changes the number of control points.
   *
   * @param x along ix (a, d) or s (c)
   * @param y along iy (a, d)
   * @return new options
   */
  public TermOptions points(int x, int y) {
    return new TermOptions(
        enabled, cycles, tolerance, outlier, smoothness, smoothnessPhi, stepPhi, x, y);
  }

  /**
   * Whether the term is refined at all.
   *
   * @return the value
   */
  public boolean enabled() {
    return enabled;
  }

  /**
   * Most cycles, 1 or more.
   *
   * @return the value
   */
  public int cycles() {
    return cycles;
  }

  /**
   * Cycles end when χ² falls by less than this.
   *
   * @return the value
   */
  public double tolerance() {
    return tolerance;
  }

  /**
   * Observations farther than this many standard errors from the merged value are left out after
   * the last cycle; infinite to keep all.
   *
   * @return the value
   */
  public double outlier() {
    return outlier;
  }

  /**
   * Multiplies the default weight of the smoothness in space: over the detector (a, d), along s
   * (c); unused for b.
   *
   * @return the value
   */
  public double smoothness() {
    return smoothness;
  }

  /**
   * Multiplies the default weight of the smoothness along φ; unused for d.
   *
   * @return the value
   */
  public double smoothnessPhi() {
    return smoothnessPhi;
  }

  /**
   * Degrees between control points along φ; unused for d.
   *
   * @return the value
   */
  public double stepPhi() {
    return stepPhi;
  }

  /**
   * Control points along ix (a, d) or s (c); unused for b.
   *
   * @return the value
   */
  public int nx() {
    return nx;
  }

  /**
   * Control points along iy (a, d); unused for b and c.
   *
   * @return the value
   */
  public int ny() {
    return ny;
  }

  private List<Object> values() {
    return List.of(enabled, cycles, tolerance, outlier, smoothness, smoothnessPhi, stepPhi, nx, ny);
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
        + enabled
        + ", cycles="
        + cycles
        + ", tolerance="
        + tolerance
        + ", outlier="
        + outlier
        + ", smoothness="
        + smoothness
        + ", smoothnessPhi="
        + smoothnessPhi
        + ", stepPhi="
        + stepPhi
        + ", nx="
        + nx
        + ", ny="
        + ny
        + "]";
  }
}
