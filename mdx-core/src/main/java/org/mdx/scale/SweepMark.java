package org.mdx.scale;

import java.io.Serializable;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/**
 * The mark by which a scaling model recognizes the sweep that it was refined on: positions and
 * number of its observations, which reindexing and other corrections leave as they are.
 *
 * @param observations rows of the table
 * @param fingerprint of the columns {@code phi iy ix}, see {@link HKLTable#fingerprint}
 * @param phiMin lowest φ, degrees
 * @param phiMax highest φ, degrees
 */
public record SweepMark(long observations, long fingerprint, double phiMin, double phiMax)
    implements Serializable {

  /**
   * The mark of a table.
   *
   * @param table of a sweep: columns {@code phi iy ix}
   * @return its mark
   * @throws IllegalArgumentException if a column is missing
   */
  public static SweepMark of(HKLTable table) {
    Column phi = table.column(ColumnNames.PHI);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < phi.size(); i++) {
      low = Math.min(low, phi.get(i));
      high = Math.max(high, phi.get(i));
    }
    return new SweepMark(
        table.rows(),
        table.fingerprint(ColumnNames.PHI, ColumnNames.IY, ColumnNames.IX),
        low,
        high);
  }

  /** Refuses the table of another sweep. */
  void requireOf(HKLTable table) {
    SweepMark other = of(table);
    if (!equals(other)) {
      throw new IllegalArgumentException(
          "the scaling model was refined on "
              + this
              + ", the table has "
              + other
              + (observations == other.observations ? " in other places" : "")
              + ": they belong to different sweeps; give models and tables in the same order, or"
              + " scale again");
    }
  }

  /** Such as {@code 154093 observations at φ = 0.25° to 11.75°}. */
  @Override
  public String toString() {
    return observations + " observations at φ = " + phiMin + "° to " + phiMax + "°";
  }
}
