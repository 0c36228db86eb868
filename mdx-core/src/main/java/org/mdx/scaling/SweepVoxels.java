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

  /** Smallest and largest value of a coordinate. */
  record Range(double min, double max) implements Serializable {
    static final Range EMPTY = new Range(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    /** This range and a value; values that are not finite are ignored. */
    Range with(double x) {
      boolean inside = x >= min && x <= max;
      return inside || !Double.isFinite(x) ? this : new Range(Math.min(x, min), Math.max(x, max));
    }

    Range join(Range r) {
      return new Range(Math.min(min, r.min), Math.max(max, r.max));
    }

    /** This range, or that of zero alone where there is no value. */
    Range orZero() {
      return min <= max ? this : new Range(0, 0);
    }
  }

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
