package org.mdx.bragg.symmetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.MetricSubgroups;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.crystal.UnitCell;

/** The rotations of a primitive lattice, their matrices on indices, and all groups of them. */
final class LatticeOperators {
  private final UnitCell cell;
  private final List<MetricSubgroups.Setting> settings;
  private final List<ChangeOfBasis> operators;
  private final int[][] matrices;
  private final int[][] product;
  private final int[] inverse;
  private final int[][] relative;

  LatticeOperators(UnitCell primitive, double tolerance) {
    cell = primitive;
    settings = MetricSubgroups.of(primitive, tolerance);
    List<ChangeOfBasis> all = new ArrayList<>(settings.get(0).operators());
    all.remove(ChangeOfBasis.IDENTITY);
    all.add(0, ChangeOfBasis.IDENTITY);
    operators = List.copyOf(all);
    int n = operators.size();
    matrices = new int[n][];
    product = new int[n][n];
    inverse = new int[n];
    relative = new int[n][n];
    for (int i = 0; i < n; i++) {
      matrices[i] = Arrays.copyOf(operators.get(i).indexMatrix(1, 1, 1), 9);
      for (int j = 0; j < n; j++) {
        product[i][j] = operators.indexOf(operators.get(i).times(operators.get(j)));
        if (product[i][j] == 0) {
          inverse[i] = j;
        }
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        relative[i][j] = number(times(matrices[inverse[i]], matrices[j]));
      }
    }
  }

  int size() {
    return operators.size();
  }

  ChangeOfBasis operator(int i) {
    return operators.get(i);
  }

  /** Nine elements of h' = h·M. */
  int[] matrix(int i) {
    return matrices[i];
  }

  int inverse(int i) {
    return inverse[i];
  }

  /** The operator whose matrix is that of i, inverted, times that of j. */
  int relative(int i, int j) {
    return relative[i][j];
  }

  private int number(int[] matrix) {
    for (int i = 0; i < matrices.length; i++) {
      if (Arrays.equals(matrices[i], matrix)) {
        return i;
      }
    }
    throw new IllegalStateException("operators of " + cell + " make no group");
  }

  /** The product of two matrices of nine elements, row by row. */
  static int[] times(int[] a, int[] b) {
    int[] out = new int[9];
    for (int i = 0; i < 9; i++) {
      for (int k = 0; k < 3; k++) {
        out[i] += a[i / 3 * 3 + k] * b[3 * k + i % 3];
      }
    }
    return out;
  }

  int order(int i) {
    int order = 1;
    for (int p = i; p != 0; p = product[p][i]) {
      order++;
    }
    return order;
  }

  /** Every group of the operators, as flags; two elements make each. */
  List<boolean[]> groups() {
    List<boolean[]> found = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      for (int j = i; j < size(); j++) {
        boolean[] group = closure(i, j);
        if (found.stream().noneMatch(g -> Arrays.equals(g, group))) {
          found.add(group);
        }
      }
    }
    return found;
  }

  private boolean[] closure(int first, int second) {
    boolean[] in = new boolean[size()];
    List<Integer> members = new ArrayList<>(List.of(0));
    in[0] = true;
    for (int k = 0; k < members.size(); k++) {
      for (int by : new int[] {first, second}) {
        int p = product[members.get(k)][by];
        if (!in[p]) {
          in[p] = true;
          members.add(p);
        }
      }
    }
    return in;
  }

  /** All a·g·b and a·g⁻¹·b with a and b of a group, in rising order. */
  int[] doubleCoset(boolean[] group, int g) {
    boolean[] in = new boolean[size()];
    for (int a = 0; a < size(); a++) {
      for (int b = 0; b < size(); b++) {
        if (group[a] && group[b]) {
          in[product[product[a][g]][b]] = true;
          in[product[product[a][inverse[g]]][b]] = true;
        }
      }
    }
    return java.util.stream.IntStream.range(0, size()).filter(i -> in[i]).toArray();
  }

  /** The smallest Bravais setting whose lattice has all operators of a group. */
  MetricSubgroups.Setting setting(boolean[] group) {
    MetricSubgroups.Setting best = settings.get(0);
    for (MetricSubgroups.Setting s : settings) {
      boolean all = true;
      for (int i = 0; i < size(); i++) {
        all &= !group[i] || s.operators().contains(operators.get(i));
      }
      if (all && s.operators().size() < best.operators().size()) {
        best = s;
      }
    }
    return best;
  }

  /** The group of rotations and lattice translations in the axes of a setting. */
  SpaceGroup symmorphic(boolean[] group, MetricSubgroups.Setting setting) {
    List<SymmetryOperator> rotations = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (group[i]) {
        rotations.add(SymmetryOperator.of(operators.get(i).toString()));
      }
    }
    return SpaceGroup.ofOperators(rotations).transformed(setting.change());
  }

  /** Cell in the axes of a setting. */
  UnitCell cell(MetricSubgroups.Setting setting) {
    return changed(cell, setting.change());
  }

  /** A cell in other axes. */
  static UnitCell changed(UnitCell cell, ChangeOfBasis change) {
    ChangeOfBasis back = change.inverse();
    double[] m = new double[9];
    for (int i = 0; i < 9; i++) {
      m[i] = back.element(i / 3, i % 3);
    }
    return UnitCell.ofAxes(
        cell.orthogonalization().times(org.mdx.math.Mat3.ofRowMajor(m)).transpose());
  }
}
