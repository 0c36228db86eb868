package org.mdx.bragg.refine;

import java.util.List;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Where spots were seen, by a geometry; spots without an index keep what they had. */
final class ObservedPlaces {
  private final double[] millimetres;
  private final double[] points;

  ObservedPlaces(List<Geometry> geometries, Reflections r, int[] id) {
    int n = r.size();
    millimetres =
        r.has(ReflectionKeys.XYZOBS_MM) ? r.get(ReflectionKeys.XYZOBS_MM) : new double[3 * n];
    points = r.has(ReflectionKeys.RLP) ? r.get(ReflectionKeys.RLP) : new double[3 * n];
    int[] panel = r.has(ReflectionKeys.PANEL) ? r.get(ReflectionKeys.PANEL) : new int[n];
    double[] px = r.get(ReflectionKeys.XYZOBS_PX);
    for (int i = 0; i < n; i++) {
      if (id[i] >= 0) {
        place(geometries.get(id[i]), panel[i], px, i);
      }
    }
  }

  private void place(Geometry g, int panel, double[] px, int i) {
    Panel p = g.detector().panels().get(panel);
    double phi = g.scan().phiAt(px[3 * i + 2] - g.scan().firstImage() + 1);
    Vec3 x = p.position(px[3 * i], px[3 * i + 1]).minus(p.origin());
    millimetres[3 * i] = x.dot(p.fast());
    millimetres[3 * i + 1] = x.dot(p.slow());
    millimetres[3 * i + 2] = Math.toRadians(phi);
    Vec3 s = g.scatteringVector(panel, phi, px[3 * i], px[3 * i + 1]);
    Vec3 q = g.goniometer().rotation(phi).transpose().times(s);
    points[3 * i] = q.x();
    points[3 * i + 1] = q.y();
    points[3 * i + 2] = q.z();
  }

  /** x, y in mm, φ in rad. */
  double[] millimetres() {
    return millimetres.clone();
  }

  /** Scattering vectors at φ = 0, Å⁻¹. */
  double[] points() {
    return points.clone();
  }
}
