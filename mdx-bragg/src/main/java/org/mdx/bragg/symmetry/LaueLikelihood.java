package org.mdx.bragg.symmetry;

import java.util.Arrays;
import java.util.List;
import org.mdx.bragg.twin.LTest;

/**
 * Probabilities of correlations under a symmetry and without it (Evans 2006, Acta Cryst. D62, 72;
 * 2011, D67, 282): Student's distributions of three degrees of freedom cut to −1…1. Their tails
 * allow for outliers; those of Cauchy distributions would leave 0.1 of the belief with a rotation
 * whose correlation is 0, however bright the data. With the symmetry the centre is E, what the
 * errors leave of 1. Without it, intensities without errors would not correlate in half of the
 * cases, and else by some m from 0 to 1 with the weight √(1 − m²), for approximate symmetries are
 * common; errors leave m·E of that. E is known as well as the standard deviations are, and one for
 * all rotations: groups are compared by the mean over E of their likelihoods.
 */
final class LaueLikelihood {
  private static final double FREEDOM = 3;

  /** Centres of distributions, from 0 to 1. */
  private static final int CENTRES = 400;

  /** Values of m. */
  private static final int STEPS = 100;

  /** How often a rotation that is not there leaves no correlation at all. */
  private static final double NONE = 0.5;

  /** Values of E. */
  private static final int LEVELS = 60;

  /** How much lower E may be for errors that are proportional to the intensity. */
  private static final double LOWER = 0.05;

  /** Errors of rotations correlate by less. */
  private static final double MOST_COMMON = 0.95;

  private final double floor;
  private final double[] level = new double[LEVELS];
  private final double[] weight = new double[LEVELS];

  /** The weight of each m, the last that of 0. */
  private final double[] approximate = new double[STEPS + 1];

  /** The weight of each m that twins have. */
  private final double[] twinned = new double[STEPS];

  /** The twin fraction of each m. */
  private final double[] fraction = new double[STEPS];

  /**
   * A model of correlations.
   *
   * @param expected E
   * @param error its standard deviation
   * @param floor least width of the distributions
   */
  LaueLikelihood(double expected, double error, double floor) {
    this.floor = floor;
    double below = error + LOWER * expected;
    double from = Math.max(0.01, expected - 3 * below);
    double to = Math.min(0.995, expected + 3 * error);
    double sum = 0;
    for (int k = 0; k < LEVELS; k++) {
      level[k] = from + (to - from) * (k + 0.5) / LEVELS;
      double u = (level[k] - expected) / (level[k] < expected ? below : error);
      weight[k] = Math.exp(-u * u / 2);
      sum += weight[k];
    }
    for (int k = 0; k < LEVELS; k++) {
      weight[k] /= sum;
    }
    for (int i = 0; i < STEPS; i++) {
      double m = (i + 0.5) / STEPS;
      approximate[i] = Math.sqrt(1 - m * m);
    }
    double all = Arrays.stream(approximate).sum();
    for (int i = 0; i < STEPS; i++) {
      approximate[i] *= (1 - NONE) / all;
    }
    approximate[STEPS] = NONE;
    for (int i = 0; i < STEPS; i++) {
      fraction[i] = fraction((i + 0.5) / STEPS);
      twinned[i] = 2 * (fraction((i + 1.0) / STEPS) - fraction((double) i / STEPS));
    }
  }

  /**
   * The fraction α of a twin whose law correlates by m = 2α(1 − α)/(1 − 2α(1 − α)), which follows
   * from the variances of Wilson's distribution.
   */
  private static double fraction(double m) {
    return (1 - Math.sqrt((1 - m) / (1 + m))) / 2;
  }

  /**
   * The logarithms of the likelihood of centres from 0 to 1 that rotations have in common, up to a
   * summand that is the same whichever of them have a centre in common. The rotations make pairs of
   * the same reflections: the mean of k deviations counts as k/(1 + (k − 1)ρ), what they differ by
   * from their mean has the variance 1 − ρ.
   *
   * @param members rotations with a correlation; none make zeros
   */
  double[] logarithms(List<OperatorPairs> members) {
    double[] out = new double[CENTRES + 1];
    int k = members.size();
    if (k == 0) {
      return out;
    }
    double rho = common(members);
    double weight = k / (1 + (k - 1) * rho);
    double own = members.stream().mapToDouble(p -> scale(p, Math.max(0, p.comparable()))).sum();
    double[] u = new double[k];
    for (int i = 0; i <= CENTRES; i++) {
      double centre = (double) i / CENTRES;
      double scales = 0;
      for (int n = 0; n < k; n++) {
        OperatorPairs p = members.get(n);
        u[n] = (p.comparable() - centre) / width(p, centre);
        scales += scale(p, centre);
      }
      double mean = Arrays.stream(u).sum() / k;
      out[i] = weight * (tail(mean) - (scales - own) / k);
      for (int n = 0; n < k; n++) {
        out[i] += tail((u[n] - mean) / Math.sqrt(1 - rho));
      }
    }
    return out;
  }

