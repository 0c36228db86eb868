package org.mdx.bragg.symmetry;

import java.util.ArrayList;
import java.util.List;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.crystal.UnitCell;

/**
 * A group that the lattice could have.
 *
 * @param group the space group of rotations and centring alone, in conventional axes
 * @param likelihood probability, from 0 to 1
 * @param ccFor mean correlation of its operators; NaN if there is none
 * @param ccAgainst mean correlation of the operators of the lattice that it has not; NaN if there
 *     is none
 * @param delta how far the lattice is from its symmetry, degrees
 * @param cell the conventional cell
 * @param change from the axes of the first sweep to conventional ones
 */
public record SubgroupScore(
    SpaceGroup group,
    double likelihood,
    double ccFor,
    double ccAgainst,
    double delta,
    UnitCell cell,
    ChangeOfBasis change) {

  /**
   * The symmetry of the intensities: the group with a centre of inversion.
   *
   * @return such as I m -3 for I 2 3
   */
  public SpaceGroup pattersonGroup() {
    List<SymmetryOperator> operators = new ArrayList<>(group.operators());
    operators.add(SymmetryOperator.of("-x,-y,-z"));
    return SpaceGroup.ofOperators(operators);
  }
}
