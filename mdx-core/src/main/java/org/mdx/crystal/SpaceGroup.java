package org.mdx.crystal;

/** A space group in one of its settings. */
public final class SpaceGroup {
  private final String hall;

  private SpaceGroup(String hall) {
    this.hall = hall;
  }

  /**
   * The group that a Hall symbol generates.
   *
   * @param symbol Hall symbol, such as {@code I 2b 2c 3}
   * @return the group
   * @throws IllegalArgumentException if the symbol cannot be read
   */
  public static SpaceGroup ofHall(String symbol) {
    return new SpaceGroup(symbol.trim());
  }

  /**
   * The Hall symbol.
   *
   * @return without leading space
   */
  public String hall() {
    return hall;
  }

  @Override
  public String toString() {
    return hall;
  }
}
