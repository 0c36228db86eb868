package org.mdx.cli.reduce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mdx.io.nexus.SweepFolder;

/**
 * Finds results of an earlier reduction in a folder, which must not be mixed with the results of
 * another. Sweeps that were reduced by themselves are none: they know what they were made of.
 */
final class EarlierResults {
  private static final Set<String> FILES =
      Set.of("merged.nxs", "map.nxs", "slice_l0.png", "summary.txt", "report.html", "binned.nxs");
  private static final Pattern SWEEP = Pattern.compile("split_\\d+");

  /** What is made of all sweeps together. */
  private static final Set<String> TOGETHER =
      Set.of("scales.nxs", "reindexed.nxs", "reindexed_geometry.nxs", "reindexed_mask.nxs");

  private static final Set<String> STAGES =
      Set.of(
          "geometry.nxs",
          "peaks.nxs",
          "mask.nxs",
          "integrated.nxs",
          "corrected.nxs",
          "scales.nxs",
          "reindexed.nxs",
          "reindexed_geometry.nxs",
          "reindexed_mask.nxs",
          "imported.expt",
          "strong.refl",
          "indexed.expt",
          "indexed.refl",
          "refined.expt",
          "refined.refl");

  private final Path folder;
  private final List<Path> files = new ArrayList<>();

  private EarlierResults(Path folder) {
    this.folder = folder;
  }

  /**
   * Looks for them.
   *
   * @throws IOException if the folder cannot be read
   */
  static EarlierResults in(Path folder) throws IOException {
    EarlierResults found = new EarlierResults(folder);
    if (Files.isDirectory(folder)) {
      found.add(folder, FILES);
      try (Stream<Path> inner = Files.list(folder)) {
        for (Path sweep : inner.filter(Files::isDirectory).sorted().toList()) {
          if (SWEEP.matcher(sweep.getFileName().toString()).matches()) {
            found.add(sweep, isWhole(sweep) ? TOGETHER : STAGES);
          }
        }
      }
    }
    return found;
  }

  /**
   * Those that would mix with one sweep alone: results of all, other sweeps are left as they are.
   */
  static EarlierResults beside(Path folder) throws IOException {
    EarlierResults found = new EarlierResults(folder);
    found.add(folder, FILES);
    return found;
  }

  /** Whether a sweep was reduced by itself; a reduction of all goes on from it. */
  private static boolean isWhole(Path sweep) {
    return Files.exists(sweep.resolve(SweepFolder.WHOLE));
  }

  private void add(Path in, Set<String> names) throws IOException {
    try (Stream<Path> list = Files.list(in)) {
      list.filter(f -> names.contains(f.getFileName().toString())).sorted().forEach(files::add);
    }
  }

  /**
   * Refuses to mix.
   *
   * @throws IOException if there are any, with what to do
   */
  void requireNone() throws IOException {
    if (!files.isEmpty()) {
      throw new IOException(
          folder
              + ": holds "
              + files.size()
              + (files.size() == 1 ? " file" : " files")
              + " of an earlier reduction, such as "
              + folder.relativize(files.get(0))
              + "; name another folder with --out, or replace them with --overwrite");
    }
  }

  /**
   * Deletes them, and folders of sweeps that become empty.
   *
   * @throws IOException if one cannot be deleted
   */
  void delete() throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
      Path in = file.getParent();
      if (!in.equals(folder) && isEmpty(in)) {
        Files.delete(in);
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.findAny().isEmpty();
    }
  }
}
