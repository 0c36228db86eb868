package org.mdx.internal.kernel;

import java.util.Arrays;

/**
 * Solves G u = y for a symmetric, positive semidefinite matrix of few diagonals by conjugate
 * gradients with the diagonal as preconditioner (Hestenes and Stiefel, J. Res. NBS 49, 409, 1952).
 *
 * <p>The matrix is given by diagonals: {@code g[d][p]} is the element of row p and column {@code p
 * + offset[d]}, and of its mirror image; {@code offset[0]} is 0. Of the solutions of a singular
 * system the one nearest the start is found, in the norm of the preconditioner.
 */
public final class ConjugateGradient {
  private ConjugateGradient() {}

  /**
   * G x.
   *
   * @param offset of each diagonal
   * @param g diagonals
   * @param x vector
   * @param out the product; filled
   */
  public static void multiply(int[] offset, double[][] g, double[] x, double[] out) {
    double[] main = g[0];
    for (int p = 0; p < x.length; p++) {
      out[p] = main[p] * x[p];
    }
    for (int d = 1; d < offset.length; d++) {
      above(g[d], offset[d], x, out);
      below(g[d], offset[d], x, out);
    }
  }

  private static void above(double[] diagonal, int offset, double[] x, double[] out) {
    int n = x.length - offset;
    for (int p = 0; p < n; p++) {
      out[p] += diagonal[p] * x[p + offset];
    }
  }

  private static void below(double[] diagonal, int offset, double[] x, double[] out) {
    int n = x.length - offset;
    for (int p = 0; p < n; p++) {
      out[p + offset] += diagonal[p] * x[p];
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
    int n = y.length;
    double[] inverse = new double[n];
    for (int p = 0; p < n; p++) {
      inverse[p] = g[0][p] > 0 ? 1 / g[0][p] : 0;
    }
    double[] r = new double[n];
    double[] z = new double[n];
    double[] q = new double[n];
    multiply(offset, g, u, r);
    for (int p = 0; p < n; p++) {
      r[p] = y[p] - r[p];
    }
    double goal = tolerance * tolerance * dot(y, y);
    double rho = precondition(inverse, r, z);
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
      double next = precondition(inverse, r, z);
      turn(z, next / rho, direction);
      rho = next;
      iteration++;
    }
    return iteration;
  }

  private static double precondition(double[] inverse, double[] r, double[] z) {
    for (int p = 0; p < r.length; p++) {
      z[p] = inverse[p] * r[p];
    }
    return dot(r, z);
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
