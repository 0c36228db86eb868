package org.mdx.bragg.internal.algebra;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * A symmetric matrix of shared rows, which meet all others, and blocks that meet the shared rows
 * and themselves alone: the normal matrix of many crystals on one instrument. With the shared part
 * A, the blocks D and what joins them C, systems are solved by way of the Schur complement A − Σ
 * CᵀD⁻¹C.
 */
public final class ArrowMatrix {
  private final int shared;
  private final int[] starts; // first row of each block, and the number of rows
  private final int[] blockOf; // of each row, −1 of shared ones
  private final DMatrixRMaj corner;
  private final DMatrixRMaj[] blocks;
  private final DMatrixRMaj[] arms; // row of the block, shared column

  /**
   * Zero.
   *
   * @param shared number of shared rows
   * @param sizes numbers of rows of the blocks
   */
  public ArrowMatrix(int shared, int... sizes) {
    this.shared = shared;
    starts = new int[sizes.length + 1];
    starts[0] = shared;
    blocks = new DMatrixRMaj[sizes.length];
    arms = new DMatrixRMaj[sizes.length];
    for (int b = 0; b < sizes.length; b++) {
      starts[b + 1] = starts[b] + sizes[b];
      blocks[b] = new DMatrixRMaj(sizes[b], sizes[b]);
      arms[b] = new DMatrixRMaj(sizes[b], shared);
    }
    blockOf = new int[starts[sizes.length]];
    Arrays.fill(blockOf, 0, shared, -1);
    for (int b = 0; b < sizes.length; b++) {
      Arrays.fill(blockOf, starts[b], starts[b + 1], b);
    }
    corner = new DMatrixRMaj(shared, shared);
  }

  /** Zero, of the same form. */
  public ArrowMatrix empty() {
    int[] sizes = new int[blocks.length];
    Arrays.setAll(sizes, b -> starts[b + 1] - starts[b]);
    return new ArrowMatrix(shared, sizes);
  }

  public int size() {
    return blockOf.length;
  }

  public void zero() {
    corner.zero();
    for (int b = 0; b < blocks.length; b++) {
      blocks[b].zero();
      arms[b].zero();
    }
  }

  /** An element; 0 between blocks. */
  public double get(int i, int j) {
    int a = blockOf[i];
    int b = blockOf[j];
    if (a < 0 && b < 0) {
      return corner.get(i, j);
    }
    if (b < 0) {
      return arms[a].get(i - starts[a], j);
    }
    if (a < 0) {
      return arms[b].get(j - starts[b], i);
    }
    return a == b ? blocks[a].get(i - starts[a], j - starts[a]) : 0;
  }

  /** Adds to the elements i, j and j, i, which must not be of two blocks. */
  public void add(int i, int j, double value) {
    int low = Math.min(i, j);
    int high = Math.max(i, j);
    int b = blockOf[high];
    if (b < 0) {
      corner.add(low, high, value);
      if (low != high) {
        corner.add(high, low, value);
      }
    } else if (low < shared) {
      arms[b].add(high - starts[b], low, value);
    } else {
      blocks[b].add(low - starts[b], high - starts[b], value);
      if (low != high) {
        blocks[b].add(high - starts[b], low - starts[b], value);
      }
    }
  }

  /**
   * Adds to an element on or above the diagonal alone, not of two blocks; {@link #mirror} does the
   * rest.
   */
  public void addAbove(int i, int j, double value) {
    int b = blockOf[j];
    if (b < 0) {
      corner.data[i * corner.numCols + j] += value;
    } else if (i < shared) {
      arms[b].data[(j - starts[b]) * shared + i] += value;
    } else {
      blocks[b].data[(i - starts[b]) * blocks[b].numCols + j - starts[b]] += value;
    }
  }

  /** Copies what is above the diagonal below it. */
  public void mirror() {
    mirror(corner);
    for (DMatrixRMaj b : blocks) {
      mirror(b);
    }
  }

  private static void mirror(DMatrixRMaj m) {
    for (int i = 0; i < m.numRows; i++) {
      for (int j = 0; j < i; j++) {
        m.set(i, j, m.get(j, i));
      }
    }
  }

  /** Factor times the matrix, with rows and columns times a scale. */
  public ArrowMatrix scaled(double factor, double[] scale) {
    ArrowMatrix out = empty();
    scale(corner, out.corner, factor, scale, 0, 0);
    for (int b = 0; b < blocks.length; b++) {
      scale(blocks[b], out.blocks[b], factor, scale, starts[b], starts[b]);
      scale(arms[b], out.arms[b], factor, scale, starts[b], 0);
    }
    return out;
  }

