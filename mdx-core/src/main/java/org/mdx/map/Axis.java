package org.mdx.map;

/** An index axis of a map. */
public enum Axis {
  /** Along h. */
  H,
  /** Along k. */
  K,
  /** Along l. */
  L;

  /**
   * The axis of a letter.
   *
   * @param letter {@code h}, {@code k} or {@code l}, small or capital
   * @return the axis
   * @throws IllegalArgumentException if it is another letter
   */
  public static Axis of(char letter) {
    return switch (letter) {
      case 'h', 'H' -> H;
      case 'k', 'K' -> K;
      case 'l', 'L' -> L;
      default ->
          throw new IllegalArgumentException("axis '" + letter + "', must be 'h', 'k' or 'l'");
    };
  }
}
