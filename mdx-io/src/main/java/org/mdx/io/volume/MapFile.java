package org.mdx.io.volume;

import java.util.Objects;
import org.mdx.map.ReciprocalMap;

/**
 * A map with what its file says of the crystal.
 *
 * @param map the values
 * @param symmetry cell and space group, as far as they are known
 */
public record MapFile(ReciprocalMap map, CrystalSymmetry symmetry) {

  public MapFile {
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(symmetry, "symmetry");
  }

  @Override
  public String toString() {
    return "MapFile[" + map + ", " + symmetry + "]";
  }
}