  /** How much the errors of rotations correlate with each other on average. */
  private double common(List<OperatorPairs> members) {
    int k = members.size();
    double sum = 0;
    for (int i = 0; i < k; i++) {
      OperatorPairs p = members.get(i);
      for (int j = 0; j < i; j++) {
        OperatorPairs q = members.get(j);
        sum += p.covariance(q) / (width(p, p.comparable()) * width(q, q.comparable()));
      }
    }
    return k < 2 ? 0 : Math.max(0, Math.min(MOST_COMMON, 2 * sum / (k * (k - 1))));
  }

  private double width(OperatorPairs pairs, double truth) {
    return Math.hypot(floor, pairs.error(Math.max(0, truth)));
  }

  /** The logarithm of Student's density of three degrees of freedom, 0 at 0. */
  private static double tail(double u) {
    return -2 * Math.log1p(u * u / FREEDOM);
  }

  /** The logarithm of the width of the distribution about a centre, cut to −1…1. */
  private double scale(OperatorPairs pairs, double centre) {
    double w = width(pairs, centre);
    return Math.log(w * (cumulative((1 - centre) / w) - cumulative((-1 - centre) / w)));
  }

  /** The density of a correlation with the symmetry. */
  double present(double[] logarithms) {
    return Math.exp(group(logarithms, List.of(), null));
  }

  /** The density of a correlation without the symmetry. */
  double absent(double[] logarithms) {
    return Math.exp(
        group(new double[CENTRES + 1], List.of(new Outside(logarithms, 0, false)), null));
  }

  /**
   * Rotations that are not in a group and have the same correlation if it is the group.
   *
   * @param logarithms of their centres
   * @param twin how often they are the law of a twin
   * @param merged whether the intensities of the L test are merged over them, which makes half and
   *     half of every twin
   */
  record Outside(double[] logarithms, double twin, boolean merged) {}

  /**
   * The logarithm of the likelihood of a group. A rotation outside correlates because the symmetry
   * is approximate, or because it is the law of a twin. The L test tells them apart: fractions that
   * are smaller than the correlation says belong to twins whose single crystals have approximate
   * symmetry too.
   *
   * @param inside sum of the {@link #logarithms} of its rotations
   * @param classes rotations that are not in it
   * @param test of the intensities; null if it is not known, and twins are not looked for
   */
  double group(double[] inside, List<Outside> classes, LTest test) {
    double untwinned = test == null ? 0 : test.logOfUntwinned();
    double all = test == null ? 0 : classes.stream().mapToDouble(Outside::twin).sum();
    double[] log = new double[LEVELS];
    double[] of = new double[STEPS + 1];
    double[] ways = new double[classes.size() + 1];
    double merged = test == null ? 0 : test.logOfTwin(0.5);
    double[] twins = new double[STEPS];
    for (int i = 0; i < STEPS && test != null; i++) {
      twins[i] = Math.log(twinned[i]) + test.logOfTwin(fraction[i]);
    }
    for (int k = 0; k < LEVELS; k++) {
      double sum = Math.log(weight[k]) + at(inside, level[k]);
      for (int c = 0; c < classes.size(); c++) {
        double[] logarithms = classes.get(c).logarithms;
        for (int i = 0; i < STEPS; i++) {
          of[i] = Math.log(approximate[i]) + at(logarithms, level[k] * (i + 0.5) / STEPS);
        }
        of[STEPS] = Math.log(approximate[STEPS]) + logarithms[0];
        double without = logOfSum(of);
        sum += without;
        ways[c + 1] =
            test == null || classes.get(c).twin == 0
                ? Double.NEGATIVE_INFINITY
                : Math.log(classes.get(c).twin)
                    + twin(classes.get(c), level[k], twins, merged)
                    - without;
      }
      ways[0] = Math.log(1 - all) + untwinned;
      log[k] = sum + logOfSum(ways);
    }
    return logOfSum(log);
  }

  private double twin(Outside law, double expected, double[] twins, double merged) {
    double[] of = new double[STEPS];
    for (int i = 0; i < STEPS; i++) {
      of[i] =
          at(law.logarithms, expected * (i + 0.5) / STEPS)
              + (law.merged ? Math.log(twinned[i]) + merged : twins[i]);
    }
    return logOfSum(of);
  }

  private static double at(double[] logarithms, double centre) {
    double x = centre * CENTRES;
    int i = Math.min(CENTRES - 1, (int) x);
    return logarithms[i] + (x - i) * (logarithms[i + 1] - logarithms[i]);
  }

  private static double logOfSum(double[] log) {
    double most = Double.NEGATIVE_INFINITY;
    for (double l : log) {
      most = Math.max(most, l);
    }
    double sum = 0;
    for (double l : log) {
      sum += Math.exp(l - most);
    }
    return most + Math.log(sum);
  }

  /** Student's distribution of three degrees of freedom, up to a constant factor and summand. */
  private static double cumulative(double u) {
    double x = u / Math.sqrt(FREEDOM);
    return x / (1 + x * x) + Math.atan(x);
  }
}
