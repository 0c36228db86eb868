package org.mdx.sim;

import java.util.List;
import org.mdx.crystal.UnitCell;

/**
 * Parameters of a {@link DiffuseModel}. Levels are relative to {@code unit}; lengths are in
 * reciprocal space, Å⁻¹.
 */
public final class ModelParameters {
  private final double unit;
  private final double wilsonB;
  private final double braggPeak;
  private final double peakSigma;
  private final double haloLevel;
  private final double haloWidth;
  private final double haloRadius;
  private final double cloudLevel;
  private final double cloudRadius;
  private final double cloudPeak;
  private final double isotropicLevel;

  private ModelParameters(
      double unit,
      double wilsonB,
      double braggPeak,
      double peakSigma,
      double haloLevel,
      double haloWidth,
      double haloRadius,
      double cloudLevel,
      double cloudRadius,
      double cloudPeak,
      double isotropicLevel) {
    requireNotNegative("unit", unit);
    requireNotNegative("wilsonB", wilsonB);
    requireNotNegative("braggPeak", braggPeak);
    requireNotNegative("haloLevel", haloLevel);
    requireNotNegative("cloudLevel", cloudLevel);
    requireNotNegative("isotropicLevel", isotropicLevel);
    requirePositive("peakSigma", peakSigma);
    requirePositive("haloWidth", haloWidth);
    requirePositive("haloRadius", haloRadius);
    requirePositive("cloudRadius", cloudRadius);
    requirePositive("cloudPeak", cloudPeak);
    this.unit = unit;
    this.wilsonB = wilsonB;
    this.braggPeak = braggPeak;
    this.peakSigma = peakSigma;
    this.haloLevel = haloLevel;
    this.haloWidth = haloWidth;
    this.haloRadius = haloRadius;
    this.cloudLevel = cloudLevel;
    this.cloudRadius = cloudRadius;
    this.cloudPeak = cloudPeak;
    this.isotropicLevel = isotropicLevel;
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
    return new ModelParameters(
        2e7, 12, 150, 0.055 * v, 0.012, 0.15 * v, 0.7 * v, 1, 1.3 * v, 0.3, 0.5);
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
    return new ModelParameters(
        unit,
        wilsonB,
        newBraggPeak,
        peakSigma,
        haloLevel,
        haloWidth,
        haloRadius,
        newCloudLevel,
        cloudRadius,
        cloudPeak,
        newIsotropicLevel);
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
    return new ModelParameters(
        unit,
        wilsonB,
        braggPeak,
        peakSigma,
        newHaloLevel,
        newHaloWidth,
        newHaloRadius,
        cloudLevel,
        cloudRadius,
        cloudPeak,
        isotropicLevel);
  }

  /**
   * The same in another unit, that is with a brighter or weaker beam.
   *
   * @param newUnit counts per second and steradian of a relative intensity of one
   * @return a new record
   */
  public ModelParameters withUnit(double newUnit) {
    return new ModelParameters(
        newUnit,
        wilsonB,
        braggPeak,
        peakSigma,
        haloLevel,
        haloWidth,
        haloRadius,
        cloudLevel,
        cloudRadius,
        cloudPeak,
        isotropicLevel);
  }

  /**
   * The same with wider or narrower Bragg peaks.
   *
   * @param newPeakSigma standard deviation in Å⁻¹
   * @return a new record
   */
  public ModelParameters withPeakSigma(double newPeakSigma) {
    return new ModelParameters(
        unit,
        wilsonB,
        braggPeak,
        newPeakSigma,
        haloLevel,
        haloWidth,
        haloRadius,
        cloudLevel,
        cloudRadius,
        cloudPeak,
        isotropicLevel);
  }

  /**
   * Counts per second and steradian of a relative intensity of one.
   *
   * @return the value
   */
  public double unit() {
    return unit;
  }

  /**
   * B in Å²: Bragg peaks and their halos fall off as exp(−B s²/2).
   *
   * @return the value
   */
  public double wilsonB() {
    return wilsonB;
  }

  /**
   * Mean height of the Bragg peaks at low s.
   *
   * @return the value
   */
  public double braggPeak() {
    return braggPeak;
  }

  /**
   * Standard deviation of a Bragg peak in every direction.
   *
   * @return the value
   */
  public double peakSigma() {
    return peakSigma;
  }

  /**
   * Height of the halo at a reflection relative to its Bragg peak.
   *
   * @return the value
   */
  public double haloLevel() {
    return haloLevel;
  }

  /**
   * Half width w of the halo, which goes as (1 − r²/R²)²/(1 + r²/w²).
   *
   * @return the value
   */
  public double haloWidth() {
    return haloWidth;
  }

  /**
   * Radius R at which the halo ends.
   *
   * @return the value
   */
  public double haloRadius() {
    return haloRadius;
  }

  /**
   * Mean of the cloudy signal where its envelope is highest.
   *
   * @return the value
   */
  public double cloudLevel() {
    return cloudLevel;
  }

  /**
   * Radius over which the cloudy signal is correlated; its correlation function vanishes at twice
   * this.
   *
   * @return the value
   */
  public double cloudRadius() {
    return cloudRadius;
  }

  /**
   * S at which the envelope (s/p)² exp(1 − (s/p)²) of the cloudy signal is highest.
   *
   * @return the value
   */
  public double cloudPeak() {
    return cloudPeak;
  }

  /**
   * Height of the ring of disordered water at s = 0.3 Å⁻¹.
   *
   * @return the value
   */
  public double isotropicLevel() {
    return isotropicLevel;
  }

  private List<Object> values() {
    return List.of(
        unit,
        wilsonB,
        braggPeak,
        peakSigma,
        haloLevel,
        haloWidth,
        haloRadius,
        cloudLevel,
        cloudRadius,
        cloudPeak,
        isotropicLevel);
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
        + unit
        + ", wilsonB="
        + wilsonB
        + ", braggPeak="
        + braggPeak
        + ", peakSigma="
        + peakSigma
        + ", haloLevel="
        + haloLevel
        + ", haloWidth="
        + haloWidth
        + ", haloRadius="
        + haloRadius
        + ", cloudLevel="
        + cloudLevel
        + ", cloudRadius="
        + cloudRadius
        + ", cloudPeak="
        + cloudPeak
        + ", isotropicLevel="
        + isotropicLevel
        + "]";
  }
}
