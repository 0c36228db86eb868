package org.mdx.cli.phil;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command line of DIALS as it was understood: files, options of mdx, and settings. */
public final class Call {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("([A-Za-z_][\\w.]*)\\s*=(.*)", Pattern.DOTALL);

  private final List<String> files = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * Understands the words of a command line.
   *
   * @param program whose they are
   * @param words files, and parameters with values
   * @throws IllegalArgumentException if a parameter is not taken, or its value is none
   */
  static Call of(DialsProgram program, List<String> words) {
    Call call = new Call();
    for (String word : words) {
      Matcher m = ASSIGNMENT.matcher(word);
      if (m.matches() && !Files.exists(Path.of(word))) {
        String value = unquoted(m.group(2).strip());
        try {
          program.parameter(m.group(1)).take(value, call);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(word + ": " + e.getMessage(), e);
        }
      } else if (word.startsWith("-")) {
        throw new IllegalArgumentException(
            word + ": not taken; the launcher takes files, name=value, --help and --version");
      } else if (word.endsWith(".phil")) {
        throw new IllegalArgumentException(
            word + ": files of parameters are not taken; give name=value");
      } else {
        call.files.add(word);
      }
    }
    return call;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** Adds a file. */
  void file(String name) {
    files.add(name);
  }

  /** Adds a word to the command line of mdx. */
  void option(String word) {
    options.add(word);
  }

  /** Keeps a value for the launcher itself. */
  void set(String path, String value) {
    settings.put(path, value);
  }

  /** Adds a line to what is printed. */
  void note(String line) {
    notes.add(line);
  }

  /** Files in the order given. */
  List<String> files() {
    return List.copyOf(files);
  }

  /** Words for the command line of mdx. */
  List<String> options() {
    return List.copyOf(options);
  }

  /**
   * What is to be said of parameters.
   *
   * @return lines
   */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** Whether a value was given. */
  boolean has(String path) {
    return settings.containsKey(path);
  }

  /** A value that was kept. */
  String get(String path, String otherwise) {
    return settings.getOrDefault(path, otherwise);
  }

  /** A command line of mdx: its command, the options of this call, more options, and files. */
  List<String> words(List<String> command, List<String> more, List<String> names) {
    List<String> words = new ArrayList<>(command);
    words.addAll(options);
    words.addAll(more);
    words.add("--");
    words.addAll(names);
    return words;
  }
}
