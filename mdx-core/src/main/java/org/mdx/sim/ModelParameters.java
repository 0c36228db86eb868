package org.mdx.sim;

import java.util.List;
import java.util.function.Consumer;
import org.mdx.crystal.UnitCell;
import org.mdx.internal.options.Draft;

/**
 * Parameters of a {@link DiffuseModel}. Levels are relative to {@code unit}; lengths are in
 * reciprocal space, Å⁻¹.
 */
public final class ModelParameters {
  private final Fields f;

  /** What the options say; it does not change once they hold it. */
  private static final class Fields extends Draft<Fields> {
    private double unit = 2e7;
    private double wilsonB = 12;
    private double braggPeak = 150;
    private double peakSigma;
    private double haloLevel = 0.012;
    private double haloWidth;
    private double haloRadius;
    private double cloudLevel = 1;
    private double cloudRadius;
    private double cloudPeak = 0.3;
    private double isotropicLevel = 0.5;
  }

  private ModelParameters(Fields f) {
    requireNotNegative("unit", f.unit);
    requireNotNegative("wilsonB", f.wilsonB);
    requireNotNegative("braggPeak", f.braggPeak);
    requireNotNegative("haloLevel", f.haloLevel);
    requireNotNegative("cloudLevel", f.cloudLevel);
    requireNotNegative("isotropicLevel", f.isotropicLevel);
    requirePositive("peakSigma", f.peakSigma);
    requirePositive("haloWidth", f.haloWidth);
    requirePositive("haloRadius", f.haloRadius);
    requirePositive("cloudRadius", f.cloudRadius);
    requirePositive("cloudPeak", f.cloudPeak);
    this.f = f;
  }

  private ModelParameters with(Consumer<Fields> change) {
    return new ModelParameters(f.with(change));
  }

  private static void requireNotNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + "=" + value + ", must be 0 or above");
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + "=" + value + ", must be above 0");
    }
  }

  /**
   * Parameters that suit a cell: with v = V^(−1/3), the mean distance of reciprocal lattice points,
   * peaks of σ = 0.055 v, halos of half width 0.15 v that end at 0.7 v, and clouds of radius 1.3 v.
   *
   * @param cell the unit cell
   * @return the parameters
   */
  public static ModelParameters of(UnitCell cell) {
    double v = 1 / Math.cbrt(cell.volume());
    Fields f = new Fields();
    f.peakSigma = 0.055 * v;
    f.haloWidth = 0.15 * v;
    f.haloRadius = 0.7 * v;
    f.cloudRadius = 1.3 * v;
    return new ModelParameters(f);
  }

  /**
   * The same with other levels; halos keep theirs relative to the Bragg peaks.
   *
   * @param newBraggPeak mean height of the Bragg peaks at low s
   * @param newCloudLevel mean of the cloudy signal where its envelope is highest
   * @param newIsotropicLevel height of the water ring
   * @return a new record
   */
  public ModelParameters withLevels(
      double newBraggPeak, double newCloudLevel, double newIsotropicLevel) {
    return with(
        o -> {
          o.braggPeak = newBraggPeak;
          o.cloudLevel = newCloudLevel;
          o.isotropicLevel = newIsotropicLevel;
        });
  }

  /**
   * The same with other halos.
   *
   * @param newHaloLevel height at a reflection relative to its Bragg peak
   * @param newHaloWidth half width in Å⁻¹
   * @param newHaloRadius radius in Å⁻¹ at which they end
   * @return a new record
   */
  public ModelParameters withHalo(double newHaloLevel, double newHaloWidth, double newHaloRadius) {
    return with(
        o -> {
          o.haloLevel = newHaloLevel;
          o.haloWidth = newHaloWidth;
          o.haloRadius = newHaloRadius;
        });
  }

  /**
   * The same in another unit, that is with a brighter or weaker beam.
   *
   * @param newUnit counts per second and steradian of a relative intensity of one
   * @return a new record
   */
  public ModelParameters withUnit(double newUnit) {
    return with(o -> o.unit = newUnit);
  }

  /**
   * The same with wider or narrower Bragg peaks.
   *
   * @param newPeakSigma standard deviation in Å⁻¹
   * @return a new record
   */
  public ModelParameters withPeakSigma(double newPeakSigma) {
    return with(o -> o.peakSigma = newPeakSigma);
  }

  /**
   * Counts per second and steradian of a relative intensity of one.
   *
   * @return the value
   */
  public double unit() {
    return f.unit;
  }

  /**
   * B in Å²: Bragg peaks and their halos fall off as exp(−B s²/2).
   *
   * @return the value
   */
  public double wilsonB() {
    return f.wilsonB;
  }

  /**
   * Mean height of the Bragg peaks at low s.
   *
   * @return the value
   */
  public double braggPeak() {
    return f.braggPeak;
  }

  /**
   * Standard deviation of a Bragg peak in every direction.
   *
   * @return the value
   */
  public double peakSigma() {
    return f.peakSigma;
  }

  /**
   * Height of the halo at a reflection relative to its Bragg peak.
   *
   * @return the value
   */
  public double haloLevel() {
    return f.haloLevel;
  }

  /**
   * Half width w of the halo, which goes as (1 − r²/R²)²/(1 + r²/w²).
   *
   * @return the value
   */
  public double haloWidth() {
    return f.haloWidth;
  }

  /**
   * Radius R at which the halo ends.
   *
   * @return the value
   */
  public double haloRadius() {
    return f.haloRadius;
  }

  /**
   * Mean of the cloudy signal where its envelope is highest.
   *
   * @return the value
   */
  public double cloudLevel() {
    return f.cloudLevel;
  }

  /**
   * Radius over which the cloudy signal is correlated; its correlation function vanishes at twice
   * this.
   *
   * @return the value
   */
  public double cloudRadius() {
    return f.cloudRadius;
  }

  /**
   * S at which the envelope (s/p)² exp(1 − (s/p)²) of the cloudy signal is highest.
   *
   * @return the value
   */
  public double cloudPeak() {
    return f.cloudPeak;
  }

  /**
   * Height of the ring of disordered water at s = 0.3 Å⁻¹.
   *
   * @return the value
   */
  public double isotropicLevel() {
    return f.isotropicLevel;
  }

  private List<Object> values() {
    return List.of(
        f.unit,
        f.wilsonB,
        f.braggPeak,
        f.peakSigma,
        f.haloLevel,
        f.haloWidth,
        f.haloRadius,
        f.cloudLevel,
        f.cloudRadius,
        f.cloudPeak,
        f.isotropicLevel);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ModelParameters other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "ModelParameters["
        + "unit="
        + f.unit
        + ", wilsonB="
        + f.wilsonB
        + ", braggPeak="
        + f.braggPeak
        + ", peakSigma="
        + f.peakSigma
        + ", haloLevel="
        + f.haloLevel
        + ", haloWidth="
        + f.haloWidth
        + ", haloRadius="
        + f.haloRadius
        + ", cloudLevel="
        + f.cloudLevel
        + ", cloudRadius="
        + f.cloudRadius
        + ", cloudPeak="
        + f.cloudPeak
        + ", isotropicLevel="
        + f.isotropicLevel
        + "]";
  }
}
