package org.mdx.crystal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A Hall symbol: lattice, generators and change of basis of a space group, read by the rules of
 * Hall (Acta Cryst. A37, 517–525, 1981) and International Tables B, section A1.4.2.3.
 *
 * <p>{@code L N₁ N₂ N₃ N₄ V}: L is the lattice letter (P A B C I R H S T F; with a minus sign for a
 * centre of inversion at the origin), N a rotation of order 1, 2, 3, 4 or 6 (with a minus sign if
 * improper) with its axis (x y z, ' for a − b, " for a + b, * for a + b + c; the usual one if not
 * given), its screw component and translation letters (a b c n u v w d), and V the change of basis,
 * either an origin shift in twelfths, {@code (0 0 4)}, or a triplet, {@code (x-y,x+y,z+1/3)}; the
 * operators S of the symbol before it become V·S·V⁻¹. Letter case, repeated spaces and underscores
 * for spaces do not matter. Immutable.
 */
public final class HallSymbol {
  private final String text;
  private final int end;
  private int at;

  private final List<SymmetryOperator> generators = new ArrayList<>();
  private ChangeOfBasis change = ChangeOfBasis.IDENTITY;
  private int matrices;
  private int previousOrder;
  private char previousAxis = 'z';

  private HallSymbol(String text) {
    this.text = text;
    this.end = text.length();
  }

  /**
   * Reads a symbol.
   *
   * @param symbol such as {@code -P 2ybc} or {@code C 2y (x+y,-x+y,z)}
   * @return the generators and the change of basis in it
   * @throws IllegalArgumentException if it cannot be read, naming the position of the mistake
   */
  public static HallSymbol of(String symbol) {
    HallSymbol h = new HallSymbol(symbol.strip().replace('_', ' '));
    h.read();
    return h;
  }

  /**
   * The generators in the basis before the change: lattice translations first.
   *
   * @return the operations that generate the group, without the unit translations
   */
  public List<SymmetryOperator> generators() {
    return List.copyOf(generators);
  }

  /**
   * The change of basis V at the end of the symbol.
   *
   * @return V, the identity if the symbol has none
   */
  public ChangeOfBasis changeOfBasis() {
    return change;
  }

  private void read() {
    boolean centric = accept('-');
    skip();
    char lattice = next("a lattice letter, one of PABCIRHSTF");
    String[] vectors =
        switch (Character.toUpperCase(lattice)) {
          case 'P' -> new String[0];
          case 'A' -> new String[] {"x,y+1/2,z+1/2"};
          case 'B' -> new String[] {"x+1/2,y,z+1/2"};
          case 'C' -> new String[] {"x+1/2,y+1/2,z"};
          case 'I' -> new String[] {"x+1/2,y+1/2,z+1/2"};
          case 'F' -> new String[] {"x,y+1/2,z+1/2", "x+1/2,y,z+1/2"};
          case 'R' -> new String[] {"x+2/3,y+1/3,z+1/3"};
          case 'S' -> new String[] {"x+1/3,y+1/3,z+2/3"};
          case 'T' -> new String[] {"x+1/3,y+2/3,z+1/3"};
          case 'H' -> new String[] {"x+2/3,y+1/3,z"};
          default -> throw bad(at, "a lattice letter, one of PABCIRHSTF");
        };
    at++;
    for (String v : vectors) {
      generators.add(SymmetryOperator.of(v));
    }
    if (centric) {
      generators.add(SymmetryOperator.of("-x,-y,-z"));
    }
    skip();
    while (at < end && text.charAt(at) != '(') {
      if (matrices == 4) {
        throw bad(at, "a change of basis or the end after four rotations");
      }
      readRotation();
      int before = at;
      skip();
      if (at < end && at == before && text.charAt(at) != '(') {
        throw bad(at, "a translation letter (a b c n u v w d), an axis before it, or a space");
      }
    }
    if (at < end) {
      readChange();
    }
  }

  private void readRotation() {
    int start = at;
    boolean improper = accept('-');
    int order = next("a rotation, one of 1 2 3 4 6") - '0';
    if (order < 1 || order > 6 || order == 5) {
      throw bad(at, "a rotation, one of 1 2 3 4 6");
    }
    at++;
    int screw = readScrew(order);
    char principal = 0;
    if (at < end && "xyzXYZ".indexOf(text.charAt(at)) >= 0) {
      principal = Character.toLowerCase(text.charAt(at++));
    }
    char direction = 0;
    if (at < end && "'\"*".indexOf(text.charAt(at)) >= 0) {
      direction = text.charAt(at++);
    }
    if (screw == 0) {
      screw = readScrew(order);
    }
    if (principal == 0 && direction == 0 && order > 1) {
      if (matrices == 0) {
        principal = 'z';
      } else if (order == 2 && matrices == 1 && previousOrder % 2 == 0 && previousOrder < 6) {
        principal = 'x';
      } else if (order == 2 && matrices == 1 && previousOrder % 3 == 0) {
        direction = '\'';
      } else if (order == 3
          && (matrices == 2 || matrices == 1 && previousOrder % 2 == 0)
          && previousOrder != 6) {
        direction = '*';
      } else {
        throw bad(at, "an axis (x y z ' \" *), as none is implied here");
      }
    }
    if (direction == '*' ? order != 3 : direction != 0 && order != 2) {
      throw bad(start, "order 2 for the axes ' and \", order 3 for *, not order " + order);
    }
    if (screw != 0 && direction != 0) {
      throw bad(start, "translation letters for a diagonal axis, which takes no screw component");
    }
    char axis = principal != 0 ? principal : previousAxis;
    int[] w = rotation(order, axis, direction);
    long[] twelfths = readTranslation();
    if (screw != 0) {
      twelfths[axis - 'x'] += 12L * screw / order;
    }
    generators.add(
        SymmetryOperator.of(improper ? IntMatrix.negative(w) : w, twelfths, 12).reduced());
    matrices++;
    previousOrder = order;
    previousAxis = axis;
  }

