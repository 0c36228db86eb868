package org.mdx.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.parallel.Parallel;

/**
 * The part of the intensity that depends on s = |s| alone: a trimmed mean in each shell, placed at
 * the shell's mean s, linear in between and constant beyond the ends. What remains of an intensity
 * without it is the anisotropic part. Immutable.
 */
public final class IsotropicAverage {
  /** Shells with fewer values are left to their neighbours, as mdx2 does. */
  static final int FEWEST = 10;

  /** Shells with fewer values are not trimmed, as mdx2 does. */
  static final int FEWEST_TRIMMED = 20;

  private static final String[] NAMES = {
    "s_min",
    "s_max",
    "s",
    "voxels",
    "trimmed",
    "isotropic",
    "intensity",
    "std",
    "remainder",
    "remainder_std"
  };
  private static final String FORMATS = "3 3 4 0 0 g g g g g";

  private final double[] s;
  private final double[] mean;
  private final List<IsotropicShell> shells;

  private IsotropicAverage(double[] s, double[] mean, List<IsotropicShell> shells) {
    this.s = s;
    this.mean = mean;
    this.shells = List.copyOf(shells);
  }

  /**
   * The average of some values, found by one thread.
   *
   * @param s scattering vector length of each value in Å⁻¹, 0 or more
   * @param values as many; those not finite are left out
   * @param width of the shells in Å⁻¹, above 0
   * @param trim fraction of the values left out at each side of a shell, 0 to below ½
   * @return the average; 0 everywhere if no shell has 10 values
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static IsotropicAverage of(double[] s, double[] values, double width, double trim) {
    return of(s, values, width, trim, Parallel.of(1));
  }

  /**
   * The average of some values.
   *
   * @param s scattering vector length of each value in Å⁻¹, 0 or more
   * @param values as many; those not finite are left out
   * @param width of the shells in Å⁻¹, above 0
   * @param trim fraction of the values left out at each side of a shell, 0 to below ½
   * @param parallel threads; the result does not depend on them
   * @return the average; 0 everywhere if no shell has 10 values
   * @throws IllegalArgumentException if an argument is out of range, or there would be more than a
   *     million shells
   */
  public static IsotropicAverage of(
      double[] s, double[] values, double width, double trim, Parallel parallel) {
    return of(s, values, null, width, trim, parallel);
  }

  /**
   * The average of measured values, without the shells in which there is more noise than signal:
   * one whose mean value is below its mean error is left to its neighbours, as mdx2 does.
   *
   * @param s scattering vector length of each value in Å⁻¹, 0 or more
   * @param values as many; those not finite are left out
   * @param errors standard errors, as many; null to keep all shells
   * @param width of the shells in Å⁻¹, above 0
   * @param trim fraction of the values left out at each side of a shell, 0 to below ½
   * @param parallel threads; the result does not depend on them
   * @return the average; 0 everywhere if no shell is left
   * @throws IllegalArgumentException if an argument is out of range, or there would be more than a
   *     million shells
   */
  public static IsotropicAverage of(
      double[] s, double[] values, double[] errors, double width, double trim, Parallel parallel) {
    if (errors != null && errors.length != values.length) {
      throw new IllegalArgumentException(
          errors.length + " errors for " + values.length + " values");
    }
    if (s.length != values.length) {
      throw new IllegalArgumentException(s.length + " lengths s for " + values.length + " values");
    }
    if (!(width > 0 && trim >= 0 && trim < 0.5)) {
      throw new IllegalArgumentException(
          "width=" + width + " trim=" + trim + ", must be above 0, and 0 to below 0.5");
    }
    double largest = -1;
    for (int i = 0; i < s.length; i++) {
      if (Math.abs(values[i]) <= Double.MAX_VALUE) {
        largest = Math.max(largest, s[i]);
      }
    }
    ShellGrid grid = ShellGrid.of(ShellOptions.defaults().width(width), largest);
    int[] shell = new int[s.length];
    for (int i = 0; i < s.length; i++) {
      shell[i] = Math.abs(values[i]) <= Double.MAX_VALUE ? grid.shell(s[i]) : -1;
    }
    ShellRows rows = ShellRows.of(shell, grid.count());
    Curve[] curve = new Curve[grid.count()];
    parallel.forEach(
        curve.length,
        c -> {
          Curve found = Curve.of(rows, c, s, values, trim);
          curve[c] = isNoise(rows, c, values, errors) ? found.without() : found;
        });
    IsotropicAverage average = interpolated(curve, List.of());
    IsotropicShell[] shells = new IsotropicShell[curve.length];
    parallel.forEach(
        curve.length, c -> shells[c] = average.shell(grid, rows, c, s, values, curve[c]));
    return interpolated(curve, Arrays.asList(shells));
  }

