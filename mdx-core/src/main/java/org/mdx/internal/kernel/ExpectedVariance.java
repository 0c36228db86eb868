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
   * @param s length of the scattering vector in Å⁻¹, 0 or above
   * @return its shell, from 0
   */
  public static int shell(double s) {
    return (int) (s / SHELL);
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
   * its own counts and its shell, but never less than {@link #lowest} allows, nor than 1/(T + 1/S),
   * what remains of S after T without a count.
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
    e = Math.max(e, 1 / (exposure + 1 / mean));
    return Math.max(e, lowest(background / (exposure * exposure), 1 / exposure, own));
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
    double half = SURE * SURE * v1 / 2;
    double square = SURE * SURE * (v0 + v1 * intensity) + half * half;
    return intensity + half - Math.sqrt(Math.max(0, square));
  }
}
