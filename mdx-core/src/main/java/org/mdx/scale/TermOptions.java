package org.mdx.scale;

/**
 * How to refine one term. Immutable: each method returns a new record.
 *
 * @param enabled whether the term is refined at all
 * @param cycles most cycles, 1 or more
 * @param tolerance cycles end when χ² falls by less than this
 * @param outlier observations farther than this many standard errors from the merged value are left
 *     out after the last cycle; infinite to keep all
 * @param smoothness multiplies the default weight of the smoothness in space: over the detector (a,
 *     d), along s (c); unused for b
 * @param smoothnessPhi multiplies the default weight of the smoothness along φ; unused for d
 * @param stepPhi degrees between control points along φ; unused for d
 * @param nx control points along ix (a, d) or s (c); unused for b
 * @param ny control points along iy (a, d); unused for b and c
 */
public record TermOptions(
    boolean enabled,
    int cycles,
    double tolerance,
    double outlier,
    double smoothness,
    double smoothnessPhi,
    double stepPhi,
    int nx,
    int ny) {

  public TermOptions {
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
}
