package org.mdx.internal.kernel;

/**
 * Variances of counted intensities from what was expected, not from what was counted.
 *
 * <p>An intensity I = (N/t − b)·f of N counts in t seconds over a background rate b has, where the
 * true intensity is M, the variance
 *
 * <pre>
 * v(M) = v0 + v1·M      v0 = f²·(b/t + var b)      v1 = f/t, the intensity of one count
 * </pre>
 *
 * Observations of one voxel share M. Three sums say all that they know of it: the exposure T = Σ
 * 1/v1 (expected counts for each unit of M), the net counts C = Σ I/v1 and the background's
 * variance in counts B = Σ v0/v1². C/T is an unbiased mean at any number of counts, of variance (M
 * + B/T)/T.
 *
 * <p>The expectation of a voxel lies between C/T and the mean S of its shell of resolution, as
 * {@link #expectation} has it. Shells are kept as {@link #SUMS} numbers each in one array, added up
 * by {@link #addGroup}. Nothing is checked.
 */
public final class ExpectedVariance {
  /** Numbers that a shell takes in the array of shells. */
  public static final int SUMS = 5;

  /** Width of a shell, in Å⁻¹. */
  public static final double SHELL = 0.01;

  private static final int LAST = 4095;

  /** Standard deviations by which data must exceed an expectation to raise it. */
  private static final double SURE = 3;

  private ExpectedVariance() {}

  /**
   * Variance of an observation.
   *
   * @param v0 variance without signal
   * @param v1 variance for each unit of signal, above 0
   * @param expected true or expected intensity, above 0
   * @return v0 + v1·expected
   */
  public static double variance(double v0, double v1, double expected) {
    return v0 + v1 * expected;
  }

  /**
   * Number of a shell of resolution.
   *
   * @param s length of the scattering vector in Å⁻¹
   * @return its shell, 0 to 4095, the first and the last for what lies beyond
   */
  public static int shell(double s) {
    return Math.max(0, Math.min(LAST, (int) (s / SHELL)));
  }

  /**
   * Adds what one voxel knows to its shell.
   *
   * @param shells {@link #SUMS} numbers for each shell, zeros at first: Σ T, Σ C, Σ C²/T, Σ B/T,
   *     voxels
   * @param shell which
   * @param exposure T, above 0
   * @param counts C
   * @param background B
   */
  public static void addGroup(
      double[] shells, int shell, double exposure, double counts, double background) {
    int at = SUMS * shell;
    shells[at] += exposure;
    shells[at + 1] += counts;
    shells[at + 2] += counts * counts / exposure;
    shells[at + 3] += background / exposure;
    shells[at + 4]++;
  }

  /**
   * Mean intensity S of a shell, ΣC/ΣT, but not less than one count in the whole of it.
   *
   * @param shells from {@link #addGroup}
   * @param shell which, with at least one voxel
   * @return S, above 0
   */
  public static double shellMean(double[] shells, int shell) {
    int at = SUMS * shell;
    return Math.max(shells[at + 1], 1) / shells[at];
  }

  /**
   * Variance V of the true intensities in a shell, by the method of moments: the scatter of the
   * voxels' means less what counting explains, (Σ T (C/T − S)² − Σ(S + B/T))/ΣT.
   *
   * @param shells from {@link #addGroup}
   * @param shell which, with at least one voxel
   * @return V, 0 or above
   */
  public static double shellVariance(double[] shells, int shell) {
    int at = SUMS * shell;
    double mean = shellMean(shells, shell);
    double scatter = shells[at + 2] - mean * (2 * shells[at + 1] - mean * shells[at]);
    double counting = mean * shells[at + 4] + shells[at + 3];
    return Math.max(0, (scatter - counting) / shells[at]);
  }

  /**
   * Expected intensity of a voxel: S + (C/T − S)·V/(V + (S + B/T)/T), the best linear estimate from
   * its own counts and its shell; but within {@link #lowest} and {@link #highest} of C/T, for
   * voxels that are not like their shell, and never less than 1/(T + 1/S), what remains of S after
   * T without a count.
   *
   * @param mean S of its shell, above 0
   * @param variance V of its shell, 0 or above
   * @param exposure T, above 0
   * @param counts C
   * @param background B
   * @return above 0
   */
  public static double expectation(
      double mean, double variance, double exposure, double counts, double background) {
    double own = counts / exposure;
    double noise = (mean + background / exposure) / exposure;
    double e = mean + (own - mean) * variance / (variance + noise);
    double v0 = background / (exposure * exposure);
    double v1 = 1 / exposure;
    e = own > e ? Math.max(e, lowest(v0, v1, own)) : Math.min(e, highest(v0, v1, own));
    return Math.max(e, 1 / (exposure + 1 / mean));
  }

