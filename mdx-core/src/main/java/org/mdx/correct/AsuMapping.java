package org.mdx.correct;

import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.internal.kernel.AsuKernel;
import org.mdx.table.Subdivision;

/** Which kernel carries voxels into the asymmetric unit. */
final class AsuMapping {
  private AsuMapping() {}

  /**
   * The mapping of a space group, or of Friedel's law alone.
   *
   * @throws IllegalArgumentException if the subdivision does not fit the Laue group
   */
  static AsuKernel of(SpaceGroup group, CorrectOptions options, Subdivision ndiv) {
    if (options.p1() && options.conventions().isMdx2()) {
      // operator 1, which turns the sign of l alone, where l < 0
      return new AsuKernel(
          new int[] {0, 0, 1},
          new byte[] {1, 0, 0},
          new int[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, -1});
    }
    SpaceGroup symmetry = options.p1() ? SpaceGroup.ofNumber(1) : group;
    ReciprocalAsu asu = symmetry.asu().subdivided(ndiv.h(), ndiv.k(), ndiv.l());
    return new AsuKernel(asu.signForms(), asu.operatorTable(), asu.operatorMatrices());
  }
}
