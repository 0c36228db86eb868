package org.mdx.cli.terminal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Which file holds the output of which of several inputs, by the rules of mdx2. */
public final class OutputNames {
  private static final String CURE = "; name the files with --outfile";

  private OutputNames() {}

  /**
   * The files to write.
   *
   * @param inputs files of the tables or geometries
   * @param given names from the command line, or null
   * @param name of the output of an input that lies alone in its folder, such as {@code scales.nxs}
   * @return a file for each input: the names given; else the name beside each input if they all lie
   *     in different folders; else, if they lie in one folder, {@code scales_X.nxs}, where X is
   *     what follows the last underscore of the input's name
   * @throws IllegalArgumentException if an input comes twice, numbers differ, two outputs would get
   *     one file, or there is no rule for such names
   */
  public static List<Path> of(List<Path> inputs, List<Path> given, Function<Path, String> name) {
    requireDistinct(inputs, "", " is given twice; give each sweep once");
    List<Path> files = given == null ? automatic(inputs, name) : given;
    if (files.size() != inputs.size()) {
      throw new IllegalArgumentException(
          "--outfile with "
              + files.size()
              + " names for "
              + inputs.size()
              + " inputs: give one for each, in the same order");
    }
    requireDistinct(files, "two outputs would be written to ", CURE);
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

  private static List<Path> automatic(List<Path> inputs, Function<Path, String> name) {
    Set<Path> folders = new HashSet<>();
    List<Path> beside = new ArrayList<>();
    for (Path input : inputs) {
      folders.add(place(input).getParent());
      beside.add(input.resolveSibling(name.apply(input)));
    }
    if (folders.size() == inputs.size()) {
      return beside;
    }
    if (folders.size() > 1) {
      throw new IllegalArgumentException(
          "no names for the outputs of "
              + inputs.size()
              + " inputs in "
              + folders.size()
              + " folders: "
              + beside.get(0).getFileName()
              + " beside each needs a folder for each"
              + CURE);
    }
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      String file = beside.get(i).getFileName().toString();
      int dot = file.lastIndexOf('.');
      files.add(
          beside
              .get(i)
              .resolveSibling(
                  file.substring(0, dot) + "_" + postfix(inputs.get(i)) + file.substring(dot)));
    }
    return files;
  }

  private static String postfix(Path input) {
    String name = input.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    if (!stem.contains("_")) {
      throw new IllegalArgumentException(
          "no name for the output of "
              + input
              + ": it shares its folder with other inputs, and its name has no ending such as _1"
              + " to tell them apart"
              + CURE);
    }
    return stem.substring(stem.lastIndexOf('_') + 1);
  }
}
