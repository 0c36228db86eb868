package org.mdx.bragg;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;

/**
 * A Laue group and centring that the lattice of a sweep allows.
 *
 * @param group the lowest space group with that Laue group and centring, without screw axes
 * @param cell refined under its constraints
 * @param delta how far the cell was from the symmetry, degrees
 * @param rmsd root mean square distance of the spots from their places, px
 * @param leastCorrelation smallest correlation of intensities by one of its operators, NaN where
 *     too few spots are equivalent
 * @param logOdds logarithm of the likelihood of the correlations over that without symmetry
 * @param change from the axes indexed to those of the group
 * @param geometries of the sweeps with the crystal in the group
 * @param operators its rotations in the axes indexed
 */
record LaueCandidate(
    SpaceGroup group,
    UnitCell cell,
    double delta,
    double rmsd,
    double leastCorrelation,
    double logOdds,
    ChangeOfBasis change,
    List<Geometry> geometries,
    Set<List<Integer>> operators) {
  LaueCandidate {
    geometries = List.copyOf(geometries);
    operators = Set.copyOf(operators);
  }

  /** Whether all symmetry of another is in this one. */
  boolean contains(LaueCandidate other) {
    return operators.containsAll(other.operators);
  }

  /** The same with other odds. */
  LaueCandidate withLogOdds(double odds) {
    return new LaueCandidate(
        group, cell, delta, rmsd, leastCorrelation, odds, change, geometries, operators);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-7s %-12s δ %.3f°, rmsd %.2f px, least cc %s, log odds %.1f, %s",
        group.laueGroup().symbol(),
        group,
        delta,
        rmsd,
        Double.isNaN(leastCorrelation) ? "-" : String.format(Locale.ROOT, "%.2f", leastCorrelation),
        logOdds,
        cell);
  }
}
