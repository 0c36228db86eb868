package org.mdx.cli.phil;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A parameter that a launcher takes.
 *
 * @param path its whole name in DIALS
 * @param meaning what it becomes in mdx
 * @param taker takes its value
 */
public record Parameter(String path, String meaning, Taker taker) {
  private static final Set<String> TRUE = Set.of("true", "yes", "on", "1");
  private static final Set<String> FALSE = Set.of("false", "no", "off", "0");

  /** What a value does to a command line. */
  @FunctionalInterface
  public interface Taker {
    /**
     * Takes a value.
     *
     * @param value not empty, and neither {@code None} nor {@code Auto}
     * @param call where it goes
     * @throws IllegalArgumentException if it is none
     */
    void take(String value, Call call);
  }

  /** Whether a name, whole or without its beginning, is that of this parameter. */
  boolean isNamed(String name) {
    return path.equals(name) || path.endsWith("." + name);
  }

  /** Takes a value; {@code None} and {@code Auto} leave what mdx does without it. */
  void take(String value, Call call) {
    if (!Set.of("", "none", "auto").contains(value.toLowerCase(Locale.ROOT))) {
      taker.take(value, call);
    }
  }

  /** An option that takes the same value. */
  static Parameter option(String path, String option) {
    return new Parameter(path, "`" + option + "`", (v, c) -> c.option(option + "=" + v));
  }

  /** An option that takes the same numbers. */
  static Parameter numbers(String path, String option) {
    return new Parameter(
        path, "`" + option + "`", (v, c) -> c.option(option + "=" + String.join(",", parts(v))));
  }

  /** An option without a value for True; False is what mdx does without it. */
  static Parameter flag(String path, String option) {
    return new Parameter(
        path,
        "`" + option + "` if True",
        (v, c) -> {
          if (truth(v)) {
            c.option(option);
          }
        });
  }

  /** An option without a value for False; True is what mdx does without it. */
  static Parameter unless(String path, String option) {
    return new Parameter(
        path,
        "`" + option + "` if False",
        (v, c) -> {
          if (!truth(v)) {
            c.option(option);
          }
        });
  }

  /** What the launcher itself goes by. */
  static Parameter setting(String path, String meaning) {
    return new Parameter(path, meaning, (v, c) -> c.set(path, v));
  }

  /** Values that mean what mdx does anyway. */
  static Parameter only(String path, String meaning, String... values) {
    return new Parameter(
        path,
        meaning,
        (v, c) -> {
          if (!Arrays.asList(values).contains(v.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("mdx has " + String.join(", ", values) + " only");
          }
          c.note(path + "=" + v + ": " + meaning);
        });
  }

  /** Numbers or words with commas or blanks between them. */
  static List<String> parts(String value) {
    return List.of(value.strip().split("[\\s,]+"));
  }

  /** A truth value in its spellings. */
  static boolean truth(String value) {
    String v = value.toLowerCase(Locale.ROOT);
    if (!TRUE.contains(v) && !FALSE.contains(v)) {
      throw new IllegalArgumentException("must be True or False");
    }
    return TRUE.contains(v);
  }

  /** A number. */
  static double number(String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a number", e);
    }
  }
}
