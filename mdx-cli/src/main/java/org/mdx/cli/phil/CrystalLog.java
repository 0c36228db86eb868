package org.mdx.cli.phil;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;

/** Crystals as logs of DIALS show them: programs look for the line with the unit cell. */
final class CrystalLog {
  private CrystalLog() {}

  /** Prints the crystal of each experiment. */
  static void print(Path list, PrintWriter out) throws IOException {
    List<DialsExperiment> rows = Dials.experiments(list);
    for (int i = 0; i < rows.size(); i++) {
      Optional<Crystal> crystal = rows.get(i).geometry().crystal();
      if (crystal.isPresent()) {
        UnitCell c = crystal.get().cell();
        out.print(
            String.format(
                Locale.ROOT,
                "Crystal of experiment %d:%n    Unit cell: %.4f, %.4f, %.4f, %.3f, %.3f, %.3f%n"
                    + "    Space group: %s%n",
                i,
                c.a(),
                c.b(),
                c.c(),
                c.alpha(),
                c.beta(),
                c.gamma(),
                crystal.get().spaceGroup().hermannMauguin()));
      }
    }
    out.flush();
  }
}
