package org.mdx.pipeline;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.mdx.table.HKLTable;

/** Tables that are fetched or computed each time they are asked for, one at a time in memory. */
final class SpilledTables extends AbstractList<HKLTable> {
  private final List<Supplier<HKLTable>> sources;

  SpilledTables(List<Supplier<HKLTable>> sources) {
    this.sources = List.copyOf(sources);
  }

  /** A list that nobody changes, without fetching what is not in memory. */
  static List<HKLTable> copyOf(List<HKLTable> tables) {
    return tables instanceof SpilledTables ? tables : List.copyOf(tables);
  }

  /** All tables of some lists, fetched when they are asked for. */
  static SpilledTables join(List<List<HKLTable>> parts) {
    List<Supplier<HKLTable>> all = new ArrayList<>();
    parts.forEach(part -> all.addAll(sources(part)));
    return new SpilledTables(all);
  }

  /** What fetches each table. */
  static List<Supplier<HKLTable>> sources(List<HKLTable> tables) {
    if (tables instanceof SpilledTables spilled) {
      return spilled.sources;
    }
    List<Supplier<HKLTable>> all = new ArrayList<>();
    tables.forEach(table -> all.add(() -> table));
    return all;
  }

  @Override
  public HKLTable get(int i) {
    return sources.get(i).get();
  }

  @Override
  public int size() {
    return sources.size();
  }

  @Override
  public String toString() {
    return "[" + sources.size() + " tables, not in memory]";
  }
}
