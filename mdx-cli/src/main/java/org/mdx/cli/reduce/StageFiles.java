package org.mdx.cli.reduce;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.mdx.bragg.BraggCrystals;
import org.mdx.bragg.BraggSweep;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Writes what the stages from images to refined crystals leave, under DIALS's names. */
final class StageFiles {
  private StageFiles() {}

  /**
   * Writes the files of every sweep whose crystal was found.
   *
   * @param folder of the results; each sweep has a folder in it
   * @param crystals the sweeps
   * @param experiments the rows they were imported as
   * @throws IOException if a file cannot be written
   */
  static void write(OutputFolder folder, BraggCrystals crystals, List<DialsExperiment> experiments)
      throws IOException {
    if (crystals == null) {
      return;
    }
    BraggSweep before = null;
    int at = 0;
    for (int i = 0; i < crystals.images().size(); i++) {
      BraggSweep s = crystals.sweep(i).orElse(null);
      at = s != null && s == before ? at + 1 : 0;
      before = s;
      if (s != null && s.refined().isPresent()) {
        DialsExperiment e = experiments.get(crystals.origins().get(i));
        write(folder.folder(ReductionLog.name(i)), s, at, e);
      }
    }
  }

  private static void write(Path folder, BraggSweep s, int at, DialsExperiment e)
      throws IOException {
    Geometry imported = s.images().get(at).geometry();
    list(folder.resolve("imported.expt"), e, imported);
    table(folder.resolve("strong.refl"), e, s.spots().get(at).reflections());
    list(
        folder.resolve("indexed.expt"),
        e,
        s.indexed().orElseThrow().lattices().get(0).geometries().get(at));
    table(folder.resolve("indexed.refl"), e, own(s.indexed().orElseThrow().reflections(), at));
    list(folder.resolve("refined.expt"), e, s.refined().orElseThrow().geometries().get(at));
    table(folder.resolve("refined.refl"), e, own(s.refined().orElseThrow().reflections(), at));
  }

  private static void list(Path file, DialsExperiment e, Geometry geometry) throws IOException {
    OutputFolder.requireNotInterrupted();
    Dials.write(file, List.of(e.ofScan(geometry)));
  }

  private static void table(Path file, DialsExperiment e, Reflections r) throws IOException {
    OutputFolder.requireNotInterrupted();
    ReflectionFile.write(file, r.withIdentifiers(Map.of(0, e.identifier())));
  }

  /** The rows of one sweep of several that were indexed together, numbered as those of one. */
  private static Reflections own(Reflections all, int at) {
    int[] set = all.get(ReflectionKeys.IMAGESET_ID);
    Reflections own = all.where(i -> set[i] == at);
    int[] id = own.get(ReflectionKeys.ID);
    for (int i = 0; i < id.length; i++) {
      id[i] = Math.min(id[i], 0);
    }
    int[] zero = new int[id.length];
    Arrays.fill(zero, 0);
    return own.with(ReflectionKeys.ID, id).with(ReflectionKeys.IMAGESET_ID, zero);
  }
}
