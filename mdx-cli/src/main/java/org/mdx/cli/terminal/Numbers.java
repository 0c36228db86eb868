package org.mdx.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Several numbers as one value, {@code 3,3,3}, or as several words, {@code 3 3 3}, as in mdx2. */
public abstract class Numbers implements IParameterConsumer {

  /** The numbers of one option. */
  public static final class Values {
    private final double[] numbers;

    private Values(double[] numbers) {
      this.numbers = numbers;
    }

    /** A number, from 0. */
    public double get(int i) {
      return numbers[i];
    }

    /** A number that is an integer because the option takes only those. */
    public int integer(int i) {
      return (int) numbers[i];
    }
  }

  private final int count;
  private final boolean integers;

  private Numbers(int count, boolean integers) {
    this.count = count;
    this.integers = integers;
  }

  /** Two integers. */
  public static final class TwoIntegers extends Numbers {
    TwoIntegers() {
      super(2, true);
    }
  }

  /** Two numbers. */
  public static final class TwoReals extends Numbers {
    TwoReals() {
      super(2, false);
    }
  }

  /** Three integers. */
  public static final class ThreeIntegers extends Numbers {
    ThreeIntegers() {
      super(3, true);
    }
  }

  /** Three numbers. */
  public static final class ThreeReals extends Numbers {
    ThreeReals() {
      super(3, false);
    }
  }

  /** Four numbers. */
  public static final class FourReals extends Numbers {
    FourReals() {
      super(4, false);
    }
  }

  /** Six numbers. */
  public static final class SixReals extends Numbers {
    SixReals() {
      super(6, false);
    }
  }

  @Override
  public void consumeParameters(Stack<String> args, ArgSpec argument, CommandSpec command) {
    List<String> words = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    while (numbers.size() < count && !args.isEmpty()) {
      String word = args.pop();
      words.add(word);
      numbers.addAll(List.of(word.split(",", -1)));
    }
    try {
      argument.setValue(parse(numbers));
    } catch (NumberFormatException e) {
      throw new ParameterException(
          command.commandLine(),
          String.format(
              "%s takes %d %s, as in %s; found '%s'",
              name(argument),
              count,
              integers ? "integers" : "numbers",
              argument.paramLabel(),
              String.join(" ", words)));
    }
  }

  private Values parse(List<String> numbers) {
    if (numbers.size() != count) {
      throw new NumberFormatException();
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      String number = numbers.get(i);
      values[i] = integers ? Integer.parseInt(number) : Double.parseDouble(number);
    }
    return new Values(values);
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}
