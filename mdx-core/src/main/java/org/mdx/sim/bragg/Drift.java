package org.mdx.sim.bragg;

import java.util.ArrayList;
import java.util.List;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * How a crystal changes along a scan: at the part x of it, 0 to 1, it is turned by {@code turn} ·
 * f(x) and its edges are longer by the factors 1 + expansion · f(x), f(x) = x − ½ + wobble ·
 * sin(2πx). In the middle it is as without drift.
 *
 * @param turn rotation vector over the whole scan, laboratory frame at φ = 0, degrees
 * @param expansionA relative growth of a over the whole scan
 * @param expansionB the same of b
 * @param expansionC the same of c
 * @param wobble height of the wave on the way
 */
public record Drift(
    Vec3 turn, double expansionA, double expansionB, double expansionC, double wobble) {

  /** Beyond it spots are somewhere else, and nothing is a small change. */
  private static final double MOST_TURN = 20;

  private static final double MOST_EXPANSION = 0.2;

  public Drift {
    if (!(turn.norm() <= MOST_TURN)) {
      throw new IllegalArgumentException(
          "drift turns by " + turn.norm() + "°, at most " + MOST_TURN);
    }
    for (double e : new double[] {expansionA, expansionB, expansionC}) {
      if (!(Math.abs(e) <= MOST_EXPANSION)) {
        throw new IllegalArgumentException(
            "drift expands an edge by " + e + ", must be within ±" + MOST_EXPANSION);
      }
    }
    if (!(Math.abs(wobble) <= 1)) {
      throw new IllegalArgumentException("wobble=" + wobble + ", must be within ±1");
    }
  }

  /**
   * A crystal that drifts.
   *
   * @param crystal as it is in the middle of the scan
   * @param frames of the scan, 1 or more
   * @return the crystal with a setting matrix for each image edge
   * @throws IllegalArgumentException if edges that symmetry makes equal expand differently
   */
  public Crystal of(Crystal crystal, int frames) {
    requireSymmetry(crystal);
    List<Mat3> points = new ArrayList<>();
    for (int edge = 0; edge <= frames; edge++) {
      double x = (double) edge / frames;
      double f = x - 0.5 + wobble * Math.sin(2 * Math.PI * x);
      Mat3 scaled =
          Mat3.diagonal(
              1 / (1 + expansionA * f), 1 / (1 + expansionB * f), 1 / (1 + expansionC * f));
      double angle = turn.norm() * f;
      Mat3 rotation = turn.norm() == 0 ? Mat3.IDENTITY : Mat3.rotation(turn, angle);
      points.add(rotation.times(crystal.a()).times(scaled));
    }
    return crystal.withScanPoints(points);
  }

  private void requireSymmetry(Crystal crystal) {
    double[] e = {expansionA, expansionB, expansionC};
    for (SymmetryOperator op : crystal.spaceGroup().operators()) {
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          if (op.rotation(i, j) != 0 && Math.abs(e[i] - e[j]) > 1e-12) {
            throw new IllegalArgumentException(
                "the symmetry "
                    + op
                    + " of "
                    + crystal.spaceGroup()
                    + " makes edges "
                    + "abc".charAt(i)
                    + " and "
                    + "abc".charAt(j)
                    + " alike, but they expand by "
                    + e[i]
                    + " and "
                    + e[j]);
          }
        }
      }
    }
  }
}
