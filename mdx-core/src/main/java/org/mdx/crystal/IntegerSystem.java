package org.mdx.crystal;

import java.util.ArrayList;
import java.util.List;

/**
 * Linear equations A·x ≡ b (mod 1) with an integral matrix of three columns, diagonalised by
 * unimodular row and column operations (Smith): U·A·V = diag(s), x = V·y, s·y ≡ U·b.
 */
final class IntegerSystem {
  private final List<long[]> rows = new ArrayList<>();
  private final long modulus;
  private final long[][] v = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  private int rank;

  /**
   * @param modulus denominator of all right sides
   */
  IntegerSystem(long modulus) {
    this.modulus = modulus;
  }

  /** Adds the equation a0·x0 + a1·x1 + a2·x2 ≡ b/modulus. */
  void add(long a0, long a1, long a2, long b) {
    rows.add(new long[] {a0, a1, a2, Math.floorMod(b, modulus)});
  }

  /** Brings the matrix to diagonal form; to be called once, after the last equation. */
  void diagonalise() {
    rank = 0;
    while (rank < 3 && movePivot()) {
      if (clearRow() & clearColumn()) {
        rank++;
      }
    }
  }

  /** Moves the smallest element that is left to the diagonal; false if all are zero. */
  private boolean movePivot() {
    int bestRow = -1;
    int bestCol = -1;
    for (int i = rank; i < rows.size(); i++) {
      for (int j = rank; j < 3; j++) {
        long a = Math.abs(rows.get(i)[j]);
        if (a != 0 && (bestRow < 0 || a < Math.abs(rows.get(bestRow)[bestCol]))) {
          bestRow = i;
          bestCol = j;
        }
      }
    }
    if (bestRow < 0) {
      return false;
    }
    java.util.Collections.swap(rows, rank, bestRow);
    for (long[] row : rows) {
      swap(row, rank, bestCol);
    }
    for (long[] row : v) {
      swap(row, rank, bestCol);
    }
    return true;
  }

  private static void swap(long[] row, int i, int j) {
    long t = row[i];
    row[i] = row[j];
    row[j] = t;
  }

  private boolean clearRow() {
    boolean clear = true;
    long pivot = rows.get(rank)[rank];
    for (int j = rank + 1; j < 3; j++) {
      long q = rows.get(rank)[j] / pivot;
      for (long[] row : rows) {
        row[j] -= q * row[rank];
      }
      for (long[] row : v) {
        row[j] -= q * row[rank];
      }
      clear &= rows.get(rank)[j] == 0;
    }
    return clear;
  }

  private boolean clearColumn() {
    boolean clear = true;
    long[] top = rows.get(rank);
    for (int i = rank + 1; i < rows.size(); i++) {
      long[] row = rows.get(i);
      long q = row[rank] / top[rank];
      for (int j = 0; j < 3; j++) {
        row[j] -= q * top[j];
      }
      row[3] = Math.floorMod(row[3] - q * top[3], modulus);
      clear &= row[rank] == 0;
    }
    return clear;
  }

  /** A basis of the integral vectors x with A·x = 0, exactly. */
  List<int[]> kernel() {
    List<int[]> k = new ArrayList<>();
    for (int j = rank; j < 3; j++) {
      k.add(new int[] {(int) v[0][j], (int) v[1][j], (int) v[2][j]});
    }
    return k;
  }

  /**
   * One solution, as numerators over the denominator in the fourth element.
   *
   * @return the solution, or null if there is none
   */
  long[] solution() {
    for (int i = rank; i < rows.size(); i++) {
      if (rows.get(i)[3] != 0) {
        return null;
      }
    }
    long den = modulus;
    for (int i = 0; i < rank; i++) {
      den *= Math.abs(rows.get(i)[i]);
    }
    long[] x = {0, 0, 0, den};
    for (int i = 0; i < rank; i++) {
      long y = rows.get(i)[3] * (den / modulus) / rows.get(i)[i];
      for (int k = 0; k < 3; k++) {
        x[k] += v[k][i] * y;
      }
    }
    return x;
  }
}
