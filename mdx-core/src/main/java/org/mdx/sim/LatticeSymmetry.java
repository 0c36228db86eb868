package org.mdx.sim;

import java.util.Arrays;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.internal.kernel.Hash;
import org.mdx.math.Mat3;

/** A hash of points of the reciprocal lattice that symmetry equivalent points share. */
public final class LatticeSymmetry {
  private final int[][] rotations;

  /**
   * The symmetry of a group, whose cell must obey it.
   *
   * @param group the space group
   * @param cell the unit cell
   * @throws IllegalArgumentException if the cell is not one of the group
   */
  public LatticeSymmetry(SpaceGroup group, UnitCell cell) {
    LaueGroup laue = group.laueGroup();
    rotations = new int[laue.order()][];
    for (int i = 0; i < rotations.length; i++) {
      rotations[i] = laue.operator(i);
    }
    requireCell(group, cell);
  }

  /** The lengths of reciprocal vectors must not change: R·G*·Rᵀ = G* for every rotation. */
  private void requireCell(SpaceGroup group, UnitCell cell) {
    Mat3 b = cell.reciprocal();
    Mat3 metric = b.transpose().times(b);
    double[] g = metric.toRowMajor();
    for (int[] r : rotations) {
      double[] e = new double[9];
      for (int i = 0; i < 9; i++) {
        e[i] = r[i];
      }
      Mat3 m = Mat3.ofRowMajor(e);
      double[] rotated = m.times(metric).times(m.transpose()).toRowMajor();
      for (int i = 0; i < 9; i++) {
        double size = Math.sqrt(g[4 * (i / 3)] * g[4 * (i % 3)]);
        if (Math.abs(rotated[i] - g[i]) > 1e-4 * size) {
          throw new IllegalArgumentException(
              "cell "
                  + cell
                  + " does not have the symmetry of "
                  + group
                  + ": operator "
                  + Arrays.toString(r)
                  + " changes it; give a cell of the group's crystal system and setting");
        }
      }
    }
  }

  /**
   * A hash that symmetry equivalent lattice points share, Friedel mates too: that of the greatest
   * of the indices h·R over the Laue group.
   *
   * @param seed of the series of hashes
   * @param h Miller index
   * @param k Miller index
   * @param l Miller index
   * @return 64 bits
   */
  public long hash(long seed, int h, int k, int l) {
    long greatest = Long.MIN_VALUE;
    for (int[] r : rotations) {
      int h2 = h * r[0] + k * r[3] + l * r[6];
      int k2 = h * r[1] + k * r[4] + l * r[7];
      int l2 = h * r[2] + k * r[5] + l * r[8];
      greatest = Math.max(greatest, pack(h2, k2, l2));
    }
    return Hash.key(seed, greatest);
  }

  private static long pack(int h, int k, int l) {
    return ((h + 0x80000L) << 40) | ((k + 0x80000L) << 20) | (l + 0x80000L);
  }
}
