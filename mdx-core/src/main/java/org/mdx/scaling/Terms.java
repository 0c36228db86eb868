package org.mdx.scaling;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.mdx.internal.normal.TermGrid;

/** The terms while they are refined: of each sweep, d of all; null where one is not refined. */
final class Terms {

  /** The kinds of terms. */
  enum Kind {
    A,
    B,
    C,
    D
  }

  /** Observations of a sample for each control point, and its least number of observations. */
  private static final long ENOUGH = 16;

  private static final long FEWEST = 200_000;

  final TermGrid[] a;
  final TermGrid[] b;
  final TermGrid[] c;
  TermGrid d;

  Terms(int sweeps) {
    a = new TermGrid[sweeps];
    b = new TermGrid[sweeps];
    c = new TermGrid[sweeps];
  }

  /** Every term that is refined. */
  List<TermGrid> all() {
    return Stream.of(a, b, c, new TermGrid[] {d})
        .flatMap(Arrays::stream)
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * One voxel in how many is enough for a first round: so that there are still some observations
   * for each control point.
   *
   * @param observations that there are
   * @return 1 if all are needed
   */
  int sampling(long observations) {
    long points = all().stream().mapToLong(grid -> grid.values.length).sum();
    return (int) Math.max(1, observations / Math.max(FEWEST, ENOUGH * points));
  }

  /** The control points of one term and their values at one moment; not to be changed. */
  record Points(double[] axis, double[] values, boolean isFitted) implements Serializable {
    private static Points of(TermGrid grid) {
      return grid == null ? null : new Points(grid.axis, grid.values.clone(), grid.isFitted);
    }

    private static Points[] of(TermGrid... grids) {
      return Arrays.stream(grids).map(Points::of).toArray(Points[]::new);
    }
  }

  /** The values of all terms at one moment; null where a term is not refined. */
  record Values(Points[] a, Points[] b, Points[] c, Points d) implements Serializable {
    Points points(Kind kind, int sweep) {
      return switch (kind) {
        case A -> a[sweep];
        case B -> b[sweep];
        case C -> c[sweep];
        case D -> d;
      };
    }
  }

  /** A copy of the values as they are now. */
  Values now() {
    return new Values(Points.of(a), Points.of(b), Points.of(c), Points.of(d));
  }

  TermGrid grid(Kind kind, int sweep) {
    return switch (kind) {
      case A -> a[sweep];
      case B -> b[sweep];
      case C -> c[sweep];
      case D -> d;
    };
  }
}
