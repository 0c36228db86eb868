package org.mdx.bragg.scale;

import java.util.List;
import java.util.Optional;

/**
 * How sweeps are scaled. Immutable.
 *
 * @param intensities which intensities
 * @param dMin resolution, Å; 0 for all
 * @param minPartiality least part of a reflection that is scaled
 * @param modelPartiality least part of one that the model is fitted to
 * @param minIOverSigma least intensity in standard deviations
 * @param decay whether B varies
 * @param absorption the surface, or empty to choose it by cross-validation
 * @param outlier standard deviations beyond which a measurement is one
 * @param deltaCcHalf standard deviations of ΔCC½ below the mean beyond which a sweep is left out; 0
 *     to leave out none
 * @param reference merged intensities to scale against; may be empty
 * @param minExpected least expected intensity of measurements that the error model is fitted to;
 *     not a number for all
 */
public record ScaleOptions(
    IntensityChoice intensities,
    double dMin,
    double minPartiality,
    double modelPartiality,
    double minIOverSigma,
    boolean decay,
    Optional<AbsorptionLevel> absorption,
    double outlier,
    double deltaCcHalf,
    List<ReferenceIntensity> reference,
    double minExpected) {

  public ScaleOptions {
    reference = List.copyOf(reference);
    if (!(dMin >= 0)) {
      throw new IllegalArgumentException("resolution " + dMin + " Å, must be above 0");
    }
    if (!(minPartiality >= 0 && minPartiality <= 1 && modelPartiality <= 1)) {
      throw new IllegalArgumentException(
          "least partialities " + minPartiality + " and " + modelPartiality + ", must be 0 to 1");
    }
    if (!(outlier >= 3)) {
      throw new IllegalArgumentException("outliers beyond " + outlier + " σ, must be 3 or more");
    }
    if (!(deltaCcHalf >= 0)) {
      throw new IllegalArgumentException("limit of ΔCC½ of " + deltaCcHalf + " σ, 0 or more");
    }
  }

  /**
   * The better intensities, all of the resolution, partiality above 0.4 and for the model above
   * 0.95, above −5 σ, outliers beyond 6 σ.
   *
   * @return the defaults
   */
  public static ScaleOptions defaults() {
    return new ScaleOptions(
        IntensityChoice.BEST,
        0,
        0.4,
        0.95,
        -5,
        true,
        Optional.empty(),
        6,
        0,
        List.of(),
        Double.NaN);
  }

  /**
   * With given intensities.
   *
   * @param choice which
   * @return new options
   */
  public ScaleOptions intensities(IntensityChoice choice) {
    return new ScaleOptions(
        choice,
        dMin,
        minPartiality,
        modelPartiality,
        minIOverSigma,
        decay,
        absorption,
        outlier,
        deltaCcHalf,
        reference,
        minExpected);
  }

  /**
   * With a resolution.
   *
   * @param d Å
   * @return new options
   */
  public ScaleOptions dMin(double d) {
    return new ScaleOptions(
        intensities,
        d,
        minPartiality,
        modelPartiality,
        minIOverSigma,
        decay,
        absorption,
        outlier,
        deltaCcHalf,
        reference,
        minExpected);
  }

  /**
   * With another least partiality.
   *
   * @param part 0 to 1
   * @return new options
   */
  public ScaleOptions minPartiality(double part) {
    return new ScaleOptions(
        intensities,
        dMin,
        part,
        modelPartiality,
        minIOverSigma,
        decay,
        absorption,
        outlier,
        deltaCcHalf,
        reference,
        minExpected);
  }

  /**
   * With or without a B that varies.
   *
   * @param varies whether it does
   * @return new options
   */
  public ScaleOptions decay(boolean varies) {
    return new ScaleOptions(
        intensities,
        dMin,
        minPartiality,
        modelPartiality,
        minIOverSigma,
        varies,
        absorption,
        outlier,
        deltaCcHalf,
        reference,
        minExpected);
  }

  /**
   * With a given absorption surface.
   *
   * @param level how strong
   * @return new options
   */
  public ScaleOptions absorption(AbsorptionLevel level) {
    return new ScaleOptions(
        intensities,
        dMin,
        minPartiality,
        modelPartiality,
        minIOverSigma,
        decay,
        Optional.of(level),
        outlier,
        deltaCcHalf,
        reference,
        minExpected);
  }

  /**
   * With another limit of outliers.
   *
   * @param sigmas 3 or more
   * @return new options
   */
  public ScaleOptions outlier(double sigmas) {
    return new ScaleOptions(
        intensities,
        dMin,
        minPartiality,
        modelPartiality,
        minIOverSigma,
        decay,
        absorption,
        sigmas,
        deltaCcHalf,
        reference,
        minExpected);
  }

  /**
   * Leaves out sweeps that lower CC½.
   *
   * @param sigmas standard deviations of ΔCC½ below the mean, such as 4; 0 to keep all
   * @return new options
   */
  public ScaleOptions deltaCcHalf(double sigmas) {
    return new ScaleOptions(
        intensities,
        dMin,
        minPartiality,
        modelPartiality,
        minIOverSigma,
        decay,
        absorption,
        outlier,
        sigmas,
        reference,
        minExpected);
  }

  /**
   * Scales against merged intensities.
   *
   * @param merged of a reference data set, in the axes of the sweeps
   * @return new options
   */
  public ScaleOptions reference(List<ReferenceIntensity> merged) {
    return new ScaleOptions(
        intensities,
        dMin,
        minPartiality,
        modelPartiality,
        minIOverSigma,
        decay,
        absorption,
        outlier,
        deltaCcHalf,
        merged,
        minExpected);
  }

  /**
   * Fits the error model to strong measurements alone.
   *
   * @param intensity least intensity that is expected of them, as {@code min_Ih} of DIALS
   * @return new options
   */
  public ScaleOptions minExpected(double intensity) {
    return new ScaleOptions(
        intensities,
        dMin,
        minPartiality,
        modelPartiality,
        minIOverSigma,
        decay,
        absorption,
        outlier,
        deltaCcHalf,
        reference,
        intensity);
  }
}