  private static void scale(
      DMatrixRMaj m, DMatrixRMaj out, double factor, double[] scale, int row, int column) {
    for (int i = 0; i < m.numRows; i++) {
      for (int j = 0; j < m.numCols; j++) {
        out.set(i, j, factor * scale[row + i] * scale[column + j] * m.get(i, j));
      }
    }
  }

  /** 1/√ of the diagonal; 0 where that is 0. */
  public double[] unitScale() {
    double[] out = new double[size()];
    for (int i = 0; i < out.length; i++) {
      double d = get(i, i);
      out[i] = d > 0 ? 1 / Math.sqrt(d) : 0;
    }
    return out;
  }

  /** The inverse, or null if the matrix is not positive definite. */
  public Inverse inverse() {
    Inverse out = new Inverse();
    return out.factor() ? out : null;
  }

  /** The inverse in factors. */
  public final class Inverse {
    private final DMatrixRMaj[] inverses = new DMatrixRMaj[blocks.length]; // D⁻¹
    private final DMatrixRMaj[] ratios = new DMatrixRMaj[blocks.length]; // D⁻¹C
    private final DMatrixRMaj[] spread = new DMatrixRMaj[blocks.length]; // D⁻¹C·(Schur)⁻¹
    private DMatrixRMaj schur; // its inverse

    private Inverse() {}

    private boolean factor() {
      DMatrixRMaj rest = corner.copy();
      for (int b = 0; b < blocks.length; b++) {
        inverses[b] = invert(blocks[b]);
        if (inverses[b] == null) {
          return false;
        }
        ratios[b] = new DMatrixRMaj(arms[b].numRows, shared);
        if (shared == 0 || arms[b].numRows == 0) {
          continue;
        }
        CommonOps_DDRM.mult(inverses[b], arms[b], ratios[b]);
        CommonOps_DDRM.multAddTransA(-1, arms[b], ratios[b], rest);
      }
      schur = invert(rest);
      for (int b = 0; b < blocks.length && schur != null; b++) {
        spread[b] = new DMatrixRMaj(arms[b].numRows, shared);
        if (shared == 0 || arms[b].numRows == 0) {
          continue;
        }
        CommonOps_DDRM.mult(ratios[b], schur, spread[b]);
      }
      return schur != null;
    }

    private DMatrixRMaj invert(DMatrixRMaj m) {
      DMatrixRMaj out = new DMatrixRMaj(m.numRows, m.numRows);
      if (m.numRows > 0) {
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(m.numRows);
        if (!solver.setA(m.copy())) {
          return null;
        }
        solver.invert(out);
      }
      return out;
    }

    /** An element. */
    public double get(int i, int j) {
      int a = blockOf[i];
      int b = blockOf[j];
      if (a < 0 && b < 0) {
        return schur.get(i, j);
      }
      if (a < 0) {
        return -spread[b].get(j - starts[b], i);
      }
      if (b < 0) {
        return -spread[a].get(i - starts[a], j);
      }
      double sum = a == b ? inverses[a].get(i - starts[a], j - starts[a]) : 0;
      for (int k = 0; k < shared; k++) {
        sum += spread[a].get(i - starts[a], k) * ratios[b].get(j - starts[b], k);
      }
      return sum;
    }

    /** The inverse times a vector. */
    public double[] times(double[] v) {
      double[] out = new double[v.length];
      double[] rest = Arrays.copyOf(v, shared);
      for (int b = 0; b < blocks.length; b++) {
        for (int i = starts[b]; i < starts[b + 1]; i++) {
          for (int k = 0; k < shared; k++) {
            rest[k] -= ratios[b].get(i - starts[b], k) * v[i];
          }
        }
      }
      for (int i = 0; i < shared; i++) {
        for (int k = 0; k < shared; k++) {
          out[i] += schur.get(i, k) * rest[k];
        }
      }
      for (int b = 0; b < blocks.length; b++) {
        for (int i = starts[b]; i < starts[b + 1]; i++) {
          for (int j = starts[b]; j < starts[b + 1]; j++) {
            out[i] += inverses[b].get(i - starts[b], j - starts[b]) * v[j];
          }
          for (int k = 0; k < shared; k++) {
            out[i] -= ratios[b].get(i - starts[b], k) * out[k];
          }
        }
      }
      return out;
    }
  }
}
