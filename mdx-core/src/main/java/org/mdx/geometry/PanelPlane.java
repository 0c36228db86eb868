package org.mdx.geometry;

import org.mdx.math.Vec3;

/**
 * The plane of a panel in numbers, for work on many rays. Results go into an array that the caller
 * owns, so that one plane serves many threads.
 *
 * <p>mm coordinates are those of DIALS: where the ray crosses the plane of the panel. Pixel
 * coordinates are those of the pixel that registers it, further out by the mean depth of absorption
 * along the ray.
 */
public final class PanelPlane {
  private static final int ROUNDS = 100;

  /** Of a pixel; rounding stays below. */
  private static final double CONVERGED = 1e-13;

  private final Panel panel;
  private final Vec3 origin;
  private final Vec3 fast;
  private final Vec3 slow;
  private final Vec3 normal;
  private final double distance; // signed, along the normal
  private final double cosine; // of the angle between the axes, nearly 0

  /**
   * The plane of a panel.
   *
   * @param panel the panel
   */
  public PanelPlane(Panel panel) {
    this.panel = panel;
    origin = panel.origin();
    fast = panel.fast();
    slow = panel.slow();
    normal = panel.normal();
    distance = origin.dot(normal);
    cosine = fast.dot(slow);
  }

  /**
   * The planes of a detector.
   *
   * @param detector the detector
   * @return a new array in the order of the panels
   */
  public static PanelPlane[] of(Detector detector) {
    return detector.panels().stream().map(PanelPlane::new).toArray(PanelPlane[]::new);
  }

  /**
   * Where a ray from the sample crosses the plane: out[0], out[1] in mm along fast and slow, out[2]
   * how many of its lengths away.
   *
   * @param sx direction of the ray
   * @param sy direction of the ray
   * @param sz direction of the ray
   * @param out three numbers, overwritten
   * @return false if it goes along the plane or away from it
   */
  public boolean intersect(double sx, double sy, double sz, double[] out) {
    double t = distance / (sx * normal.x() + sy * normal.y() + sz * normal.z());
    if (!(t > 0) || t == Double.POSITIVE_INFINITY) {
      return false;
    }
    double x = sx * t - origin.x();
    double y = sy * t - origin.y();
    double z = sz * t - origin.z();
    double u = x * fast.x() + y * fast.y() + z * fast.z();
    double v = x * slow.x() + y * slow.y() + z * slow.z();
    double scale = 1 - cosine * cosine;
    out[0] = (u - cosine * v) / scale;
    out[1] = (v - cosine * u) / scale;
    out[2] = t;
    return true;
  }

  /** Mean depth of absorption along fast and slow of the ray to a place on the plane, mm. */
  private void depth(double x, double y, double[] out) {
    double ux = origin.x() + x * fast.x() + y * slow.x();
    double uy = origin.y() + x * fast.y() + y * slow.y();
    double uz = origin.z() + x * fast.z() + y * slow.z();
    double length = Math.sqrt(ux * ux + uy * uy + uz * uz);
    ux /= length;
    uy /= length;
    uz /= length;
    double along = Math.abs(ux * normal.x() + uy * normal.y() + uz * normal.z());
    double path = panel.sensor().thickness() / along;
    double mu = panel.sensor().mu();
    double o = 1 / mu - (path + 1 / mu) * Math.exp(-mu * path);
    out[0] = (ux * fast.x() + uy * fast.y() + uz * fast.z()) * o;
    out[1] = (ux * slow.x() + uy * slow.y() + uz * slow.z()) * o;
  }

  /**
   * mm in out[0], out[1] to pixels in the same place, the exact inverse of {@link #toMillimetres}.
   *
   * @param out mm, overwritten by pixels
   * @throws IllegalStateException if the sensor is so thick against its distance that there is no
   *     inverse
   */
  public void toPixels(double[] out) {
    double x = out[0];
    double y = out[1];
    double px = x / panel.pixelWidth();
    double py = y / panel.pixelHeight();
    if (panel.sensor().parallax()) {
      double change = Double.POSITIVE_INFINITY;
      for (int i = 0; i < ROUNDS && change > CONVERGED * (1 + Math.abs(px) + Math.abs(py)); i++) {
        depth(px * panel.pixelWidth(), py * panel.pixelHeight(), out);
        double nextX = (x + out[0]) / panel.pixelWidth();
        double nextY = (y + out[1]) / panel.pixelHeight();
        change = Math.abs(nextX - px) + Math.abs(nextY - py);
        px = nextX;
        py = nextY;
      }
      if (!(change <= 1e-9 * (1 + Math.abs(px) + Math.abs(py)))) {
        throw new IllegalStateException(
            "no pixel of panel "
                + panel.name()
                + " belongs to "
                + x
                + ", "
                + y
                + " mm: the sensor is thick against the distance of "
                + distance
                + " mm");
      }
    }
    out[0] = px;
    out[1] = py;
  }

  /** mm in out[0], out[1] to pixels in one step, with the depth of the ray itself. */
  void toPixelsInOneStep(double[] out) {
    double x = out[0];
    double y = out[1];
    if (panel.sensor().parallax()) {
      depth(x, y, out);
      x += out[0];
      y += out[1];
    }
    out[0] = x / panel.pixelWidth();
    out[1] = y / panel.pixelHeight();
  }

  /**
   * Pixels in out[0], out[1] to mm in the same place.
   *
   * @param out pixels, overwritten by mm
   */
  public void toMillimetres(double[] out) {
    double x = out[0] * panel.pixelWidth();
    double y = out[1] * panel.pixelHeight();
    out[0] = 0;
    out[1] = 0;
    if (panel.sensor().parallax()) {
      depth(x, y, out);
    }
    out[0] = x - out[0];
    out[1] = y - out[1];
  }

  /**
   * How far pixel coordinates lie outside the panel.
   *
   * @param px coordinate along fast in pixels
   * @param py coordinate along slow in pixels
   * @return mm; 0 inside and on the edge
   */
  public double outside(double px, double py) {
    double x = Math.max(0, Math.max(-px, px - panel.width())) * panel.pixelWidth();
    double y = Math.max(0, Math.max(-py, py - panel.height())) * panel.pixelHeight();
    return Math.hypot(x, y);
  }

  /**
   * The panel that a ray meets first: out[0], out[1] in pixels. At gaps the one whose edge is
   * nearest, with coordinates outside of it.
   *
   * @param planes of the detector
   * @param sx direction of the ray
   * @param sy direction of the ray
   * @param sz direction of the ray
   * @param out three numbers, overwritten
   * @return index of the panel; −1 if the ray goes away from all of them
   */
  public static int nearest(PanelPlane[] planes, double sx, double sy, double sz, double[] out) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    double away = Double.POSITIVE_INFINITY;
    double x = 0;
    double y = 0;
    for (int i = 0; i < planes.length; i++) {
      if (!planes[i].intersect(sx, sy, sz, out)) {
        continue;
      }
      double t = out[2];
      planes[i].toPixels(out);
      double off = planes[i].outside(out[0], out[1]);
      if (off < least || off == least && t < away) {
        best = i;
        least = off;
        away = t;
        x = out[0];
        y = out[1];
      }
    }
    out[0] = x;
    out[1] = y;
    return best;
  }
}
