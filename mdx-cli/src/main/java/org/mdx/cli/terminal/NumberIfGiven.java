package org.mdx.cli.terminal;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option that may have a number: {@code --option}, {@code --option 2} or {@code --option=2}. A
 * word behind it that is no number is no value of it, so that files may follow; what is attached by
 * {@code =} always is.
 */
public final class NumberIfGiven implements IParameterPreprocessor {
  /** What picocli calls the separator of an option and a value that is a word of its own. */
  private static final String APART = " ";

  @Override
  public boolean preprocess(
      Stack<String> args, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
    boolean attached = !APART.equals(info.get("separator"));
    if (!attached && (args.isEmpty() || !isNumber(args.peek()))) {
      args.push(((OptionSpec) argument).fallbackValue());
    }
    return false;
  }

  private static boolean isNumber(String word) {
    try {
      Double.parseDouble(word);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
