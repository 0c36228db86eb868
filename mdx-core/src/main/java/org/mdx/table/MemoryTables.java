package org.mdx.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tables that stay in memory. */
public final class MemoryTables implements TableStore {
  private final List<HKLTable> tables = new ArrayList<>();

  @Override
  public void add(HKLTable table) {
    if (!tables.isEmpty() && !tables.get(0).ndiv().equals(table.ndiv())) {
      throw new IllegalArgumentException(
          "tables subdivided "
              + tables.get(0).ndiv()
              + " and "
              + table.ndiv()
              + " cannot be joined");
    }
    tables.add(table);
  }

  @Override
  public int tables() {
    return tables.size();
  }

  @Override
  public PlaneCounts planes(int first) {
    PlaneCounts all = PlaneCounts.NONE;
    for (HKLTable t : tables.subList(0, first)) {
      all = all.plus(PlaneCounts.of(t));
    }
    return all;
  }

  @Override
  public HKLTable rows(int first, int fromH, int toH) {
    List<HKLTable> parts = new ArrayList<>();
    for (HKLTable t : tables.subList(0, first)) {
      parts.add(between(t, fromH, toH));
    }
    return parts.size() == 1 ? parts.get(0) : HKLTable.concatenate(parts);
  }

  private static HKLTable between(HKLTable table, int fromH, int toH) {
    if (fromH == Integer.MIN_VALUE && toH == Integer.MAX_VALUE) {
      return table;
    }
    int[] h = table.h().array();
    int[] rows = new int[h.length];
    int n = 0;
    for (int i = 0; i < h.length; i++) {
      if (h[i] >= fromH && h[i] <= toH) {
        rows[n++] = i;
      }
    }
    return table.select(Arrays.copyOf(rows, n));
  }

  @Override
  public String toString() {
    return "MemoryTables[" + tables.size() + " tables]";
  }
}
