package org.mdx.internal.normal;

import java.util.Arrays;
import java.util.TreeMap;
import org.mdx.internal.kernel.ConjugateGradient;
import org.mdx.internal.kernel.NormalKernel;

/**
 * A symmetric matrix that couples each control point with its neighbours on the grid, kept as the
 * diagonals on and above the main one.
 */
public final class BandMatrix {
  private final int n;
  private final TreeMap<Integer, double[]> diagonals = new TreeMap<>();

  /** Where the points are so many that the diagonal alone is a poor preconditioner. */
  private Multigrid.Grids multigrid;

  /**
   * A matrix of zeros.
   *
   * @param n rows and columns
   */
  public BandMatrix(int n) {
    this.n = n;
    diagonals.put(0, new double[n]);
  }

  /** Adds v to the elements (p, q) and (q, p). */
  void add(int p, int q, double v) {
    diagonals.computeIfAbsent(Math.abs(q - p), o -> new double[n])[Math.min(p, q)] += v;
  }

  /** Adds Bᵀ B of one row of B, given by its points and their coefficients. */
  void addRow(int[] points, double[] coefficients) {
    for (int i = 0; i < points.length; i++) {
      for (int j = i; j < points.length; j++) {
        add(points[i], points[j], coefficients[i] * coefficients[j]);
      }
    }
  }

  /**
   * Adds a multiple of another matrix.
   *
   * @param other of the same size
   * @param factor of its elements
   */
  public void add(BandMatrix other, double factor) {
    other.diagonals.forEach(
        (offset, values) -> {
          double[] mine = diagonals.computeIfAbsent(offset, o -> new double[n]);
          for (int p = 0; p < n; p++) {
            mine[p] += factor * values[p];
          }
        });
  }

  /**
   * Adds a value to every element of the main diagonal.
   *
   * @param v the value
   */
  public void addDiagonal(double v) {
    double[] main = diagonals.get(0);
    for (int p = 0; p < n; p++) {
      main[p] += v;
    }
  }

  /**
   * Sum of the main diagonal.
   *
   * @return the trace
   */
  public double trace() {
    return Arrays.stream(diagonals.get(0)).sum();
  }

  /**
   * Largest element of the main diagonal.
   *
   * @return 0 if the matrix is empty
   */
  public double largestDiagonal() {
    return Arrays.stream(diagonals.get(0)).max().orElse(0);
  }

  /** G u. */
  void multiply(double[] u, double[] out) {
    ConjugateGradient.multiply(offsets(), values(), u, out);
  }

  /** uᵀ G u. */
  double quadratic(double[] u) {
    double[] gu = new double[n];
    multiply(u, gu);
    double sum = 0;
    for (int p = 0; p < n; p++) {
      sum += u[p] * gu[p];
    }
    return sum;
  }

  /**
   * |A u − y|² where this is AᵀA: uᵀ AᵀA u − 2 uᵀ Aᵀy + yᵀy.
   *
   * @param u values
   * @param ay Aᵀy
   * @param yy yᵀy
   * @return the sum of squares
   */
  public double misfit(double[] u, double[] ay, double yy) {
    double sum = quadratic(u) + yy;
    for (int p = 0; p < n; p++) {
      sum -= 2 * u[p] * ay[p];
    }
    return sum;
  }

  /**
   * Solves with a preconditioner from now on; the matrix must not be changed any more.
   *
   * @param grids of the preconditioner
   */
  public void precondition(Multigrid.Grids grids) {
    multigrid = grids;
  }

  /**
   * Solves G u = y.
   *
   * @param y right side
   * @param u the start, which becomes the solution
   * @param tolerance of the residual, relative to the right side
   * @param most iterations
   * @return how many iterations it took
   */
  public int solve(double[] y, double[] u, double tolerance, int most) {
    return multigrid == null
        ? ConjugateGradient.solve(offsets(), values(), y, u, tolerance, most)
        : ConjugateGradient.solve(offsets(), values(), y, u, tolerance, most, multigrid.cycle());
  }

  int[] offsets() {
    return diagonals.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  double[][] values() {
    return diagonals.values().toArray(new double[0][]);
  }

  /**
   * The matrix that the normal kernels have accumulated.
   *
   * @param aa elements of each point
   * @param shape points along each axis
   * @param panels number of panels
   * @return the matrix
   */
  public static BandMatrix ofNormal(double[] aa, int[] shape, int panels) {
    int elements =
        new int[] {NormalKernel.LINE, NormalKernel.PLANE, NormalKernel.SPACE}[shape.length - 1];
    int ny = shape.length > 1 ? shape[shape.length - 1] : 1;
    int nyz = shape.length > 2 ? shape[1] * shape[2] : 1;
    int points = panels;
    for (int s : shape) {
      points *= s;
    }
    BandMatrix g = new BandMatrix(points);
    for (int k = 0; k < elements; k++) {
      double[] diagonal = null;
      int offset = offset(k, shape.length, ny, nyz);
      for (int p = 0; p < points; p++) {
        double v = aa[elements * p + k];
        if (v != 0) {
          if (diagonal == null) {
            diagonal = g.diagonals.computeIfAbsent(Math.abs(offset), o -> new double[g.n]);
          }
          // of (p, q) and (q, p) the element stands where the smaller number is
          diagonal[offset < 0 ? p + offset : p] += v;
        }
      }
    }
    return g;
  }

  /** How far the neighbour of element k is behind a point in C order. */
  private static int offset(int k, int axes, int last, int lastTwo) {
    if (axes == 1) {
      return k;
    }
    int low = (k + 1) % 3 - 1;
    int middle = (k - low) / 3;
    if (axes == 2) {
      return middle * last + low;
    }
    int y = (middle + 1) % 3 - 1;
    int x = (middle - y) / 3;
    return x * lastTwo + y * last + low;
  }
}
