package org.mdx.microed.agent.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of a command in which {@code {name}} stands for a value. No shell is involved. */
public final class Arguments {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)\\}");

  private Arguments() {}

  /**
   * Replaces a word {@code {mdx}} by the words that start the mdx command.
   *
   * @param words of a command
   * @param mdx words that start the mdx command
   * @return all words
   */
  public static List<String> expandMdx(List<String> words, List<String> mdx) {
    List<String> all = new ArrayList<>();
    for (String word : words) {
      all.addAll(word.equals("{mdx}") ? mdx : List.of(word));
    }
    return all;
  }

  /**
   * Fills in values.
   *
   * @param word in which {@code {name}} stands for a value
   * @param values by name
   * @return the word with the values
   * @throws IllegalArgumentException if there is no such value
   */
  public static String fill(String word, Map<String, String> values) {
    StringBuilder filled = new StringBuilder();
    Matcher m = PLACE.matcher(word);
    while (m.find()) {
      String value = values.get(m.group(1));
      if (value == null) {
        throw new IllegalArgumentException(
            m.group()
                + " in '"
                + word
                + "'; there are {"
                + String.join("}, {", values.keySet())
                + "}");
      }
      m.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return m.appendTail(filled).toString();
  }
}
