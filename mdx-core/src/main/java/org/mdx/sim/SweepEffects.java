package org.mdx.sim;

/**
 * How strongly a simulated experiment departs from an ideal one. Zero everywhere is ideal.
 *
 * @param scale amplitude of the scale factor b(φ), 0 to 0.6; sweeps also differ in their mean
 * @param absorption strength of the absorption factor a(ix, iy, φ), 0 to 0.5
 * @param offset largest offset c(s, φ) in counts per second and steradian
 * @param detector amplitude of the detector factor d(ix, iy), 0 to 0.5
 * @param air scattering of air in counts per second and steradian at low angle
 */
public record SweepEffects(
    double scale, double absorption, double offset, double detector, double air) {

  /** An ideal experiment. */
  public static final SweepEffects NONE = new SweepEffects(0, 0, 0, 0, 0);

  /** A typical one, for a model whose unit is 2·10⁷. */
  public static final SweepEffects TYPICAL = new SweepEffects(0.15, 0.15, 2e6, 0.04, 8e6);

  public SweepEffects {
    requireWithin("scale", scale, 0.6);
    requireWithin("absorption", absorption, 0.5);
    requireWithin("detector", detector, 0.5);
    requireWithin("offset", offset, Double.MAX_VALUE);
    requireWithin("air", air, Double.MAX_VALUE);
  }

  private static void requireWithin(String name, double value, double max) {
    if (!(value >= 0 && value <= max)) {
      throw new IllegalArgumentException(name + "=" + value + ", must be 0 to " + max);
    }
  }
}
