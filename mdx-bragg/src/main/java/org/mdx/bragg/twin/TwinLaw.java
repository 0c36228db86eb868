package org.mdx.bragg.twin;

import org.mdx.crystal.ChangeOfBasis;

/**
 * A rotation of the lattice that the crystal has not, and the twin fraction that the intensities it
 * makes equivalent have. The fractions take single crystals for ones without any symmetry along the
 * law: where they have approximate symmetry, the fractions are too large.
 *
 * @param operator the law, in the axes of the space group
 * @param pairs of acentric reflections I₁, I₂ whose sum is above five standard deviations of it
 * @param correlation of I₁ and I₂, divided by the mean of their shells; NaN of fewer than 3 pairs
 * @param meanH ⟨|H|⟩, H = (I₁ − I₂)/(I₁ + I₂): 1/2 untwinned, 0 of a perfect twin; NaN without
 *     pairs
 * @param meanSquareH ⟨H²⟩: 1/3 untwinned, 0 of a perfect twin; NaN without pairs
 * @param fraction α from ⟨H²⟩ = (1 − 2α)²/3 less what the errors add (Yeates 1988, Acta Cryst. A44,
 *     142; 1997, Methods Enzymol. 276, 344), 0 to 1/2; NaN without pairs
 * @param sigma standard deviation of the fraction, by the number of pairs
 * @param brittonFraction α by a Britton plot (Britton 1972, Acta Cryst. A28, 296; Fisher &amp;
 *     Sweet 1980, A36, 755): the negative part of intensities that are detwinned with a fraction
 *     above α grows linearly with it; 0 to 1/2; NaN without pairs
 */
public record TwinLaw(
    ChangeOfBasis operator,
    int pairs,
    double correlation,
    double meanH,
    double meanSquareH,
    double fraction,
    double sigma,
    double brittonFraction) {

  private static final int FEWEST = 30;

  /**
   * Whether the pairs are enough for the fractions.
   *
   * @return false if they say nothing
   */
  public boolean isEnough() {
    return pairs >= FEWEST;
  }
}
