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
  private Values last;

  Terms(int sweeps) {
    last = new Values(new Points[sweeps], new Points[sweeps], new Points[sweeps], null);
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
    /** The points of a grid, the same object as before if they have not changed. */
    private static Points of(TermGrid grid, Points before) {
      if (grid == null
          || before != null
              && before.isFitted == grid.isFitted
              && Arrays.equals(before.values, grid.values)) {
        return before;
      }
      return new Points(grid.axis, grid.values.clone(), grid.isFitted);
    }

    private static Points[] of(TermGrid[] grids, Points... before) {
      Points[] points = new Points[grids.length];
      Arrays.setAll(points, t -> of(grids[t], before[t]));
      return points;
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

  /** A copy of the values as they are now; points that have not changed are those given before. */
  Values now() {
    last =
        new Values(
            Points.of(a, last.a), Points.of(b, last.b), Points.of(c, last.c), Points.of(d, last.d));
    return last;
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
