package org.mdx.cli.bragg;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdx.bragg.index.SweepSpots;
import org.mdx.cli.dials.DialsFiles;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Experiments and their spots.
 *
 * @param experiments one of each sweep; crystals of an earlier indexing are left out
 * @param sweeps spots of each
 */
record IndexInput(List<DialsExperiment> experiments, List<SweepSpots> sweeps) {

  /**
   * Reads experiment lists and reflection tables in any order; the first list goes with the first
   * table, and so on. Spots of other experiments are taken, with a note: a list may have been
   * imported anew.
   *
   * @throws IllegalArgumentException if there are not as many of one as of the other
   */
  static IndexInput read(List<Path> files, PrintWriter notes) throws IOException {
    DialsFiles pairs = DialsFiles.pairs(files, "give imported.expt and strong.refl of each sweep");
    List<DialsExperiment> experiments = new ArrayList<>();
    List<SweepSpots> sweeps = new ArrayList<>();
    for (int i = 0; i < pairs.lists().size(); i++) {
      add(pairs.lists().get(i), pairs.tables().get(i), experiments, sweeps, notes);
    }
    return new IndexInput(experiments, sweeps);
  }

  private static void add(
      Path list,
      Path table,
      List<DialsExperiment> experiments,
      List<SweepSpots> sweeps,
      PrintWriter notes)
      throws IOException {
    Reflections all = ReflectionFile.readReflections(table);
    List<DialsExperiment> read = Dials.experiments(list);
    List<DialsExperiment> rows = withoutLattices(read);
    Dials.otherExperiments(all, read).ifPresent(n -> notes.println("note: " + table + ": " + n));
    for (int row = 0; row < rows.size(); row++) {
      DialsExperiment e = rows.get(row);
      experiments.add(e.withGeometry(e.geometry().withCrystal(null)));
      try {
        sweeps.add(new SweepSpots(e.geometry(), rows.size() == 1 ? all : ofSweep(all, row)));
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(table + ": " + wrong.getMessage(), wrong);
      }
    }
  }

  /** Several lattices of one sweep are rows with the same images and scan. */
  private static List<DialsExperiment> withoutLattices(List<DialsExperiment> all) {
    List<DialsExperiment> once = new ArrayList<>();
    for (DialsExperiment e : all) {
      boolean known =
          e.geometry().crystal().isPresent()
              && once.stream()
                  .anyMatch(
                      o ->
                          java.util.Objects.equals(o.template(), e.template())
                              && o.geometry()
                                  .scan()
                                  .toString()
                                  .equals(e.geometry().scan().toString()));
      if (!known) {
        once.add(e);
      }
    }
    return once;
  }

  private static Reflections ofSweep(Reflections all, int row) {
    int[] which =
        all.has(ReflectionKeys.IMAGESET_ID)
            ? all.get(ReflectionKeys.IMAGESET_ID)
            : all.get(ReflectionKeys.ID);
    return all.where(i -> which[i] == row);
  }
}
