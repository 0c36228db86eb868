package org.mdx.io.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.crystal.UnitCell;
import org.mdx.io.output.AtomicFile;

/**
 * Writes the beginning of an instruction file of SHELX: wavelength, cell, lattice and symmetry.
 * What the crystal is made of is not known here and left to the user. Source: Sheldrick (2015) Acta
 * Cryst. C 71, 3, and https://shelx.uni-goettingen.de.
 */
public final class ShelxInstructions {
  private static final String CENTRINGS = "PIRFABC";

  private ShelxInstructions() {}

  /**
   * Writes a file.
   *
   * @param path the file
   * @param title of the structure
   * @param crystal cell and space group
   * @param wavelength Å
   * @throws IOException if it cannot be written; nothing is left behind
   * @throws IllegalArgumentException if SHELX has no name for the centring
   */
  public static void write(Path path, String title, Crystal crystal, double wavelength)
      throws IOException {
    SpaceGroup group = crystal.spaceGroup();
    int lattice = CENTRINGS.indexOf(group.centring()) + 1;
    if (lattice == 0) {
      throw new IllegalArgumentException("SHELX has no LATT for the centring of " + group);
    }
    UnitCell c = crystal.cell();
    StringBuilder b = new StringBuilder();
    b.append("TITL ").append(title).append(" in ").append(group.hermannMauguin()).append('\n');
    b.append(
        String.format(
            Locale.ROOT,
            "CELL %.5f %.4f %.4f %.4f %.3f %.3f %.3f\n",
            wavelength,
            c.a(),
            c.b(),
            c.c(),
            c.alpha(),
            c.beta(),
            c.gamma()));
    b.append("REM ZERR: molecules in the cell and uncertainties of the cell (mdx two-theta)\n");
    b.append("LATT ").append(group.isCentric() ? lattice : -lattice).append('\n');
    int order = group.order() / multiplicity(group.centring());
    int operators = group.isCentric() ? order / 2 : order;
    int written = 1;
    Set<String> seen = new HashSet<>();
    for (SymmetryOperator op : group.operators()) {
      // of operators that LATT makes from each other, the first
      if (seen.add(rotation(op, 1)) && (!group.isCentric() || seen.add(rotation(op, -1)))) {
        if (!isUnit(op) && written < operators) {
          b.append("SYMM ").append(op.toString().toUpperCase(Locale.ROOT)).append('\n');
          written++;
        }
      }
    }
    b.append("REM SFAC and UNIT: the elements and their numbers in the cell\nHKLF 4\nEND\n");
    byte[] bytes = b.toString().getBytes(StandardCharsets.US_ASCII);
    AtomicFile.write(path, out -> out.write(bytes));
  }

  private static int multiplicity(char centring) {
    return switch (centring) {
      case 'P' -> 1;
      case 'F' -> 4;
      case 'R' -> 3;
      default -> 2;
    };
  }

  private static boolean isUnit(SymmetryOperator op) {
    return rotation(op, 1).equals("1 0 0 0 1 0 0 0 1 ");
  }

  private static String rotation(SymmetryOperator op, int sign) {
    StringBuilder b = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      b.append(sign * op.rotation(i / 3, i % 3)).append(' ');
    }
    return b.toString();
  }
}
