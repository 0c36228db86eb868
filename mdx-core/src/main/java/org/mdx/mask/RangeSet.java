package org.mdx.mask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Ranges of resolution made one set, so that it is quick to find out whether it has a value. */
final class RangeSet {
  private final double[] starts;
  private final double[] ends;

  private RangeSet(List<ResolutionRange> disjoint) {
    starts = disjoint.stream().mapToDouble(ResolutionRange::dMin).toArray();
    ends = disjoint.stream().mapToDouble(ResolutionRange::dMax).toArray();
  }

  static RangeSet of(List<ResolutionRange> ranges) {
    List<ResolutionRange> disjoint = new ArrayList<>();
    ResolutionRange last = null;
    for (ResolutionRange r :
        ranges.stream().sorted(Comparator.comparingDouble(ResolutionRange::dMin)).toList()) {
      if (last != null && r.dMin() <= last.dMax()) {
        last = new ResolutionRange(last.dMin(), Math.max(last.dMax(), r.dMax()));
        disjoint.set(disjoint.size() - 1, last);
      } else {
        last = r;
        disjoint.add(r);
      }
    }
    return new RangeSet(disjoint);
  }

  /** Whether a range holds d, its limits included. */
  boolean contains(double d) {
    int i = Arrays.binarySearch(starts, d);
    int range = i >= 0 ? i : -i - 2;
    return range >= 0 && d <= ends[range];
  }
}
