package org.mdx.cli.bragg;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Groups of panels as users write them: {@code each}, or such as {@code 0-3,4+6,5}. */
final class PanelGroups {
  private PanelGroups() {}

  /**
   * Reads groups.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static List<List<Integer>> parse(String text, int panels) {
    if (text.equals("each")) {
      return IntStream.range(0, panels).mapToObj(List::of).toList();
    }
    List<List<Integer>> groups = new ArrayList<>();
    for (String group : text.split(",", -1)) {
      List<Integer> numbers = new ArrayList<>();
      for (String part : group.split("\\+", -1)) {
        String[] ends = part.split("-", -1);
        try {
          int from = Integer.parseInt(ends[0].trim());
          int to = Integer.parseInt(ends[ends.length - 1].trim());
          if (ends.length > 2 || from > to || from < 0 || to >= panels) {
            throw new NumberFormatException();
          }
          IntStream.rangeClosed(from, to).forEach(numbers::add);
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException(
              "--panels "
                  + text
                  + ": '"
                  + part
                  + "' is no panel or range of panels from 0 to "
                  + (panels - 1)
                  + "; write each, or groups such as 0-3,4+6",
              e);
        }
      }
      groups.add(numbers);
    }
    return groups;
  }
}
