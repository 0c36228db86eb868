package org.mdx.cli.mdx2;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The words of a command line as mdx2's parser takes them, turned into those of the same command of
 * mdx: truth values in all their spellings, {@code --noflag}, options of a group without its name
 * where there is one only, and abbreviated options.
 */
public final class Mdx2Arguments {
  private static final String COMPATIBLE = "--mdx2-compatible";
  private static final List<String> TRUE = List.of("true", "yes", "t", "y", "1");
  private static final List<String> FALSE = List.of("false", "no", "f", "n", "0");

  private final CommandSpec command;

  public Mdx2Arguments(CommandSpec command) {
    this.command = command;
  }

  /**
   * The words for mdx.
   *
   * @param words for mdx2
   * @param compatible whether to ask for mdx2's conventions, if the command has a choice
   */
  public String[] translate(List<String> words, boolean compatible) {
    List<String> out = new ArrayList<>();
    if (compatible && isOption(COMPATIBLE) && !words.contains(COMPATIBLE)) {
      out.add(COMPATIBLE);
    }
    int options = words.contains("--") ? words.indexOf("--") : words.size();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (i >= options || !word.startsWith("--")) {
        out.add(word);
        continue;
      }
      int equals = word.indexOf('=');
      String name = resolve((equals < 0 ? word : word.substring(0, equals)).replace('_', '-'));
      String value = equals < 0 ? null : word.substring(equals + 1);
      if (!isFlag(name)) {
        out.add(value == null ? name : name + "=" + value);
      } else if (value != null) {
        out.add(name + "=" + truth(value));
      } else if (i + 1 < options && isTruth(words.get(i + 1))) {
        out.add(name + "=" + truth(words.get(++i)));
      } else {
        out.add(name);
      }
    }
    return out.toArray(new String[0]);
  }

  /** The option that is meant, or the name as it stands if there is none or no single one. */
  private String resolve(String name) {
    if (isOption(name) || command.negatedOptionsMap().containsKey(name)) {
      return name;
    }
    for (String no : new String[] {"--no-", "--no"}) {
      String positive = "--" + name.substring(Math.min(name.length(), no.length()));
      if (name.startsWith(no) && isFlag(positive)) {
        return positive + "=false";
      }
    }
    String inGroup = single(option -> option.endsWith("." + name.substring(2)));
    return inGroup != null ? inGroup : abbreviated(name);
  }

  private String abbreviated(String name) {
    String full = single(option -> option.startsWith(name));
    return full == null ? name : full;
  }

  /** The only option with such a name, or null. */
  private String single(Predicate<String> names) {
    Set<String> found = new TreeSet<>();
    for (OptionSpec option : command.options()) {
      for (String name : option.names()) {
        if (names.test(name)) {
          found.add(option.longestName());
        }
      }
    }
    return found.size() == 1 ? found.iterator().next() : null;
  }

  private boolean isOption(String name) {
    return command.optionsMap().containsKey(name);
  }

  /** Whether an option has a truth value that can be given as a word. */
  private boolean isFlag(String name) {
    OptionSpec option = command.optionsMap().get(name);
    return option != null && option.arity().max() == 1 && option.type() == boolean.class;
  }

  private static boolean isTruth(String word) {
    String w = word.toLowerCase(Locale.ROOT);
    return TRUE.contains(w) || FALSE.contains(w);
  }

  private static String truth(String word) {
    String w = word.toLowerCase(Locale.ROOT);
    return TRUE.contains(w) ? "true" : FALSE.contains(w) ? "false" : word;
  }
}
