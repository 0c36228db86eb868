package org.mdx.sim;

import org.mdx.crystal.UnitCell;

/**
 * What a {@link DiffuseModel} is like. Levels are relative to {@code unit}; lengths are in
 * reciprocal space, Å⁻¹.
 *
 * @param unit counts per second and steradian of a relative intensity of one
 * @param wilsonB B in Å²: Bragg peaks and their halos fall off as exp(−B s²/2)
 * @param braggPeak mean height of the Bragg peaks at low s
 * @param peakSigma standard deviation of a Bragg peak in every direction
 * @param haloLevel height of the halo at a reflection relative to its Bragg peak
 * @param haloWidth half width w of the halo, which goes as (1 − r²/R²)²/(1 + r²/w²)
 * @param haloRadius radius R at which the halo ends
 * @param cloudLevel mean of the cloudy signal where its envelope is highest
 * @param cloudRadius radius over which the cloudy signal is correlated; its correlation function
 *     vanishes at twice this
 * @param cloudPeak s at which the envelope (s/p)² exp(1 − (s/p)²) of the cloudy signal is highest
 * @param isotropicLevel height of the ring of disordered water at s = 0.3 Å⁻¹
 */
public record ModelParameters(
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

  public ModelParameters {
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
}
