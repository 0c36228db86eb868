package org.mdx.bragg.internal.kernel;

/**
 * Robust mean of Poisson counts: the generalized linear model with a constant, in which residuals
 * beyond a limit count as much as at the limit. Source: Cantoni and Ronchetti (2001) J. Am. Stat.
 * Assoc. 96, 1022; used for backgrounds by Parkhurst et al. (2016) J. Appl. Cryst. 49, 1912.
 *
 * <p>With r = (y − μ)/√μ and ψ(r) = max(−c, min(c, r)), μ solves Σψ(r) = n·E[ψ(r)].
 */
public final class PoissonMeanKernel {
  private static final int ROUNDS = 50;
  private static final double CONVERGED = 1e-7;

  /** Above this mean the sums over the distribution give way to its expansion. */
  private static final double LARGE = 60;

  private PoissonMeanKernel() {}

  /**
   * The mean. Does not check.
   *
   * @param values distinct counts, not negative
   * @param times how often each was found
   * @param n number of values
   * @param c limit of the residuals in standard deviations
   * @param out receives the mean and its variance
   */
  public static void mean(int[] values, int[] times, int n, double c, double[] out) {
    double all = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      all += times[i];
      sum += (double) times[i] * values[i];
    }
    out[0] = sum / all;
    out[1] = sum / all / all;
    if (sum == 0) {
      return;
    }
    double mu = clipped(values, times, n, sum / all);
    double[] e = new double[3];
    for (int round = 0; round < ROUNDS; round++) {
      expectations(mu, c, e);
      double root = Math.sqrt(mu);
      double score = 0;
      for (int i = 0; i < n; i++) {
        score += times[i] * Math.max(-c, Math.min(c, (values[i] - mu) / root));
      }
      double step = root * (score / all - e[0]) / e[1];
      double next = Math.max(mu / 4, Math.min(4 * mu, mu + step));
      boolean done = Math.abs(next - mu) <= CONVERGED * mu;
      mu = next;
      if (done) {
        break;
      }
    }
    out[0] = mu;
    out[1] = mu * e[2] / (e[1] * e[1] * all);
  }

  /** A mean without what is far above it, to begin with. */
  private static double clipped(int[] values, int[] times, int n, double mean) {
    double mu = mean;
    for (int round = 0; round < 3; round++) {
      double limit = mu + 4 * Math.sqrt(mu) + 1;
      double sum = 0;
      double all = 0;
      for (int i = 0; i < n; i++) {
        if (values[i] <= limit) {
          sum += (double) times[i] * values[i];
          all += times[i];
        }
      }
      if (sum > 0) {
        mu = sum / all;
      }
    }
    return mu;
  }

  /** E[ψ], E[ψ r] and E[ψ²] of a Poisson distribution. */
  private static void expectations(double mu, double c, double[] out) {
    if (mu > LARGE) {
      double density = Math.exp(-c * c / 2) / Math.sqrt(2 * Math.PI);
      double inside = ErrorFunction.erf(c / Math.sqrt(2));
      out[0] = -c * density / (3 * Math.sqrt(mu));
      out[1] = inside;
      out[2] = inside - 2 * c * density + c * c * (1 - inside);
      return;
    }
    double root = Math.sqrt(mu);
    double p = Math.exp(-mu);
    double psi = 0;
    double slope = 0;
    double square = 0;
    int last = (int) Math.ceil(mu + 12 * root + 12);
    for (int k = 0; k <= last; k++) {
      double r = (k - mu) / root;
      double v = Math.max(-c, Math.min(c, r));
      psi += p * v;
      slope += p * v * r;
      square += p * v * v;
      p *= mu / (k + 1);
    }
    out[0] = psi;
    out[1] = slope;
    out[2] = square;
  }
}
