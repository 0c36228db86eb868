package org.mdx.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which file holds the scaling model of which table, by the rules of mdx2. */
final class ScalesNames {
  private static final String CURE = "; name the files with --outfile";

  private ScalesNames() {}

  /**
   * The files to write.
   *
   * @param tables files of the tables
   * @param given names from the command line, or null
   * @return a file for each table: the names given; else {@code scales.nxs} beside each table if
   *     they all lie in different folders; else, if they lie in one folder, {@code scales_X.nxs},
   *     where X is what follows the last underscore of the table's name
   * @throws IllegalArgumentException if a table comes twice, numbers differ, two models would get
   *     one file, or there is no rule for such names
   */
  static List<Path> of(List<Path> tables, List<Path> given) {
    requireDistinct(tables, "the table ", " is given twice; give each sweep once");
    List<Path> files = given == null ? automatic(tables) : given;
    if (files.size() != tables.size()) {
      throw new IllegalArgumentException(
          "--outfile with "
              + files.size()
              + " names for "
              + tables.size()
              + " tables: give one for each table, in the same order");
    }
    requireDistinct(files, "two models would be written to ", CURE);
    return files;
  }

  private static void requireDistinct(List<Path> files, String before, String after) {
    Set<Path> seen = new HashSet<>();
    for (Path file : files) {
      if (!seen.add(place(file))) {
        throw new IllegalArgumentException(before + file + after);
      }
    }
  }

  private static Path place(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private static List<Path> automatic(List<Path> tables) {
    Set<Path> folders = new HashSet<>();
    List<Path> beside = new ArrayList<>();
    for (Path table : tables) {
      folders.add(place(table).getParent());
      beside.add(table.resolveSibling("scales.nxs"));
    }
    if (folders.size() == tables.size()) {
      return beside;
    }
    if (folders.size() > 1) {
      throw new IllegalArgumentException(
          "no names for the models of "
              + tables.size()
              + " tables in "
              + folders.size()
              + " folders: scales.nxs beside each table needs a folder for each"
              + CURE);
    }
    List<Path> files = new ArrayList<>();
    for (Path table : tables) {
      files.add(table.resolveSibling("scales_" + postfix(table) + ".nxs"));
    }
    return files;
  }

  private static String postfix(Path table) {
    String name = table.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    if (!stem.contains("_")) {
      throw new IllegalArgumentException(
          "no name for the model of "
              + table
              + ": it shares its folder with other tables, and its name has no ending such as _1"
              + " to tell them apart"
              + CURE);
    }
    return stem.substring(stem.lastIndexOf('_') + 1);
  }
}
