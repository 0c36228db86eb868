package org.mdx.cli.bragg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Stack;
import org.mdx.bragg.refine.RefineParameter;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Names of parameters after an option, as several words or joined by commas. The first word that is
 * no name ends them, so files may follow.
 */
final class ParameterNames implements IParameterConsumer {
  /** What only {@code --varying} takes. */
  private static final List<String> WORDS = List.of("none", "both");

  @Override
  public void consumeParameters(Stack<String> args, ArgSpec argument, CommandSpec command) {
    List<String> before = argument.getValue();
    List<String> names = new ArrayList<>(before == null ? List.of() : before);
    boolean mayBeEmpty = argument.arity().min() == 0;
    int read = 0;
    while (!args.isEmpty() && areNames(args.peek(), mayBeEmpty)) {
      names.addAll(List.of(args.pop().split(",")));
      read++;
    }
    if (read == 0 && !mayBeEmpty) {
      throw new ParameterException(
          command.commandLine(),
          String.format(
              "%s takes names of parameters, found %s; there are %s",
              ((OptionSpec) argument).longestName(),
              args.isEmpty() ? "none" : "'" + args.peek() + "'",
              String.join(
                  ", ",
                  Arrays.stream(RefineParameter.values())
                      .map(RefineParameter::toString)
                      .toList())));
    }
    argument.setValue(names);
  }

  private static boolean areNames(String word, boolean more) {
    return Arrays.stream(word.split(",", -1)).allMatch(n -> isName(n) || more && WORDS.contains(n));
  }

  private static boolean isName(String word) {
    try {
      RefineParameter.of(word);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
