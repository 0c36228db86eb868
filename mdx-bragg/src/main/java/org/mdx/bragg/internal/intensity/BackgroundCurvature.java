package org.mdx.bragg.internal.intensity;

import java.util.Arrays;
import java.util.List;

/**
 * How the background about a reflection rises or falls towards it, as the pixels around the
 * reflection tell: the term c (ρ² − mean ρ²) of a paraboloid, with ρ the distance from the
 * prediction over the radius of the foreground. Thermal diffuse scattering and clouds culminate, or
 * have a dip, at the points of the reciprocal lattice.
 *
 * @param value c, counts of a pixel and slice
 * @param variance of c
 * @param mean of the background, counts of a pixel and slice, above 0
 * @param least background that there can be
 * @param limit squared radius of the foreground, degrees²
 * @param offset of a plane that is as ρ² is over the pixels that tell it
 * @param slopeX change of that plane with the column of the box; 0 if the background has no slope
 * @param slopeY change with the row
 */
public record BackgroundCurvature(
    double value,
    double variance,
    double mean,
    double least,
    double limit,
    double offset,
    double slopeX,
    double slopeY) {

  /** Fewer reflections do not tell how much curvature there is. */
  private static final int LEAST = 50;

  /** Median of the square of a standard normal deviate. */
  private static final double MEDIAN = 0.45494;

  /** Standard deviation of the median of n such squares, times √n. */
  private static final double DEVIATION = 1.0607;

  /** Halvings of the interval in which the spread lies. */
  private static final int ROUNDS = 50;

  /** Standard deviations that are not chance. */
  private static final double SIGNIFICANT = 3;

  /** c over the mean. */
  public double relative() {
    return value / mean;
  }

  /** Variance of {@link #relative()}. */
  public double relativeVariance() {
    return variance / (mean * mean);
  }

  /**
   * ρ² in the middle of a pixel.
   *
   * @param corners ε₁, ε₂ of the corners of a rectangle, {@link LocalFrame#corners}
   * @param columns of the rectangle
   * @param pixel row · columns + column
   * @param row its row
   * @param limit squared radius of the foreground, degrees²
   */
  public static double square(double[] corners, int columns, int pixel, int row, double limit) {
    int a = 2 * (pixel + row);
    int b = a + 2 * (columns + 1);
    double x = corners[a] + corners[a + 2] + corners[b] + corners[b + 2];
    double y = corners[a + 1] + corners[a + 3] + corners[b + 1] + corners[b + 3];
    return (x * x + y * y) / (16 * limit);
  }

  /**
   * By how much the background changes at a pixel for a c of 1.
   *
   * @param square ρ² of the pixel
   * @param x its column in the box
   * @param y its row
   */
  public double lever(double square, double x, double y) {
    return square - offset - slopeX * x - slopeY * y;
  }

  /**
   * Part of c that is taken where c over the mean is known to scatter about 0: what is likeliest,
   * and its variance is that part of the variance of c.
   *
   * @param spread variance of the true c over the mean among reflections
   */
  public double part(double spread) {
    return spread > 0 ? spread / (spread + relativeVariance()) : 0;
  }

  /**
   * Variance of c over the mean among reflections, without that of its errors: with it, the median
   * of the squares is that of normal deviates. 0 if chance explains what is found.
   */
  public static double spread(List<BackgroundCurvature> found) {
    int n = found.size();
    if (n < LEAST) {
      return 0;
    }
    double[] squares = new double[n];
    double[] errors = new double[n];
    double[] z = new double[n];
    double most = 0;
    for (int i = 0; i < n; i++) {
      squares[i] = found.get(i).relative() * found.get(i).relative();
      errors[i] = found.get(i).relativeVariance();
      z[i] = squares[i] / errors[i];
      most = Math.max(most, squares[i] / MEDIAN);
    }
    Arrays.sort(z);
    if ((z[(n - 1) / 2] + z[n / 2]) / 2 < MEDIAN + SIGNIFICANT * DEVIATION / Math.sqrt(n)) {
      return 0;
    }
    double least = 0;
    for (int i = 0; i < ROUNDS; i++) {
      double middle = (least + most) / 2;
      if (isAboveMedian(squares, errors, middle)) {
        least = middle;
      } else {
        most = middle;
      }
    }
    return (least + most) / 2;
  }

  private static boolean isAboveMedian(double[] squares, double[] errors, double spread) {
    int above = 0;
    for (int i = 0; i < squares.length; i++) {
      above += squares[i] > MEDIAN * (spread + errors[i]) ? 1 : 0;
    }
    return 2 * above > squares.length;
  }
}
