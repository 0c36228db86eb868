package org.mdx.table;

import it.unimi.dsi.fastutil.ints.Int2LongOpenHashMap;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How many rows lie in each plane of equal H. Immutable. */
public final class PlaneCounts implements Serializable {
  private static final long serialVersionUID = 1;

  /** No rows at all. */
  public static final PlaneCounts NONE = new PlaneCounts(new int[0], new long[0]);

  private final int[] planes;
  private final long[] rows;

  private PlaneCounts(int[] planes, long[] rows) {
    this.planes = planes;
    this.rows = rows;
  }

  /**
   * Neighbouring planes.
   *
   * @param fromH first H
   * @param toH last H
   * @param rows that lie in them
   */
  public record Range(int fromH, int toH, long rows) {}

  /**
   * Counts the rows of a table.
   *
   * @param table to count
   * @return the counts
   */
  public static PlaneCounts of(HKLTable table) {
    Int2LongOpenHashMap counts = new Int2LongOpenHashMap();
    for (int h : table.h().array()) {
      counts.addTo(h, 1);
    }
    return of(counts);
  }

  private static PlaneCounts of(Int2LongOpenHashMap counts) {
    int[] planes = counts.keySet().toIntArray();
    Arrays.sort(planes);
    return new PlaneCounts(planes, Arrays.stream(planes).mapToLong(counts::get).toArray());
  }

  /**
   * These and other rows together.
   *
   * @param other to add
   * @return the sums
   */
  public PlaneCounts plus(PlaneCounts other) {
    Int2LongOpenHashMap counts = new Int2LongOpenHashMap();
    for (PlaneCounts part : List.of(this, other)) {
      for (int i = 0; i < part.planes.length; i++) {
        counts.addTo(part.planes[i], part.rows[i]);
      }
    }
    return of(counts);
  }

  /**
   * Planes that have rows.
   *
   * @return their H in rising order, a new array
   */
  public int[] planes() {
    return planes.clone();
  }

  /**
   * Rows of a plane.
   *
   * @param h any
   * @return 0 or more
   */
  public long rows(int h) {
    int i = Arrays.binarySearch(planes, h);
    return i < 0 ? 0 : rows[i];
  }

  /**
   * Rows of all planes.
   *
   * @return the total
   */
  public long total() {
    return Arrays.stream(rows).sum();
  }

  /**
   * Cuts one of n parts with about as many rows each into ranges that are as large as allowed. A
   * plane is not cut: one that has more rows makes a range of its own. All parts together hold
   * every plane once.
   *
   * @param part 1 to parts
   * @param parts 1 or more
   * @param mostRows rows of a range, 1 or more
   * @return ranges in rising order, none where the part is empty
   * @throws IllegalArgumentException if there is no such part, or no row is allowed
   */
  public List<Range> ranges(int part, int parts, long mostRows) {
    if (mostRows < 1) {
      throw new IllegalArgumentException("ranges of " + mostRows + " rows, must be 1 or more");
    }
    if (parts < 1 || part < 1 || part > parts) {
      throw new IllegalArgumentException(
          "part " + part + " of " + parts + ", must be 1 to " + parts);
    }
    List<Range> out = new ArrayList<>();
    int end = cut(part, parts);
    int from = cut(part - 1, parts);
    long sum = 0;
    for (int i = from; i < end; i++) {
      if (i > from && sum + rows[i] > mostRows) {
        out.add(new Range(planes[from], planes[i - 1], sum));
        from = i;
        sum = 0;
      }
      sum += rows[i];
    }
    if (from < end) {
      out.add(new Range(planes[from], planes[end - 1], sum));
    }
    return out;
  }

  /** The number of planes before which a share of all rows lies. */
  private int cut(int part, int parts) {
    double share = (double) total() * part / parts;
    long sum = 0;
    int i = 0;
    while (i < planes.length && (part == parts || sum + rows[i] / 2.0 < share)) {
      sum += rows[i++];
    }
    return i;
  }

  @Override
  public String toString() {
    return "PlaneCounts[" + total() + " rows in " + planes.length + " planes]";
  }
}
