package org.mdx.bragg.internal.vectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mdx.math.Vec3;

/**
 * A period of the points.
 *
 * @param v vector of the direct lattice in Å
 * @param score mean of cos 2π r·v over the points, 1 if all fit
 */
public record BasisVector(Vec3 v, double score) {
  private static final double SAME_LENGTH = 0.1;
  private static final double SAME_DIRECTION = Math.cos(Math.toRadians(5));

  /** Best first; ties by components, so that the order never depends on how they were found. */
  public static final Comparator<BasisVector> RANK =
      Comparator.comparingDouble((BasisVector b) -> -b.score())
          .thenComparingDouble(b -> b.v().norm())
          .thenComparingDouble(b -> b.v().x())
          .thenComparingDouble(b -> b.v().y());

  /** The same vector in either sense, within 10 % and 5°. */
  public boolean near(BasisVector other) {
    double a = v.norm();
    double b = other.v.norm();
    return Math.abs(a - b) <= SAME_LENGTH * Math.max(a, b)
        && Math.abs(v.dot(other.v)) >= SAME_DIRECTION * a * b;
  }

  /** A multiple of a shorter vector that fits as well or better. */
  private boolean multipleOf(BasisVector shorter) {
    double n = v.norm() / shorter.v.norm();
    double whole = Math.rint(n);
    return whole >= 2
        && shorter.score >= score
        && Math.abs(n - whole) <= 0.03 * whole
        && Math.abs(v.dot(shorter.v)) >= SAME_DIRECTION * v.norm() * shorter.v.norm();
  }

  /** The best of each kind, ranked. */
  public static List<BasisVector> distinct(List<BasisVector> all, int most) {
    List<BasisVector> sorted = new ArrayList<>(all);
    sorted.sort(RANK);
    List<BasisVector> kept = new ArrayList<>();
    for (BasisVector b : sorted) {
      if (kept.size() == most) {
        break;
      }
      if (kept.stream().noneMatch(b::near)) {
        kept.add(b);
      }
    }
    List<BasisVector> single = new ArrayList<>();
    for (BasisVector b : kept) {
      if (kept.stream().noneMatch(b::multipleOf)) {
        single.add(b);
      }
    }
    return single;
  }
}
