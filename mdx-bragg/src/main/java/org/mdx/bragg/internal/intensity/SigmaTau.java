package org.mdx.bragg.internal.intensity;

/**
 * CC½ without random halves, from the variance of the means and that within the groups (Assmann,
 * Brehm &amp; Diederichs 2016, J. Appl. Cryst. 49, 1021): CC½ = (σ_y² − σ_ε²/2)/(σ_y² + σ_ε²/2),
 * σ_y² being the variance of the means of all groups and σ_ε²/2 the mean squared error of the mean
 * of a group. Groups of one measurement do not count.
 */
public final class SigmaTau {
  private long groups;
  private double mean;
  private double squares;
  private double errors;

  /**
   * Takes a group.
   *
   * @param n its measurements
   * @param sum their sum
   * @param squareSum sum of their squares about a value near the mean
   * @param about that value
   */
  public void add(int n, double sum, double squareSum, double about) {
    if (n < 2) {
      return;
    }
    double average = sum / n;
    double offset = average - about;
    double within = Math.max(0, squareSum - n * offset * offset) / (n - 1);
    add(average, within / n);
  }

  /**
   * Takes a group by its mean.
   *
   * @param average mean of the group
   * @param error variance of that mean, from the scatter within the group
   */
  public void add(double average, double error) {
    groups++;
    double before = average - mean;
    mean += before / groups;
    squares += before * (average - mean);
    errors += error;
  }

  /**
   * The correlation of half-sets that the variances stand for.
   *
   * @return at most 1; NaN of fewer than three groups
   */
  public double value() {
    if (groups < 3) {
      return Double.NaN;
    }
    double y = squares / (groups - 1);
    double e = errors / groups;
    return y + e > 0 ? (y - e) / (y + e) : Double.NaN;
  }

  /**
   * Number of groups that counted.
   *
   * @return 0 or more
   */
  public long groups() {
    return groups;
  }
}
