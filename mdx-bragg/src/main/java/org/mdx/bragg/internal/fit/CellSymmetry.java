package org.mdx.bragg.internal.fit;

import java.util.ArrayList;
import java.util.List;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;

/**
 * The reciprocal metrics G* that a point group allows: W·G*·Wᵀ = G* for all its rotations W. A
 * metric is six numbers, the elements 11, 22, 33, 12, 13, 23.
 */
final class CellSymmetry {
  static final int SIX = 6;
  static final int[] ROW = {0, 1, 2, 0, 0, 1};
  static final int[] COLUMN = {0, 1, 2, 1, 2, 2};

  private static final double NOTHING = 1e-9;

  private final SpaceGroup group;
  private final List<double[]> basis = new ArrayList<>();
  private final List<Integer> pivots = new ArrayList<>();

  CellSymmetry(SpaceGroup group) {
    this.group = group;
    for (int i = 0; i < SIX; i++) {
      double[] unit = new double[SIX];
      unit[i] = 1;
      reduce(project(unit));
    }
  }

  /** Adds a direction to a reduced echelon basis if it is independent. */
  private void reduce(double[] v) {
    for (int i = 0; i < basis.size(); i++) {
      add(v, basis.get(i), -v[pivots.get(i)]);
    }
    int pivot = 0;
    while (pivot < SIX && Math.abs(v[pivot]) < NOTHING) {
      pivot++;
    }
    if (pivot == SIX) {
      return;
    }
    double scale = 1 / v[pivot];
    for (int i = 0; i < SIX; i++) {
      v[i] = Math.abs(v[i]) < NOTHING ? 0 : v[i] * scale;
    }
    for (double[] b : basis) {
      add(b, v, -b[pivot]);
    }
    basis.add(v);
    pivots.add(pivot);
  }

  private static void add(double[] to, double[] v, double factor) {
    for (int i = 0; i < SIX; i++) {
      to[i] += factor * v[i];
    }
  }

  /** Mean over the group of W·G*·Wᵀ. */
  double[] project(double[] metric) {
    double[] out = new double[SIX];
    for (SymmetryOperator op : group.operators()) {
      for (int n = 0; n < SIX; n++) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
          for (int j = 0; j < 3; j++) {
            sum += op.rotation(ROW[n], i) * element(metric, i, j) * op.rotation(COLUMN[n], j);
          }
        }
        out[n] += sum / group.operators().size();
      }
    }
    return out;
  }

  private static double element(double[] metric, int i, int j) {
    return metric[i == j ? i : i + j + 2];
  }

  /** Number of independent elements. */
  int size() {
    return basis.size();
  }

  /** ∂G* by an independent element. */
  double[] direction(int i) {
    return basis.get(i);
  }

  /** Which element is the independent one, such as 11. */
  String name(int i) {
    int n = pivots.get(i);
    return "g*" + (ROW[n] + 1) + (COLUMN[n] + 1);
  }
}
