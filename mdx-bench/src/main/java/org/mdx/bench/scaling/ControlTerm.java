package org.mdx.bench.scaling;

import org.mdx.internal.kernel.ControlKernel;
import org.mdx.internal.kernel.Coordinates;
import org.mdx.internal.kernel.Equations;
import org.mdx.internal.kernel.NormalKernel;

/** The terms of a scaling model, on as many control points as they have for half a turn. */
public enum ControlTerm {
  /** b(φ). */
  SCALE(NormalKernel.LINE, 181),
  /** c(s, φ). */
  OFFSET(NormalKernel.PLANE, 31, 73),
  /** d(ix, iy). */
  DETECTOR(NormalKernel.PLANE, 200, 200),
  /** a(ix, iy, φ). */
  ABSORPTION(NormalKernel.SPACE, 20, 20, 37);

  private final int elements;
  private final int[] shape;

  ControlTerm(int elements, int... shape) {
    this.elements = elements;
    this.shape = shape;
  }

  /**
   * Points along each axis.
   *
   * @return one to three numbers
   */
  int[] shape() {
    return shape.clone();
  }

  /** Number of points. */
  public int points() {
    int n = 1;
    for (int along : shape) {
      n *= along;
    }
    return n;
  }

  /** Elements of AᵀA that the kernel keeps for each point. */
  public int elements() {
    return elements;
  }

  /**
   * How far the column of each of these elements is behind its row, by the neighbours that {@link
   * NormalKernel} lists.
   */
  int[] offsets() {
    return switch (shape.length) {
      case 1 -> new int[] {0, 1};
      case 2 -> new int[] {0, 1, shape[1] - 1, shape[1], shape[1] + 1};
      default -> spaceOffsets();
    };
  }

  private int[] spaceOffsets() {
    int[] offset = new int[elements];
    int n = 0;
    for (int x = 0; x <= 1; x++) {
      for (int y = x == 0 ? 0 : -1; y <= 1; y++) {
        for (int z = x == 0 && y == 0 ? 0 : -1; z <= 1; z++) {
          offset[n++] = (x * shape[1] + y) * shape[2] + z;
        }
      }
    }
    return offset;
  }

  /** The kernel that interpolates observations {@code from} to {@code to − 1}. */
  void interpolate(float[][] at, int from, int to, double[] axis, double[] u, double[] out) {
    Coordinates x = coordinates(at);
    switch (shape.length) {
      case 1 -> ControlKernel.line(x, from, to, axis, u, out);
      case 2 -> ControlKernel.plane(x, from, to, axis, u, out);
      default -> ControlKernel.space(x, from, to, axis, u, out);
    }
  }

  /** The kernel that adds observations {@code from} to {@code to − 1} to AᵀA and Aᵀy. */
  void addNormal(
      float[][] at, int from, int to, double[] axis, double[][] egr, double[] aa, double[] ay) {
    Coordinates x = coordinates(at);
    Equations equations = new Equations(egr[0], egr[1], egr[2]);
    NormalKernel normal = new NormalKernel(axis, aa, ay);
    switch (shape.length) {
      case 1 -> normal.line(x, equations, from, to);
      case 2 -> normal.plane(x, equations, from, to);
      default -> normal.space(x, equations, from, to);
    }
  }

  private Coordinates coordinates(float[][] at) {
    int n = shape.length;
    return new Coordinates(null, at[0], n > 1 ? at[1] : null, n > 2 ? at[2] : null);
  }
}
