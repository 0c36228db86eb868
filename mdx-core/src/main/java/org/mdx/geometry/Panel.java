package org.mdx.geometry;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdx.math.Vec3;

/**
 * One flat panel of a detector. Pixel coordinates (px, py) count along fast and slow from the
 * corner of the first pixel, whose centre is at (0.5, 0.5).
 *
 * @param name free
 * @param origin corner of the first pixel, mm
 * @param fast direction of rising ix; made a unit vector
 * @param slow direction of rising iy; made a unit vector
 * @param pixelWidth pixel size along fast, mm
 * @param pixelHeight pixel size along slow, mm
 * @param width number of pixels along fast
 * @param height number of pixels along slow
 * @param trustedMin lowest trusted value, itself trusted; see {@code docs/conventions.md}
 * @param trustedMax highest trusted value, itself trusted: a pixel counts if trustedMin ≤ value ≤
 *     trustedMax
 * @param sensor the sensitive layer
 * @param gain value that one photon or electron adds, above 0
 * @param pedestal mean value of an unexposed pixel
 * @param untrusted rectangles of pixels to leave out
 * @param imageX first column of the panel in the image file
 * @param imageY first row of the panel in the image file
 * @param readNoise standard deviation of an unexposed pixel, in units of its value; 0 if there is
 *     none or it is not known
 */
