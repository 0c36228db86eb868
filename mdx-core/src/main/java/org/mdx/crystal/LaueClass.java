package org.mdx.crystal;

/**
 * The Laue classes, the trigonal one with mirror planes in its two positions, and the asymmetric
 * unit of reciprocal space in the reference setting of each: the twelve contiguous units that cctbx
 * uses (International Tables B, section 1.4, and R. W. Grosse-Kunstleve's {@code sgtbx}).
 */
enum LaueClass {
  TRICLINIC("-1", "l>0 or (l==0 and (h>0 or (h==0 and k>=0)))"),
  MONOCLINIC("2/m", "k>=0 and (l>0 or (l==0 and h>=0))"),
  ORTHORHOMBIC("mmm", "h>=0 and k>=0 and l>=0"),
  TETRAGONAL_LOW("4/m", "l>=0 and ((h>=0 and k>0) or (h==0 and k==0))"),
  TETRAGONAL_HIGH("4/mmm", "h>=k and k>=0 and l>=0"),
  TRIGONAL_LOW("-3", "(h>=0 and k>0) or (h==0 and k==0 and l>=0)"),
  TRIGONAL_1M("-3m", "h>=k and k>=0 and (k>0 or l>=0)"),
  TRIGONAL_M1("-3m", "h>=k and k>=0 and (h>k or l>=0)"),
  HEXAGONAL_LOW("6/m", "l>=0 and ((h>=0 and k>0) or (h==0 and k==0))"),
  HEXAGONAL_HIGH("6/mmm", "h>=k and k>=0 and l>=0"),
  CUBIC_LOW("m-3", "h>=0 and ((l>=h and k>h) or (l==h and k==h))"),
  CUBIC_HIGH("m-3m", "k>=l and l>=h and h>=0");

  private final String symbol;
  private final String condition;

  LaueClass(String symbol, String condition) {
    this.symbol = symbol;
    this.condition = condition;
  }

  String symbol() {
    return symbol;
  }

  /** The asymmetric unit in words: comparisons of h, k, l with {@code and} and {@code or}. */
  String condition() {
    return condition;
  }

  /** The class of a space group number from 1 to 230. */
  static LaueClass of(int number) {
    int[] last = {2, 15, 74, 88, 142, 148, 167, 176, 194, 206, 230};
    LaueClass[] classes = {
      TRICLINIC,
      MONOCLINIC,
      ORTHORHOMBIC,
      TETRAGONAL_LOW,
      TETRAGONAL_HIGH,
      TRIGONAL_LOW,
      TRIGONAL_M1,
      HEXAGONAL_LOW,
      HEXAGONAL_HIGH,
      CUBIC_LOW,
      CUBIC_HIGH
    };
    switch (number) {
      case 149, 151, 153, 157, 159, 162, 163 -> {
        return TRIGONAL_1M;
      }
      default -> {
        int i = 0;
        while (number > last[i]) {
          i++;
        }
        return classes[i];
      }
    }
  }

  /** Whether an index of the reference setting, or a positive multiple of it, is in the unit. */
  boolean contains(long h, long k, long l) {
    return switch (this) {
      case TRICLINIC -> l > 0 || (l == 0 && (h > 0 || (h == 0 && k >= 0)));
      case MONOCLINIC -> k >= 0 && (l > 0 || (l == 0 && h >= 0));
      case ORTHORHOMBIC -> h >= 0 && k >= 0 && l >= 0;
      case TETRAGONAL_LOW, HEXAGONAL_LOW -> l >= 0 && ((h >= 0 && k > 0) || (h == 0 && k == 0));
      case TETRAGONAL_HIGH, HEXAGONAL_HIGH -> h >= k && k >= 0 && l >= 0;
      case TRIGONAL_LOW -> (h >= 0 && k > 0) || (h == 0 && k == 0 && l >= 0);
      case TRIGONAL_1M -> h >= k && k >= 0 && (k > 0 || l >= 0);
      case TRIGONAL_M1 -> h >= k && k >= 0 && (h > k || l >= 0);
      case CUBIC_LOW -> h >= 0 && ((l >= h && k > h) || (l == h && k == h));
      case CUBIC_HIGH -> k >= l && l >= h && h >= 0;
    };
  }

  /** The linear forms, three factors each, whose signs decide {@link #contains}. */
  long[][] forms() {
    long[] h = {1, 0, 0};
    long[] k = {0, 1, 0};
    long[] l = {0, 0, 1};
    return switch (this) {
      case TRICLINIC, MONOCLINIC, ORTHORHOMBIC, TETRAGONAL_LOW, HEXAGONAL_LOW, TRIGONAL_LOW ->
          new long[][] {h, k, l};
      case TETRAGONAL_HIGH, HEXAGONAL_HIGH, TRIGONAL_1M, TRIGONAL_M1 ->
          new long[][] {{1, -1, 0}, k, l};
      case CUBIC_LOW -> new long[][] {h, {-1, 0, 1}, {-1, 1, 0}};
      case CUBIC_HIGH -> new long[][] {{0, 1, -1}, {-1, 0, 1}, h};
    };
  }
}
