package org.mdx.io.nexus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mdx.table.HKLTable;

/**
 * Files of a merge that was made in parts, such as {@code merged_part_2_of_3.nxs}: each holds whole
 * planes of H, and all of them in their order are what one merge would have written.
 */
public final class MergedParts {
  private static final Pattern NAME = Pattern.compile("(.*)_part_(\\d{1,9})_of_(\\d{1,9})(\\..*)?");

  private MergedParts() {}

  /**
   * The file of a part.
   *
   * @param whole the file of the whole
   * @param part 1 to parts
   * @param parts how many
   * @return a file beside it
   */
  public static Path file(Path whole, int part, int parts) {
    String name = whole.getFileName().toString();
    int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
    return whole.resolveSibling(
        name.substring(0, dot) + "_part_" + part + "_of_" + parts + name.substring(dot));
  }

  /**
   * Joins parts.
   *
   * @param files all parts, in any order
   * @return the table of the whole
   * @throws IllegalArgumentException if a name is not that of a part, parts are of different
   *     merges, one is missing or given twice, or their voxels are not in rising order
   * @throws IOException if a file cannot be read
   */
  public static HKLTable join(List<Path> files) throws IOException {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no parts to join");
    }
    TreeMap<Integer, Path> parts = new TreeMap<>();
    int of = 0;
    String stem = null;
    for (Path file : files) {
      Matcher m = NAME.matcher(file.getFileName().toString());
      if (!m.matches()) {
        throw new IllegalArgumentException(
            file
                + ": not the name of a part, such as merged_part_1_of_3.nxs; keep the names that"
                + " merge --range gives");
      }
      int n = Integer.parseInt(m.group(3));
      if (stem != null && (n != of || !stem.equals(m.group(1)))) {
        throw new IllegalArgumentException(
            file + " and " + files.get(0) + ": parts of different merges");
      }
      of = n;
      stem = m.group(1);
      if (parts.put(Integer.parseInt(m.group(2)), file) != null) {
        throw new IllegalArgumentException(file + ": part " + m.group(2) + " is given twice");
      }
    }
    return joined(parts, of);
  }

  private static HKLTable joined(TreeMap<Integer, Path> parts, int of) throws IOException {
    List<HKLTable> tables = new ArrayList<>();
    for (int p = 1; p <= of; p++) {
      Path file = parts.get(p);
      if (file == null) {
        throw new IllegalArgumentException(
            "part " + p + " of " + of + " is missing; merge it with --range " + p + "/" + of);
      }
      HKLTable t = Mdx2.readTable(file);
      if (!tables.isEmpty()) {
        requireBehind(tables.get(tables.size() - 1), t, file);
      }
      if (t.rows() > 0) {
        tables.add(t);
      }
    }
    return tables.size() == 1 ? tables.get(0) : HKLTable.concatenate(tables);
  }

  private static void requireBehind(HKLTable before, HKLTable table, Path file) {
    if (!before.columnNames().equals(table.columnNames())) {
      throw new IllegalArgumentException(
          file
              + ": columns "
              + table.columnNames()
              + ", the part before has "
              + before.columnNames());
    }
    if (table.rows() > 0 && table.h().value(0) <= before.h().value(before.rows() - 1)) {
      throw new IllegalArgumentException(
          file
              + ": begins with H = "
              + table.h().value(0)
              + ", the part before ends with "
              + before.h().value(before.rows() - 1)
              + "; the parts are of different tables");
    }
  }
}
