package org.mdx.stats;

import java.util.Locale;

/**
 * Agreement of two sets of intensities of the same voxels. What could not be computed is NaN.
 *
 * @param pairs number of voxels that have both intensities
 * @param cc Pearson's correlation of the intensities
 * @param ccAnisotropic the same without isotropic averages; the one to trust over wide shells,
 *     since the isotropic fall with s alone makes the other high
 * @param error standard error of {@code ccAnisotropic}, (1 − r²)/√(n − 1)
 * @param chance probability that uncorrelated intensities give a {@code ccAnisotropic} as high
 * @param expected what {@code ccAnisotropic} would be, on average, if both sets measured the same
 *     signal with independent errors of the stated size
 * @param r Σ|I₁ − I₂|/(½ Σ (I₁ + I₂)); 1/√2 of it is R_split (White et al., Acta Cryst. D68, 1584,
 *     2012)
 */
public record Agreement(
    long pairs,
    double cc,
    double ccAnisotropic,
    double error,
    double chance,
    double expected,
    double r) {

  /** No pair at all. */
  public static final Agreement NONE =
      new Agreement(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /**
   * R_split of two half-sets: the expected relative difference of the whole from the truth.
   *
   * @return {@code r}/√2
   */
  public double rSplit() {
    return r / Math.sqrt(2);
  }

  /**
   * CC* of two half-sets, √(2 CC/(1 + CC)) with the anisotropic CC: its estimate of the correlation
   * of the whole with the true signal (Karplus and Diederichs, Science 336, 1030, 2012).
   *
   * @return 0 to 1; NaN if the correlation is below 0
   */
  public double ccStar() {
    return ccAnisotropic >= 0 ? Math.sqrt(2 * ccAnisotropic / (1 + ccAnisotropic)) : Double.NaN;
  }

  /** Such as {@code CC 0.984 ± 0.001 of 36145 pairs}; {@code none} without pairs. */
  @Override
  public String toString() {
    return pairs == 0
        ? "none"
        : String.format(
            Locale.ROOT,
            "CC %.3f ± %.3f of %d pairs, anisotropic %.3f, R %.3f",
            cc,
            error,
            pairs,
            ccAnisotropic,
            r);
  }
}
