package org.mdx.sim;

import java.util.List;

/** Departures of a simulated experiment from an ideal one. Zero everywhere is ideal. */
public final class SweepEffects {
  private final double scale;
  private final double absorption;
  private final double offset;
  private final double detector;
  private final double air;

  SweepEffects(double scale, double absorption, double offset, double detector, double air) {
    requireWithin("scale", scale, 0.6);
    requireWithin("absorption", absorption, 0.5);
    requireWithin("detector", detector, 0.5);
    requireWithin("offset", offset, Double.MAX_VALUE);
    requireWithin("air", air, Double.MAX_VALUE);
    this.scale = scale;
    this.absorption = absorption;
    this.offset = offset;
    this.detector = detector;
    this.air = air;
  }

  /** An ideal experiment. */
  public static final SweepEffects NONE = new SweepEffects(0, 0, 0, 0, 0);

  /** A typical one, for a model whose unit is 2·10⁷. */
  public static final SweepEffects TYPICAL = new SweepEffects(0.15, 0.15, 2e6, 0.04, 8e6);

  private static void requireWithin(String name, double value, double max) {
    if (!(value >= 0 && value <= max)) {
      throw new IllegalArgumentException(name + "=" + value + ", must be 0 to " + max);
    }
  }

  /**
   * Amplitude of the scale factor b(φ), 0 to 0.6; sweeps also differ in their mean.
   *
   * @return the value
   */
  public double scale() {
    return scale;
  }

  /**
   * Strength of the absorption factor a(ix, iy, φ), 0 to 0.5.
   *
   * @return the value
   */
  public double absorption() {
    return absorption;
  }

  /**
   * Largest offset c(s, φ) in counts per second and steradian.
   *
   * @return the value
   */
  public double offset() {
    return offset;
  }

  /**
   * Amplitude of the detector factor d(ix, iy), 0 to 0.5.
   *
   * @return the value
   */
  public double detector() {
    return detector;
  }

  /**
   * Scattering of air in counts per second and steradian at low angle.
   *
   * @return the value
   */
  public double air() {
    return air;
  }

  private List<Object> values() {
    return List.of(scale, absorption, offset, detector, air);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SweepEffects other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "SweepEffects["
        + "scale="
        + scale
        + ", absorption="
        + absorption
        + ", offset="
        + offset
        + ", detector="
        + detector
        + ", air="
        + air
        + "]";
  }
}
