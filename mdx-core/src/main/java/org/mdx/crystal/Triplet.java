package org.mdx.crystal;

/**
 * Coordinate triplets as text: {@code -y,x-y,z+1/3}. A map x' = M·x + t with rational elements, as
 * twelve integers over one denominator: for each row three factors and the translation.
 */
final class Triplet {
  /** No factor, translation or common denominator of a triplet may be beyond this. */
  private static final int LIMIT = 5040;

  private final String kind;
  private final String text;
  private final int end;
  private final String letters;
  private int at;

  private Triplet(String kind, String text, int from, int to, String letters) {
    this.kind = kind;
    this.text = text;
    this.at = from;
    this.end = to;
    this.letters = letters;
  }

  /** A parsed triplet: element 4·row + column of a 3 × 4 matrix is numerators/denominator. */
  record Value(long[] numerators, long denominator) {}

  /**
   * Reads a triplet.
   *
   * @param text three sums separated by commas
   * @param letters the three names, such as {@code xyz}
   * @return its elements
   * @throws IllegalArgumentException if it cannot be read, naming the position
   */
  static Value parse(String text, String letters) {
    return parse("triplet", text, 0, text.length(), letters);
  }

  /** The same for a part of a text, which a message calls {@code kind} and shows in full. */
  static Value parse(String kind, String text, int from, int to, String letters) {
    return new Triplet(kind, text, from, to, letters).read();
  }

  /**
   * Writes a triplet.
   *
   * @param n twelve numerators
   * @param den their denominator
   * @param letters the three names
   * @return such as {@code -y,x-y,z+1/3}
   */
  static String format(long[] n, long den, String letters) {
    StringBuilder all = new StringBuilder();
    for (int row = 0; row < 3; row++) {
      StringBuilder s = new StringBuilder();
      for (int col = 0; col < 4; col++) {
        long v = n[4 * row + col];
        if (v == 0) {
          continue;
        }
        s.append(v < 0 ? "-" : s.length() > 0 ? "+" : "");
        long g = gcd(v, den);
        long top = Math.abs(v) / g;
        long bottom = den / g;
        String fraction = bottom == 1 ? Long.toString(top) : top + "/" + bottom;
        if (col == 3) {
          s.append(fraction);
        } else {
          s.append(fraction.equals("1") ? "" : fraction + "*").append(letters.charAt(col));
        }
      }
      all.append(row > 0 ? "," : "").append(s.length() == 0 ? "0" : s);
    }
    return all.toString();
  }

  /** Greatest common divisor, never negative. */
  static long gcd(long a, long b) {
    long x = Math.abs(a);
    long y = Math.abs(b);
    while (y != 0) {
      long r = x % y;
      x = y;
      y = r;
    }
    return x;
  }

  private Value read() {
    long[] top = new long[12];
    long[] bottom = new long[12];
    java.util.Arrays.fill(bottom, 1);
    for (int row = 0; row < 3; row++) {
      readSum(top, bottom, 4 * row);
      if (row < 2) {
        skip();
        if (at >= end || text.charAt(at) != ',') {
          throw bad("a comma");
        }
        at++;
      }
    }
    skip();
    if (at < end) {
      throw bad("the end");
    }
    long den = 1;
    for (long b : bottom) {
      den = den / gcd(den, b) * b;
      if (den > LIMIT) {
        throw bad("a common denominator up to " + LIMIT);
      }
    }
    long[] n = new long[12];
    for (int i = 0; i < 12; i++) {
      n[i] = top[i] * (den / bottom[i]);
    }
    return new Value(n, den);
  }

  private void readSum(long[] top, long[] bottom, int base) {
    int terms = 0;
    while (true) {
      skip();
      if (at >= end || text.charAt(at) == ',') {
        if (terms == 0) {
          throw bad("a term such as -x or 1/2");
        }
        return;
      }
      int sign = 1;
      char c = text.charAt(at);
      if (c == '+' || c == '-') {
        sign = c == '-' ? -1 : 1;
        at++;
        skip();
      } else if (terms > 0) {
        throw bad("+, - or a comma");
      }
      readTerm(top, bottom, base, sign);
      terms++;
    }
  }

  private void readTerm(long[] top, long[] bottom, int base, int sign) {
    long num = 1;
    long den = 1;
    boolean number = false;
    if (at < end && Character.isDigit(text.charAt(at))) {
      number = true;
      num = integer();
      if (accept('.')) {
        int first = at;
        num = num * pow10(decimals()) + Long.parseLong(text.substring(first, at));
        den = pow10(at - first);
      }
      den *= divisor();
      accept('*');
    }
    int column = at < end ? letters.indexOf(Character.toLowerCase(text.charAt(at))) : -1;
    if (column >= 0) {
      at++;
      den *= divisor();
    } else if (number) {
      column = 3;
    } else {
      throw bad("one of " + letters + " or a number");
    }
    int i = base + column;
    long n = top[i] * den + sign * num * bottom[i];
    long d = bottom[i] * den;
    long g = Math.max(1, gcd(n, d));
    top[i] = n / g;
    bottom[i] = d / g;
    if (Math.abs(top[i]) > LIMIT || bottom[i] > LIMIT) {
      throw bad("numbers up to " + LIMIT);
    }
  }

  private long divisor() {
    if (!accept('/')) {
      return 1;
    }
    int start = at;
    long d = integer();
    if (d == 0) {
      at = start;
      throw bad("a denominator above 0");
    }
    return d;
  }

  private int decimals() {
    int start = at;
    while (at < end && Character.isDigit(text.charAt(at)) && at - start < 3) {
      at++;
    }
    if (at == start) {
      throw bad("one to three decimals");
    }
    return at - start;
  }

  private static long pow10(int n) {
    return n == 0 ? 1 : 10 * pow10(n - 1);
  }

  private long integer() {
    int start = at;
    while (at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start || at - start > 4) {
      at = start;
      throw bad("an integer up to " + LIMIT);
    }
    return Long.parseLong(text.substring(start, at));
  }

  private boolean accept(char c) {
    skip();
    if (at < end && text.charAt(at) == c) {
      at++;
      skip();
      return true;
    }
    return false;
  }

  private void skip() {
    while (at < end && (text.charAt(at) == ' ' || text.charAt(at) == '_')) {
      at++;
    }
  }

  private IllegalArgumentException bad(String expected) {
    String found = at < end ? "'" + text.charAt(at) + "'" : "the end";
    return new IllegalArgumentException(
        "triplet \""
            + text
            + "\", position "
            + (at + 1)
            + ": expected "
            + expected
            + ", found "
            + found);
  }
}
