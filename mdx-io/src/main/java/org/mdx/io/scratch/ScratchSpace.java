package org.mdx.io.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.mdx.table.ByteStore;
import org.mdx.table.HKLTable;
import org.mdx.table.Scratch;
import org.mdx.table.Subdivision;
import org.mdx.table.TableStore;

/**
 * Scratch files of a long job in a folder of its own, which is gone when it is closed, or with the
 * next job in the same place if this one is killed.
 */
public final class ScratchSpace implements Scratch, AutoCloseable {
  private final ScratchFolder folder;
  private final long rowsAtATime;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private int tables;

  private ScratchSpace(ScratchFolder folder, long rowsAtATime) {
    this.folder = folder;
    this.rowsAtATime = rowsAtATime;
  }

  /**
   * An empty space.
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
    return new ScratchSpace(ScratchFolder.in(parent), rowsAtATime);
  }

  @Override
  public Supplier<HKLTable> keep(HKLTable table) {
    Path file = folder.path().resolve("kept_" + tables++);
    try {
      ScratchTable kept = ScratchTable.writeAsItIs(file, table);
      return () -> read(kept, table.ndiv());
    } catch (IOException e) {
      throw new UncheckedIOException(
          file + ": cannot store " + table.rows() + " rows there; --scratch names another place",
          e);
    }
  }

  private HKLTable read(ScratchTable kept, Subdivision ndiv) {
    try {
      return kept.read(ndiv);
    } catch (IOException e) {
      throw new UncheckedIOException(folder.path() + ": cannot read rows back", e);
    }
  }

  @Override
  public TableStore tables() {
    try {
      ScratchTables store = ScratchTables.in(folder.path());
      open.push(store);
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(folder.path() + ": cannot store rows there", e);
    }
  }

  @Override
  public ByteStore bytes() {
    try {
      ScratchBytes store = ScratchBytes.in(folder.path());
      open.push(store);
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(folder.path() + ": cannot store observations there", e);
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
      folder.close();
    }
  }

  @Override
  public String toString() {
    return "ScratchSpace[" + folder.path() + "]";
  }
}
