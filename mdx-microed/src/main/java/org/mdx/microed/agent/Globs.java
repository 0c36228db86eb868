package org.mdx.microed.agent;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;

/** Patterns of file names such as {@code *.emd}, upper and lower case alike. */
final class Globs {
  private final List<PathMatcher> matchers;

  /**
   * Patterns.
   *
   * @throws IllegalArgumentException if one of them is not well-formed
   */
  Globs(List<String> patterns) {
    matchers =
        patterns.stream()
            .map(p -> FileSystems.getDefault().getPathMatcher("glob:" + lower(p)))
            .toList();
  }

  /** Whether the name or the path of a file is like one of the patterns. */
  boolean match(String path) {
    try {
      Path whole = Path.of(lower(path));
      Path name = whole.getFileName();
      return matchers.stream().anyMatch(m -> m.matches(whole) || m.matches(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
