package org.mdx.sim;

import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.math.Mat3;

/**
 * What symmetry says about the points of the reciprocal lattice: which are equivalent, as a hash
 * that they share, and which reflections are absent.
 */
final class LatticeSymmetry {
  private static final int TRANSLATION = 24;

  private final int[][] rotations;
  private final int[][] translations;

  /**
   * Operators x' = R·x + t/24.
   *
   * @param rotations nine elements each, row by row
   * @param translations three each, in 24ths
   */
  LatticeSymmetry(int[][] rotations, int[][] translations) {
    this.rotations = rotations;
    this.translations = translations;
  }

  /**
   * The symmetry of a group, whose cell must obey it.
   *
   * @throws IllegalArgumentException if the cell is not one of the group
   */
  static LatticeSymmetry of(SpaceGroup group, UnitCell cell) {
    LatticeSymmetry s = fromGroup(group);
    s.requireCell(group, cell);
    return s;
  }

  private static LatticeSymmetry fromGroup(SpaceGroup group) {
    java.util.List<int[]> ops = new java.util.ArrayList<>();
    ops.add(new int[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0});
    if (!group.hall().equals("P 1")) {
      int[][] gens = {
        {1, 0, 0, 0, 1, 0, 0, 0, 1, 12, 12, 12},
        {-1, 0, 0, 0, -1, 0, 0, 0, 1, 0, 12, 0},
        {1, 0, 0, 0, -1, 0, 0, 0, -1, 0, 0, 12},
        {0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0}
      };
      for (int i = 0; i < ops.size(); i++) {
        for (int[] g : gens) {
          int[] o = ops.get(i);
          int[] n = new int[12];
          for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
              for (int k = 0; k < 3; k++) {
                n[3 * r + c] += o[3 * r + k] * g[3 * k + c];
              }
              n[9 + r] += o[3 * r + c] * g[9 + c];
            }
            n[9 + r] = Math.floorMod(n[9 + r] + o[9 + r], 24);
          }
          if (ops.stream().noneMatch(p -> java.util.Arrays.equals(p, n))) {
            ops.add(n);
          }
        }
      }
    }
    int[][] r = ops.stream().map(o -> java.util.Arrays.copyOf(o, 9)).toArray(int[][]::new);
    int[][] t = ops.stream().map(o -> java.util.Arrays.copyOfRange(o, 9, 12)).toArray(int[][]::new);
    return new LatticeSymmetry(r, t);
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
                  + java.util.Arrays.toString(r)
                  + " changes it; give a cell of the group's crystal system and setting");
        }
      }
    }
  }

  /**
   * A hash that symmetry equivalent lattice points share, Friedel mates too: that of the greatest
   * of the indices h·R and −h·R.
   */
  long hash(long seed, int h, int k, int l) {
    long greatest = Long.MIN_VALUE;
    for (int[] r : rotations) {
      int h2 = h * r[0] + k * r[3] + l * r[6];
      int k2 = h * r[1] + k * r[4] + l * r[7];
      int l2 = h * r[2] + k * r[5] + l * r[8];
      greatest = Math.max(greatest, Math.max(pack(h2, k2, l2), pack(-h2, -k2, -l2)));
    }
    return Hash.key(seed, greatest);
  }

  private static long pack(int h, int k, int l) {
    return ((h + 0x80000L) << 40) | ((k + 0x80000L) << 20) | (l + 0x80000L);
  }

  /** Whether a reflection is systematically absent: h·R = h but h·t is no integer. */
  boolean isAbsent(int h, int k, int l) {
    for (int i = 0; i < rotations.length; i++) {
      int[] r = rotations[i];
      if (h * r[0] + k * r[3] + l * r[6] == h
          && h * r[1] + k * r[4] + l * r[7] == k
          && h * r[2] + k * r[5] + l * r[8] == l) {
        int[] t = translations[i];
        if (Math.floorMod(h * t[0] + k * t[1] + l * t[2], TRANSLATION) != 0) {
          return true;
        }
      }
    }
    return false;
  }
}
