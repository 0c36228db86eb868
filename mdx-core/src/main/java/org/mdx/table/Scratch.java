package org.mdx.table;

/**
 * Room outside of the heap for what a long job need not have in memory all the time. Who opens it
 * closes it; nothing can be fetched afterwards.
 */
public interface Scratch {

  /**
   * Whether something may stay in memory instead of being put away.
   *
   * @param bytes that all of it takes, about
   * @return false to put it away
   */
  default boolean holds(double bytes) {
    return false;
  }

  /**
   * Puts a table away.
   *
   * @param table with all its columns
   * @return fetches it, row by row as it was, each time it is asked
   * @throws java.io.UncheckedIOException if there is no room
   */
  KeptTable keep(HKLTable table);

  /**
   * A new store of rows.
   *
   * @return an empty store
   * @throws java.io.UncheckedIOException if it cannot be made
   */
  TableStore tables();

  /**
   * A new store of bytes.
   *
   * @return an empty store
   * @throws java.io.UncheckedIOException if it cannot be made
   */
  ByteStore bytes();

  /**
   * Gives up a store of bytes before the scratch is closed.
   *
   * @param store one of {@link #bytes}, which is not used any more
   * @throws java.io.UncheckedIOException if that fails
   */
  default void free(ByteStore store) {}

  /**
   * How many rows may be fetched at a time.
   *
   * @return 1 or more
   */
  long rowsAtATime();
}