  private static IsotropicAverage interpolated(Curve[] curve, List<IsotropicShell> shells) {
    Curve[] used =
        Arrays.stream(curve).filter(c -> c.average() == c.average()).toArray(Curve[]::new);
    return new IsotropicAverage(
        Arrays.stream(used).mapToDouble(Curve::s).toArray(),
        Arrays.stream(used).mapToDouble(Curve::average).toArray(),
        shells);
  }

  private static boolean isNoise(ShellRows rows, int shell, double[] values, double[] errors) {
    double value = 0;
    double error = 0;
    for (int i = rows.start(shell); errors != null && i < rows.start(shell + 1); i++) {
      value += values[rows.row(i)];
      error += errors[rows.row(i)];
    }
    return value < error;
  }

  /** A point of the curve: mean s, number of values left out at each side, mean of the others. */
  private record Curve(double s, int trimmed, double average) {

    /** The same shell, left to its neighbours. */
    Curve without() {
      return new Curve(s, trimmed, Double.NaN);
    }

    static Curve of(ShellRows rows, int shell, double[] s, double[] values, double trim) {
      int size = rows.start(shell + 1) - rows.start(shell);
      double[] sorted = new double[size];
      double sumS = 0;
      for (int i = 0; i < size; i++) {
        int row = rows.row(rows.start(shell) + i);
        sorted[i] = values[row];
        sumS += s[row];
      }
      Arrays.sort(sorted);
      int off = size < FEWEST_TRIMMED ? 0 : (int) Math.rint(trim * size);
      double sum = 0;
      for (int i = off; i < size - off; i++) {
        sum += sorted[i];
      }
      return new Curve(sumS / size, off, size < FEWEST ? Double.NaN : sum / (size - 2 * off));
    }
  }

  private IsotropicShell shell(
      ShellGrid grid, ShellRows rows, int shell, double[] lengths, double[] values, Curve curve) {
    int size = rows.start(shell + 1) - rows.start(shell);
    double[] value = new double[size];
    double[] remainder = new double[size];
    for (int i = 0; i < size; i++) {
      int row = rows.row(rows.start(shell) + i);
      value[i] = values[row];
      remainder[i] = values[row] - at(lengths[row]);
    }
    double[] whole = meanAndDeviation(value);
    double[] rest = meanAndDeviation(remainder);
    return new IsotropicShell(
        grid.lower(shell),
        grid.upper(shell),
        curve.s(),
        size,
        curve.trimmed(),
        curve.average(),
        whole[0],
        whole[1],
        rest[0],
        rest[1]);
  }

  private static double[] meanAndDeviation(double[] x) {
    double centre = Arrays.stream(x).sum() / x.length;
    double squares = 0;
    for (double v : x) {
      squares += (v - centre) * (v - centre);
    }
    return new double[] {centre, x.length < 2 ? Double.NaN : Math.sqrt(squares / (x.length - 1))};
  }

  /**
   * The average at one length of the scattering vector.
   *
   * @param length s in Å⁻¹
   * @return the interpolated average
   */
  public double at(double length) {
    if (s.length == 0) {
      return 0;
    }
    int i = Arrays.binarySearch(s, length);
    if (i >= 0) {
      return mean[i];
    }
    int above = -i - 1;
    if (above == 0) {
      return mean[0];
    } else if (above == s.length) {
      return mean[s.length - 1];
    }
    double f = (length - s[above - 1]) / (s[above] - s[above - 1]);
    return mean[above - 1] + f * (mean[above] - mean[above - 1]);
  }

  /**
   * The shells that were averaged, and what remains of them.
   *
   * @return from low to high s without gaps; one can be empty
   */
  public List<IsotropicShell> shells() {
    return shells;
  }

  private static Object[] cells(IsotropicShell x) {
    return new Object[] {
      x.sMin(),
      x.sMax(),
      x.s(),
      x.values(),
      x.trimmed(),
      x.average(),
      x.mean(),
      x.deviation(),
      x.remainderMean(),
      x.remainderDeviation()
    };
  }

  private List<Object[]> rows() {
    List<Object[]> rows = new ArrayList<>();
    for (IsotropicShell shell : shells) {
      rows.add(cells(shell));
    }
    return rows;
  }

  /**
   * Comma-separated values: a line of names, a line for each shell. What is not known is left
   * empty.
   *
   * @return lines ending with a line feed
   */
  public String toCsv() {
    return TextTable.csv(NAMES, rows());
  }

  /**
   * Aligned columns for reading.
   *
   * @return lines ending with a line feed
   */
  public String toText() {
    return TextTable.text(NAMES, FORMATS.split(" "), rows());
  }

  @Override
  public String toString() {
    return "IsotropicAverage[" + s.length + " shells]";
  }
}
