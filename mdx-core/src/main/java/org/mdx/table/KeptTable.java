package org.mdx.table;

import java.util.Collection;
import java.util.function.Supplier;

/** A table that was put away, row by row as it was, each time it is asked for. */
public interface KeptTable extends Supplier<HKLTable> {

  /**
   * The table with some of its columns, which saves time and memory.
   *
   * @param columns their names; those that the table does not have are left out
   * @return its indices and these columns
   * @throws java.io.UncheckedIOException if it cannot be read back
   */
  HKLTable only(Collection<String> columns);
}
