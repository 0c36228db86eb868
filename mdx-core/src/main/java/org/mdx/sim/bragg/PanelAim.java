package org.mdx.sim.bragg;

import org.mdx.geometry.Panel;
import org.mdx.math.Vec3;

/**
 * Where rays meet a panel: the inverse of {@link Panel#position}, with the sensor's parallax, by
 * fixed-point iteration. Immutable.
 */
final class PanelAim {
  private static final int ROUNDS = 12;
  private static final double GOOD_ENOUGH = 1e-10;
  private static final double GRAZING = 0.05;

  private final Panel panel;
  private final Vec3 normal;
  private final double distance;

  PanelAim(Panel panel) {
    this.panel = panel;
    this.normal = panel.normal();
    this.distance = panel.origin().dot(normal);
  }

  /**
   * Where a ray from the sample meets the plane of the panel.
   *
   * @param ray direction
   * @return px, py; null if it goes the other way or along the panel
   */
  double[] meet(Vec3 ray) {
    double cos = ray.dot(normal) / ray.norm();
    if (Math.abs(cos) < GRAZING || !(distance / cos > 0)) {
      return null;
    }
    Vec3 x = ray.times(distance / ray.dot(normal)).minus(panel.origin());
    double wantX = x.dot(panel.fast()) / panel.pixelWidth();
    double wantY = x.dot(panel.slow()) / panel.pixelHeight();
    double px = wantX;
    double py = wantY;
    for (int i = 0; i < ROUNDS && panel.sensor().parallax(); i++) {
      Vec3 got = panel.position(px, py).minus(panel.origin());
      double dx = wantX - got.dot(panel.fast()) / panel.pixelWidth();
      double dy = wantY - got.dot(panel.slow()) / panel.pixelHeight();
      px += dx;
      py += dy;
      if (Math.abs(dx) + Math.abs(dy) < GOOD_ENOUGH) {
        break;
      }
    }
    return new double[] {px, py};
  }
}
