package org.mdx.bragg.internal.vectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mdx.bragg.internal.kernel.LatticeResiduals;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.crystal.NiggliCell;
import org.mdx.math.Mat3;
import org.mdx.parallel.Parallel;

/** Lattices that three of the vectors span. */
public final class CandidateLattices {
  private static final int MOST_VECTORS = 28;
  private static final int MOST_POINTS = 400;
  private static final int MOST_LATTICES = 250;

  /** Volume over the product of the edges, that of an axis 5° from the plane of the others. */
  private static final double FLAT = 0.05;

  private static final double LEAST_VOLUME = 25;

  /** |δ| within which a point counts, and the part of random points that do. */
  private static final double NEAR = 0.2;

  private static final double CHANCE = 4.0 / 3 * Math.PI * NEAR * NEAR * NEAR;

  /** What a point must earn more when the cell is e times larger; the likelihood asks for 1. */
  private static final double DENSITY = 0.2;

  private CandidateLattices() {}

  private record Unique(Mat3 axes, Mat3 inverse, double volume) {}

  private record Ranked(Mat3 axes, double worth, int order) {}

  /**
   * Setting matrices of reduced, right-handed primitive cells, the most promising first.
   *
   * @param vectors ranked
   * @param most how many are wanted
   */
  public static List<Mat3> find(Points p, List<BasisVector> vectors, int most, Parallel parallel) {
    List<BasisVector> used = BasisVector.spread(vectors, MOST_VECTORS);
    List<Unique> unique = new ArrayList<>();
    int n = used.size();
    for (int sum = 3; sum < 3 * n && unique.size() < MOST_LATTICES; sum++) {
      for (int k = 2; k < n && k <= sum; k++) {
        for (int j = 1; j < k && j <= sum - k; j++) {
          int i = sum - k - j;
          if (i >= 0 && i < j && unique.size() < MOST_LATTICES) {
            add(unique, used.get(i), used.get(j), used.get(k));
          }
        }
      }
    }
    Points sample = p.sample(MOST_POINTS);
    Ranked[] ranked = new Ranked[unique.size()];
    parallel.forEach(
        ranked.length,
        i -> ranked[i] = new Ranked(unique.get(i).axes(), worth(sample, unique.get(i).axes()), i));
    return java.util.Arrays.stream(ranked)
        .sorted(
            Comparator.comparingDouble((Ranked r) -> -r.worth()).thenComparingInt(Ranked::order))
        .limit(most)
        .map(r -> r.axes().inverse())
        .toList();
  }

  private static void add(List<Unique> unique, BasisVector a, BasisVector b, BasisVector c) {
    Mat3 axes = Mat3.ofRows(a.v(), b.v(), c.v());
    double volume = axes.determinant();
    double edges = a.v().norm() * b.v().norm() * c.v().norm();
    if (Math.abs(volume) < Math.max(FLAT * edges, LEAST_VOLUME)) {
      return;
    }
    Mat3 reduced = NiggliCell.reducedAxes(volume < 0 ? axes.times(-1) : axes);
    for (Unique u : unique) {
      if (Math.abs(Math.log(Math.abs(volume) / u.volume())) < 0.1
          && integral(reduced.times(u.inverse()))) {
        return;
      }
    }
    unique.add(new Unique(reduced, reduced.inverse(), Math.abs(volume)));
  }

  /** Whether each set of axes is an integral combination of the other. */
  public static boolean sameLattice(Mat3 one, Mat3 other) {
    double ratio = one.determinant() / other.determinant();
    if (Math.abs(Math.log(Math.abs(ratio))) > 0.1) {
      return false;
    }
    return integral(one.times(other.inverse()));
  }

  private static boolean integral(Mat3 change) {
    for (double e : change.toRowMajor()) {
      if (Math.abs(e - Math.rint(e)) > 0.1) {
        return false;
      }
    }
    return true;
  }

  /** Information of the points near the lattice over that of chance, less that of its density. */
  private static double worth(Points sample, Mat3 axes) {
    int n = sample.size();
    int near = LatticeResiduals.count(sample.r, axes.toRowMajor(), NEAR * NEAR);
    double f = near / (double) n;
    if (f <= CHANCE) {
      return -1e9;
    }
    double gain = near * Math.log(f / CHANCE);
    gain += near == n ? 0 : (n - near) * Math.log((1 - f) / (1 - CHANCE));
    return gain - near * DENSITY * Math.log(axes.determinant());
  }
}
