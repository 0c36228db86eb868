package org.mdx.io.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mdx.table.Column;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.PlaneCounts;
import org.mdx.table.Subdivision;
import org.mdx.table.TableStore;

/**
 * Tables in scratch files, one a table, with rows ordered by H and columns one behind the other: a
 * range of H is a run of each column. In memory are the numbers of rows of each plane alone.
 */
public final class ScratchTables implements TableStore, AutoCloseable {
  private final ScratchFolder folder;
  private final List<ScratchTable> tables = new ArrayList<>();
  private Subdivision ndiv;

  private ScratchTables(ScratchFolder folder) {
    this.folder = folder;
  }

  /**
   * An empty store.
   *
   * @param parent the folder in which a scratch folder is made
   * @return the store, to be closed
   * @throws IOException if the folder cannot be made
   */
  public static ScratchTables in(Path parent) throws IOException {
    return new ScratchTables(ScratchFolder.in(parent));
  }

  @Override
  public void add(HKLTable table) {
    if (ndiv != null && !ndiv.equals(table.ndiv())) {
      throw new IllegalArgumentException(
          "tables subdivided " + ndiv + " and " + table.ndiv() + " cannot be joined");
    }
    ndiv = table.ndiv();
    Path file = folder.path().resolve("table_" + tables.size());
    try {
      tables.add(ScratchTable.write(file, table));
    } catch (IOException e) {
      throw new UncheckedIOException(
          file + ": cannot store " + table.rows() + " rows there; --scratch names another place",
          e);
    }
  }

  @Override
  public int tables() {
    return tables.size();
  }

  @Override
  public PlaneCounts planes(int first) {
    PlaneCounts all = PlaneCounts.NONE;
    for (ScratchTable t : tables.subList(0, first)) {
      all = all.plus(t.planes());
    }
    return all;
  }

  @Override
  public HKLTable rows(int first, int fromH, int toH) {
    List<ScratchTable> used = tables.subList(0, first);
    Set<String> names = new LinkedHashSet<>(used.get(0).columnNames());
    used.forEach(t -> names.retainAll(t.columnNames()));
    try {
      HKLTable out =
          HKLTable.of(
              ndiv,
              (IntColumn) joined(used, ScratchTable.H, fromH, toH),
              (IntColumn) joined(used, ScratchTable.K, fromH, toH),
              (IntColumn) joined(used, ScratchTable.L, fromH, toH));
      for (String name : names) {
        out = out.with(name, joined(used, name, fromH, toH));
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(folder.path() + ": cannot read rows back", e);
    }
  }

  private static Column joined(List<ScratchTable> used, String name, int fromH, int toH)
      throws IOException {
    Column first = used.get(0).read(name, fromH, toH);
    if (used.size() == 1) {
      return first;
    }
    List<Column> others = new ArrayList<>();
    for (ScratchTable t : used.subList(1, used.size())) {
      others.add(t.read(name, fromH, toH));
    }
    return first.concatenate(others);
  }

  /** Removes the scratch files. */
  @Override
  public void close() throws IOException {
    folder.close();
  }

  @Override
  public String toString() {
    return "ScratchTables[" + tables.size() + " tables in " + folder.path() + "]";
  }
}
