package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Against a direct solver. */
class ConjugateGradientTest {
  private static final int N = 60;
  private static final int[] OFFSET = {0, 1, 7, 8};

  private final Random random = new Random(2);

  @Test
  void solutionShouldBeThatOfADirectSolver() {
    double[][] g = FewDiagonals.matrix(OFFSET, N, 0.01, random);
    double[] y = random.doubles(N, -1, 1).toArray();
    double[] u = new double[N];

    int iterations = ConjugateGradient.solve(OFFSET, g, y, u, 1e-13, 1000);

    DMatrixRMaj direct = new DMatrixRMaj(N, 1);
    assertThat(
            CommonOps_DDRM.solve(
                FewDiagonals.full(OFFSET, g), new DMatrixRMaj(N, 1, true, y), direct))
        .isTrue();
    assertThat(iterations).isBetween(5, 300);
    for (int p = 0; p < N; p++) {
      assertThat(u[p]).isCloseTo(direct.get(p), within(1e-9));
    }
  }

  @Test
  void directionThatNothingDeterminesShouldStayAsItWas() {
    double[][] g = FewDiagonals.matrix(OFFSET, N, 0, random);
    double[] y = new double[N];
    for (int p = 0; p < N; p++) {
      y[p] = p < N / 2 ? 1 : -1;
    }
    double[] u = new double[N];
    double[] v = new double[N];
    Arrays.fill(v, 5);

    ConjugateGradient.solve(OFFSET, g, y, u, 1e-12, 1000);
    ConjugateGradient.solve(OFFSET, g, y, v, 1e-12, 1000);

    double[] product = new double[N];
    ConjugateGradient.multiply(OFFSET, g, u, product);
    for (int p = 0; p < N; p++) {
      assertThat(product[p]).isCloseTo(y[p], within(1e-9));
      assertThat(v[p] - u[p]).isCloseTo(5, within(1e-7));
    }
  }

  @Test
  void nothingShouldBeDoneWithoutEquations() {
    double[] u = {3, 4};
    assertThat(
            ConjugateGradient.solve(
                new int[] {0}, new double[][] {{0, 0}}, new double[2], u, 1e-12, 10))
        .isZero();
    assertThat(u).containsExactly(3, 4);
  }

  /** Rows 0 to 399 and the last 400 are not reached by all diagonals of the largest grid. */
  @Test
  void productOfSevenDiagonalsShouldHaveTheBitsOfOneDiagonalAfterTheOther() {
    for (int[] size : new int[][] {{3, 4}, {5, 7}, {12, 40}, {30, 200}}) {
      int n = size[0] * size[1];
      int w = size[1];
      int[] offset = {0, 1, 2, w - 1, w, w + 1, 2 * w};
      double[][] g = new double[offset.length][];
      for (int d = 0; d < g.length; d++) {
        g[d] = random.doubles(n, -1, 1).toArray();
      }
      double[] x = random.doubles(n, -1, 1).toArray();
      double[] slow = new double[n];
      for (int d = 0; d < g.length; d++) {
        for (int p = 0; p < n; p++) {
          slow[p] += p + offset[d] < n ? g[d][p] * x[p + offset[d]] : 0;
          slow[p] += d > 0 && p >= offset[d] ? g[d][p - offset[d]] * x[p - offset[d]] : 0;
        }
      }
      double[] product = new double[n];

      ConjugateGradient.multiply(offset, g, x, product);

      assertThat(product).isEqualTo(slow);
    }
  }
}
