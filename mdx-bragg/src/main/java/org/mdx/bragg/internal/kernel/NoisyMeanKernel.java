package org.mdx.bragg.internal.kernel;

/**
 * Robust mean of counts with read noise: {@link PoissonMeanKernel} for y = Poisson(μ) + N(0, n).
 *
 * <p>With r = (y − μ)/√(μ + n) and ψ(r) = max(−c, min(c, r)), μ solves Σψ(r) = m·E[ψ(r)], m being
 * the number of values.
 */
public final class NoisyMeanKernel {
  private static final int ROUNDS = 50;
  private static final double CONVERGED = 1e-7;

  /** Above this mean the sums over the distribution give way to its expansion. */
  private static final double LARGE = 60;

  /** Where nothing was counted and nothing is noisy. */
  private static final double LEAST = 1e-6;

  private NoisyMeanKernel() {}

  /**
   * The mean. Does not check.
   *
   * @param values counts with noise; in any order
   * @param n number of values, 1 or more
   * @param noise variance of the noise, 0 or more
   * @param c limit of the residuals in standard deviations
   * @param start an estimate of the mean
   * @param out receives the mean and its variance
   */
  public static void mean(
      double[] values, int n, double noise, double c, double start, double[] out) {
    double mu = start;
    double[] e = new double[3];
    double v = LEAST;
    for (int round = 0; round < ROUNDS; round++) {
      v = Math.max(LEAST, Math.max(0, mu) + noise);
      expectations(Math.max(0, mu), noise, c, e);
      double root = Math.sqrt(v);
      double score = 0;
      for (int i = 0; i < n; i++) {
        score += Math.max(-c, Math.min(c, (values[i] - mu) / root));
      }
      double step = root * (score / n - e[0]) / e[1];
      step = Math.max(-2 * root, Math.min(2 * root, step));
      mu += step;
      if (Math.abs(step) <= CONVERGED * root) {
        break;
      }
    }
    out[0] = mu;
    out[1] = v * e[2] / (e[1] * e[1] * n);
  }

  /** E[ψ], E[ψ r] and E[ψ²]. */
  private static void expectations(double mu, double noise, double c, double[] out) {
    double v = Math.max(LEAST, mu + noise);
    double root = Math.sqrt(v);
    if (mu > LARGE || mu < LEAST) {
      // the third moment of the sum is that of the counts, μ
      double density = Math.exp(-c * c / 2) / Math.sqrt(2 * Math.PI);
      double inside = ErrorFunction.erf(c / Math.sqrt(2));
      out[0] = -c * density * mu / (3 * v * root);
      out[1] = inside;
      out[2] = inside - 2 * c * density + c * c * (1 - inside);
      return;
    }
    out[0] = 0;
    out[1] = 0;
    out[2] = 0;
    double p = Math.exp(-mu);
    int last = (int) Math.ceil(mu + 12 * Math.sqrt(mu) + 12);
    for (int k = 0; k <= last; k++) {
      add((k - mu) / root, Math.sqrt(noise) / root, c, p, out);
      p *= mu / (k + 1);
    }
  }

  /** Adds p times E[ψ], E[ψ r] and E[ψ²] of a normal distribution of r. */
  private static void add(double mean, double sigma, double c, double p, double[] out) {
    if (!(sigma > 1e-4)) {
      double psi = Math.max(-c, Math.min(c, mean));
      out[0] += p * psi;
      out[1] += p * psi * mean;
      out[2] += p * psi * psi;
      return;
    }
    double low = (-c - mean) / sigma;
    double high = (c - mean) / sigma;
    double below = 0.5 * (1 + ErrorFunction.erf(low / Math.sqrt(2)));
    double above = 0.5 * (1 - ErrorFunction.erf(high / Math.sqrt(2)));
    double inside = 1 - below - above;
    double atLow = Math.exp(-low * low / 2) / Math.sqrt(2 * Math.PI);
    double atHigh = Math.exp(-high * high / 2) / Math.sqrt(2 * Math.PI);
    // ∫r and ∫r² between the limits, ∫r beyond them
    double first = mean * inside + sigma * (atLow - atHigh);
    double second =
        (mean * mean + sigma * sigma) * inside
            + 2 * mean * sigma * (atLow - atHigh)
            + sigma * sigma * (low * atLow - high * atHigh);
    double firstAbove = mean * above + sigma * atHigh;
    double firstBelow = mean * below - sigma * atLow;
    out[0] += p * (first + c * (above - below));
    out[1] += p * (second + c * (firstAbove - firstBelow));
    out[2] += p * (second + c * c * (above + below));
  }
}
