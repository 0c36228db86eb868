package org.mdx.bragg.symmetry;

import java.util.List;
import org.mdx.crystal.SpaceGroup;

/**
 * Space groups with the same absences.
 *
 * @param groups of the Laue group, those without mirrors and inversions first; enantiomorphs are
 *     together
 * @param probability from 0 to 1
 * @param absent reflections that were measured and should be absent
 * @param absentIOverSigma their mean I/σ; NaN if there is none
 */
public record ExtinctionScore(
    List<SpaceGroup> groups, double probability, int absent, double absentIOverSigma) {
  public ExtinctionScore {
    groups = List.copyOf(groups);
  }
}
