package org.mdx.scaling;

import java.io.Serializable;
import java.util.Arrays;
import org.mdx.table.Subdivision;

/** The voxels of every sweep, which must be known before the observations of all go into blocks. */
final class SweepVoxels {
  final Subdivision ndiv;

  /** The sweep's voxels, rising. */
  final long[] key;

  /** Valid observations of each. */
  final int[] valid;

  /** Number of each among those voxels of all sweeps that take part, or −1. */
  final int[] number;

  final long rows;
  final long invalid;
  final int panels;

  /** Whether the table tells how variances follow the intensity. */
  final boolean hasVariances;

  /** Of the coordinates. */
  final Ranges ranges;

  /** Smallest and largest value of each coordinate. */
  record Ranges(Range phi, Range s, Range ix, Range iy) implements Serializable {}

  SweepVoxels(
      Subdivision ndiv,
      long[] key,
      int[] valid,
      long rows,
      int panels,
      boolean hasVariances,
      Ranges ranges) {
    this.ndiv = ndiv;
    this.key = key;
    this.valid = valid;
    this.number = new int[key.length];
    this.rows = rows;
    this.invalid = rows - Arrays.stream(valid).asLongStream().sum();
    this.panels = panels;
    this.hasVariances = hasVariances;
    this.ranges = ranges;
  }

  /** First of the sweep's voxels that is not below a key. */
  int lowerBound(long k) {
    int at = Arrays.binarySearch(key, k);
    return at >= 0 ? at : -at - 1;
  }

  /** Valid observations in some of the sweep's voxels, of those that take part. */
  int count(int firstGroup, int endGroup) {
    int n = 0;
    for (int g = firstGroup; g < endGroup; g++) {
      n += number[g] >= 0 ? valid[g] : 0;
    }
    return n;
  }
}
