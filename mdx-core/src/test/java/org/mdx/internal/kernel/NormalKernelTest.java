package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Interpolation and its normal equations against matrices written out in full. */
class NormalKernelTest {
  private static final int ROWS = 300;

  private final Random random = new Random(5);

  /** Numbers of points along three axes (1 where an axis is missing), and of panels. */
  @ParameterizedTest
  @CsvSource({
    "7, 0, 0, 1",
    "2, 0, 0, 1",
    "1, 0, 0, 1",
    "5, 4, 0, 1",
    "5, 4, 0, 3",
    "2, 2, 0, 1",
    "1, 6, 0, 2",
    "6, 1, 0, 1",
    "4, 3, 5, 1",
    "4, 3, 5, 2",
    "2, 2, 2, 1",
    "3, 4, 1, 1",
    "1, 1, 3, 1"
  })
  void kernelsShouldAgreeWithTheFullMatrix(int nx, int ny, int nz, int panels) {
    int axes = nz > 0 ? 3 : ny > 0 ? 2 : 1;
    int[] n = {nx, Math.max(ny, 1), Math.max(nz, 1)};
    int points = panels * n[0] * n[1] * n[2];
    double[] axis = new double[3 * axes];
    float[][] at = new float[3][ROWS];
    for (int i = 0; i < axes; i++) {
      double step = 0.5 + i;
      axis[3 * i] = 10.0 * i - 3;
      axis[3 * i + 1] = n[i] > 1 ? 1 / step : 0;
      axis[3 * i + 2] = n[i];
      for (int row = 0; row < ROWS; row++) {
        double part = row == 0 ? 0 : row == 1 ? 1 : random.nextDouble();
        at[i][row] = (float) (axis[3 * i] + part * step * (n[i] - 1));
      }
    }
    char[] panel = panels > 1 ? new char[ROWS] : null;
    double[] e = new double[ROWS];
    double[] g = new double[ROWS];
    double[] r = new double[ROWS];
    double[][] w = new double[ROWS][points];
    for (int row = 0; row < ROWS; row++) {
      int p = panels > 1 ? random.nextInt(panels) : 0;
      if (panel != null) {
        panel[row] = (char) p;
      }
      e[row] = row % 17 == 3 ? 0 : random.nextDouble();
      g[row] = random.nextGaussian();
      r[row] = random.nextGaussian();
      weights(axis, axes, n, at, row, p, w[row]);
    }
    double[] u = random.doubles(points).toArray();
    int elements = axes == 1 ? 2 : axes == 2 ? 5 : 14;
    double[] aa = new double[elements * points];
    double[] ay = new double[points];
    double[] value = new double[ROWS];
    int from = 7;
    Coordinates x = new Coordinates(panel, at[0], at[1], at[2]);
    Equations equations = new Equations(e, g, r);
    NormalKernel normal = new NormalKernel(axis, aa, ay);
    switch (axes) {
      case 1 -> {
        ControlKernel.line(x, from, ROWS, axis, u, value);
        normal.line(x, equations, from, ROWS);
      }
      case 2 -> {
        ControlKernel.plane(x, from, ROWS, axis, u, value);
        normal.plane(x, equations, from, ROWS);
      }
      default -> {
        ControlKernel.space(x, from, ROWS, axis, u, value);
        normal.space(x, equations, from, ROWS);
      }
    }

    double[][] full = new double[points][points];
    double[] right = new double[points];
    for (int row = from; row < ROWS; row++) {
      double expected = 0;
      for (int p = 0; p < points; p++) {
        expected += w[row][p] * u[p];
        right[p] += e[row] * g[row] * r[row] * w[row][p];
        for (int q = 0; q < points; q++) {
          full[p][q] += e[row] * g[row] * g[row] * w[row][p] * w[row][q];
        }
      }
      assertThat(value[row]).isCloseTo(expected, within(1e-5));
    }
    double[][] mine = expand(aa, elements, n, axes, points);
    for (int p = 0; p < points; p++) {
      assertThat(ay[p]).isCloseTo(right[p], within(1e-4));
      for (int q = 0; q < points; q++) {
        assertThat(mine[p][q]).as("%d, %d", p, q).isCloseTo(full[p][q], within(1e-4));
      }
    }
  }

  /** Hat functions of each axis, multiplied. */
  private static void weights(
      double[] axis, int axes, int[] n, float[][] at, int row, int panel, double[] w) {
    int perPanel = n[0] * n[1] * n[2];
    for (int p = 0; p < perPanel; p++) {
      int[] i = {p / (n[1] * n[2]), p / n[2] % n[1], p % n[2]};
      double product = 1;
      for (int a = 0; a < axes; a++) {
        if (n[a] > 1) {
          double f = (at[a][row] - axis[3 * a]) * axis[3 * a + 1];
          product *= Math.max(0, 1 - Math.abs(f - i[a]));
        }
      }
      w[panel * perPanel + p] = product;
    }
  }

  /** The whole matrix from its elements, by the neighbours that the documentation lists. */
  private static double[][] expand(double[] aa, int elements, int[] n, int axes, int points) {
    double[][] full = new double[points][points];
    int last = axes == 1 ? 0 : axes == 2 ? n[1] : n[2];
    for (int p = 0; p < points; p++) {
      for (int k = 0; k < elements; k++) {
        double v = aa[elements * p + k];
        int q = p;
        if (axes == 1) {
          q += k;
        } else if (axes == 2) {
          int[][] neighbour = {{0, 0}, {0, 1}, {1, -1}, {1, 0}, {1, 1}};
          q += neighbour[k][0] * last + neighbour[k][1];
        } else {
          int code = k + 13;
          q += (code / 9 - 1) * n[1] * n[2] + (code / 3 % 3 - 1) * n[2] + code % 3 - 1;
        }
        if (v != 0) {
          full[p][q] += v;
          full[q][p] += p == q ? 0 : v;
        }
      }
    }
    return full;
  }
}
