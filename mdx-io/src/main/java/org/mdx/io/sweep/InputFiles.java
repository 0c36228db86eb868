package org.mdx.io.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns what a user names (files, folders, templates, globs) into files. */
final class InputFiles {
  private static final String WILD = "*?[{";

  private InputFiles() {}

  /**
   * The files, each once, in the order given; those of folders and patterns by name, without hidden
   * ones and without what is in folders below.
   *
   * @return whether each was asked for, and not only found in a folder, where it may be no image
   */
  static Map<Path, Boolean> of(List<String> inputs) throws IOException {
    Map<Path, Boolean> files = new LinkedHashMap<>();
    for (String input : inputs) {
      Path path = path(input);
      boolean folder = path != null && Files.isDirectory(path);
      for (Path file : folder ? list(path, p -> true) : of(input, path)) {
        files.merge(file, !folder, Boolean::logicalOr);
      }
    }
    return files;
  }

  private static List<Path> of(String input, Path path) throws IOException {
    if (path != null && Files.exists(path)) {
      return List.of(path);
    }
    int cut = Math.max(input.lastIndexOf('/'), input.lastIndexOf(java.io.File.separatorChar)) + 1;
    String name = input.substring(cut);
    Path folder = Path.of(cut == 0 ? "" : input.substring(0, cut));
    Predicate<Path> pattern;
    if (name.contains("#")) {
      Pattern digits = Pattern.compile(template(name));
      pattern = p -> digits.matcher(p.getFileName().toString()).matches();
    } else if (name.chars().anyMatch(c -> WILD.indexOf(c) >= 0)) {
      var glob = FileSystems.getDefault().getPathMatcher("glob:" + name);
      pattern = p -> glob.matches(p.getFileName());
    } else {
      throw new NoSuchFileException(input);
    }
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    List<Path> found = list(folder, pattern);
    if (found.isEmpty() && name.contains("#")) {
      // a template names images, compressed or not
      Pattern compressed = Pattern.compile(template(name) + "\\.(gz|bz2)");
      found = list(folder, p -> compressed.matcher(p.getFileName().toString()).matches());
    }
    if (found.isEmpty()) {
      throw new NoSuchFileException(input, null, "no file matches");
    }
    return found;
  }

  private static Path path(String input) {
    try {
      return Path.of(input);
    } catch (InvalidPathException e) {
      return null; // a glob where * cannot be in a name
    }
  }

  /** As many digits as there are #, or more where numbers outgrow them. */
  private static String template(String name) {
    int end = name.lastIndexOf('#') + 1;
    int begin = end;
    while (begin > 0 && name.charAt(begin - 1) == '#') {
      begin--;
    }
    return Pattern.quote(name.substring(0, begin))
        + "\\d{"
        + (end - begin)
        + ",9}"
        + Pattern.quote(name.substring(end));
  }

  private static List<Path> list(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> !f.getFileName().toString().startsWith("."))
          .filter(wanted)
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
