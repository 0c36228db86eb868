package org.mdx.table;

import java.util.ArrayList;
import java.util.List;

/** Tables that stay in memory as long as they fit, and go to a scratch, all of them, when not. */
public final class SpillingTables implements TableStore {
  /** Bytes of a row in memory until it is merged, all observations together. */
  private static final double ROW = 95;

  private final Scratch scratch;
  private List<HKLTable> held = new ArrayList<>();
  private TableStore store = new MemoryTables();
  private long rows;

  /**
   * An empty store.
   *
   * @param scratch says what fits, and takes the rest
   */
  public SpillingTables(Scratch scratch) {
    this.scratch = scratch;
  }

  @Override
  public void add(HKLTable table) {
    rows += table.rows();
    if (held != null && !scratch.holds(ROW * rows)) {
      store = scratch.tables();
      held.forEach(store::add);
      held = null;
    }
    store.add(table);
    if (held != null) {
      held.add(table);
    }
  }

  /**
   * Whether all tables are in memory.
   *
   * @return false once they have gone to the scratch
   */
  public boolean isInMemory() {
    return held != null;
  }

  @Override
  public int tables() {
    return store.tables();
  }

  @Override
  public PlaneCounts planes(int tables) {
    return store.planes(tables);
  }

  @Override
  public HKLTable rows(int tables, int fromH, int toH) {
    return store.rows(tables, fromH, toH);
  }

  @Override
  public String toString() {
    return "SpillingTables[" + store + "]";
  }
}
