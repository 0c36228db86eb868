package org.mdx.correct;

import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.internal.kernel.AsuKernel;
import org.mdx.table.Subdivision;

/** Carries voxels into the asymmetric unit, as {@link AsuKernel} wants it told. */
final class AsuMapping {
  private final int[] forms;
  private final byte[] table;
  private final int[] matrices;

  private AsuMapping(int[] forms, byte[] table, int[] matrices) {
    this.forms = forms;
    this.table = table;
    this.matrices = matrices;
  }

  /**
   * The mapping of a space group, or of Friedel's law alone.
   *
   * @throws IllegalArgumentException if the subdivision does not fit the Laue group
   */
  static AsuMapping of(SpaceGroup group, CorrectOptions options, Subdivision ndiv) {
    if (options.p1() && options.mdx2Compatible()) {
      // operator 1, which turns the sign of l alone, where l < 0
      return new AsuMapping(
          new int[] {0, 0, 1},
          new byte[] {1, 0, 0},
          new int[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, -1});
    }
    SpaceGroup symmetry = options.p1() ? SpaceGroup.ofNumber(1) : group;
    ReciprocalAsu asu = symmetry.asu().subdivided(ndiv.h(), ndiv.k(), ndiv.l());
    return new AsuMapping(asu.signForms(), asu.operatorTable(), asu.operatorMatrices());
  }

  /** Maps rows from..to − 1 in place and stores the number of the operator. */
  void map(int[] h, int[] k, int[] l, int[] op, int from, int to) {
    AsuKernel.map(h, k, l, op, from, to, forms, table, matrices);
  }
}
