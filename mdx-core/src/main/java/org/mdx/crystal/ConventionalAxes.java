package org.mdx.crystal;

import java.util.ArrayList;
import java.util.List;

/**
 * Conventional cells that a point group suggests: axes along its rotation axes, as International
 * Tables A, section 9.1, has them. Works on rotation matrices in a primitive basis and gives each
 * cell as its axes (columns of a matrix) in that basis, right-handed.
 */
final class ConventionalAxes {
  private final List<int[]> rotations = new ArrayList<>();
  private final List<int[]> cells = new ArrayList<>();

  private ConventionalAxes(List<int[]> group) {
    for (int[] r : group) {
      rotations.add(IntMatrix.determinant(r) < 0 ? IntMatrix.negative(r) : r);
    }
  }

  /** The cells to try, row-major matrices with the axes as columns. */
  static List<int[]> candidates(List<int[]> group) {
    ConventionalAxes c = new ConventionalAxes(group);
    c.collect();
    return c.cells;
  }

  private void collect() {
    List<int[]> twofold = axes(2);
    List<int[]> threefold = axes(3);
    List<int[]> fourfold = axes(4);
    if (threefold.size() > 1) {
      cubic(fourfold.isEmpty() ? twofold : fourfold);
    } else if (threefold.size() == 1) {
      planar(first(3));
    } else if (!fourfold.isEmpty()) {
      planar(first(4));
    } else if (twofold.size() == 3) {
      orthorhombic(twofold);
    } else if (twofold.size() == 1) {
      monoclinic(first(2));
    } else {
      add(new int[] {1, 0, 0}, new int[] {0, 1, 0}, new int[] {0, 0, 1});
    }
  }

  private int[] first(int order) {
    return rotations.stream().filter(r -> IntMatrix.type(r) == order).findFirst().orElseThrow();
  }

  private List<int[]> axes(int order) {
    List<int[]> found = new ArrayList<>();
    for (int[] r : rotations) {
      int[] axis = IntMatrix.axis(r);
      if (IntMatrix.type(r) == order
          && found.stream().noneMatch(a -> java.util.Arrays.equals(a, axis))) {
        found.add(axis);
      }
    }
    return found;
  }

  private void cubic(List<int[]> cubeAxes) {
    int[] w = first(3);
    int[] a = cubeAxes.get(0);
    int[] b = IntMatrix.times(w, a);
    int[] c = IntMatrix.times(w, b);
    if (IntMatrix.determinant(a, b, c) < 0) {
      int[] t = b;
      b = c;
      c = t;
    }
    add(a, b, c);
    add(new int[] {-b[0], -b[1], -b[2]}, a, c);
  }

  /** a perpendicular to the axis of w, b = w·a, c along the axis; and the same turned by 180°. */
  private void planar(int[] w) {
    int[] c = IntMatrix.axis(w);
    List<int[]> plane = plane(w);
    int[] p = plane.get(0);
    int[] q = plane.get(1);
    boolean changed = true;
    while (changed) {
      changed = false;
      if (span(q, w, c) < span(p, w, c)) {
        int[] t = p;
        p = q;
        q = t;
      }
      for (int sign = -1; sign <= 1; sign += 2) {
        int[] sum = {q[0] + sign * p[0], q[1] + sign * p[1], q[2] + sign * p[2]};
        if (span(sum, w, c) < span(q, w, c)) {
          q = sum;
          changed = true;
        }
      }
    }
    int[] b = IntMatrix.times(w, p);
    int s = IntMatrix.determinant(p, b, c) < 0 ? -1 : 1;
    int[] axis = {s * c[0], s * c[1], s * c[2]};
    add(p, b, axis);
    add(new int[] {-p[0], -p[1], -p[2]}, new int[] {-b[0], -b[1], -b[2]}, axis);
  }

  private static int span(int[] v, int[] w, int[] c) {
    return Math.abs(IntMatrix.determinant(v, IntMatrix.times(w, v), c));
  }

  /**
   * Basis of the lattice plane perpendicular to the axis of w: the sum of w's powers is 0 on it.
   */
  private static List<int[]> plane(int[] w) {
    int order = IntMatrix.type(w);
    int[] sum = SymmetryOperator.UNIT.clone();
    int[] power = SymmetryOperator.UNIT;
    for (int i = 1; i < order; i++) {
      power = IntMatrix.product(power, w);
      for (int j = 0; j < 9; j++) {
        sum[j] += power[j];
      }
    }
    IntegerSystem system = new IntegerSystem(1);
    for (int i = 0; i < 3; i++) {
      system.add(sum[3 * i], sum[3 * i + 1], sum[3 * i + 2], 0);
    }
    system.diagonalise();
    return system.kernel();
  }

  private void orthorhombic(List<int[]> axes) {
    int[][] orders = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {1, 0, 2}, {2, 1, 0}, {0, 2, 1}};
    for (int[] o : orders) {
      add(axes.get(o[0]), axes.get(o[1]), axes.get(o[2]));
    }
  }

  /** b along the axis; a and c from the plane, one choice for each class modulo two. */
  private void monoclinic(int[] w) {
    int[] b = IntMatrix.axis(w);
    List<int[]> plane = plane(w);
    int[] p = plane.get(0);
    int[] q = plane.get(1);
    int[][] choices = {
      {1, 0, 0, 1}, {0, 1, -1, 0}, {1, 0, 1, 1}, {1, 1, 0, 1}, {1, 1, -1, 0}, {0, 1, -1, -1}
    };
    for (int[] m : choices) {
      int[] a = new int[3];
      int[] c = new int[3];
      for (int i = 0; i < 3; i++) {
        a[i] = m[0] * p[i] + m[1] * q[i];
        c[i] = m[2] * p[i] + m[3] * q[i];
      }
      add(a, b, c);
    }
  }

  private void add(int[] a, int[] b, int[] c) {
    int s = IntMatrix.determinant(a, b, c) < 0 ? -1 : 1;
    cells.add(
        new int[] {
          s * a[0], s * b[0], s * c[0], s * a[1], s * b[1], s * c[1], s * a[2], s * b[2], s * c[2]
        });
  }
}
