package org.mdx.bench.study;

import java.util.List;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** The lattices of a simulated sweep, and which of them were found. */
final class TrueLattices {
  private TrueLattices() {}

  /** How many of the true lattices were found: cell within 0.5 %, orientation within 0.5°. */
  static int found(List<Geometry> truth, List<Crystal> found) {
    int n = 0;
    for (Geometry g : truth) {
      Crystal c = g.crystal().orElseThrow();
      int points = points(c.spaceGroup().centring());
      n +=
          found.stream()
                  .anyMatch(f -> isSame(c.a(), points, f.a(), points(f.spaceGroup().centring())))
              ? 1
              : 0;
    }
    return n;
  }

  /** Lattice points of a cell. */
  private static int points(char centring) {
    return switch (centring) {
      case 'P' -> 1;
      case 'R', 'H' -> 3;
      case 'F' -> 4;
      default -> 2;
    };
  }

  private static boolean isSame(Mat3 truth, int points, Mat3 found, int foundPoints) {
    double volumes = found.determinant() / truth.determinant() * foundPoints / points;
    if (Math.abs(Math.abs(volumes) - 1) > 0.015) {
      return false;
    }
    // the found points are points of the truth
    for (int i = 0; i < 3; i++) {
      Vec3 r = found.times(new Vec3(i == 0 ? 1 : 0, i == 1 ? 1 : 0, i == 2 ? 1 : 0));
      Vec3 h = truth.inverse().times(r);
      Vec3 near = truth.times(new Vec3(Math.rint(h.x()), Math.rint(h.y()), Math.rint(h.z())));
      double angle = Math.toDegrees(Math.atan2(near.cross(r).norm(), near.dot(r)));
      if (Math.abs(near.norm() / r.norm() - 1) > 0.005 || angle > 0.5) {
        return false;
      }
    }
    return true;
  }
}
