package org.mdx.crystal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The asymmetric unit of reciprocal space: one representative of every set of indices that the Laue
 * group makes equivalent. The unit is one of twelve contiguous regions in the reference setting,
 * carried to the crystal's setting by the change of basis. Immutable.
 *
 * <p>Indices may be subdivided: (H, K, L) then stands for (H/ndivH, K/ndivK, L/ndivL), and the
 * region is the same part of reciprocal space whatever the subdivision.
 *
 * <p>Whether an index is inside depends only on the signs of a few linear forms (the planes that
 * bound the unit and its images). {@link #signForms}, {@link #operatorTable} and {@link
 * #operatorMatrices} give what {@code AsuKernel} needs to map millions of rows with one table
 * look-up for each.
 */
public final class ReciprocalAsu {
  private final LaueGroup laue;
  private final LaueClass type;
  private final String[] referenceHkl;
  private final long[][] toReference;
  private final int[] ndiv;
  private final List<int[]> operators;
  private final long[][] forms;
  private final byte[] table;

  private ReciprocalAsu(
      LaueGroup laue, LaueClass type, String[] referenceHkl, long[][] change, int[] ndiv) {
    this.laue = laue;
    this.type = type;
    this.referenceHkl = referenceHkl;
    this.ndiv = ndiv;
    long lcm = 1;
    for (int n : ndiv) {
      lcm = lcm / Triplet.gcd(lcm, n) * n;
    }
    toReference = new long[3][3];
    long g = 0;
    for (int i = 0; i < 9; i++) {
      toReference[i / 3][i % 3] = change[i / 3][i % 3] * (lcm / ndiv[i / 3]);
      g = Triplet.gcd(g, toReference[i / 3][i % 3]);
    }
    for (long[] row : toReference) {
      for (int j = 0; j < 3; j++) {
        row[j] /= g;
      }
    }
    operators = new ArrayList<>();
    for (int n = 0; n < laue.order(); n++) {
      operators.add(requireSubdivided(n));
    }
    forms = allForms();
    table = new byte[power3(forms.length)];
    fillTable();
  }

  /** The unit of a Laue group, given the way from the crystal's setting to the reference one. */
  static ReciprocalAsu of(LaueGroup laue, LaueClass type, ChangeOfBasis toReference) {
    ChangeOfBasis inverse = toReference.inverse();
    long[][] change = new long[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        change[i][j] = inverse.numerator(i, j);
      }
    }
    return new ReciprocalAsu(laue, type, toReference.hkl().split(","), change, new int[] {1, 1, 1});
  }

  /**
   * The same unit for subdivided indices.
   *
   * @param ndivH parts of an index h, 1 to 1000
   * @param ndivK parts of an index k, 1 to 1000
   * @param ndivL parts of an index l, 1 to 1000
   * @return the unit whose integers H, K, L stand for H/ndivH, K/ndivK, L/ndivL
   * @throws IllegalArgumentException if the Laue group does not map such indices onto such indices
   */
  public ReciprocalAsu subdivided(int ndivH, int ndivK, int ndivL) {
    int[] n = {ndivH, ndivK, ndivL};
    for (int i : n) {
      if (i < 1 || i > 1000) {
        throw new IllegalArgumentException(
            "subdivision " + ndivH + "," + ndivK + "," + ndivL + ", each must be 1 to 1000");
      }
    }
    long[][] change = new long[3][3];
    for (int i = 0; i < 9; i++) {
      change[i / 3][i % 3] = toReference[i / 3][i % 3] * ndiv[i / 3];
    }
    return new ReciprocalAsu(laue, type, referenceHkl, change, n);
  }

  private int[] requireSubdivided(int n) {
    int[] s = LaueGroup.subdivided(laue.rotation(n), ndiv);
    if (s == null) {
      throw new IllegalArgumentException(
          "subdivision "
              + ndiv[0]
              + ","
              + ndiv[1]
              + ","
              + ndiv[2]
              + " does not fit Laue group "
              + laue.symbol()
              + ": (h,k,l) -> ("
              + rowText(laue.rotation(n))
              + ") leads to indices between its points; subdivide equally the axes that it mixes");
    }
    return s;
  }

  private static String rowText(int[] r) {
    long[] m = new long[12];
    for (int i = 0; i < 9; i++) {
      m[4 * (i % 3) + i / 3] = r[i];
    }
    return Triplet.format(m, 1, "hkl");
  }

  /** Whether (H, K, L), in long arithmetic, is in the unit. */
  private boolean inside(long h, long k, long l) {
    return type.contains(
        h * toReference[0][0] + k * toReference[1][0] + l * toReference[2][0],
        h * toReference[0][1] + k * toReference[1][1] + l * toReference[2][1],
        h * toReference[0][2] + k * toReference[1][2] + l * toReference[2][2]);
  }

  /**
   * Whether an index is in the unit.
   *
   * @param h index, multiplied by its subdivision
   * @param k index, multiplied by its subdivision
   * @param l index, multiplied by its subdivision
   * @return true for the representative of its equivalents
   */
  public boolean contains(int h, int k, int l) {
    return inside(h, k, l);
  }

  /**
   * An index carried into the asymmetric unit.
   *
   * @param h representative, multiplied by its subdivision
   * @param k representative, multiplied by its subdivision
   * @param l representative, multiplied by its subdivision
   * @param op number of the operator of the Laue group that led there
   */
  public record Mapped(int h, int k, int l, int op) {}

  /**
   * The representative of an index: h·Rₙ for the smallest n that leads into the unit, n in the
   * order of the Laue group's operators.
   *
   * @param h index, multiplied by its subdivision, below 10⁶ in size
   * @param k index, multiplied by its subdivision, below 10⁶ in size
   * @param l index, multiplied by its subdivision, below 10⁶ in size
   * @return representative and operator
   */
  public Mapped map(int h, int k, int l) {
    int n = table[code(h, k, l)];
    int[] r = operators.get(n);
    return new Mapped(
        h * r[0] + k * r[3] + l * r[6],
        h * r[1] + k * r[4] + l * r[7],
        h * r[2] + k * r[5] + l * r[8],
        n);
  }

  /**
   * The Laue group.
   *
   * @return the group whose operators {@link #map} numbers
   */
  public LaueGroup laueGroup() {
    return laue;
  }

  /** All images of the bounding planes under the group, each once, up to positive factors ±. */
  private long[][] allForms() {
    List<long[]> found = new ArrayList<>();
    for (long[] f : type.forms()) {
      long[] c = new long[3];
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          c[i] += toReference[i][j] * f[j];
        }
      }
      for (int[] r : operators) {
        long[] image = new long[3];
        for (int i = 0; i < 3; i++) {
          for (int j = 0; j < 3; j++) {
            image[i] += r[3 * i + j] * c[j];
          }
        }
        long[] p = primitive(image);
        if (found.stream().noneMatch(q -> Arrays.equals(p, q))) {
          found.add(p);
        }
      }
    }
    return found.toArray(new long[0][]);
  }

  private static long[] primitive(long[] v) {
    long g = Triplet.gcd(Triplet.gcd(v[0], v[1]), v[2]);
    long first = v[0] != 0 ? v[0] : v[1] != 0 ? v[1] : v[2];
    long d = first < 0 ? -g : g;
    return new long[] {v[0] / d, v[1] / d, v[2] / d};
  }

  private static int power3(int n) {
    int p = 1;
    for (int i = 0; i < n; i++) {
      p *= 3;
    }
    return p;
  }

  /**
   * Finds the operator for every sign pattern that occurs. The planes cut space into cones; the sum
   * of up to three of the rays in which planes meet lies in each of their faces.
   */
  private void fillTable() {
    List<long[]> rays = new ArrayList<>();
    for (int i = 0; i < forms.length; i++) {
      for (int j = 0; j < i; j++) {
        long[] c = cross(forms[i], forms[j]);
        long[] p = primitive(c);
        if (rays.stream().noneMatch(q -> Arrays.equals(p, q))) {
          rays.add(p);
          rays.add(new long[] {-p[0], -p[1], -p[2]});
        }
      }
    }
    boolean[] done = new boolean[table.length];
    for (int i = 0; i < rays.size(); i++) {
      for (int j = i; j < rays.size(); j++) {
        for (int k = j; k < rays.size(); k++) {
          long[] a = rays.get(i);
          long[] b = rays.get(j);
          long[] c = rays.get(k);
          fill(done, a[0] + b[0] + c[0], a[1] + b[1] + c[1], a[2] + b[2] + c[2]);
        }
      }
    }
  }

  private void fill(boolean[] done, long h, long k, long l) {
    int code = code(h, k, l);
    if (done[code]) {
      return;
    }
    done[code] = true;
    for (int n = 0; n < operators.size(); n++) {
      int[] r = operators.get(n);
      if (inside(
          h * r[0] + k * r[3] + l * r[6],
          h * r[1] + k * r[4] + l * r[7],
          h * r[2] + k * r[5] + l * r[8])) {
        table[code] = (byte) n;
        return;
      }
    }
    throw new IllegalStateException(
        "no operator of " + laue + " maps " + h + "," + k + "," + l + " into the asymmetric unit");
  }

  private static long[] cross(long[] a, long[] b) {
    return new long[] {
      Math.subtractExact(Math.multiplyExact(a[1], b[2]), Math.multiplyExact(a[2], b[1])),
      Math.subtractExact(Math.multiplyExact(a[2], b[0]), Math.multiplyExact(a[0], b[2])),
      Math.subtractExact(Math.multiplyExact(a[0], b[1]), Math.multiplyExact(a[1], b[0]))
    };
  }

  private int code(long h, long k, long l) {
    int code = 0;
    for (long[] f : forms) {
      code = 3 * code + 1 + Long.signum(f[0] * h + f[1] * k + f[2] * l);
    }
    return code;
  }

  /**
   * The linear forms whose signs decide the operator, for {@code AsuKernel}.
   *
   * @return a new array, three factors (of H, K, L) for each form
   */
  public int[] signForms() {
    int[] flat = new int[3 * forms.length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = Math.toIntExact(forms[i / 3][i % 3]);
    }
    return flat;
  }

  /**
   * The operator for each pattern of signs, for {@code AsuKernel}: the place in the table is the
   * number whose ternary digits, the first form's leading, are 0 for negative, 1 for zero, 2 for
   * positive.
   *
   * @return a new array of 3ⁿ operator numbers, n the number of forms
   */
  public byte[] operatorTable() {
    return table.clone();
  }

  /**
   * The operators on (subdivided) indices as rows, for {@code AsuKernel}.
   *
   * @return a new array, nine elements for each operator, row by row
   */
  public int[] operatorMatrices() {
    int[] flat = new int[9 * operators.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = operators.get(i / 9)[i % 9];
    }
    return flat;
  }

  /**
   * The condition for an integral (not subdivided) index as mdx2 writes it, in numexpr's syntax.
   *
   * @return such as {@code (h>=0) & (((l>=h) & (k>h)) | ((l==h) & (k==h)))}
   */
  public String expression() {
    String s =
        type.condition().replaceAll("[hkl0<>=]+", "($0)").replace("and", "&").replace("or", "|");
    if (String.join(",", referenceHkl).equals("h,k,l")) {
      return s;
    }
    StringBuilder b = new StringBuilder();
    for (char c : s.toCharArray()) {
      int i = "hkl".indexOf(c);
      b.append(i < 0 ? String.valueOf(c) : "(" + referenceHkl[i] + ")");
    }
    return b.toString();
  }

  /** The Laue group, the condition and the subdivision. */
  @Override
  public String toString() {
    return laue
        + ": "
        + expression()
        + (Arrays.equals(ndiv, new int[] {1, 1, 1})
            ? ""
            : " subdivided " + ndiv[0] + "," + ndiv[1] + "," + ndiv[2]);
  }
}
