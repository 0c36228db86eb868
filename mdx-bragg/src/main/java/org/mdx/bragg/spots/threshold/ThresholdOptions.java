package org.mdx.bragg.spots.threshold;

import java.util.List;

/** How strong pixels are told from background. Immutable; the defaults are those of DIALS. */
public final class ThresholdOptions implements Cloneable {
  /** Says that {@link #filterSize()} goes by the probe. */
  public static final int BY_PROBE = -1;

  private ThresholdMethod method = ThresholdMethod.DISPERSION_EXTENDED;
  private int kernelSize = 3;
  private double sigmaBackground = 6;
  private double sigmaStrong = 3;
  private int minLocal = 2;
  private double globalThreshold = 0;
  private double iqrs = 6;
  private int rings = 100;
  private Blur blur = Blur.NONE;
  private int filterSize = BY_PROBE;

  private ThresholdOptions() {}

  /**
   * The defaults.
   *
   * @return extended dispersion, k = 3, 6σ and 3σ
   */
  public static ThresholdOptions defaults() {
    return new ThresholdOptions();
  }

  /**
   * Rule that tells strong pixels.
   *
   * @return the value
   */
  public ThresholdMethod method() {
    return method;
  }

  /**
   * With another value of {@link #method()}.
   *
   * @param value the value
   * @return new options
   */
  public ThresholdOptions method(ThresholdMethod value) {
    ThresholdOptions o = copy();
    o.method = value;
    return o;
  }

  /**
   * Half-width k of the window in pixels: 2k + 1 columns and rows.
   *
   * @return the value
   */
  public int kernelSize() {
    return kernelSize;
  }

  /**
   * With another value of {@link #kernelSize()}.
   *
   * @param value the value
   * @return new options
   * @throws IllegalArgumentException if it is out of range
   */
  public ThresholdOptions kernelSize(int value) {
    check(value >= 1 && value <= 31, "kernel size", value, "must be 1 to 31");
    ThresholdOptions o = copy();
    o.kernelSize = value;
    return o;
  }

  /**
   * Standard deviations by which the index of dispersion must exceed 1 where there is signal.
   *
   * @return the value
   */
  public double sigmaBackground() {
    return sigmaBackground;
  }

  /**
   * With another value of {@link #sigmaBackground()}.
   *
   * @param value the value
   * @return new options
   * @throws IllegalArgumentException if it is out of range
   */
  public ThresholdOptions sigmaBackground(double value) {
    check(isPositive(value), "sigma of the background", value, "must be above 0");
    ThresholdOptions o = copy();
    o.sigmaBackground = value;
    return o;
  }

  /**
   * Standard deviations by which a strong pixel exceeds the local background.
   *
   * @return the value
   */
  public double sigmaStrong() {
    return sigmaStrong;
  }

  /**
   * With another value of {@link #sigmaStrong()}.
   *
   * @param value the value
   * @return new options
   * @throws IllegalArgumentException if it is out of range
   */
  public ThresholdOptions sigmaStrong(double value) {
    check(isPositive(value), "sigma of strong pixels", value, "must be above 0");
    ThresholdOptions o = copy();
    o.sigmaStrong = value;
    return o;
  }

  /**
   * Fewest pixels of a window that make a test.
   *
   * @return the value
   */
  public int minLocal() {
    return minLocal;
  }

  /**
   * With another value of {@link #minLocal()}.
   *
   * @param value the value
   * @return new options
   * @throws IllegalArgumentException if it is out of range
   */
  public ThresholdOptions minLocal(int value) {
    check(value >= 2, "fewest local pixels", value, "must be 2 or more");
    ThresholdOptions o = copy();
    o.minLocal = value;
    return o;
  }

  /**
   * Strong pixels are above this, in counts less the pedestal.
   *
   * @return the value
   */
  public double globalThreshold() {
    return globalThreshold;
  }

  /**
   * With another value of {@link #globalThreshold()}.
   *
   * @param value the value
   * @return new options
   * @throws IllegalArgumentException if it is out of range
   */
  public ThresholdOptions globalThreshold(double value) {
    check(isNatural(value), "global threshold", value, "must be 0 or above");
    ThresholdOptions o = copy();
    o.globalThreshold = value;
    return o;
  }

  /**
   * Interquartile ranges above the median of a ring, for the radial threshold.
   *
   * @return the value
   */
  public double iqrs() {
    return iqrs;
  }

  /**
   * With another value of {@link #iqrs()}.
   *
   * @param value the value
   * @return new options
   * @throws IllegalArgumentException if it is out of range
   */
  public ThresholdOptions iqrs(double value) {
    check(isPositive(value), "interquartile ranges", value, "must be above 0");
    ThresholdOptions o = copy();
    o.iqrs = value;
    return o;
  }

  /**
   * Rings of the radial threshold.
   *
   * @return the value
   */
  public int rings() {
    return rings;
  }

  /**
   * With another value of {@link #rings()}.
   *
   * @param value the value
   * @return new options
   * @throws IllegalArgumentException if it is out of range
   */
  public ThresholdOptions rings(int value) {
    check(value >= 1 && value <= 10_000, "number of rings", value, "must be 1 to 10000");
    ThresholdOptions o = copy();
    o.rings = value;
    return o;
  }

  /**
   * Smoothing before the radial threshold.
   *
   * @return the value
   */
  public Blur blur() {
    return blur;
  }

  /**
   * With another value of {@link #blur()}.
   *
   * @param value the value
   * @return new options
   */
  public ThresholdOptions blur(Blur value) {
    ThresholdOptions o = copy();
    o.blur = value;
    return o;
  }

  /**
   * Half-width of a window in pixels whose sum shows wide and weak spots, of which no pixel stands
   * out. With dispersion, such spots are added to those of the strong pixels, which stay as they
   * are. 0 for none; {@link #BY_PROBE} for 2 with electrons and none otherwise.
   *
   * @return the value
   */
  public int filterSize() {
    return filterSize;
  }

  /**
   * With another value of {@link #filterSize()}.
   *
   * @param value the value
   * @return new options
   * @throws IllegalArgumentException if it is out of range
   */
  public ThresholdOptions filterSize(int value) {
    check(value >= BY_PROBE && value <= 15, "filter size", value, "must be -1 to 15");
    ThresholdOptions o = copy();
    o.filterSize = value;
    return o;
  }

  private ThresholdOptions copy() {
    try {
      return (ThresholdOptions) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isNatural(double value) {
    return value >= 0 && Double.isFinite(value);
  }

  private static boolean isPositive(double value) {
    return value > 0 && Double.isFinite(value);
  }

  private static void check(boolean right, String what, Object value, String rule) {
    if (!right) {
      throw new IllegalArgumentException(what + " " + value + ", " + rule);
    }
  }

  private List<Object> values() {
    return List.of(
        method,
        kernelSize,
        sigmaBackground,
        sigmaStrong,
        minLocal,
        globalThreshold,
        iqrs,
        rings,
        blur,
        filterSize);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ThresholdOptions other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "ThresholdOptions["
        + "method="
        + method
        + ", kernelSize="
        + kernelSize
        + ", sigmaBackground="
        + sigmaBackground
        + ", sigmaStrong="
        + sigmaStrong
        + ", minLocal="
        + minLocal
        + ", globalThreshold="
        + globalThreshold
        + ", iqrs="
        + iqrs
        + ", rings="
        + rings
        + ", blur="
        + blur
        + ", filterSize="
        + filterSize
        + "]";
  }
}
