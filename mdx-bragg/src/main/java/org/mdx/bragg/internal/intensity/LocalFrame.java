package org.mdx.bragg.internal.intensity;

import org.mdx.geometry.Panel;
import org.mdx.math.Vec3;

/**
 * The local frame of a reflection: e₁ = s1 × s0, e₂ = s1 × e₁, made unit vectors. ε₁,₂ = e₁,₂·(s′ −
 * s1)/|s1| and ε₃ = ζ(φ′ − φ) are angles across the spot, here in degrees. Source: Kabsch (1988) J.
 * Appl. Cryst. 21, 916.
 *
 * @param s1 predicted beam, Å⁻¹
 * @param e1 first axis
 * @param e2 second axis
 * @param zeta rotation axis · e₁
 */
public record LocalFrame(Vec3 s1, Vec3 e1, Vec3 e2, double zeta) {

  /** The frame of a predicted beam s1, the incident beam s0 and the rotation axis. */
  public static LocalFrame of(Vec3 s1, Vec3 s0, Vec3 axis) {
    Vec3 first = s1.cross(s0).unit();
    return new LocalFrame(s1, first, s1.cross(first).unit(), axis.dot(first));
  }

  /** The beam at ε₁, ε₂ in degrees. */
  public Vec3 beam(double x, double y) {
    double length = s1.norm();
    return s1.plus(e1.times(Math.toRadians(x) * length)).plus(e2.times(Math.toRadians(y) * length));
  }

  /**
   * ε₁ and ε₂ of the corners of pixels, in pairs, (w + 1)(h + 1) of them, row by row. Within the
   * box the parallax is taken to change linearly, which is right to 10⁻³ pixels.
   *
   * @param x0 first column
   * @param y0 first row
   * @param w columns
   * @param h rows
   */
  public double[] corners(Panel panel, int x0, int y0, int w, int h) {
    double[] out = new double[2 * (w + 1) * (h + 1)];
    corners(panel, x0, y0, w, h, out);
    return out;
  }

  /** The same into an array that has room. */
  public void corners(Panel panel, int x0, int y0, int w, int h, double[] out) {
    double degrees = Math.toDegrees(1);
    Vec3 unit = s1.unit();
    double c1 = e1.dot(unit);
    double c2 = e2.dot(unit);
    Vec3 topLeft = panel.position(x0, y0);
    Vec3 bottomLeft = panel.position(x0, y0 + h);
    Vec3 top = panel.position(x0 + w, y0).minus(topLeft).times(1.0 / w);
    Vec3 bottom = panel.position(x0 + w, y0 + h).minus(bottomLeft).times(1.0 / w);
    int at = 0;
    for (int y = 0; y <= h; y++) {
      double v = (double) y / h;
      Vec3 left = topLeft.times(1 - v).plus(bottomLeft.times(v));
      Vec3 step = top.times(1 - v).plus(bottom.times(v));
      for (int x = 0; x <= w; x++) {
        double px = left.x() + x * step.x();
        double py = left.y() + x * step.y();
        double pz = left.z() + x * step.z();
        double f = degrees / Math.sqrt(px * px + py * py + pz * pz);
        out[at++] = (e1.x() * px + e1.y() * py + e1.z() * pz) * f - c1 * degrees;
        out[at++] = (e2.x() * px + e2.y() * py + e2.z() * pz) * f - c2 * degrees;
      }
    }
  }

  /**
   * ε₁ and ε₂ at the corners of one pixel of a box.
   *
   * @param corners of the box
   * @param w columns of the box
   * @param pixel row · w + column
   * @param e receives those of (0, 0), (1, 0), (0, 1), (1, 1)
   */
  public static void pixel(double[] corners, int w, int pixel, double[] e) {
    int c = 2 * (pixel + pixel / w);
    int below = c + 2 * (w + 1);
    for (int i = 0; i < 4; i++) {
      e[i] = corners[c + i];
      e[4 + i] = corners[below + i];
    }
  }
}
