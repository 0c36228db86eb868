package org.mdx.bragg.internal.intensity;

/**
 * Shells of resolution of equal volume in reciprocal space, the low resolution first.
 *
 * @param low 1/d³ of the inner edge, Å⁻³
 * @param high 1/d³ of the outer edge, Å⁻³
 * @param count number of shells
 */
public record ShellBins(double low, double high, int count) {

  public ShellBins {
    if (count < 1) {
      throw new IllegalArgumentException(count + " shells, must be 1 or more");
    }
    if (!(high >= low && low > 0)) {
      throw new IllegalArgumentException("shells from " + low + " to " + high + " Å⁻³");
    }
  }

  /**
   * Shells between two resolutions.
   *
   * @param dMax low resolution, Å
   * @param dMin high resolution, Å
   * @param count number of shells
   * @return shells that hold both
   */
  public static ShellBins of(double dMax, double dMin, int count) {
    return new ShellBins(1 / (dMax * dMax * dMax), 1 / (dMin * dMin * dMin), count);
  }

  /**
   * The shell of a resolution.
   *
   * @param d Å
   * @return its number; the first or last beyond the edges
   */
  public int of(double d) {
    if (high == low) {
      return 0;
    }
    double x = (1 / (d * d * d) - low) / (high - low) * count;
    return (int) Math.max(0, Math.min(count - 1, Math.floor(x)));
  }

  /**
   * An edge.
   *
   * @param i 0 to count
   * @return resolution, Å
   */
  public double edge(int i) {
    return Math.cbrt(1 / (low + (high - low) * i / count));
  }
}
