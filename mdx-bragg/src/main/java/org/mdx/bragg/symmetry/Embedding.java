package org.mdx.bragg.symmetry;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;

/**
 * Vectors whose products are the correlations of sweeps (Brehm &amp; Diederichs 2014, Acta Cryst.
 * D70, 101): Σ w (r_ij − x_i·x_j)² is least, by L-BFGS (Nocedal &amp; Wright 2006, section 7.2)
 * from a seeded start.
 */
final class Embedding {
  private static final int MEMORY = 8;
  private static final int STEPS = 200;
  private static final double CONVERGED = 1e-5;

  private final double[][] r;
  private final double[][] w;
  private final int dimensions;

  Embedding(double[][] r, double[][] w, int dimensions) {
    this.r = r;
    this.w = w;
    this.dimensions = dimensions;
  }

  private double cost(double[] x, double[] gradient) {
    int n = r.length;
    double sum = 0;
    Arrays.fill(gradient, 0);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        if (w[i][j] == 0) {
          continue;
        }
        double p = 0;
        for (int k = 0; k < dimensions; k++) {
          p += x[i * dimensions + k] * x[j * dimensions + k];
        }
        double d = r[i][j] - p;
        sum += w[i][j] * d * d;
        double f = -2 * w[i][j] * d;
        for (int k = 0; k < dimensions; k++) {
          gradient[i * dimensions + k] += f * x[j * dimensions + k];
          gradient[j * dimensions + k] += f * x[i * dimensions + k];
        }
      }
    }
    return sum;
  }

  /** The vectors, one row each. */
  double[][] vectors(long seed) {
    int n = r.length * dimensions;
    Random random = new Random(seed);
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextDouble();
    }
    minimise(x);
    double[][] out = new double[r.length][];
    for (int i = 0; i < out.length; i++) {
      out[i] = Arrays.copyOfRange(x, i * dimensions, (i + 1) * dimensions);
    }
    return out;
  }

  private void minimise(double[] x) {
    int n = x.length;
    double[] g = new double[n];
    double f = cost(x, g);
    Deque<double[][]> history = new ArrayDeque<>();
    for (int step = 0; step < STEPS; step++) {
      double[] direction = direction(g, history);
      double slope = dot(direction, g);
      if (!(slope < 0)) {
        history.clear();
        direction = direction(g, history);
        slope = dot(direction, g);
      }
      double length = history.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
      double[] next = new double[n];
      double[] nextG = new double[n];
      double nextF = Double.POSITIVE_INFINITY;
      for (int tries = 0; tries < 30; tries++, length /= 2) {
        for (int i = 0; i < n; i++) {
          next[i] = x[i] + length * direction[i];
        }
        nextF = cost(next, nextG);
        if (nextF <= f + 1e-4 * length * slope) {
          break;
        }
      }
      if (!(nextF < f)) {
        return;
      }
      double[] s = new double[n];
      double[] y = new double[n];
      for (int i = 0; i < n; i++) {
        s[i] = next[i] - x[i];
        y[i] = nextG[i] - g[i];
      }
      if (dot(s, y) > 1e-12 * dot(y, y)) {
        history.addLast(new double[][] {s, y});
        if (history.size() > MEMORY) {
          history.removeFirst();
        }
      }
      boolean done = f - nextF < CONVERGED * f;
      System.arraycopy(next, 0, x, 0, n);
      System.arraycopy(nextG, 0, g, 0, n);
      f = nextF;
      if (done) {
        return;
      }
    }
  }

  /** The two loops of L-BFGS. */
  private static double[] direction(double[] g, Deque<double[][]> history) {
    double[] q = new double[g.length];
    for (int i = 0; i < q.length; i++) {
      q[i] = -g[i];
    }
    double[] alpha = new double[history.size()];
    int k = alpha.length;
    for (var it = history.descendingIterator(); it.hasNext(); ) {
      double[][] sy = it.next();
      alpha[--k] = dot(sy[0], q) / dot(sy[0], sy[1]);
      add(q, -alpha[k], sy[1]);
    }
    if (!history.isEmpty()) {
      double[][] last = history.getLast();
      double scale = dot(last[0], last[1]) / dot(last[1], last[1]);
      for (int i = 0; i < q.length; i++) {
        q[i] *= scale;
      }
    }
    for (double[][] sy : history) {
      double beta = dot(sy[1], q) / dot(sy[0], sy[1]);
      add(q, alpha[k++] - beta, sy[0]);
    }
    return q;
  }

  private static void add(double[] to, double f, double[] v) {
    for (int i = 0; i < to.length; i++) {
      to[i] += f * v[i];
    }
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
