package org.mdx.internal.kernel;

/**
 * Maps Miller indices into the asymmetric unit of reciprocal space. Holds the arrays themselves;
 * can be used by several threads.
 */
public final class AsuKernel {
  private final int[] forms;
  private final byte[] table;
  private final int[] matrices;

  /**
   * The kernel of one group. The operator of an index follows from the signs of the forms f·(H, K,
   * L): their ternary digits (0 negative, 1 zero, 2 positive; the first form leads) are the place
   * of its number in the table.
   *
   * @param forms three factors for each form
   * @param table operator number for each pattern of signs
   * @param matrices nine elements for each operator, row by row
   */
  public AsuKernel(int[] forms, byte[] table, int[] matrices) {
    this.forms = forms;
    this.table = table;
    this.matrices = matrices;
  }

  /**
   * Replaces (H, K, L) by (H, K, L)·Rₙ, a row times a matrix, and stores n. Does not check; rows
   * are independent of each other, so ranges can run in parallel.
   *
   * @param h in and out
   * @param k in and out
   * @param l in and out
   * @param op out: operator number of each row
   * @param from first row
   * @param to one past the last row
   */
  public void map(int[] h, int[] k, int[] l, int[] op, int from, int to) {
    int[] forms = this.forms;
    byte[] table = this.table;
    int[] matrices = this.matrices;
    for (int i = from; i < to; i++) {
      int a = h[i];
      int b = k[i];
      int c = l[i];
      int code = 0;
      for (int f = 0; f < forms.length; f += 3) {
        long v = (long) forms[f] * a + (long) forms[f + 1] * b + (long) forms[f + 2] * c;
        code = 3 * code + 1 + Long.signum(v);
      }
      int n = table[code];
      int m = 9 * n;
      h[i] = a * matrices[m] + b * matrices[m + 3] + c * matrices[m + 6];
      k[i] = a * matrices[m + 1] + b * matrices[m + 4] + c * matrices[m + 7];
      l[i] = a * matrices[m + 2] + b * matrices[m + 5] + c * matrices[m + 8];
      op[i] = n;
    }
  }
}
