package org.mdx.correct;

import org.mdx.table.Subdivision;

/** Maps voxels into the asymmetric unit: h·R for the first operator R that leads there, h a row. */
final class AsuMapping {

  /** Whether an index lies in the asymmetric unit. */
  @FunctionalInterface
  interface Asu {
    /**
     * Tests one index.
     *
     * @param h index
     * @param k index
     * @param l index
     * @return true if it lies inside
     */
    boolean contains(int h, int k, int l);
  }

  private final int[][] operators;
  private final Asu asu;

  /**
   * A mapping.
   *
   * @param operators 3 × 3, row-major, tried in this order
   * @param asu the asymmetric unit
   */
  AsuMapping(int[][] operators, Asu asu) {
    this.operators = operators;
    this.asu = asu;
  }

  static AsuMapping of(org.mdx.crystal.SpaceGroup group, CorrectOptions options, Subdivision ndiv) {
    return flippingL();
  }

  /** Friedel's law as mdx2 has it without symmetry: l becomes |l|, h and k stay. */
  static AsuMapping flippingL() {
    return new AsuMapping(
        new int[][] {{1, 0, 0, 0, 1, 0, 0, 0, 1}, {1, 0, 0, 0, 1, 0, 0, 0, -1}},
        (h, k, l) -> l >= 0);
  }

  /**
   * Tests that voxels go over into voxels under every operator: an index may only be carried into
   * one that is divided as finely.
   *
   * @param ndiv subdivision
   * @param group its name, for the message
   * @throws IllegalArgumentException if not
   */
  void requireCompatible(Subdivision ndiv, String group) {
    int[] n = {ndiv.h(), ndiv.k(), ndiv.l()};
    for (int[] r : operators) {
      for (int i = 0; i < 9; i++) {
        if (r[i] != 0 && n[i / 3] != n[i % 3]) {
          throw new IllegalArgumentException(
              "subdivision "
                  + ndiv
                  + " does not fit the Laue group "
                  + group
                  + ", whose operators carry "
                  + "hkl".charAt(i / 3)
                  + " into "
                  + "hkl".charAt(i % 3)
                  + ": divide both alike, or reduce the data in P1");
        }
      }
    }
  }

  /**
   * Maps a range of rows in place.
   *
   * @param h indices, overwritten
   * @param k indices, overwritten
   * @param l indices, overwritten
   * @param op receives the number of the operator
   * @param from first row
   * @param to row after the last
   */
  void map(int[] h, int[] k, int[] l, int[] op, int from, int to) {
    for (int i = from; i < to; i++) {
      op[i] = map(i, h, k, l);
    }
  }

  private int map(int i, int[] h, int[] k, int[] l) {
    int x = h[i];
    int y = k[i];
    int z = l[i];
    for (int n = 0; n < operators.length; n++) {
      int[] r = operators[n];
      int u = x * r[0] + y * r[3] + z * r[6];
      int v = x * r[1] + y * r[4] + z * r[7];
      int w = x * r[2] + y * r[5] + z * r[8];
      if (asu.contains(u, v, w)) {
        h[i] = u;
        k[i] = v;
        l[i] = w;
        return n;
      }
    }
    throw new IllegalStateException(
        "no operator carries " + x + "," + y + "," + z + " into the asymmetric unit");
  }
}
