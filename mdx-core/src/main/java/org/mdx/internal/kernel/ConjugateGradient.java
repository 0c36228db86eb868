package org.mdx.internal.kernel;

import java.util.Arrays;

/**
 * Solves G u = y for a symmetric, positive semidefinite matrix of few diagonals by conjugate
 * gradients (Hestenes and Stiefel, J. Res. NBS 49, 409, 1952), with the diagonal or what is given
 * as preconditioner.
 *
 * <p>The matrix is given by diagonals: {@code g[d][p]} is the element of row p and column {@code p
 * + offset[d]}, and of its mirror image; {@code offset[0]} is 0. Of the solutions of a singular
 * system the one nearest the start is found, in the norm of the preconditioner.
 */
public final class ConjugateGradient {
  /** Diagonals, on and above the main one, of a smooth grid with two axes. */
  private static final int STENCIL = 7;

  /** Rows that are multiplied together, so that they stay in the nearest cache. */
  private static final int STRETCH = 1024;

  private ConjugateGradient() {}

  /** An approximate inverse of a matrix, symmetric and positive semidefinite itself. */
  public interface Preconditioner {
    /**
     * Applies it.
     *
     * @param r vector
     * @param z about G⁻¹ r; filled
     */
    void apply(double[] r, double[] z);
  }

  /**
   * G x.
   *
   * @param offset of each diagonal
   * @param g diagonals
   * @param x vector
   * @param out the product; filled
   */
  public static void multiply(int[] offset, double[][] g, double[] x, double[] out) {
    int far = offset[offset.length - 1];
    if (offset.length != STENCIL || x.length <= 2 * far) {
      multiply(offset, g, x, out, 0, x.length);
      return;
    }
    multiply(offset, g, x, out, 0, far);
    for (int from = far; from < x.length - far; from += STRETCH) {
      stencil(offset, g, x, out, from, Math.min(x.length - far, from + STRETCH));
    }
    multiply(offset, g, x, out, x.length - far, x.length);
  }

  /** Some rows of the product, diagonal by diagonal. */
  private static void multiply(
      int[] offset, double[][] g, double[] x, double[] out, int from, int to) {
    double[] main = g[0];
    for (int p = from; p < to; p++) {
      out[p] = main[p] * x[p];
    }
    for (int d = 1; d < offset.length; d++) {
      above(g[d], offset[d], x, out, from, Math.min(to, x.length - offset[d]));
      below(g[d], offset[d], x, out, Math.max(from, offset[d]), to);
    }
  }

  private static void above(
      double[] diagonal, int offset, double[] x, double[] out, int from, int to) {
    for (int p = from; p < to; p++) {
      out[p] += diagonal[p] * x[p + offset];
    }
  }

  private static void below(
      double[] diagonal, int offset, double[] x, double[] out, int from, int to) {
    for (int p = from; p < to; p++) {
      out[p] += diagonal[p - offset] * x[p - offset];
    }
  }

  /**
   * Rows that all diagonals of a grid with two axes reach, on both sides: one pass over the memory
   * in place of thirteen, with the sums in the same order.
   */
  private static void stencil(
      int[] offset, double[][] g, double[] x, double[] out, int from, int to) {
    double[] g0 = g[0];
    double[] g1 = g[1];
    double[] g2 = g[2];
    double[] g3 = g[3];
    int o1 = offset[1];
    int o2 = offset[2];
    int o3 = offset[3];
    for (int p = from; p < to; p++) {
      double near = g0[p] * x[p] + g1[p] * x[p + o1] + g1[p - o1] * x[p - o1];
      double next = near + g2[p] * x[p + o2] + g2[p - o2] * x[p - o2];
      out[p] = next + g3[p] * x[p + o3] + g3[p - o3] * x[p - o3];
    }
    double[] g4 = g[4];
    double[] g5 = g[5];
    double[] g6 = g[6];
    int o4 = offset[4];
    int o5 = offset[5];
    int o6 = offset[6];
    for (int p = from; p < to; p++) {
      double sum = out[p] + g4[p] * x[p + o4] + g4[p - o4] * x[p - o4];
      double next = sum + g5[p] * x[p + o5] + g5[p - o5] * x[p - o5];
      out[p] = next + g6[p] * x[p + o6] + g6[p - o6] * x[p - o6];
    }
  }

  /**
   * Solves G u = y.
   *
   * @param offset of each diagonal
   * @param g diagonals
   * @param y right side
   * @param u where to start; the solution at the end
   * @param tolerance relative size of the residual that is good enough
   * @param most iterations
   * @return iterations used
   */
  public static int solve(
      int[] offset, double[][] g, double[] y, double[] u, double tolerance, int most) {
    double[] inverse = new double[y.length];
    for (int p = 0; p < inverse.length; p++) {
      inverse[p] = g[0][p] > 0 ? 1 / g[0][p] : 0;
    }
    return solve(
        offset,
        g,
        y,
        u,
        tolerance,
        most,
        (r, z) -> {
          for (int p = 0; p < r.length; p++) {
            z[p] = inverse[p] * r[p];
          }
        });
  }

  /**
   * Solves G u = y with a preconditioner.
   *
   * @param offset of each diagonal
   * @param g diagonals
   * @param y right side
   * @param u where to start; the solution at the end
   * @param tolerance relative size of the residual that is good enough
   * @param most iterations
   * @param preconditioner an approximate inverse of G
   * @return iterations used
   */
  public static int solve(
      int[] offset,
      double[][] g,
      double[] y,
      double[] u,
      double tolerance,
      int most,
      Preconditioner preconditioner) {
    int n = y.length;
    double[] r = new double[n];
    double[] z = new double[n];
    double[] q = new double[n];
    multiply(offset, g, u, r);
    for (int p = 0; p < n; p++) {
      r[p] = y[p] - r[p];
    }
    double goal = tolerance * tolerance * dot(y, y);
    preconditioner.apply(r, z);
    double rho = dot(r, z);
    double[] direction = Arrays.copyOf(z, n);
    int iteration = 0;
    while (dot(r, r) > goal && iteration < most) {
      multiply(offset, g, direction, q);
      double curvature = dot(direction, q);
      if (!(curvature > 0)) {
        break;
      }
      double alpha = rho / curvature;
      add(alpha, direction, u);
      add(-alpha, q, r);
      preconditioner.apply(r, z);
      double next = dot(r, z);
      turn(z, next / rho, direction);
      rho = next;
      iteration++;
    }
    return iteration;
  }

  /** direction = z + β direction. */
  private static void turn(double[] z, double beta, double[] direction) {
    for (int p = 0; p < z.length; p++) {
      direction[p] = z[p] + beta * direction[p];
    }
  }

  private static void add(double alpha, double[] x, double[] out) {
    for (int p = 0; p < x.length; p++) {
      out[p] += alpha * x[p];
    }
  }

  /** Scalar product, in four sums that do not wait for each other. */
  private static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int p = 0;
    for (; p + 3 < a.length; p += 4) {
      s0 += a[p] * b[p];
      s1 += a[p + 1] * b[p + 1];
      s2 += a[p + 2] * b[p + 2];
      s3 += a[p + 3] * b[p + 3];
    }
    for (; p < a.length; p++) {
      s0 += a[p] * b[p];
    }
    return s0 + s1 + (s2 + s3);
  }
}
