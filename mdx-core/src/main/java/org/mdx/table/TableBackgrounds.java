package org.mdx.table;

import java.util.List;
import java.util.Optional;

/**
 * Tells whether the background was subtracted from corrected tables: what is subtracted adds to the
 * variance. Intensities with and without background differ by what air and mount scatter, which is
 * often more than the signal, and must not be averaged.
 */
public final class TableBackgrounds {
  private TableBackgrounds() {}

  /**
   * Whether a table tells that something was subtracted.
   *
   * @param table a corrected table
   * @return true if a row has a variance that does not come from its own counts (of the background,
   *     or of a camera's reading), false if none has; empty without the column {@code
   *     background_variance} or without rows
   */
  public static Optional<Boolean> of(HKLTable table) {
    if (!table.has(ColumnNames.BACKGROUND_VARIANCE) || table.rows() == 0) {
      return Optional.empty();
    }
    Column variance = table.column(ColumnNames.BACKGROUND_VARIANCE);
    for (int i = 0; i < variance.size(); i++) {
      if (!(variance.get(i) == 0)) {
        return Optional.of(true);
      }
    }
    return Optional.of(false);
  }

  /**
   * Refuses tables of which some had a background subtracted and others not.
   *
   * @param tables what they tell
   * @throws IllegalArgumentException if one differs from the first that tells
   */
  public static void requireAlike(List<Optional<Boolean>> tables) {
    AlikeTables.require(
        tables,
        Boolean::equals,
        (first, other) -> {
          boolean here = tables.get(other).get();
          return "the background was subtracted from table "
              + (here ? other : first)
              + " and not from table "
              + (here ? first : other)
              + ": their intensities differ by all that air and mount scatter; correct both with"
              + " a background, or both without";
        });
  }
}
