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

  /**
   * Whether a reflection is systematically absent.
   *
   * @param h index
   * @param k index
   * @param l index
   * @return true if absent
   */
  public boolean isAbsent(int h, int k, int l) {
    return false;
  }

  /**
   * Whether the centring forbids a reflection.
   *
   * @param h index
   * @param k index
   * @param l index
   * @return true if absent
   */
  public boolean isCentringAbsent(int h, int k, int l) {
    return false;
  }

  @Override
  public String toString() {
    return hall;
  }
}
