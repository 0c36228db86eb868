package org.mdx.bragg;

import java.util.List;
import java.util.Optional;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.MetricSymmetry;
import org.mdx.math.Mat3;

/** Chooses among axes that a lattice allows those of a crystal that is known. */
final class KnownOrientation {
  /** Farthest that two orientations of one crystal are apart, degrees. */
  private static final double SAME = 2;

  private static final double METRIC = 3;

  private KnownOrientation() {}

  /**
   * The change of axes with which a crystal lies as a known one.
   *
   * @return empty if it lies as none of them, or as one already
   */
  static Optional<ChangeOfBasis> change(Crystal found, List<Crystal> known) {
    ChangeOfBasis best = null;
    double least = SAME;
    for (Crystal k : known) {
      if (!CellTolerance.defaults().admits(found.cell(), k.cell())
          || !found.spaceGroup().laueGroup().equals(k.spaceGroup().laueGroup())) {
        continue;
      }
      for (ChangeOfBasis c :
          MetricSymmetry.of(found.cell(), found.spaceGroup(), METRIC).rotations()) {
        boolean keeps =
            found.spaceGroup().transformed(c).laueGroup().equals(found.spaceGroup().laueGroup());
        double angle = keeps ? angle(turned(found, c), k) : SAME;
        if (angle < least - 1e-9) {
          least = angle;
          best = c;
        }
      }
    }
    return best == null || best.equals(ChangeOfBasis.IDENTITY)
        ? Optional.empty()
        : Optional.of(best);
  }

  private static Crystal turned(Crystal c, ChangeOfBasis change) {
    return c.reindexed(change, c.spaceGroup());
  }

  /** Angle of the rotation that carries one crystal to the other, degrees. */
  private static double angle(Crystal one, Crystal other) {
    Mat3 r = one.u().times(other.u().transpose());
    double cosine = (r.m00() + r.m11() + r.m22() - 1) / 2;
    return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, cosine))));
  }
}
