package org.mdx.internal.kernel;

/**
 * Counts points of the subdivided Miller-index grid along lines of constant H and K. Checks
 * nothing.
 */
public final class AsuCountKernel {
  private AsuCountKernel() {}

  /**
   * The parts of a line that lie in the asymmetric unit. The forms f·(H, K, L) keep their signs
   * between the places where one of them passes through zero, so one point decides for each part.
   *
   * @param h H
   * @param k K
   * @param from first L
   * @param to last L; nothing is found if it is below the first
   * @param forms as {@link AsuKernel#map} takes them
   * @param table as {@link AsuKernel#map} takes it; operator 0 is the identity, so a point is in
   *     the unit where the table has 0
   * @param cuts scratch of 2·(number of forms) + 2 elements
   * @param parts receives first and last L of each part, in rising order; as long as {@code cuts}
   *     times two
   * @return number of parts
   */
  public static int parts(
      int h, int k, int from, int to, int[] forms, byte[] table, int[] cuts, int[] parts) {
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
   * @param px x of B·(h, k, 0) in Å⁻¹
   * @param py y of it
   * @param pz z of it
   * @param b B, row-major
   * @param from first L
   * @param to last L
   * @param ndiv voxels per unit of l
   * @param sMin lower limit of the first shell in Å⁻¹
   * @param width of a shell in Å⁻¹
   * @param sMax upper limit of the last shell in Å⁻¹, included
   * @param count in and out: number of points in each shell
   */
  public static void count(
      double px,
      double py,
      double pz,
      double[] b,
      int from,
      int to,
      int ndiv,
      double sMin,
      double width,
      double sMax,
      long[] count) {
    int last = count.length - 1;
    for (int i = from; i <= to; i++) {
      double l = (double) i / ndiv;
      double x = px + b[2] * l;
      double y = py + b[5] * l;
      double z = pz + b[8] * l;
      double s = Math.sqrt(x * x + y * y + z * z);
      if (s >= sMin && s <= sMax) {
        count[Math.min((int) ((s - sMin) / width), last)]++;
      }
    }
  }
}
