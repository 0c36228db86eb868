package org.mdx.bragg.twin;

import java.util.List;
import java.util.Locale;

/**
 * The L test (Padilla &amp; Yeates 2003, Acta Cryst. D59, 1124) of merged acentric intensities. It
 * needs no twin law, and neither anisotropy nor translational pseudosymmetry disturb it.
 *
 * @param meanAbsolute ⟨|L|⟩: 1/2 untwinned, 3/8 of a perfect twin; NaN without pairs
 * @param meanSquare ⟨L²⟩: 1/3 untwinned, 1/5 of a perfect twin; NaN without pairs
 * @param sigma standard deviation of meanAbsolute of an untwinned crystal: that of disjoint pairs
 *     of the reflections, since pairs with a reflection in common are no independent ones; infinite
 *     without pairs
 * @param pairs of neighbours
 * @param logLikelihoods of the twin fractions in {@link #FRACTIONS}, less that of no twin
 */
public record LTest(
    double meanAbsolute, double meanSquare, double sigma, int pairs, List<Double> logLikelihoods) {

  /** Twin fractions whose likelihoods are known; the last one stands for a perfect twin. */
  public static final List<Double> FRACTIONS =
      List.of(0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.48);

  private static final int FEWEST = 50;

  /** How often intensities look like a small twin for other reasons, such as few atoms. */
  private static final double OTHERWISE = 0.01;

  /** Twin fraction that such intensities may look like. */
  private static final double SMALL = 0.15;

  /** Odds from which a twin is said to be likely. */
  private static final double LIKELY = Math.log(20);

  public LTest {
    logLikelihoods = List.copyOf(logLikelihoods);
  }

  /**
   * Whether the pairs are enough to judge by.
   *
   * @return false if they say nothing
   */
  public boolean isEnough() {
    return pairs >= FEWEST && sigma < 0.04;
  }

  /**
   * Whether a twin of any fraction, all up to 1/2 being as likely before, is 20 times as likely as
   * none.
   *
   * @return false too if there are not enough pairs
   */
  public boolean looksTwinned() {
    return isEnough() && logOfTwin(0.5) > LIKELY;
  }

  /**
   * The likelihood of a twin of any fraction up to one, all being as likely before.
   *
   * @param most largest fraction, from 0 to 1/2
   * @return its logarithm, less that of no twin; 0 of fractions that make no difference
   */
  public double logOfTwin(double most) {
    double highest = 0;
    int n = 0;
    for (int f = 1; f < logLikelihoods.size() && FRACTIONS.get(f) < most + 0.025; f++) {
      highest = Math.max(highest, logLikelihoods.get(f));
      n++;
    }
    double sum = 0;
    for (int f = 1; f <= n; f++) {
      sum += Math.exp(logLikelihoods.get(f) - highest);
    }
    return n == 0 ? 0 : highest + Math.log(sum / n);
  }

  /**
   * The likelihood of a crystal that is no twin. Some of these look like twins of small fractions,
   * for reasons that are not known.
   *
   * @return its logarithm, less that of no twin whose intensities are as theory says
   */
  public double logOfUntwinned() {
    return Math.log(1 - OTHERWISE + OTHERWISE * Math.exp(Math.min(600, logOfTwin(SMALL))));
  }

  /**
   * The twin fraction whose likelihood is largest.
   *
   * @return one of {@link #FRACTIONS}
   */
  public double likeliestFraction() {
    int best = 0;
    for (int f = 1; f < logLikelihoods.size(); f++) {
      best = logLikelihoods.get(f) > logLikelihoods.get(best) ? f : best;
    }
    return FRACTIONS.get(best);
  }

  /**
   * A line for people.
   *
   * @return the means, and those of untwinned crystals and perfect twins
   */
  public String line() {
    return isEnough()
        ? String.format(
            Locale.ROOT,
            "L test: <|L|> %.3f(%.3f), <L²> %.3f of %d pairs (untwinned 0.500, 0.333; perfect"
                + " twin 0.375, 0.200)%n",
            meanAbsolute,
            sigma,
            meanSquare,
            pairs)
        : String.format(Locale.ROOT, "L test: not enough pairs (%d)%n", pairs);
  }
}
