package org.mdx.bragg.merge;

/**
 * Statistics of a shell.
 *
 * @param dMax low resolution, Å
 * @param dMin high resolution, Å
 * @param observations measurements
 * @param unique reflections
 * @param possible reflections of the asymmetric unit
 * @param meanI mean of the merged intensities
 * @param iOverSigma mean of merged I/σ
 * @param rMerge Σ|I − ⟨I⟩|/ΣI
 * @param rMeas with √(n/(n − 1))
 * @param rPim with √(1/(n − 1))
 * @param rAnom Σ|I₊ − I₋|/Σ ½(I₊ + I₋)
 * @param ccHalf σ-τ CC½
 * @param anomalousPairs acentric reflections of which both mates were measured
 * @param possiblePairs acentric reflections of the asymmetric unit
 * @param repeated reflections that were measured twice or more, on which CC½ rests
 * @param mates unique reflections if the mates of acentric ones are counted apart
 * @param ccAnomalous σ-τ correlation of the anomalous differences of half-sets; NaN of too few
 * @param repeatedPairs acentric reflections both of whose mates were measured twice or more, on
 *     which ccAnomalous rests
 */
public record MergeShell(
    double dMax,
    double dMin,
    int observations,
    int unique,
    int possible,
    double meanI,
    double iOverSigma,
    double rMerge,
    double rMeas,
    double rPim,
    double rAnom,
    double ccHalf,
    int anomalousPairs,
    int possiblePairs,
    int repeated,
    int mates,
    double ccAnomalous,
    int repeatedPairs) {

  /**
   * Part of the possible reflections that were measured.
   *
   * @return 0 to 1
   */
  public double completeness() {
    return (double) unique / possible;
  }

  /**
   * Measurements of a reflection.
   *
   * @return their mean number
   */
  public double multiplicity() {
    return (double) observations / unique;
  }

  /**
   * Part of the possible acentric reflections with both mates.
   *
   * @return 0 to 1
   */
  public double anomalousCompleteness() {
    return (double) anomalousPairs / possiblePairs;
  }

  /**
   * Measurements of a reflection if the mates of acentric ones are counted apart.
   *
   * @return their mean number
   */
  public double anomalousMultiplicity() {
    return (double) observations / mates;
  }

  /**
   * What CC½ exceeds by chance in one of a hundred shells without signal.
   *
   * @return NaN of too few reflections
   */
  public double ccHalfCritical() {
    return Significance.critical(repeated);
  }

  /**
   * What the correlation of anomalous differences exceeds by chance in one of a hundred shells.
   *
   * @return NaN of too few pairs
   */
  public double ccAnomalousCritical() {
    return Significance.critical(repeatedPairs);
  }

  /**
   * The correlation of the merged intensities with the true ones (Karplus &amp; Diederichs 2012,
   * Science 336, 1030).
   *
   * @return √(2 CC½/(1 + CC½)); NaN below 0
   */
  public double ccStar() {
    return Math.sqrt(2 * ccHalf / (1 + ccHalf));
  }
}
