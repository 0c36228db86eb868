package org.mdx.cli.phil;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of DIALS: the parameters that its launcher takes, and what it does in mdx.
 *
 * @param name without {@code dials.}
 * @param command what it is in mdx
 * @param log name of its log; empty if it leaves none
 * @param parameters that are taken
 * @param action what it does
 */
public record DialsProgram(
    String name, String command, String log, List<Parameter> parameters, Action action) {
  private static final String LOG = "output.log";

  /** What a program does. */
  @FunctionalInterface
  public interface Action {
    /**
     * Runs commands.
     *
     * @param call what was asked for
     * @param mdx runs them
     * @return exit code
     * @throws IOException if a file cannot be read or written
     */
    int run(Call call, Mdx mdx) throws IOException;
  }

  /** With the parameters that every program has. */
  public DialsProgram {
    List<Parameter> all = new ArrayList<>(parameters);
    all.add(new Parameter("input.experiments", "a file", (v, c) -> c.file(v)));
    all.add(new Parameter("input.reflections", "a file", (v, c) -> c.file(v)));
    if (!log.isEmpty()) {
      all.add(Parameter.setting(LOG, "file of what is printed"));
    }
    parameters = List.copyOf(all);
  }

  /** A program that is one command with files and options. */
  static DialsProgram of(String name, String command, List<Parameter> parameters) {
    List<String> words = List.of(command.split(" "));
    return new DialsProgram(
        name,
        command,
        "dials." + name + ".log",
        parameters,
        (call, mdx) -> mdx.run(call.words(words, List.of(), call.files())));
  }

  /** The same without a log. */
  DialsProgram silent() {
    List<Parameter> own = parameters.stream().filter(p -> !isCommon(p.path())).toList();
    return new DialsProgram(name, command, "", own, action);
  }

  private static boolean isCommon(String path) {
    return path.equals(LOG)
        || path.startsWith("input.experiments")
        || path.startsWith("input.refl");
  }

  /** The same that does something else. */
  DialsProgram doing(Action other) {
    List<Parameter> own = parameters.stream().filter(p -> !isCommon(p.path())).toList();
    return new DialsProgram(name, command, log, own, other);
  }

  /**
   * Understands the words of a command line.
   *
   * @param words without the program's name
   * @return what is asked for
   * @throws IllegalArgumentException that names a parameter that is not taken
   */
  public Call call(List<String> words) {
    return Call.of(this, words);
  }

  /**
   * The name of the log of a call.
   *
   * @param call that may say another
   * @return the file; empty for none
   */
  public String log(Call call) {
    return call.get(LOG, log);
  }

  /**
   * Does what is asked for.
   *
   * @param call what that is
   * @param mdx runs commands
   * @return exit code
   * @throws IOException if a file cannot be read or written
   */
  public int run(Call call, Mdx mdx) throws IOException {
    return action.run(call, mdx);
  }

  /** The parameter that a name, whole or without its beginning, means. */
  Parameter parameter(String name) {
    List<Parameter> found = parameters.stream().filter(p -> p.isNamed(name)).toList();
    for (Parameter p : found) {
      if (p.path().equals(name) || found.size() == 1) {
        return p;
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "dials."
              + name()
              + " of mdx takes no parameter "
              + name
              + "; it takes "
              + String.join(", ", paths(parameters)));
    }
    throw new IllegalArgumentException("is it " + String.join(" or ", paths(found)) + "?");
  }

  private static List<String> paths(List<Parameter> parameters) {
    return parameters.stream().map(Parameter::path).toList();
  }

  /**
   * What {@code --help} prints.
   *
   * @return lines
   */
  public String help() {
    StringBuilder b = new StringBuilder();
    b.append(
        String.format(
            "dials.%s: 'mdx %s' with the parameters of DIALS, as name=value; files come bare.%n",
            name, command));
    for (Parameter p : parameters) {
      b.append(String.format("  %-52s %s%n", p.path(), p.meaning().replace("`", "")));
    }
    return b.toString();
  }
}
