package org.mdx.bench.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.reflection.ReflectionKeys;

/**
 * Judges how another program indexed the sweeps that {@link BraggStudy} wrote: true lattices found,
 * spots indexed, and the cell.
 *
 * <p>Arguments: folders, each with {@code truth.expt}, {@code indexed.expt} and {@code
 * indexed.refl}.
 */
public final class IndexScore {
  private IndexScore() {}

  /**
   * Prints a line for each folder.
   *
   * @param args folders
   * @throws IOException if a file cannot be read
   */
  public static void main(String[] args) throws IOException {
    for (String arg : args) {
      Path folder = Path.of(arg);
      List<Geometry> truth = geometries(folder.resolve("truth.expt"));
      Path indexed = folder.resolve("indexed.expt");
      String head = String.format(Locale.ROOT, "%-18s ", folder.getFileName());
      if (!Files.exists(indexed)) {
        System.out.println(head + "not indexed");
        continue;
      }
      List<Crystal> found =
          geometries(indexed).stream().map(g -> g.crystal().orElseThrow()).toList();
      int[] id =
          ReflectionFile.readReflections(folder.resolve("indexed.refl")).get(ReflectionKeys.ID);
      System.out.println(
          head
              + String.format(
                  Locale.ROOT,
                  "%6.3f  %d of %d  %s",
                  Arrays.stream(id).filter(i -> i >= 0).count() / (double) id.length,
                  TrueLattices.found(truth, found),
                  truth.size(),
                  found.get(0).cell()));
    }
  }

  private static List<Geometry> geometries(Path expt) throws IOException {
    return Dials.experiments(expt).stream().map(DialsExperiment::geometry).toList();
  }
}
