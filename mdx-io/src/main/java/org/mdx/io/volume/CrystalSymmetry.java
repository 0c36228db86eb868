package org.mdx.io.volume;

import java.util.Optional;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;

/**
 * Cell and space group as far as a file of a map or table tells them. Orientations are not part of
 * such files.
 *
 * @param cell the crystal's own unit cell, not divided or multiplied
 * @param spaceGroup in the setting of the cell
 */
public record CrystalSymmetry(Optional<UnitCell> cell, Optional<SpaceGroup> spaceGroup) {

  /** Nothing is known. */
  public static final CrystalSymmetry NONE =
      new CrystalSymmetry(Optional.empty(), Optional.empty());

  /**
   * Both are known.
   *
   * @param cell unit cell
   * @param spaceGroup in the setting of the cell
   * @return both
   */
  public static CrystalSymmetry of(UnitCell cell, SpaceGroup spaceGroup) {
    return new CrystalSymmetry(Optional.of(cell), Optional.of(spaceGroup));
  }

  /**
   * Those of a crystal.
   *
   * @param crystal with its cell at φ = 0
   * @return both
   */
  public static CrystalSymmetry of(Crystal crystal) {
    return of(crystal.cell(), crystal.spaceGroup());
  }

  /**
   * What this or, where it says nothing, another source tells.
   *
   * @param other asked for what is missing here
   * @return the union
   */
  public CrystalSymmetry or(CrystalSymmetry other) {
    return new CrystalSymmetry(cell.or(other::cell), spaceGroup.or(other::spaceGroup));
  }

  /**
   * The cell, for a format that cannot do without.
   *
   * @param format its name, for the message
   * @return the cell
   * @throws IllegalArgumentException if it is not known
   */
  public UnitCell requireCell(String format) {
    return cell.orElseThrow(
        () ->
            new IllegalArgumentException(
                format
                    + " needs a unit cell, and the input has none; give a geometry.nxs or .expt"
                    + " with --geometry"));
  }

  @Override
  public String toString() {
    return cell.map(Object::toString).orElse("cell unknown")
        + ", "
        + spaceGroup.map(Object::toString).orElse("space group unknown");
  }
}
