package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.vectors.CandidateLattices;
import org.mdx.math.Mat3;

/**
 * The most likely lattices that a search met. How much the best is above the next other one tells
 * whether the spots decide between them: with a wrong geometry many lattices do alike.
 */
final class Rivals {
  private static final int MOST = 12;

  /** Logarithm of the odds by which the best must be above the next, and with every spot. */
  private static final double APART = 25;

  private static final double APART_SPOT = 0.75;

  private static final double INTEGRAL = 0.1;

  private final List<LatticeModel> met = new ArrayList<>();

  /** Takes a lattice that was refined with all points. */
  void add(LatticeModel m) {
    for (int i = 0; i < met.size(); i++) {
      if (same(met.get(i).a(), m.a())) {
        if (m.score().logOdds() > met.get(i).score().logOdds()) {
          met.set(i, m);
        }
        return;
      }
    }
    met.add(m);
    met.sort((x, y) -> Double.compare(y.score().logOdds(), x.score().logOdds()));
    if (met.size() > MOST) {
      met.remove(MOST);
    }
  }

  /** The likeliest that is neither the lattice itself nor a multiple or a part of it. */
  Optional<LatticeModel> next(LatticeModel best) {
    return met.stream()
        .filter(m -> m.points().size() == best.points().size())
        .filter(m -> !same(m.a(), best.a()) && !related(m.a(), best.a()))
        .max((x, y) -> Double.compare(x.score().logOdds(), y.score().logOdds()));
  }

  /** Whether a lattice is far enough above all others that were met. */
  boolean decided(LatticeModel best) {
    double gap = best.score().logOdds() - next(best).map(m -> m.score().logOdds()).orElse(0.0);
    return gap > Math.max(APART, APART_SPOT * best.indexed());
  }

  private static boolean same(Mat3 a, Mat3 b) {
    return CandidateLattices.sameLattice(a.inverse(), b.inverse());
  }

  private static boolean related(Mat3 a, Mat3 b) {
    return integral(a.inverse().times(b)) || integral(b.inverse().times(a));
  }

  private static boolean integral(Mat3 change) {
    for (double e : change.toRowMajor()) {
      if (Math.abs(e - Math.rint(e)) > INTEGRAL) {
        return false;
      }
    }
    return true;
  }
}