  /**
   * The lowest expectation that a measured intensity leaves likely: the one that it exceeds by
   * three of the expectation's own standard deviations.
   *
   * @param v0 variance without signal
   * @param v1 variance for each unit of signal
   * @param intensity as measured
   * @return E with intensity = E + 3·√(v0 + v1·E); may be below 0
   */
  public static double lowest(double v0, double v1, double intensity) {
    return intensity + SURE * SURE * v1 / 2 - reach(v0, v1, intensity);
  }

  /**
   * The highest expectation that a measured intensity leaves likely.
   *
   * @param v0 variance without signal
   * @param v1 variance for each unit of signal
   * @param intensity as measured
   * @return E with intensity = E − 3·√(v0 + v1·E), above the intensity
   */
  public static double highest(double v0, double v1, double intensity) {
    return intensity + SURE * SURE * v1 / 2 + reach(v0, v1, intensity);
  }

  private static double reach(double v0, double v1, double intensity) {
    double half = SURE * SURE * v1 / 2;
    return Math.sqrt(Math.max(0, SURE * SURE * (v0 + v1 * intensity) + half * half));
  }

  /**
   * How far a measured intensity is from its expectation, in standard deviations: the signed root
   * of the Poisson deviance 2·(N ln(N/λ) − N + λ) of λ = v(expected)/v1² counts expected and N = λ
   * + (intensity − expected)/v1 counted, the background's among them. For many counts it is
   * (intensity − expected)/√v; for few it knows that the distribution has a long upper tail, so
   * that a cutoff rejects as many on either side as it would of a normal one. A camera's N can be
   * below 0; its first term is 0.
   *
   * @param v0 variance without signal
   * @param v1 variance for each unit of signal
   * @param intensity as measured
   * @param expected above 0
   * @return above 0 if the intensity is higher than expected
   */
  public static double deviation(double v0, double v1, double intensity, double expected) {
    double lambda = variance(v0, v1, expected) / (v1 * v1);
    double excess = (intensity - expected) / v1;
    double n = lambda + excess;
    double half = n > 0 ? n * Math.log(n / lambda) - excess : -excess;
    return Math.copySign(Math.sqrt(2 * Math.max(0, half)), excess);
  }

  /**
   * Weighs the observations of a voxel by 1/v(E), E the voxel's expectation.
   *
   * @param value intensities, at least one
   * @param v0 their variances without signal
   * @param v1 their variances for each unit of signal
   * @param n how many
   * @param mean S of the shell
   * @param variance V of the shell
   * @param weight filled
   */
  public static void weigh(
      double[] value,
      double[] v0,
      double[] v1,
      int n,
      double mean,
      double variance,
      double[] weight) {
    double exposure = 0;
    double counts = 0;
    double background = 0;
    for (int i = 0; i < n; i++) {
      exposure += 1 / v1[i];
      counts += value[i] / v1[i];
      background += v0[i] / (v1[i] * v1[i]);
    }
    double e = expectation(mean, variance, exposure, counts, background);
    for (int i = 0; i < n; i++) {
      weight[i] = 1 / variance(v0[i], v1[i], e);
    }
  }

  /**
   * The observation of a voxel that is least likely given the others: the one with the largest
   * {@link #deviation} from the expectation of the others, that expectation's own variance (E +
   * B/T)/T added to the observation's.
   *
   * @param value intensities
   * @param v0 their variances without signal
   * @param v1 their variances for each unit of signal
   * @param n how many, at least two
   * @param mean S of the shell
   * @param variance V of the shell
   * @param cutoff standard deviations
   * @return its place, or −1 if none is beyond the cutoff
   */
  public static int farthest(
      double[] value,
      double[] v0,
      double[] v1,
      int n,
      double mean,
      double variance,
      double cutoff) {
    double exposure = 0;
    double counts = 0;
    double background = 0;
    for (int i = 0; i < n; i++) {
      exposure += 1 / v1[i];
      counts += value[i] / v1[i];
      background += v0[i] / (v1[i] * v1[i]);
    }
    int worst = -1;
    double most = cutoff;
    for (int i = 0; i < n; i++) {
      double t = exposure - 1 / v1[i];
      double b = background - v0[i] / (v1[i] * v1[i]);
      double e = expectation(mean, variance, t, counts - value[i] / v1[i], b);
      double own = variance(v0[i], v1[i], e);
      double off = value[i] - e;
      if (2 * off * off <= most * most * own) {
        continue; // the deviance is at most twice the square over the variance
      }
      double shared = Math.sqrt(own / (own + (e + b / t) / t));
      double distance = shared * Math.abs(deviation(v0[i], v1[i], value[i], e));
      if (distance > most) {
        most = distance;
        worst = i;
      }
    }
    return worst;
  }
}
