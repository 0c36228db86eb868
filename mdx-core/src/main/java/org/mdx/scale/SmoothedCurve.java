package org.mdx.scale;

import java.util.Arrays;

/**
 * A curve over the rotation angle that is a Gaussian-weighted mean of the three parameters around
 * each place, as the scale and decay of DIALS's {@code physical} model are (Evans, Acta Cryst. D62,
 * 72, 2006; DIALS 3.12). Immutable.
 *
 * <p>With z = (φ − φ₀)/interval, parameter i of n ≥ 4 is at z = i − ½; 2 or 3 parameters are at i
 * and are all used. The curve jumps a little where the window moves on to the next parameters, as
 * that of DIALS does.
 */
public final class SmoothedCurve {
  /** Standard deviation of the weights times √2, in intervals, where three count. */
  private static final double WIDTH = 0.7;

  /** The same where there are but two parameters. */
  private static final double WIDTH_OF_TWO = 0.65;

  private static final int WINDOW = 3;

  private final double first;
  private final double interval;
  private final double[] parameters;
  private final double[] errors;

  private SmoothedCurve(double first, double interval, double[] parameters, double[] errors) {
    this.first = first;
    this.interval = interval;
    this.parameters = parameters;
    this.errors = errors;
  }

  /**
   * A curve.
   *
   * @param first φ₀, angle at which the curve begins, in degrees
   * @param interval between parameters in degrees, not 0; below 0 where the rotation angle falls
   * @param parameters two or more, finite
   * @return the curve
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static SmoothedCurve of(double first, double interval, double... parameters) {
    boolean finite = Math.abs(first) <= Double.MAX_VALUE && Math.abs(interval) <= Double.MAX_VALUE;
    if (!finite || interval == 0) {
      throw new IllegalArgumentException(
          "curve from " + first + "° with an interval of " + interval + "°, must not be 0");
    }
    if (parameters.length < 2) {
      throw new IllegalArgumentException(
          parameters.length + " parameters of a curve, must be 2 or more");
    }
    for (double p : parameters) {
      if (!(Math.abs(p) <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException("parameter " + p + " of a curve, must be finite");
      }
    }
    double[] none = new double[parameters.length];
    Arrays.fill(none, Double.NaN);
    return new SmoothedCurve(first, interval, parameters.clone(), none);
  }

  /**
   * The same with standard deviations of its parameters.
   *
   * @param sigma one for each; NaN where it is not known
   * @return another curve
   * @throws IllegalArgumentException if there are not as many
   */
  public SmoothedCurve errors(double... sigma) {
    if (sigma.length != parameters.length) {
      throw new IllegalArgumentException(
          sigma.length + " standard deviations of " + parameters.length + " parameters");
    }
    return new SmoothedCurve(first, interval, parameters, sigma.clone());
  }

  /**
   * Number of parameters.
   *
   * @return 2 or more
   */
  public int size() {
    return parameters.length;
  }

  /**
   * A parameter.
   *
   * @param i its number
   * @return its value
   */
  public double parameter(int i) {
    return parameters[i];
  }

  /**
   * The standard deviation of a parameter.
   *
   * @param i its number
   * @return NaN if it is not known
   */
  public double error(int i) {
    return errors[i];
  }

  /**
   * Where a parameter is.
   *
   * @param i its number
   * @return φ in degrees
   */
  public double phi(int i) {
    return first + place(i) * interval;
  }

  private double place(int i) {
    return parameters.length <= WINDOW ? i : i - 0.5;
  }

  /**
   * The curve at an angle.
   *
   * @param phi in degrees
   * @return the weighted mean
   */
  public double at(double phi) {
    double z = (phi - first) / interval;
    int n = parameters.length;
    int from = 0;
    int to = n;
    if (n > WINDOW) {
      double nearest = z - 1.5;
      // halves away from zero
      from = (int) (Math.signum(nearest) * Math.floor(Math.abs(nearest) + 0.5)) + 1;
      to = from + WINDOW;
      if (from < 0) {
        from = 0;
        to = Math.max(2, to);
      }
      if (to > n) {
        to = n;
        from = Math.min(from, n - 2);
      }
    }
    double width = n == 2 ? WIDTH_OF_TWO : WIDTH;
    double sum = 0;
    double weights = 0;
    for (int i = from; i < to; i++) {
      double distance = (z - place(i)) / width;
      double weight = Math.exp(-distance * distance);
      sum += weight * parameters[i];
      weights += weight;
    }
    return sum / weights;
  }

  /** Where it begins and how many parameters it has. */
  @Override
  public String toString() {
    return "SmoothedCurve["
        + parameters.length
        + " parameters, "
        + interval
        + "° apart from "
        + first
        + "°]";
  }
}