public record Panel(
    String name,
    Vec3 origin,
    Vec3 fast,
    Vec3 slow,
    double pixelWidth,
    double pixelHeight,
    int width,
    int height,
    double trustedMin,
    double trustedMax,
    Sensor sensor,
    double gain,
    double pedestal,
    List<PixelRectangle> untrusted,
    int imageX,
    int imageY,
    double readNoise) {

  /**
   * A place on a panel.
   *
   * @param x along fast, in mm or pixels as the method says that gives it
   * @param y along slow
   */
  public record Point(double x, double y) {}

  /** No pixel has 100 mm, and no detector is 1 km away. */
  private static final double LARGEST = 100;

  private static final double FARTHEST = 1e6;

  /** Axes of six decimals pass. */
  private static final double RIGHT_ANGLE = 0.01;

  public Panel {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "panel " + name + " has " + width + " x " + height + " pixels");
    }
    if (!(pixelWidth > 0 && pixelHeight > 0 && pixelWidth <= LARGEST && pixelHeight <= LARGEST)) {
      throw new IllegalArgumentException(
          "panel "
              + name
              + " has pixels of "
              + pixelWidth
              + " x "
              + pixelHeight
              + " mm, must be above 0 and at most "
              + LARGEST);
    }
    if (!(origin.norm() <= FARTHEST)) {
      throw new IllegalArgumentException(
          "panel " + name + " begins at " + origin + " mm, must be within " + FARTHEST);
    }
    if (!(trustedMin <= trustedMax)) {
      throw new IllegalArgumentException(
          "panel " + name + " trusts counts from " + trustedMin + " to " + trustedMax);
    }
    if (!(gain > 0 && gain <= Double.MAX_VALUE && Math.abs(pedestal) <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "panel "
              + name
              + " has gain "
              + gain
              + " and pedestal "
              + pedestal
              + "; the gain must be above 0, both finite");
    }
    if (!(readNoise >= 0 && readNoise <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "panel " + name + " has a read noise of " + readNoise + ", must be 0 or more");
    }
    try {
      fast = fast.unit();
      slow = slow.unit();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "fast or slow axis of panel " + name + ": " + e.getMessage(), e);
    }
    double angle = Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, fast.dot(slow)))));
    if (!(Math.abs(angle - 90) <= RIGHT_ANGLE)) {
      throw new IllegalArgumentException(
          "fast and slow axis of panel " + name + " are at " + angle + "°, must be at 90°");
    }
    untrusted = List.copyOf(untrusted);
  }

  /**
   * The same panel with pixels that answer otherwise.
   *
   * @param valueOfOne value that one photon or electron adds
   * @param unexposed mean value of an unexposed pixel
   * @param noise standard deviation of an unexposed pixel in units of its value; 0 if unknown
   * @param lowest trusted value
   * @param highest trusted value
   * @return a new panel
   */
  public Panel withResponse(
      double valueOfOne, double unexposed, double noise, double lowest, double highest) {
    return new Panel(
        name,
        origin,
        fast,
        slow,
        pixelWidth,
        pixelHeight,
        width,
        height,
        lowest,
        highest,
        sensor,
        valueOfOne,
        unexposed,
        untrusted,
        imageX,
        imageY,
        noise);
  }

  /**
   * The same panel in another place.
   *
   * @param other corner of the first pixel, mm
   * @return a new panel
   */
  public Panel withOrigin(Vec3 other) {
    return new Panel(
        name,
        other,
        fast,
        slow,
        pixelWidth,
        pixelHeight,
        width,
        height,
        trustedMin,
        trustedMax,
        sensor,
        gain,
        pedestal,
        untrusted,
        imageX,
        imageY,
        readNoise);
  }

  /**
   * The same panel with another sensitive layer.
   *
   * @param other the layer
   * @return a new panel
   */
  public Panel withSensor(Sensor other) {
    return new Panel(
        name,
        origin,
        fast,
        slow,
        pixelWidth,
        pixelHeight,
        width,
        height,
        trustedMin,
        trustedMax,
        other,
        gain,
        pedestal,
        untrusted,
        imageX,
        imageY,
        readNoise);
  }

  /**
   * The same panel elsewhere.
   *
   * @param corner of the first pixel, mm
   * @param alongFast direction of rising ix
   * @param alongSlow direction of rising iy
   * @return a new panel
   */
  public Panel placed(Vec3 corner, Vec3 alongFast, Vec3 alongSlow) {
    return new Panel(
        name,
        corner,
        alongFast,
        alongSlow,
        pixelWidth,
        pixelHeight,
        width,
        height,
        trustedMin,
        trustedMax,
        sensor,
        gain,
        pedestal,
        untrusted,
        imageX,
        imageY,
        readNoise);
  }

  /**
   * Normal of the panel, fast × slow.
   *
   * @return a unit vector
   */
  public Vec3 normal() {
    return fast.cross(slow).unit();
  }

  /**
   * Place of a pixel coordinate in the laboratory. With a parallax-correcting sensor the mean depth
   * o of absorption along the ray is taken off: o = 1/μ − (t/cosθ + 1/μ)·exp(−μt/cosθ), X −=
   * (u·fast)·o, Y −= (u·slow)·o, u the unit ray to the uncorrected point (as DIALS does).
   *
   * @param px coordinate along fast in pixels
   * @param py coordinate along slow in pixels
   * @return laboratory position in mm
   */
  public Vec3 position(double px, double py) {
    double x = px * pixelWidth;
    double y = py * pixelHeight;
    if (sensor.parallax()) {
      Vec3 u = onPlane(x, y).unit();
      double path = sensor.thickness() / Math.abs(u.dot(normal()));
      double mu = sensor.mu();
      double o = 1 / mu - (path + 1 / mu) * Math.exp(-mu * path);
      x -= u.dot(fast) * o;
      y -= u.dot(slow) * o;
    }
    return onPlane(x, y);
  }

  /**
   * Coordinates on the panel, as DIALS has them in the columns {@code .mm}: where the ray to {@link
   * #position} crosses the plane.
   *
   * @param px coordinate along fast in pixels
   * @param py coordinate along slow in pixels
   * @return mm along fast and slow from the corner of the first pixel
   */
  public Point mm(double px, double py) {
    double[] xy = {px, py};
    new PanelPlane(this).toMillimetres(xy);
    return new Point(xy[0], xy[1]);
  }

  /**
   * The inverse of {@link #mm}, exact to the rounding of numbers.
   *
   * @param x along fast in mm
   * @param y along slow in mm
   * @return pixels
   */
  public Point pixel(double x, double y) {
    double[] xy = {x, y};
    new PanelPlane(this).toPixels(xy);
    return new Point(xy[0], xy[1]);
  }

  /**
   * The inverse of {@link #mm} in the approximation of DIALS, which takes the depth of absorption
   * along the ray through (x, y) and not along the one to the pixel: off by some 10⁻³ pixels with a
   * thick sensor near by.
   *
   * @param x along fast in mm
   * @param y along slow in mm
   * @return pixels
   */
  public Point pixelAsDials(double x, double y) {
    double[] xy = {x, y};
    new PanelPlane(this).toPixelsInOneStep(xy);
    return new Point(xy[0], xy[1]);
  }

  /**
   * Where a ray from the sample crosses the plane of the panel, which may be outside the panel.
   *
   * @param s1 direction of the ray, of any length above zero
   * @return mm along fast and slow; empty if the ray goes along the plane or away from it
   */
  public Optional<Point> intersect(Vec3 s1) {
    double[] xy = new double[3];
    return new PanelPlane(this).intersect(s1.x(), s1.y(), s1.z(), xy)
        ? Optional.of(new Point(xy[0], xy[1]))
        : Optional.empty();
  }

  private Vec3 onPlane(double x, double y) {
    return new Vec3(
        origin.x() + x * fast.x() + y * slow.x(),
        origin.y() + x * fast.y() + y * slow.y(),
        origin.z() + x * fast.z() + y * slow.z());
  }

  /** Name, size, distance, trusted range and sensor. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Panel[%s, %d x %d pixels of %.4g x %.4g mm, %.4g mm from the crystal, origin %s mm,"
            + " trusted %.6g to %.6g counts, gain %.4g, pedestal %.4g, %s]",
        name,
        width,
        height,
        pixelWidth,
        pixelHeight,
        Math.abs(origin.dot(normal())),
        origin,
        trustedMin,
        trustedMax,
        gain,
        pedestal,
        sensor);
  }
}
