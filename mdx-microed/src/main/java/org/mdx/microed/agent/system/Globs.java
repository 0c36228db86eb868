package org.mdx.microed.agent.system;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;

/** Patterns of file names such as {@code *.emd}, upper and lower case alike. */
public final class Globs {
  private final List<PathMatcher> matchers;

  /**
   * Patterns.
   *
   * @throws IllegalArgumentException if one of them is not well-formed
   */
  public Globs(List<String> patterns) {
    matchers =
        patterns.stream()
            .map(p -> FileSystems.getDefault().getPathMatcher("glob:" + lower(p)))
            .toList();
  }

  /** Whether the name or the path of a file is like one of the patterns. */
  public boolean match(String path) {
    Path whole = path(lower(path));
    Path name = whole.getFileName();
    return matchers.stream().anyMatch(m -> m.matches(whole) || m.matches(name));
  }

  /** A path that looks like a text; what the system cannot encode in names becomes {@code _}. */
  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      return Path.of(text.replaceAll("[^\\x20-\\x7e]", "_"));
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
