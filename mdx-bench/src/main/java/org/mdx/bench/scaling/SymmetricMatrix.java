package org.mdx.bench.scaling;

import java.util.Arrays;
import java.util.List;

/** A symmetric matrix of few elements: for each row a list of those on and above the diagonal. */
public final class SymmetricMatrix {
  private final int[][] columns;
  private final double[][] values;
  private final int[] size;

  SymmetricMatrix(int n) {
    columns = new int[n][4];
    values = new double[n][4];
    size = new int[n];
  }

  /** AᵀA of a matrix with n columns. */
  static SymmetricMatrix square(List<SparseRow> a, int n) {
    SymmetricMatrix product = new SymmetricMatrix(n);
    for (SparseRow row : a) {
      int[] c = row.columns();
      double[] v = row.values();
      for (int i = 0; i < c.length; i++) {
        for (int j = 0; j < c.length; j++) {
          if (c[j] >= c[i]) {
            product.add(c[i], c[j], v[i] * v[j]);
          }
        }
      }
    }
    return product;
  }

  /** Adds to the element of row p and column q, not below the diagonal. */
  void add(int p, int q, double v) {
    int j = place(p, q);
    if (j == size[p]) {
      if (j == columns[p].length) {
        columns[p] = Arrays.copyOf(columns[p], 2 * j);
        values[p] = Arrays.copyOf(values[p], 2 * j);
      }
      columns[p][j] = q;
      size[p]++;
    }
    values[p][j] += v;
  }

  private int place(int p, int q) {
    int j = 0;
    while (j < size[p] && columns[p][j] != q) {
      j++;
    }
    return j;
  }

  /** Adds a multiple of another matrix. */
  void add(SymmetricMatrix other, double factor) {
    for (int p = 0; p < size.length; p++) {
      for (int j = 0; j < other.size[p]; j++) {
        add(p, other.columns[p][j], factor * other.values[p][j]);
      }
    }
  }

  /** The element of row p and column q. */
  double get(int p, int q) {
    int j = place(p, q);
    return j < size[p] ? values[p][j] : 0;
  }

  /** Sum of the elements of a row on and above the diagonal. */
  double rowSum(int p) {
    return Arrays.stream(values[p], 0, size[p]).sum();
  }

  double trace() {
    double sum = 0;
    for (int p = 0; p < size.length; p++) {
      sum += get(p, p);
    }
    return sum;
  }

  double largestDiagonal() {
    double most = 0;
    for (int p = 0; p < size.length; p++) {
      most = Math.max(most, get(p, p));
    }
    return most;
  }

  /** The band on and below the diagonal that holds all elements, as {@link BandCholesky} has it. */
  double[][] band() {
    int width = 0;
    for (int p = 0; p < size.length; p++) {
      for (int j = 0; j < size[p]; j++) {
        width = Math.max(width, columns[p][j] - p);
      }
    }
    double[][] band = new double[size.length][width + 1];
    for (int p = 0; p < size.length; p++) {
      for (int j = 0; j < size[p]; j++) {
        int q = columns[p][j];
        band[q][width - (q - p)] = values[p][j];
      }
    }
    return band;
  }
}
