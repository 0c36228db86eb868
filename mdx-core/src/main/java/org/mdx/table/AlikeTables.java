package org.mdx.table;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Compares what tables tell with what the first of them tells. */
final class AlikeTables {
  private AlikeTables() {}

  /** What is wrong with two tables, by their numbers. */
  interface Problem {
    String of(int first, int other);
  }

  /**
   * Refuses tables that differ from the first one that tells.
   *
   * @throws IllegalArgumentException if one does
   */
  static <T> void require(List<Optional<T>> told, BiPredicate<T, T> alike, Problem problem) {
    int first = -1;
    for (int i = 0; i < told.size(); i++) {
      if (told.get(i).isEmpty()) {
        continue;
      }
      if (first < 0) {
        first = i;
      } else if (!alike.test(told.get(first).get(), told.get(i).get())) {
        throw new IllegalArgumentException(problem.of(first, i));
      }
    }
  }
}
