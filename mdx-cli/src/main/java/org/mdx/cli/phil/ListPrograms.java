package org.mdx.cli.phil;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Programs that divide, join and show lists, and the scripts of the laboratory. */
final class ListPrograms {
  private static final String PREFIX = "output.experiments_prefix";
  private static final String TABLE_PREFIX = "output.reflections_prefix";
  private static final String LIST = "output.experiments_filename";
  private static final String TABLE = "output.reflections_filename";

  private ListPrograms() {}

  static DialsProgram split() {
    return DialsProgram.of(
            "split_experiments",
            "dials-split",
            List.of(
                Parameter.setting(PREFIX, "`--output`; the prefix of tables must be the same"),
                Parameter.setting(TABLE_PREFIX, "`--output`")))
        .silent()
        .doing(
            (call, mdx) -> {
              String name = both(call, PREFIX, TABLE_PREFIX, "split", "");
              return mdx.run(
                  call.words(List.of("dials-split"), List.of("--output=" + name), call.files()));
            });
  }

  static DialsProgram combine() {
    return DialsProgram.of(
            "combine_experiments",
            "dials-combine",
            List.of(
                Parameter.setting(LIST, "`--output` with .expt; the table's name goes with it"),
                Parameter.setting(TABLE, "`--output` with .refl")))
        .silent()
        .doing(
            (call, mdx) -> {
              String name = both(call, LIST, TABLE, "combined.expt", "combined.refl");
              return mdx.run(
                  call.words(List.of("dials-combine"), List.of("--output=" + name), call.files()));
            });
  }

  /** The one name of list and table, without endings. */
  private static String both(
      Call call, String list, String table, String listName, String tableName) {
    String a = call.get(list, listName);
    String b = call.get(table, tableName.isEmpty() ? listName : tableName);
    if (!tableName.isEmpty()) {
      a = ImagePrograms.ending(a, ".expt");
      b = ImagePrograms.ending(b, ".refl");
    }
    if (!a.equals(b)) {
      throw new IllegalArgumentException(
          "lists are called " + a + " and tables " + b + "; mdx gives both the same name");
    }
    return a;
  }

  static DialsProgram show() {
    return DialsProgram.of("show", "show", List.of()).silent();
  }

  /**
   * The scripts that are run by the Python of DIALS and are commands of mdx: {@code
   * filter_blanks.py} and {@code repack_emd.py}, wherever they are or would be.
   */
  static DialsProgram python() {
    return DialsProgram.of("python", "filter-blanks, emd repack", List.of())
        .silent()
        .doing(
            (call, mdx) -> {
              List<String> words = new ArrayList<>(call.files());
              Path script = words.isEmpty() ? null : Path.of(words.remove(0)).getFileName();
              String name = script == null ? "" : script.toString().toLowerCase(Locale.ROOT);
              if (name.matches("filter_blanks(_fixed)?\\.py")) {
                return mdx.run(call.words(List.of("filter-blanks"), List.of(), words));
              } else if (name.equals("repack_emd.py")) {
                return mdx.run(call.words(List.of("emd", "repack"), List.of(), words));
              }
              throw new IllegalArgumentException(
                  (script == null ? "no script" : script)
                      + ": mdx has no Python; it does what filter_blanks.py and repack_emd.py do");
            });
  }
}
