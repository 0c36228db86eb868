package org.mdx.pipeline;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.mdx.scaling.ScalingRefiner;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import org.mdx.table.KeptTable;

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

  /** The same without columns that neither scaling nor merging needs, but with those named. */
  static List<Supplier<HKLTable>> thin(List<Supplier<HKLTable>> sources, String... more) {
    Set<String> columns = new HashSet<>(ScalingRefiner.COLUMNS);
    columns.add(ColumnNames.OP);
    columns.addAll(List.of(more));
    List<Supplier<HKLTable>> all = new ArrayList<>();
    sources.forEach(s -> all.add(s instanceof KeptTable kept ? () -> kept.only(columns) : s));
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
