package org.mdx.bragg.internal.lattice;

import java.util.Arrays;
import org.mdx.crystal.LaueGroup;
import org.mdx.math.Mat3;

/**
 * A lattice with the geometry that fits it.
 *
 * @param points all points, with the geometry of this model
 * @param a setting matrix of a primitive cell, Å⁻¹ at φ = 0
 * @param assigned indices
 * @param score likelihood
 * @param rmsd root mean square residual of the indexed spots in px, px, frames
 */
public record LatticeModel(
    Points points, Mat3 a, Assignment assigned, LatticeScore score, double[] rmsd) {
  /** Probability of belonging to the lattice below which a spot has no say in the fit. */
  private static final double UNLIKELY = 0.01;

  private static final int ENOUGH = 30;
  private static final double[] NOT_FITTED = {99, 99, 99};

  /** How a lattice is refined. */
  public record Way(double tolerance, LaueGroup laue, LatticeFit.Free free) {
    public Way freeing(LatticeFit.Free other) {
      return new Way(tolerance, laue, other);
    }
  }

  /** The lattice as it stands. */
  public static LatticeModel of(Points p, Mat3 a, Way way) {
    LatticeScore score = LatticeScore.of(p, a);
    return new LatticeModel(p, a, Assignment.of(p, a, way.tolerance(), score), score, NOT_FITTED);
  }

  /**
   * Assigns and refines in turn, from the inner points to all of them.
   *
   * @param stages part of all points that takes part in each round, 0 to 1
   */
  public LatticeModel refined(Way way, double... stages) {
    LatticeModel best = this;
    double[] lengths = new double[points.size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = points.length(i);
    }
    double[] sorted = lengths.clone();
    Arrays.sort(sorted);
    for (double stage : stages) {
      int last = (int) Math.ceil(stage * sorted.length) - 1;
      double limit = sorted[Math.max(0, last)];
      int[] near = Arrays.stream(best.assigned.which()).filter(i -> lengths[i] <= limit).toArray();
      LatticeModel next = best.fitted(best.believed(near, UNLIKELY), way);
      if (next == null) {
        break;
      }
      best = next;
    }
    return best;
  }

  /**
   * Those of some points that belong to the lattice with some probability.
   *
   * @return all of them if they would be less than 30, or less than a third
   */
  int[] believed(int[] some, double probability) {
    double[] x = LatticeScore.residuals(points, a, assigned.rest());
    double volume = volume();
    int[] more =
        Arrays.stream(some)
            .filter(
                i -> points.density[i] == 0 || score.belongs(points, x, i, volume) > probability)
            .toArray();
    return more.length >= ENOUGH && more.length >= some.length / 3 ? more : some;
  }

  private LatticeModel fitted(int[] which, Way way) {
    LatticeFit fit = new LatticeFit(points, assigned.hkl(), which, a, way.laue(), way.free());
    LatticeFit.Result r = fit.solve(a);
    if (r == null) {
      return null;
    }
    double change = r.a().determinant() / a.determinant();
    if (!(change > 0.5 && change < 2)) {
      return null;
    }
    Mat3 kept = way.laue() == null ? r.a() : Symmetrised.of(r.a(), way.laue());
    Points moved = points.with(r.geometries());
    LatticeScore s = LatticeScore.of(moved, kept);
    Assignment again = Assignment.of(moved, kept, way.tolerance(), s);
    return new LatticeModel(moved, kept, again, s, r.rmsd());
  }

  public int indexed() {
    return assigned.which().length;
  }

  public double fraction() {
    return indexed() / (double) Math.max(1, points.size());
  }

  /** Volume of the primitive cell in Å³. */
  public double volume() {
    return 1 / Math.abs(a.determinant());
  }

  /** Residuals to tell of, px, px, frames: those of the score where no fit was made. */
  public double[] errors() {
    return rmsd == NOT_FITTED ? new double[] {score.across(), score.across(), score.along()} : rmsd;
  }

  /** Mean of the two residuals on the detector, px. */
  public double across() {
    return Math.sqrt((rmsd[0] * rmsd[0] + rmsd[1] * rmsd[1]) / 2);
  }
}
