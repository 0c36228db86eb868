package org.mdx.view.internal.map;

import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;

/** A quantity of a map: a column of the table, or what follows from columns. */
public final class MapColumn {

  /** What the numbers are, which decides their colours. */
  public enum Kind {
    /** Amounts from 0. */
    AMOUNT,
    /** Numbers about 0. */
    SIGNED
  }

  private final String name;
  private final String label;
  private final Kind kind;
  private final Supplier<IntToDoubleFunction> source;
  private IntToDoubleFunction values;

  MapColumn(String name, String label, Kind kind, Supplier<IntToDoubleFunction> source) {
    this.name = name;
    this.label = label;
    this.kind = kind;
    this.source = source;
  }

  public String name() {
    return name;
  }

  public String label() {
    return label;
  }

  public Kind kind() {
    return kind;
  }

  /** The values by row, made when they are asked for. */
  public synchronized IntToDoubleFunction values() {
    if (values == null) {
      values = source.get();
    }
    return values;
  }
}
