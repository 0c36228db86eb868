package org.mdx.sim.bragg;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.internal.kernel.Hash;
import org.mdx.sim.LatticeSymmetry;

/**
 * Squared normalized amplitudes ε E² of a crystal's reflections (A. J. C. Wilson, Acta Cryst. 2,
 * 318, 1949): a hash of the class of symmetry equivalents, so without a table. Immutable.
 */
final class WilsonStatistics {
  private final SpaceGroup group;
  private final LatticeSymmetry symmetry;
  private final int[][] rotations;
  private final long seed;

  WilsonStatistics(Crystal crystal, long seed) {
    this.group = crystal.spaceGroup();
    this.symmetry = new LatticeSymmetry(group, crystal.cell());
    this.seed = seed;
    Set<List<Integer>> distinct = new LinkedHashSet<>();
    for (SymmetryOperator op : group.operators()) {
      distinct.add(
          List.of(
              op.rotation(0, 0),
              op.rotation(0, 1),
              op.rotation(0, 2),
              op.rotation(1, 0),
              op.rotation(1, 1),
              op.rotation(1, 2),
              op.rotation(2, 0),
              op.rotation(2, 1),
              op.rotation(2, 2)));
    }
    rotations =
        distinct.stream()
            .map(r -> r.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
  }

  /** ε E², with a mean of ε; 0 for systematic absences. */
  double relative(int h, int k, int l) {
    if (group.isAbsent(h, k, l)) {
      return 0;
    }
    long key = symmetry.hash(seed, h, k, l);
    double exponential = -Math.log(Hash.uniform(key, 1));
    double e2 = exponential;
    if (isCentric(h, k, l)) {
      double c = Math.cos(2 * Math.PI * Hash.uniform(key, 2));
      e2 = 2 * exponential * c * c;
    }
    return group.epsilon(h, k, l) * e2;
  }

  /** Whether an operator carries h to −h, which restricts its phase. */
  boolean isCentric(int h, int k, int l) {
    for (int[] r : rotations) {
      if (h * r[0] + k * r[3] + l * r[6] == -h
          && h * r[1] + k * r[4] + l * r[7] == -k
          && h * r[2] + k * r[5] + l * r[8] == -l) {
        return true;
      }
    }
    return false;
  }
}
