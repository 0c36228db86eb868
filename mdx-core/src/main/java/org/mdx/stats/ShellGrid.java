package org.mdx.stats;

/**
 * The limits of shells of s. All have the same width; the last one can be cut off, and is the only
 * one to which its upper limit belongs.
 *
 * @param sMin lower limit of the first shell in Å⁻¹, 0 or more
 * @param width of a shell in Å⁻¹, above 0
 * @param count number of shells, 0 or more
 * @param sMax upper limit of the last shell in Å⁻¹
 */
public record ShellGrid(double sMin, double width, int count, double sMax) {
  /** Shells beyond this number are refused: a width that small is a mistake. */
  private static final int MOST = 1_000_000;

  /** A last shell that would be narrower than this fraction of a width is left out. */
  private static final double SLIVER = 1e-9;

  public ShellGrid {
    if (!(sMin >= 0 && width > 0 && width <= Double.MAX_VALUE && count >= 0 && sMax >= sMin)) {
      throw new IllegalArgumentException(
          count + " shells of " + width + " Å⁻¹ from " + sMin + " to " + sMax + " Å⁻¹");
    }
  }

  /**
   * The shells that options ask for.
   *
   * @param options width or number, and range
   * @param largest largest s of the data in Å⁻¹, where the shells end if the options have no upper
   *     limit; below 0 if there are no data
   * @return the shells; none if there are no data and no upper limit
   * @throws IllegalArgumentException if there would be more than a million
   */
  public static ShellGrid of(ShellOptions options, double largest) {
    double from = options.sMin();
    boolean open = options.sMax() == Double.POSITIVE_INFINITY;
    double to = open ? largest : options.sMax();
    if (!(to >= from)) {
      return new ShellGrid(from, options.width(), 0, from);
    }
    if (options.count() > 0) {
      double width = to > from ? (to - from) / options.count() : options.width();
      return new ShellGrid(from, width, options.count(), to);
    }
    double shells = (to - from) / options.width();
    if (!(shells < MOST)) {
      throw new IllegalArgumentException(
          "shells of "
              + options.width()
              + " Å⁻¹ up to "
              + to
              + " Å⁻¹ are more than "
              + MOST
              + "; give a larger width");
    }
    int count = open ? (int) shells + 1 : Math.max(1, (int) Math.ceil(shells - SLIVER));
    return new ShellGrid(from, options.width(), count, open ? from + count * options.width() : to);
  }

  /**
   * The shell of a length.
   *
   * @param s in Å⁻¹
   * @return 0 to count − 1; −1 outside of all shells
   */
  public int shell(double s) {
    return s >= sMin && s <= sMax ? Math.min((int) ((s - sMin) / width), count - 1) : -1;
  }

  /**
   * Lower limit of a shell.
   *
   * @param shell 0 to count − 1
   * @return in Å⁻¹
   */
  public double lower(int shell) {
    return sMin + shell * width;
  }

  /**
   * Upper limit of a shell.
   *
   * @param shell 0 to count − 1
   * @return in Å⁻¹
   */
  public double upper(int shell) {
    return shell == count - 1 ? sMax : sMin + (shell + 1) * width;
  }
}
