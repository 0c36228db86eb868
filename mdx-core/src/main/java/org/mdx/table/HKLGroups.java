package org.mdx.table;

import java.util.Arrays;
import org.mdx.internal.kernel.GroupKernel;

/**
 * The rows of a table gathered by voxel. Groups are numbered in rising order of (H, K, L); within a
 * group rows keep the order of the table. Immutable.
 *
 * <p>The rows of group g are {@code row(i)} for i from {@code start(g)} to {@code start(g + 1) −
 * 1}.
 */
public final class HKLGroups {
  private final int[] h;
  private final int[] k;
  private final int[] l;
  private final int[] order;
  private final int[] start;

  private HKLGroups(int[] h, int[] k, int[] l, int[] order, int[] start) {
    this.h = h;
    this.k = k;
    this.l = l;
    this.order = order;
    this.start = start;
  }

  /** Groups rows by arrays that nobody may change afterwards. */
  static HKLGroups of(int[] h, int[] k, int[] l) {
    int rows = h.length;
    if (rows == 0) {
      return new HKLGroups(h, k, l, new int[0], new int[1]);
    }
    int[] hr = GroupKernel.range(h);
    int[] kr = GroupKernel.range(k);
    int[] lr = GroupKernel.range(l);
    long nh = (long) hr[1] - hr[0] + 1;
    long nk = (long) kr[1] - kr[0] + 1;
    long nl = (long) lr[1] - lr[0] + 1;
    long most = Math.min(4L * rows + (1 << 16), Integer.MAX_VALUE - 8);
    int[] origin = {hr[0], kr[0], lr[0]};
    int[] order = new int[rows];
    int[] start = new int[rows + 1];
    int groups;
    if (nh <= most && nk <= most && nh * nk < most && nl <= most) {
      int[] cursor = new int[(int) (nh * nk) + 1];
      long[] packed = new long[rows];
      GroupKernel.countPencils(h, k, origin, (int) nk, cursor);
      GroupKernel.scatter(h, k, l, origin, (int) nk, cursor, packed);
      groups = orderPencils(cursor, packed, new int[(int) nl], order, start);
    } else {
      order = radixOrder(h, k, l, origin);
      groups = GroupKernel.heads(h, k, l, order, start);
    }
    start[groups] = rows;
    return new HKLGroups(h, k, l, order, Arrays.copyOf(start, groups + 1));
  }

  private static int orderPencils(int[] end, long[] packed, int[] count, int[] order, int[] start) {
    int groups = 0;
    int from = 0;
    for (int c = 0; c < end.length - 1; c++) {
      if (end[c] > from) {
        groups = GroupKernel.orderPencil(packed, from, end[c], count, order, start, groups);
        from = end[c];
      }
    }
    return groups;
  }

  private static int[] radixOrder(int[] h, int[] k, int[] l, int[] origin) {
    int[] a = new int[h.length];
    for (int i = 0; i < a.length; i++) {
      a[i] = i;
    }
    int[] b = new int[h.length];
    int[][] keys = {h, k, l};
    for (int axis = 2; axis >= 0; axis--) {
      GroupKernel.radixPass(keys[axis], origin[axis], 0, a, b);
      GroupKernel.radixPass(keys[axis], origin[axis], 16, b, a);
    }
    return a;
  }

  /**
   * Number of groups.
   *
   * @return how many different voxels there are
   */
  public int count() {
    return start.length - 1;
  }

  /**
   * Number of rows in all groups.
   *
   * @return rows of the table
   */
  public int rows() {
    return order.length;
  }

  /**
   * Place of a group's first row.
   *
   * @param group 0 to count; count gives the number of rows
   * @return a place for {@link #row}
   */
  public int start(int group) {
    return start[group];
  }

  /**
   * Number of rows of a group.
   *
   * @param group 0 to count − 1
   * @return 1 or more
   */
  public int size(int group) {
    return start[group + 1] - start[group];
  }

  /**
   * Number of rows of the largest group.
   *
   * @return 0 if there is no group
   */
  public int largest() {
    int most = 0;
    for (int g = 0; g < count(); g++) {
      most = Math.max(most, size(g));
    }
    return most;
  }

  /**
   * A row in the order of groups.
   *
   * @param place 0 to rows − 1
   * @return number of the row in the table
   */
  public int row(int place) {
    return order[place];
  }

  /**
   * The voxel of a group.
   *
   * @param group 0 to count − 1
   * @return H
   */
  public int h(int group) {
    return h[order[start[group]]];
  }

  /**
   * The voxel of a group.
   *
   * @param group 0 to count − 1
   * @return K
   */
  public int k(int group) {
    return k[order[start[group]]];
  }

  /**
   * The voxel of a group.
   *
   * @param group 0 to count − 1
   * @return L
   */
  public int l(int group) {
    return l[order[start[group]]];
  }

  /**
   * The group of a voxel, by bisection.
   *
   * @param atH H
   * @param atK K
   * @param atL L
   * @return its number, or −1 if no row belongs to it
   */
  public int find(int atH, int atK, int atL) {
    int lo = 0;
    int hi = count() - 1;
    while (lo <= hi) {
      int mid = (lo + hi) >>> 1;
      int c = compare(mid, atH, atK, atL);
      if (c == 0) {
        return mid;
      } else if (c < 0) {
        lo = mid + 1;
      } else {
        hi = mid - 1;
      }
    }
    return -1;
  }

  /** Sign of the voxel of a group minus another voxel, in the order of groups. */
  int compare(int group, int atH, int atK, int atL) {
    int row = order[start[group]];
    int c = Integer.compare(h[row], atH);
    if (c == 0) {
      c = Integer.compare(k[row], atK);
    }
    return c != 0 ? c : Integer.compare(l[row], atL);
  }

  /**
   * All rows in the order of groups.
   *
   * @return a new array of row numbers
   */
  public int[] order() {
    return order.clone();
  }

  @Override
  public String toString() {
    return "HKLGroups[" + rows() + " rows in " + count() + " voxels, up to " + largest() + "]";
  }
}
