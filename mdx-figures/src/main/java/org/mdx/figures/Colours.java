package org.mdx.figures;

import java.util.Objects;

/**
 * How numbers become colours, and what they are.
 *
 * @param name of the quantity, beside the bar of colours
 * @param unit of it, or empty
 * @param map the colours
 * @param range the values of the first and last of them
 */
public record Colours(String name, String unit, ColourMap map, ColourRange range) {

  public Colours {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(range, "range");
  }

  /**
   * The colours of a kind of quantity.
   *
   * @param name of the quantity
   * @param unit of it, or empty
   * @param kind decides map and range
   * @return the colours
   */
  public static Colours of(String name, String unit, Quantity kind) {
    return new Colours(name, unit, kind.colours(), kind.range());
  }

  /**
   * The same with other colours.
   *
   * @param other the map
   * @return other colours
   */
  public Colours map(ColourMap other) {
    return new Colours(name, unit, other, range);
  }

  /**
   * The same with another range.
   *
   * @param other values of the first and last colour
   * @return other colours
   */
  public Colours range(ColourRange other) {
    return new Colours(name, unit, map, other);
  }

  /**
   * Name and unit.
   *
   * @return such as {@code I (counts/s)}
   */
  public String label() {
    return unit.isEmpty() ? name : name + " (" + unit + ")";
  }
}
