package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.List;

/** Longest cell edges to search for where few spots show too few neighbours to tell it. */
final class LongestEdges {
  private static final double LONGER = 2.5;

  /** Å; so few spots do not show longer edges. */
  private static final double LONGEST_OF_FEW = 100;

  /** Edges, Å, that are tried if those that the spots show give no good lattice. */
  private static final double[] OTHERS = {150, 60, 250, 400};

  /** Logarithm of the ratio of edges below which a search would be repeated. */
  private static final double ALIKE = 0.25;

  private LongestEdges() {}

  /** What is tried in any case beside the edge that the spots show, 0 for nothing. */
  static double longer(double longest) {
    double longer = Math.min(LONGER * longest, LONGEST_OF_FEW);
    return longer > longest ? longer : 0;
  }

  /** What is tried if that gives no good lattice. */
  static List<Double> others(double longest) {
    double longer = Math.max(longest, longer(longest));
    List<Double> others = new ArrayList<>();
    for (double edge : OTHERS) {
      boolean tried =
          Math.abs(Math.log(edge / longest)) < ALIKE || Math.abs(Math.log(edge / longer)) < ALIKE;
      if (!tried) {
        others.add(edge);
      }
    }
    return others;
  }
}
