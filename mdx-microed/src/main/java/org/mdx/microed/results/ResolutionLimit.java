package org.mdx.microed.results;

/**
 * The resolution up to which half-sets agree: d_min of the last shell whose CC1/2 is above a limit,
 * going up from low resolution to the first shell where it is not. A shell without a CC1/2 counts
 * as one where it is not.
 *
 * @param resolution d_min in Å; NaN if not even the first shell is above the limit
 * @param interpolated where a line through the CC1/2 of the last shell above and the first one
 *     below, each in the middle of its shell in 1/d², crosses the limit; Å; NaN if there is none
 * @param atEdge whether CC1/2 is above the limit in all shells, so that data end before they are
 *     exhausted
 * @param doubtful whether the shell in which it falls has hardly an observation more than
 *     reflections, so that its CC1/2 says nothing
 */
public record ResolutionLimit(
    double resolution, double interpolated, boolean atEdge, boolean doubtful) {

  /** Fewer observations of a reflection than this give no half-sets worth the name. */
  private static final double LEAST_MULTIPLICITY = 1.1;

  /** Nothing is known. */
  static final ResolutionLimit NONE = new ResolutionLimit(Double.NaN, Double.NaN, false, false);

  /**
   * The limit of a table.
   *
   * @param table shells
   * @param limit of CC1/2, such as 0.3
   * @return the resolution
   */
  public static ResolutionLimit of(MergingTable table, double limit) {
    int n = table.shells().size();
    int fall = 0;
    while (fall < n && table.value(fall, "cc1/2") > limit) {
      fall++;
    }
    double resolution = fall == 0 ? Double.NaN : table.value(fall - 1, "d_min");
    if (fall == n) {
      return new ResolutionLimit(resolution, Double.NaN, true, false);
    }
    boolean doubtful = table.value(fall, "mult.") < LEAST_MULTIPLICITY;
    return new ResolutionLimit(resolution, crossing(table, fall, limit), false, doubtful);
  }

  private static double crossing(MergingTable table, int fall, double limit) {
    double low = table.value(fall, "cc1/2");
    if (fall == 0 || Double.isNaN(low)) {
      return Double.NaN;
    }
    double high = table.value(fall - 1, "cc1/2");
    double part = (high - limit) / (high - low);
    double from = middle(table, fall - 1);
    return 1 / Math.sqrt(from + part * (middle(table, fall) - from));
  }

  /** The middle of a shell in 1/d². */
  private static double middle(MergingTable table, int shell) {
    double a = 1 / table.value(shell, "d_max");
    double b = 1 / table.value(shell, "d_min");
    return (a * a + b * b) / 2;
  }
}
