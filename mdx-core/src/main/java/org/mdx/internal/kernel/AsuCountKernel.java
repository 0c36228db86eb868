package org.mdx.internal.kernel;

/**
 * Counts points of the subdivided Miller-index grid along lines of constant H and K. Holds the
 * arrays themselves; can be used by several threads. Checks nothing.
 */
public final class AsuCountKernel {
  private final int[] forms;
  private final byte[] table;
  private final double[] b;
  private final double sMin;
  private final double width;
  private final double sMax;

  /**
   * The kernel of one group, one cell and its shells.
   *
   * @param forms as {@link AsuKernel} takes them
   * @param table as {@link AsuKernel} takes it; operator 0 is the identity, so a point is in the
   *     unit where the table has 0
   * @param b B, row-major
   * @param sMin lower limit of the first shell in Å⁻¹
   * @param width of a shell in Å⁻¹
   * @param sMax upper limit of the last shell in Å⁻¹, included
   */
  public AsuCountKernel(
      int[] forms, byte[] table, double[] b, double sMin, double width, double sMax) {
    this.forms = forms;
    this.table = table;
    this.b = b;
    this.sMin = sMin;
    this.width = width;
    this.sMax = sMax;
  }

  /**
   * The parts of a line that lie in the asymmetric unit. The forms f·(H, K, L) keep their signs
   * between the places where one of them passes through zero, so one point decides for each part.
   *
   * @param h H
   * @param k K
   * @param from first L
   * @param to last L; nothing is found if it is below the first
   * @param cuts scratch of 2·(number of forms) + 2 elements
   * @param parts receives first and last L of each part, in rising order; as long as {@code cuts}
   *     times two
   * @return number of parts
   */
  public int parts(int h, int k, int from, int to, int[] cuts, int[] parts) {
    int[] forms = this.forms;
    byte[] table = this.table;
    if (to < from) {
      return 0;
    }
    int n = cuts(h, k, from, to, forms, cuts);
    int found = 0;
    for (int i = 0; i < n; i++) {
      int code = 0;
      for (int f = 0; f < forms.length; f += 3) {
        long v = (long) forms[f] * h + (long) forms[f + 1] * k + (long) forms[f + 2] * cuts[i];
        code = 3 * code + 1 + Long.signum(v);
      }
      if (table[code] == 0) {
        parts[2 * found] = cuts[i];
        parts[2 * found++ + 1] = i + 1 < n ? cuts[i + 1] - 1 : to;
      }
    }
    return found;
  }

  /** The first L of every part with signs of its own, rising, from {@code from} on. */
  private static int cuts(int h, int k, int from, int to, int[] forms, int[] cuts) {
    int n = 1;
    cuts[0] = from;
    for (int f = 0; f < forms.length; f += 3) {
      long c = forms[f + 2];
      if (c != 0) {
        long a = (long) forms[f] * h + (long) forms[f + 1] * k;
        long zero = Math.floorDiv(-a, c);
        n = a + c * zero == 0 ? insert(cuts, n, zero, from, to) : n;
        n = insert(cuts, n, zero + 1, from, to);
      }
    }
    return n;
  }

  private static int insert(int[] cuts, int n, long cut, int from, int to) {
    if (cut <= from || cut > to) {
      return n;
    }
    int i = n;
    while (cuts[i - 1] > cut) {
      i--;
    }
    if (cuts[i - 1] == cut) {
      return n;
    }
    System.arraycopy(cuts, i, cuts, i + 1, n - i);
    cuts[i] = (int) cut;
    return n + 1;
  }

  /**
   * Adds the points of a part of a line to the shells of s = |B·h| that hold them: shell min(⌊(s −
   * sMin)/width⌋, shells − 1) for s from sMin to sMax. With l = L/ndiv, s² = (px + b02·l)² + (py +
   * b12·l)² + (pz + b22·l)².
   *
   * @param p x, y and z of B·(h, k, 0) in Å⁻¹
   * @param from first L
   * @param to last L
   * @param ndiv voxels per unit of l
   * @param count in and out: number of points in each shell
   */
  public void count(double[] p, int from, int to, int ndiv, long[] count) {
    double px = p[0];
    double py = p[1];
    double pz = p[2];
    double b02 = b[2];
    double b12 = b[5];
    double b22 = b[8];
    double sMin = this.sMin;
    double sMax = this.sMax;
    double width = this.width;
    int last = count.length - 1;
    for (int i = from; i <= to; i++) {
      double l = (double) i / ndiv;
      double x = px + b02 * l;
      double y = py + b12 * l;
      double z = pz + b22 * l;
      double s = Math.sqrt(x * x + y * y + z * z);
      if (s >= sMin && s <= sMax) {
        count[Math.min((int) ((s - sMin) / width), last)]++;
      }
    }
  }
}
