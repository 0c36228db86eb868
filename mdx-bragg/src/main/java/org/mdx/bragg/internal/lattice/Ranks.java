package org.mdx.bragg.internal.lattice;

import java.util.Arrays;

/** A number by its rank, without sorting the others. */
final class Ranks {
  /** So few are sorted. */
  private static final int FEW = 32;

  private Ranks() {}

  /**
   * What would stand at length/2 if the numbers were sorted.
   *
   * @param a at least one number, none of them NaN; their order changes
   */
  static double middle(double[] a) {
    int rank = a.length / 2;
    int low = 0;
    int high = a.length - 1;
    while (high - low > FEW) {
      double pivot = median(a[low], a[(low + high) >>> 1], a[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (a[i] < pivot) {
          i++;
        }
        while (a[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double t = a[i];
          a[i++] = a[j];
          a[j--] = t;
        }
      }
      if (rank <= j) {
        high = j;
      } else if (rank >= i) {
        low = i;
      } else {
        return a[rank];
      }
    }
    Arrays.sort(a, low, high + 1);
    return a[rank];
  }

  private static double median(double x, double y, double z) {
    return Math.max(Math.min(x, y), Math.min(Math.max(x, y), z));
  }
}
