package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Against a dense direct solver. */
class BandCholeskyTest {
  private static final int N = 40;
  private static final int[] OFFSET = {0, 1, 6, 7};

  private final Random random = new Random(6);

  /** Σ of (x[p] − x[q])² of neighbours, and a little of x². */
  private double[][] matrix(double identity) {
    double[][] g = new double[OFFSET.length][N];
    for (int p = 0; p < N; p++) {
      g[0][p] += identity;
      for (int d = 1; d < OFFSET.length; d++) {
        int q = p + OFFSET[d];
        if (q < N) {
          double w = random.nextDouble();
          g[0][p] += w;
          g[0][q] += w;
          g[d][p] -= w;
        }
      }
    }
    return g;
  }

  @Test
  void solutionShouldBeThatOfADenseSolver() {
    double[][] g = matrix(0.1);
    double[] y = random.doubles(N, -1, 1).toArray();
    double[] u = new double[N];

    new BandCholesky(OFFSET, g).solve(y, u);

    DMatrixRMaj full = new DMatrixRMaj(N, N);
    for (int d = 0; d < OFFSET.length; d++) {
      for (int p = 0; p + OFFSET[d] < N; p++) {
        full.set(p, p + OFFSET[d], g[d][p]);
        full.set(p + OFFSET[d], p, g[d][p]);
      }
    }
    DMatrixRMaj expected = new DMatrixRMaj(N, 1);
    assertThat(CommonOps_DDRM.solve(full, new DMatrixRMaj(N, 1, true, y), expected)).isTrue();
    for (int p = 0; p < N; p++) {
      assertThat(u[p]).isCloseTo(expected.get(p), within(1e-12));
    }
  }

  @Test
  void singularEquationsShouldHaveAFiniteSolution() {
    double[][] g = matrix(0);
    double[] y = new double[N];
    y[3] = 1;
    y[30] = -1;
    double[] u = new double[N];

    new BandCholesky(OFFSET, g).solve(y, u);

    double[] product = new double[N];
    ConjugateGradient.multiply(OFFSET, g, u, product);
    assertThat(u[N - 1]).isZero();
    for (int p = 0; p < N; p++) {
      assertThat(product[p]).isCloseTo(y[p], within(1e-12));
    }
  }

  @Test
  void pointsThatNothingHoldsShouldBeZero() {
    double[] u = {3, 4};

    new BandCholesky(new int[] {0}, new double[][] {{0, 4}}).solve(new double[] {1, 1}, u);

    assertThat(u).containsExactly(0, 0.25);
  }
}
