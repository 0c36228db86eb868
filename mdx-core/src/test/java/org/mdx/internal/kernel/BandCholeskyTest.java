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

  @Test
  void solutionShouldBeThatOfADenseSolver() {
    double[][] g = FewDiagonals.matrix(OFFSET, N, 0.1, random);
    double[] y = random.doubles(N, -1, 1).toArray();
    double[] u = new double[N];

    new BandCholesky(OFFSET, g).solve(y, u);

    DMatrixRMaj full = FewDiagonals.full(OFFSET, g);
    DMatrixRMaj expected = new DMatrixRMaj(N, 1);
    assertThat(CommonOps_DDRM.solve(full, new DMatrixRMaj(N, 1, true, y), expected)).isTrue();
    for (int p = 0; p < N; p++) {
      assertThat(u[p]).isCloseTo(expected.get(p), within(1e-12));
    }
  }

  @Test
  void singularEquationsShouldHaveAFiniteSolution() {
    double[][] g = FewDiagonals.matrix(OFFSET, N, 0, random);
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
