package org.mdx.io.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.mdx.table.ByteStore;
import org.mdx.table.HKLTable;
import org.mdx.table.KeptTable;
import org.mdx.table.Scratch;
import org.mdx.table.Subdivision;
import org.mdx.table.TableStore;

/**
 * Scratch files of a long job in a folder of its own, which is gone when it is closed, or with the
 * next job in the same place if this one is killed.
 */
public final class ScratchSpace implements Scratch, AutoCloseable {
  private final Path parent;
  private final MemoryBudget budget;
  private final long rowsAtATime;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private ScratchFolder folder;
  private int tables;

  private ScratchSpace(Path parent, MemoryBudget budget, long rowsAtATime) {
    this.parent = parent;
    this.budget = budget;
    this.rowsAtATime = rowsAtATime;
  }

  /**
   * An empty space that is all used: nothing may stay in memory.
   *
   * @param parent the folder in which a scratch folder is made
   * @param rowsAtATime most rows that a merge has in memory, 1 or more
   * @return the space, to be closed
   * @throws IOException if the folder cannot be made
   * @throws IllegalArgumentException if there is to be no row in memory
   */
  public static ScratchSpace in(Path parent, long rowsAtATime) throws IOException {
    if (rowsAtATime < 1) {
      throw new IllegalArgumentException(rowsAtATime + " rows in memory, must be 1 or more");
    }
    ScratchSpace space = new ScratchSpace(parent, null, rowsAtATime);
    space.folder = ScratchFolder.in(parent);
    return space;
  }

  /**
   * An empty space for what does not fit into memory. Its folder is made when it is first used.
   *
   * @param parent the folder in which a scratch folder is made
   * @param budget what may be in memory
   * @return the space, to be closed
   */
  public static ScratchSpace in(Path parent, MemoryBudget budget) {
    return new ScratchSpace(parent, budget, budget.rowsAtATime());
  }

  private Path folder() {
    if (folder == null) {
      try {
        folder = ScratchFolder.in(parent);
      } catch (IOException e) {
        throw new UncheckedIOException(
            parent + ": cannot make a folder for scratch files; --scratch names another place", e);
      }
    }
    return folder.path();
  }

  @Override
  public boolean holds(double bytes) {
    return budget != null && budget.holds(bytes);
  }

  /**
   * Whether anything was put away.
   *
   * @return whether there is a folder
   */
  public boolean isUsed() {
    return folder != null;
  }

  @Override
  public KeptTable keep(HKLTable table) {
    Path file = folder().resolve("kept_" + tables++);
    try {
      ScratchTable kept = ScratchTable.writeAsItIs(file, table);
      return new Kept(kept, table.ndiv());
    } catch (IOException e) {
      throw new UncheckedIOException(
          file + ": cannot store " + table.rows() + " rows there; --scratch names another place",
          e);
    }
  }

  private final class Kept implements KeptTable {
    private final ScratchTable table;
    private final Subdivision ndiv;

    Kept(ScratchTable table, Subdivision ndiv) {
      this.table = table;
      this.ndiv = ndiv;
    }

    @Override
    public HKLTable get() {
      return only(table.columnNames());
    }

    @Override
    public HKLTable only(Collection<String> columns) {
      try {
        return table.read(ndiv, columns);
      } catch (IOException e) {
        throw new UncheckedIOException(folder() + ": cannot read rows back", e);
      }
    }
  }

  @Override
  public TableStore tables() {
    try {
      ScratchTables store = ScratchTables.in(folder());
      open.push(store);
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(parent + ": cannot store rows there", e);
    }
  }

  @Override
  public ByteStore bytes() {
    try {
      ScratchBytes store = ScratchBytes.in(folder());
      open.push(store);
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(parent + ": cannot store observations there", e);
    }
  }

  @Override
  public void free(ByteStore store) {
    if (store instanceof ScratchBytes bytes && open.remove(bytes)) {
      try {
        bytes.close();
      } catch (IOException e) {
        throw new UncheckedIOException(folder() + ": cannot remove a scratch file", e);
      }
    }
  }

  @Override
  public long rowsAtATime() {
    return rowsAtATime;
  }

  /** Removes all scratch files. */
  @Override
  public void close() throws IOException {
    try {
      while (!open.isEmpty()) {
        open.pop().close();
      }
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      if (folder != null) {
        folder.close();
      }
    }
  }

  @Override
  public String toString() {
    return "ScratchSpace[" + (folder == null ? parent + ", not used" : folder.path()) + "]";
  }
}
