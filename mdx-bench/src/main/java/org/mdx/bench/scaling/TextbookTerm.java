package org.mdx.bench.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.math.GridAxis;
import org.mdx.scale.ControlGrid;

/** A term of a scaling model whose equations are written out in full. */
final class TextbookTerm {
  final double[] values;
  private final double[] axis;
  private final int[] shape;

  /** On the points of another grid, with equal values. */
  TextbookTerm(ControlGrid like, double start) {
    List<GridAxis> axes = like.axes();
    axis = new double[3 * axes.size()];
    shape = new int[axes.size()];
    for (int a = 0; a < shape.length; a++) {
      GridAxis g = axes.get(a);
      shape[a] = g.size();
      axis[3 * a] = g.get(0);
      axis[3 * a + 1] = (g.size() - 1) / (g.get(g.size() - 1) - g.get(0));
      axis[3 * a + 2] = g.size();
    }
    values = new double[like.size()];
    Arrays.fill(values, start);
  }

  /** The term at a place. */
  double at(double... place) {
    return row(place).times(values);
  }

  /** Weights of the points around a place. */
  SparseRow row(double... place) {
    return SparseRow.around(axis, place);
  }

  /** Second differences along an axis. */
  List<SparseRow> differences(int along) {
    List<SparseRow> rows = new ArrayList<>();
    for (int p = 0; p < values.length; p++) {
      int step = step(along);
      int i = p / step % shape[along];
      if (i > 0 && i < shape[along] - 1) {
        rows.add(new SparseRow(new int[] {p - step, p, p + step}, new double[] {-0.5, 1, -0.5}));
      }
    }
    return rows;
  }

  /** Each value less the mean of its neighbours along the first two axes. */
  List<SparseRow> laplacian() {
    List<SparseRow> rows = new ArrayList<>();
    for (int p = 0; p < values.length; p++) {
      List<Integer> points = new ArrayList<>(List.of(p));
      for (int along = 0; along < 2; along++) {
        int i = p / step(along) % shape[along];
        if (i > 0) {
          points.add(p - step(along));
        }
        if (i < shape[along] - 1) {
          points.add(p + step(along));
        }
      }
      double[] v = new double[points.size()];
      Arrays.fill(v, -1.0 / (v.length - 1));
      v[0] = 1;
      rows.add(new SparseRow(points.stream().mapToInt(q -> q).toArray(), v));
    }
    return rows;
  }

  private int step(int along) {
    int step = 1;
    for (int a = along + 1; a < shape.length; a++) {
      step *= shape[a];
    }
    return step;
  }

  /**
   * Minimises |A u − y|² + Σ α |B u|² with α = multiplier·trace(AᵀA)/trace(BᵀB).
   *
   * @param a rows of A
   * @param y right side
   * @param b rows of each B
   * @param multipliers of each B
   * @param identity weight of |u|² as a fraction of the largest element of AᵀA's diagonal
   */
  void fit(
      List<SparseRow> a,
      double[] y,
      List<List<SparseRow>> b,
      double[] multipliers,
      double identity) {
    int n = values.length;
    SymmetricMatrix g = SymmetricMatrix.square(a, n);
    double trace = g.trace();
    double largest = g.largestDiagonal();
    for (int k = 0; k < multipliers.length; k++) {
      SymmetricMatrix bb = SymmetricMatrix.square(b.get(k), n);
      g.add(bb, multipliers[k] * trace / bb.trace());
    }
    for (int p = 0; p < n; p++) {
      g.add(p, p, identity * largest);
    }
    double[] u = SparseRow.project(a, y, n);
    BandCholesky.solve(g.band(), u);
    System.arraycopy(u, 0, values, 0, n);
  }
}
