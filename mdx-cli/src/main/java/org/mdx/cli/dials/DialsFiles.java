package org.mdx.cli.dials;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.io.dials.DialsData;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.dials.ReflectionTable;

/**
 * Experiment lists and reflection tables as a command line names them.
 *
 * @param lists experiment lists, in order
 * @param tables reflection tables, in order
 */
public record DialsFiles(List<Path> lists, List<Path> tables) {

  /** Tells lists from tables by their content. */
  static DialsFiles of(List<Path> files) throws IOException {
    DialsFiles sorted = new DialsFiles(new ArrayList<>(), new ArrayList<>());
    for (Path file : files) {
      (ReflectionFile.recognizes(file) ? sorted.tables : sorted.lists).add(file);
    }
    return sorted;
  }

  /**
   * Tells lists from tables where each list needs one: the first list goes with the first table,
   * and so on.
   *
   * @param files in any order of the kinds
   * @param cure what to give instead
   * @throws IllegalArgumentException if there is not one table for each list
   */
  public static DialsFiles pairs(List<Path> files, String cure) throws IOException {
    DialsFiles sorted = of(files);
    int lists = sorted.lists.size();
    if (lists == 0 || lists != sorted.tables.size()) {
      throw new IllegalArgumentException(
          lists + " experiment lists and " + sorted.tables.size() + " reflection tables; " + cure);
    }
    return sorted;
  }

  /**
   * Reads lists with their tables.
   *
   * @throws IllegalArgumentException if there are tables, but not one for each list
   */
  public List<DialsData> read() throws IOException {
    if (!tables.isEmpty() && tables.size() != lists.size()) {
      throw new IllegalArgumentException(
          tables.size()
              + " reflection tables for "
              + lists.size()
              + " experiment lists: give one for each, in the same order, or none");
    }
    List<DialsData> data = new ArrayList<>();
    for (int i = 0; i < lists.size(); i++) {
      ReflectionTable table = tables.isEmpty() ? null : ReflectionFile.read(tables.get(i));
      data.add(new DialsData(ExperimentList.read(lists.get(i)), table));
    }
    return data;
  }

  /** Writes a list, a table or both under a name that gets the endings .expt and .refl. */
  static void write(String name, ExperimentList list, ReflectionTable table, CommonOptions common)
      throws IOException {
    OutputFolder.requireNotInterrupted();
    if (table != null) {
      Path file = Path.of(name + ".refl");
      ReflectionFile.write(file, table);
      common.out().println("wrote " + file + ", " + table.rows() + " reflections");
    }
    if (list != null) {
      Path file = Path.of(name + ".expt");
      list.write(file);
      common
          .out()
          .println(
              "wrote " + file + ", " + list.size() + " experiment" + (list.size() == 1 ? "" : "s"));
    }
  }
}
