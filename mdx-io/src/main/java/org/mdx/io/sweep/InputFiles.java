package org.mdx.io.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mdx.io.ImageFiles;
import org.mdx.io.MdxFormatException;

/** Turns what a user names (files, folders, templates, globs) into files. */
final class InputFiles {
  private static final String WILD = "*?[{";

  private InputFiles() {}

  /** The files, each once, in the order given; those of folders and patterns by name. */
  static List<Path> of(List<String> inputs) throws IOException {
    Set<Path> files = new LinkedHashSet<>();
    for (String input : inputs) {
      files.addAll(of(input));
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no image files given");
    }
    return List.copyOf(files);
  }

  private static List<Path> of(String input) throws IOException {
    Path path = path(input);
    if (path != null && Files.isDirectory(path)) {
      List<Path> images = list(path, InputFiles::isImage);
      if (images.isEmpty()) {
        throw new IOException(input + ": no images in this folder");
      }
      return images;
    } else if (path != null && Files.exists(path)) {
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
      return all.filter(Files::isRegularFile).filter(wanted).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Whether any format recognizes a file that was not asked for by name. */
  private static boolean isImage(Path file) {
    try {
      ImageFiles.format(file);
      return true;
    } catch (MdxFormatException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
