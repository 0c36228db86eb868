package org.mdx.io.nexus;

import java.util.Optional;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.CorrectionGrid;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.MillerIndexGrid;
import org.mdx.math.Mat3;

/**
 * The content of a geometry file: the static crystal and, for a detector of one panel, grids of
 * corrections and Miller indices.
 *
 * @param cell the unit cell
 * @param spaceGroup the space group in the crystal's setting
 * @param orientation U, a rotation
 * @param ub A = U·B in Å⁻¹, at φ = 0
 * @param corrections the six corrections over (iy, ix)
 * @param millerIndex h, k, l over (phi, iy, ix)
 */
public record MdxGeometryFile(
    UnitCell cell,
    SpaceGroup spaceGroup,
    Mat3 orientation,
    Mat3 ub,
    Optional<CorrectionGrid> corrections,
    Optional<MillerIndexGrid> millerIndex) {

  /**
   * The file of a geometry.
   *
   * @param geometry with a crystal
   * @param corrections sampled from it; null to leave them out
   * @param millerIndex sampled from it; null to leave it out
   * @return what to write
   * @throws IllegalArgumentException if there is no crystal
   */
  public static MdxGeometryFile of(
      Geometry geometry, CorrectionGrid corrections, MillerIndexGrid millerIndex) {
    Crystal c =
        geometry
            .crystal()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the geometry has no crystal; index the images first"));
    Mat3 ub = c.a();
    return new MdxGeometryFile(
        c.cell(),
        c.spaceGroup(),
        ub.times(c.cell().reciprocal().inverse()),
        ub,
        Optional.ofNullable(corrections),
        Optional.ofNullable(millerIndex));
  }

  /**
   * The crystal.
   *
   * @return static, with the file's UB matrix
   */
  public Crystal crystal() {
    return Crystal.ofRealSpaceAxes(ub.inverse(), spaceGroup);
  }

  /**
   * The same geometry for other axes of the crystal; corrections stay.
   *
   * @param operator the change of axes, x' = P·x and h' = h·P⁻¹
   * @param group the space group in the new axes
   * @return what to write
   */
  public MdxGeometryFile reindexed(ChangeOfBasis operator, SpaceGroup group) {
    Crystal c = crystal().reindexed(operator, group);
    return new MdxGeometryFile(
        c.cell(),
        group,
        c.a().times(c.cell().reciprocal().inverse()),
        c.a(),
        corrections,
        millerIndex.map(grid -> grid.reindexed(operator)));
  }

  @Override
  public String toString() {
    return "MdxGeometryFile["
        + cell
        + ", "
        + spaceGroup
        + ", UB "
        + ub
        + corrections.map(g -> ", " + g).orElse(", no corrections")
        + millerIndex.map(g -> ", " + g).orElse(", no Miller indices")
        + "]";
  }
}
