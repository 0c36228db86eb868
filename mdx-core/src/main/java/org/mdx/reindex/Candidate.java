package org.mdx.reindex;

import java.util.Locale;
import org.mdx.crystal.ChangeOfBasis;

/**
 * One way to index a sweep.
 *
 * @param operator the change of axes from the sweep's own; x' = P·x and h' = h·P⁻¹, as DIALS writes
 *     {@code reindex_op}
 * @param strain how much it changes lengths and angles, 0 for an exact symmetry of the lattice
 * @param keepsLaueGroup whether the Laue group is the same in the other axes; if not, a sweep that
 *     needs this operator was indexed with the wrong axes for its symmetry
 */
public record Candidate(ChangeOfBasis operator, double strain, boolean keepsLaueGroup) {

  /**
   * Whether this is the indexing that the sweep has.
   *
   * @return true for the identity
   */
  public boolean isIdentity() {
    return operator.equals(ChangeOfBasis.IDENTITY);
  }

  /** The triplet and, where it is not exact, the strain. */
  @Override
  public String toString() {
    return operator
        + (strain < 1e-6 ? "" : String.format(Locale.ROOT, " (strain %.2g)", strain))
        + (keepsLaueGroup ? "" : " (changes the Laue group)");
  }
}
