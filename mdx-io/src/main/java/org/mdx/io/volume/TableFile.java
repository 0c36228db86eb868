package org.mdx.io.volume;

import java.util.Objects;
import org.mdx.table.HKLTable;

/**
 * A table with what its file says of the crystal.
 *
 * @param table the rows
 * @param symmetry cell and space group, as far as they are known
 */
public record TableFile(HKLTable table, CrystalSymmetry symmetry) {

  public TableFile {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(symmetry, "symmetry");
  }

  @Override
  public String toString() {
    return "TableFile[" + table + ", " + symmetry + "]";
  }
}
