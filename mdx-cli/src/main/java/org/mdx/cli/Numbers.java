package org.mdx.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Several numbers as one value, {@code 3,3,3}, or as several words, {@code 3 3 3}, as in mdx2. */
abstract class Numbers implements IParameterConsumer {
  private final int count;

  private Numbers(int count) {
    this.count = count;
  }

  /** Two numbers. */
  static final class Two extends Numbers {
    Two() {
      super(2);
    }
  }

  /** Three numbers. */
  static final class Three extends Numbers {
    Three() {
      super(3);
    }
  }

  /** Six numbers. */
  static final class Six extends Numbers {
    Six() {
      super(6);
    }
  }

  @Override
  public void consumeParameters(Stack<String> args, ArgSpec argument, CommandSpec command) {
    List<String> words = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    while (numbers.size() < count && !args.isEmpty()) {
      String word = args.pop();
      words.add(word);
      for (String number : word.split(",", -1)) {
        numbers.add(number);
      }
    }
    try {
      if (numbers.size() != count) {
        throw new NumberFormatException();
      }
      argument.setValue(parse(argument, numbers));
    } catch (NumberFormatException e) {
      String kind = argument.type() == int[].class ? " integers" : " numbers";
      throw new ParameterException(
          command.commandLine(),
          name(argument)
              + " takes "
              + count
              + kind
              + ", as in "
              + argument.paramLabel()
              + "; found '"
              + String.join(" ", words)
              + "'");
    }
  }

  private static Object parse(ArgSpec argument, List<String> numbers) {
    if (argument.type() == int[].class) {
      return numbers.stream().mapToInt(Integer::parseInt).toArray();
    }
    return numbers.stream().mapToDouble(Double::parseDouble).toArray();
  }

  private static String name(ArgSpec argument) {
    return argument instanceof picocli.CommandLine.Model.OptionSpec option
        ? option.longestName()
        : argument.paramLabel();
  }
}