  private int readScrew(int order) {
    if (at >= end || !Character.isDigit(text.charAt(at))) {
      return 0;
    }
    int screw = text.charAt(at) - '0';
    if (screw < 1 || screw >= order) {
      throw bad(at, "a screw component of 1 to " + (order - 1) + ", a letter or a space");
    }
    at++;
    return screw;
  }

  private long[] readTranslation() {
    long[] t = new long[3];
    for (; at < end; at++) {
      switch (Character.toLowerCase(text.charAt(at))) {
        case 'a' -> t[0] += 6;
        case 'b' -> t[1] += 6;
        case 'c' -> t[2] += 6;
        case 'u' -> t[0] += 3;
        case 'v' -> t[1] += 3;
        case 'w' -> t[2] += 3;
        case 'n' -> add(t, 6);
        case 'd' -> add(t, 3);
        default -> {
          return t;
        }
      }
    }
    return t;
  }

  private static void add(long[] t, int twelfths) {
    for (int i = 0; i < 3; i++) {
      t[i] += twelfths;
    }
  }

  /** International Tables B, tables A1.4.2.4 to A1.4.2.6. */
  private static int[] rotation(int order, char principal, char direction) {
    if (direction == '*') {
      return new int[] {0, 0, 1, 1, 0, 0, 0, 1, 0};
    }
    int[] z =
        switch (direction) {
          case '\'' -> new int[] {0, -1, 0, -1, 0, 0, 0, 0, -1};
          case '"' -> new int[] {0, 1, 0, 1, 0, 0, 0, 0, -1};
          default ->
              switch (order) {
                case 2 -> new int[] {-1, 0, 0, 0, -1, 0, 0, 0, 1};
                case 3 -> new int[] {0, -1, 0, 1, -1, 0, 0, 0, 1};
                case 4 -> new int[] {0, -1, 0, 1, 0, 0, 0, 0, 1};
                case 6 -> new int[] {1, -1, 0, 1, 0, 0, 0, 0, 1};
                default -> SymmetryOperator.UNIT.clone();
              };
        };
    // the axes of x and y follow by cyclic permutation
    int shift = (principal - 'x' + 1) % 3;
    int[] w = new int[9];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        w[3 * ((i + shift) % 3) + (j + shift) % 3] = z[3 * i + j];
      }
    }
    return w;
  }

  private void readChange() {
    int open = at;
    int close = text.indexOf(')', open);
    if (close < 0) {
      throw bad(end, "a closing parenthesis");
    }
    String inside = text.substring(open + 1, close).strip();
    at = close + 1;
    skip();
    if (at < end) {
      throw bad(at, "the end after the change of basis");
    }
    if (inside.indexOf(',') >= 0) {
      change = ChangeOfBasis.of("Hall symbol", text, open + 1, close);
      return;
    }
    String[] twelfths = inside.split("\\s+");
    if (twelfths.length != 3) {
      throw bad(open, "three integers, (0 0 1), or a triplet, (x,y,z+1/12)");
    }
    long[] t = new long[3];
    for (int i = 0; i < 3; i++) {
      if (!twelfths[i].matches("[+-]?[0-9]{1,3}")) {
        throw bad(open, "three integers up to 999 in the origin shift, not " + twelfths[i]);
      }
      t[i] = Long.parseLong(twelfths[i]);
    }
    change = ChangeOfBasis.IDENTITY.shifted(t, 12);
  }

  private boolean accept(char c) {
    if (at < end && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private char next(String expected) {
    if (at >= end) {
      throw bad(at, expected);
    }
    return text.charAt(at);
  }

  private void skip() {
    while (at < end && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException bad(int position, String expected) {
    String found = position < end ? "'" + text.charAt(position) + "'" : "the end";
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "Hall symbol \"%s\", position %d: expected %s, found %s",
            text,
            position + 1,
            expected,
            found));
  }

  /** The symbol as it was given, without surrounding space. */
  @Override
  public String toString() {
    return text;
  }
}
