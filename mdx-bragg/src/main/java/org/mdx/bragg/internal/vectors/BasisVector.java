package org.mdx.bragg.internal.vectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
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

  private static final double IN_PLANE = Math.sin(Math.toRadians(5));

  /** Part of the vectors that may lie in one plane. */
  private static final double FLAT_PART = 2.0 / 3;

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

  /**
   * The best of a ranked list, of which a third leave the plane of the best two. Twins that share a
   * plane of the direct lattice, and cells with one long edge, have more vectors in it than are
   * asked for, and three in a plane span nothing.
   *
   * @param ranked best first
   * @param most how many are wanted
   * @return at most so many, in the same order
   */
  public static List<BasisVector> spread(List<BasisVector> ranked, int most) {
    Vec3 normal = normal(ranked);
    if (ranked.size() <= most || normal == null) {
      return ranked.subList(0, Math.min(most, ranked.size()));
    }
    int flat = (int) (FLAT_PART * most);
    boolean[] kept = new boolean[ranked.size()];
    int count = 0;
    for (int i = 0; i < kept.length && count < most; i++) {
      Vec3 v = ranked.get(i).v;
      boolean inside = Math.abs(v.dot(normal)) < IN_PLANE * v.norm();
      kept[i] = !inside || flat-- > 0;
      count += kept[i] ? 1 : 0;
    }
    for (int i = 0; i < kept.length && count < most; i++) {
      count += kept[i] ? 0 : 1;
      kept[i] = true;
    }
    return IntStream.range(0, kept.length).filter(i -> kept[i]).mapToObj(ranked::get).toList();
  }

  /** Of the plane of the first vector and the first that is not parallel to it; null if all are. */
  private static Vec3 normal(List<BasisVector> ranked) {
    for (BasisVector b : ranked) {
      Vec3 n = ranked.get(0).v.cross(b.v);
      if (n.norm() > IN_PLANE * ranked.get(0).v.norm() * b.v.norm()) {
        return n.unit();
      }
    }
    return null;
  }
}
