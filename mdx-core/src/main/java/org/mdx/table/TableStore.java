package org.mdx.table;

/**
 * Rows of several tables, fetched by ranges of H, so that not all of them need be in memory. Every
 * voxel lies in one plane of equal H, whole.
 */
public interface TableStore {

  /**
   * Takes the rows of one more table.
   *
   * @param table of the same subdivision as those before
   * @throws IllegalArgumentException if the subdivision differs
   * @throws java.io.UncheckedIOException if the rows cannot be stored
   */
  void add(HKLTable table);

  /**
   * Number of tables that were added.
   *
   * @return 0 or more
   */
  int tables();

  /**
   * How many rows lie in which plane of H.
   *
   * @param tables only those of the first so many tables
   * @return the counts
   * @throws IllegalArgumentException if there are not so many tables
   */
  PlaneCounts planes(int tables);

  /**
   * Rows of a range of H, with the columns that all tables have. Rows of one voxel come in the
   * order of tables, and within a table in its order.
   *
   * @param tables only those of the first so many tables
   * @param fromH smallest H
   * @param toH largest H; all rows from {@code Integer.MIN_VALUE} to {@code Integer.MAX_VALUE}
   * @return a table of all these rows
   * @throws IllegalArgumentException if there are not so many tables
   * @throws java.io.UncheckedIOException if the rows cannot be read
   */
  HKLTable rows(int tables, int fromH, int toH);
}
