package org.mdx.geometry;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.OptionalDouble;

/** A series of images at equal steps of the rotation angle. Immutable. */
public final class Scan {
  /** A turn for an image, and a thousand turns from 0. */
  private static final double WIDEST = 360;

  private static final double FARTHEST = 360_000;

  private final int firstImage;
  private final double start;
  private final double width;
  private final double[] exposures;
  private final boolean exposureKnown;
  private final double transmission;

  /**
   * A scan.
   *
   * @param firstImage number of the first image, as in its file name
   * @param start rotation angle at the beginning of the first image, degrees, within ±360000
   * @param width rotation per image, degrees, within ±360; not zero unless there is one image only
   * @param exposures exposure of each image, seconds; as many as there are images, each above 0
   * @throws IllegalArgumentException if there are no images or a value is out of range
   */
  public Scan(int firstImage, double start, double width, double[] exposures) {
    this(firstImage, start, width, exposures, true, Double.NaN);
  }

  private Scan(
      int firstImage,
      double start,
      double width,
      double[] exposures,
      boolean exposureKnown,
      double transmission) {
    if (exposures.length == 0) {
      throw new IllegalArgumentException("a scan needs at least one image");
    }
    if (!(Math.abs(start) <= FARTHEST && Math.abs(width) <= WIDEST)) {
      throw new IllegalArgumentException(
          "oscillation start "
              + start
              + "°, width "
              + width
              + "°: must be within ±"
              + FARTHEST
              + "° and ±"
              + WIDEST
              + "°");
    }
    if (width == 0 && exposures.length > 1) {
      throw new IllegalArgumentException(
          exposures.length + " images without rotation (width 0°) are no scan");
    }
    for (int i = 0; i < exposures.length; i++) {
      if (!(exposures[i] > 0) || Double.isInfinite(exposures[i])) {
        throw new IllegalArgumentException(
            "exposure of image "
                + (firstImage + i)
                + " is "
                + exposures[i]
                + " s, must be above 0");
      }
    }
    this.firstImage = firstImage;
    this.start = start;
    this.width = width;
    this.exposures = exposures.clone();
    this.exposureKnown = exposureKnown;
    this.transmission = transmission;
  }

  /**
   * A scan of which nobody knows the exposures, only that they are alike: each is taken for 1 s,
   * which leaves ratios within the scan as they are.
   *
   * @param firstImage number of the first image, as in its file name
   * @param start rotation angle at the beginning of the first image, degrees
   * @param width rotation per image, degrees; not zero unless there is one image only
   * @param frames number of images, 1 or more
   * @return the scan
   * @throws IllegalArgumentException if there are no images or a value is out of range
   */
  public static Scan ofUnknownExposure(int firstImage, double start, double width, int frames) {
    double[] ones = new double[Math.max(0, frames)];
    Arrays.fill(ones, 1);
    return new Scan(firstImage, start, width, ones, false, Double.NaN);
  }

  /**
   * Whether the exposures are known; otherwise each stands for 1 s, and count rates cannot be
   * compared with those of another scan.
   *
   * @return true if so
   */
  public boolean isExposureKnown() {
    return exposureKnown;
  }

  /**
   * The part of the beam that attenuators let through to the sample during the scan.
   *
   * @return above 0, at most 1; empty if nobody tells
   */
  public OptionalDouble transmission() {
    return Double.isNaN(transmission) ? OptionalDouble.empty() : OptionalDouble.of(transmission);
  }

  /**
   * The same scan behind attenuators.
   *
   * @param part of the beam that they let through, above 0, at most 1
   * @return a new scan
   * @throws IllegalArgumentException if it is out of range
   */
  public Scan withTransmission(double part) {
    if (!(part > 0 && part <= 1)) {
      throw new IllegalArgumentException(
          "transmission " + part + " of the beam, must be above 0 and at most 1");
    }
    return new Scan(firstImage, start, width, exposures, exposureKnown, part);
  }

  /**
   * Number of the first image.
   *
   * @return as in its file name
   */
  public int firstImage() {
    return firstImage;
  }

  /**
   * Number of images.
   *
   * @return 1 or more
   */
  public int frames() {
    return exposures.length;
  }

  /**
   * Angle at the beginning of the first image.
   *
   * @return degrees
   */
  public double start() {
    return start;
  }

  /**
   * Rotation per image.
   *
   * @return degrees
   */
  public double width() {
    return width;
  }

  /**
   * Angle at the end of the last image.
   *
   * @return degrees
   */
  public double end() {
    return start + frames() * width;
  }

  /**
   * Angle at the middle of an image.
   *
   * @param frame 0 to frames − 1
   * @return degrees
   */
  public double phi(int frame) {
    return start + (frame + 0.5) * width;
  }

  /**
   * Place of an angle in the scan.
   *
   * @param phi degrees
   * @return (φ − start)/width, in images; 0 without rotation
   */
  public double position(double phi) {
    return width == 0 ? 0 : (phi - start) / width;
  }

  /**
   * Angle of a place in the scan, the inverse of {@link #position}.
   *
   * @param position in images, 0 at the beginning of the first
   * @return degrees
   */
  public double phiAt(double position) {
    return start + position * width;
  }

  /**
   * Exposure of an image.
   *
   * @param frame 0 to frames − 1
   * @return seconds
   */
  public double exposure(int frame) {
    return exposures[frame];
  }

  /**
   * The first n images.
   *
   * @param n 1 to {@link #frames()}
   * @return a shorter scan
   */
  public Scan first(int n) {
    return new Scan(
        firstImage, start, width, Arrays.copyOf(exposures, n), exposureKnown, transmission);
  }

  /**
   * Whether another scan has images of the same numbers.
   *
   * @param other a scan of the same sweep
   * @return false for another stretch of it
   */
  public boolean hasImagesOf(Scan other) {
    return firstImage == other.firstImage && frames() == other.frames();
  }

  /**
   * A stretch of the images, which keep their numbers and angles.
   *
   * @param from first of them, from 0
   * @param to the one after the last, at most {@link #frames()}
   * @return a shorter scan
   * @throws IllegalArgumentException if there are no such images
   */
  public Scan part(int from, int to) {
    if (from < 0 || to > frames() || from >= to) {
      throw new IllegalArgumentException(
          "images " + from + " to " + to + " of a scan that has " + frames());
    }
    return new Scan(
        firstImage + from,
        phiAt(from),
        width,
        Arrays.copyOfRange(exposures, from, to),
        exposureKnown,
        transmission);
  }

  /**
   * A single image without rotation, exposed as the first one of this scan.
   *
   * @param image its number
   * @return a scan of one image at the start of this one
   */
  public Scan still(int image) {
    return new Scan(image, start, 0, Arrays.copyOf(exposures, 1), exposureKnown, transmission);
  }

  @Override
  public String toString() {
    return frames()
        + (frames() == 1 ? " image, " : " images, ")
        + text(start)
        + "° to "
        + text(end())
        + "° in steps of "
        + text(width)
        + "°, "
        + (exposureKnown ? text(exposures[0]) + " s each" : "exposure unknown")
        + (transmission < 1 ? ", transmission " + text(transmission) : "");
  }

  /** Six digits, without trailing zeros. */
  private static String text(double x) {
    return BigDecimal.valueOf(x).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }
}
