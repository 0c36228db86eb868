package org.mdx.scaling;

import java.io.Serializable;

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
