package org.mdx.cli.bragg;

import org.mdx.bragg.index.IndexOptions;
import org.mdx.crystal.UnitCell;
import picocli.CommandLine.Option;

/** Options that tell what is known of the crystal and how far to look. */
final class IndexArguments {

  @Option(
      names = "--unit-cell",
      paramLabel = "A,B,C,AL,BE,GA",
      description = "Known cell in Å and degrees, within 10 %% and 5 degrees.")
  private String cell;

  @Option(
      names = "--space-group",
      paramLabel = "NAME",
      description = "Known space group: a number, or a symbol such as P212121.")
  private String group;

  @Option(
      names = "--max-cell",
      paramLabel = "Å",
      defaultValue = "0",
      description = "Longest edge of the primitive cell; 0 to estimate it from the spots.")
  private double maxCell;

  @Option(
      names = "--d-min",
      paramLabel = "Å",
      defaultValue = "0",
      description = "Look for lattices with spots up to this resolution only; 0 for all spots.")
  private double dMin;

  @Option(
      names = "--beam-range",
      paramLabel = "PX",
      defaultValue = "0",
      description = "How far the beam centre may be off; 0 for 25, with electrons 100.")
  private double beamRange;

  /**
   * What they say.
   *
   * @throws IllegalArgumentException if a value cannot be
   */
  IndexOptions options() {
    IndexOptions o = IndexOptions.defaults().maxCell(maxCell).dMin(dMin).beamRange(beamRange);
    if (cell != null) {
      o = o.unitCell(unitCell(cell));
    }
    return group == null ? o : o.spaceGroup(group);
  }

  private static UnitCell unitCell(String text) {
    String[] parts = text.strip().split("[,\\s]+");
    double[] v = new double[parts.length];
    try {
      for (int i = 0; i < v.length; i++) {
        v[i] = Double.parseDouble(parts[i]);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--unit-cell " + text + " is not six numbers", e);
    }
    if (v.length != 6) {
      throw new IllegalArgumentException(
          "--unit-cell "
              + text
              + " has "
              + v.length
              + " numbers, must be 6: a,b,c,alpha,beta,gamma");
    }
    return new UnitCell(v[0], v[1], v[2], v[3], v[4], v[5]);
  }
}
