package org.mdx.bragg.spots.threshold;

import java.util.ArrayList;
import java.util.List;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;

/** Rings of equal 2θ on each panel, as DIALS's radial threshold has them. */
public final class Rings {
  private Rings() {}

  /**
   * The ring of every pixel: equal steps of 2θ between the least and the largest of its panel.
   *
   * @param geometry of the sweep
   * @param n rings of each panel
   * @param parallel threads
   * @return for each panel an array in row order
   */
  public static List<short[]> of(Geometry geometry, int n, Parallel parallel) {
    List<short[]> all = new ArrayList<>();
    for (Panel panel : geometry.detector().panels()) {
      all.add(of(geometry, panel, n, parallel));
    }
    return all;
  }

  private static short[] of(Geometry geometry, Panel panel, int n, Parallel parallel) {
    Vec3 beam = geometry.beam().direction().times(-1);
    int width = panel.width();
    float[] angles = new float[width * panel.height()];
    float[] least = new float[panel.height()];
    float[] most = new float[panel.height()];
    parallel.forEach(
        panel.height(),
        y -> {
          least[y] = Float.POSITIVE_INFINITY;
          for (int x = 0; x < width; x++) {
            float a = (float) angle(panel.position(x + 0.5, y + 0.5), beam);
            angles[y * width + x] = a;
            least[y] = Math.min(least[y], a);
            most[y] = Math.max(most[y], a);
          }
        });
    float min = Float.POSITIVE_INFINITY;
    float max = 0;
    for (int y = 0; y < least.length; y++) {
      min = Math.min(min, least[y]);
      max = Math.max(max, most[y]);
    }
    double rate = max > min ? n / ((double) max - min) : 0;
    short[] ring = new short[angles.length];
    for (int i = 0; i < ring.length; i++) {
      ring[i] = (short) Math.min(n - 1, (int) ((angles[i] - min) * rate));
    }
    return ring;
  }

  private static double angle(Vec3 a, Vec3 b) {
    return Math.atan2(a.cross(b).norm(), a.dot(b));
  }
}
