package org.mdx.figures;

/** A part of a figure with axes of its own. Immutable. */
public sealed interface Panel permits LineChart, BarChart, Raster {

  /**
   * What is written above it.
   *
   * @return any text, empty for nothing
   */
  String title();

  /**
   * How many numbers it shows.
   *
   * @return those that are not missing
   */
  long values();

  /**
   * The names of its columns as comma-separated values.
   *
   * @return with units
   */
  String[] csvHeader();

  /**
   * Exactly what is drawn.
   *
   * @param rows takes the cells of each row: texts and numbers
   */
  void csvRows(CsvRows rows);

  /** What takes rows. */
  @FunctionalInterface
  interface CsvRows {
    /**
     * Takes a row.
     *
     * @param cells texts, {@code Double}, {@code Float}, {@code Integer} or {@code Long}
     */
    void row(Object... cells);
  }
}
