package org.mdx.internal.normal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.math.GridAxis;

/** Regularisers against the sums of squares that they stand for. */
class TermGridTest {
  private static final int NX = 5;
  private static final int NY = 4;
  private static final int NZ = 3;
  private static final int PANELS = 2;

  private final TermGrid grid =
      new TermGrid(
          List.of(GridAxis.linear(0, 10, NX), GridAxis.linear(0, 9, NY), GridAxis.linear(5, 6, NZ)),
          PANELS,
          1);
  private final double[] u = new Random(1).doubles(PANELS * NX * NY * NZ).toArray();

  private double u(int panel, int i, int j, int k) {
    return u[((panel * NX + i) * NY + j) * NZ + k];
  }

  @Test
  void secondDifferencesShouldBeThoseAlongTheirAxis() {
    double alongPhi = 0;
    double alongX = 0;
    for (int p = 0; p < PANELS; p++) {
      for (int j = 0; j < NY; j++) {
        for (int i = 0; i < NX; i++) {
          alongPhi += square(u(p, i, j, 1) - u(p, i, j, 0) / 2 - u(p, i, j, 2) / 2);
        }
        for (int i = 1; i < NX - 1; i++) {
          for (int k = 0; k < NZ; k++) {
            alongX += square(u(p, i, j, k) - u(p, i - 1, j, k) / 2 - u(p, i + 1, j, k) / 2);
          }
        }
      }
    }
    assertThat(grid.secondDifference(2).quadratic(u)).isCloseTo(alongPhi, within(1e-12));
    assertThat(grid.secondDifference(0).quadratic(u)).isCloseTo(alongX, within(1e-12));
  }

  @Test
  void laplacianShouldBeTheDistanceFromTheMeanOfTheNeighboursInThePlane() {
    double sum = 0;
    for (int p = 0; p < PANELS; p++) {
      for (int i = 0; i < NX; i++) {
        for (int j = 0; j < NY; j++) {
          for (int k = 0; k < NZ; k++) {
            double around = 0;
            int n = 0;
            int[][] steps = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
            for (int[] step : steps) {
              int x = i + step[0];
              int y = j + step[1];
              if (x >= 0 && x < NX && y >= 0 && y < NY) {
                around += u(p, x, y, k);
                n++;
              }
            }
            sum += square(u(p, i, j, k) - around / n);
          }
        }
      }
    }
    assertThat(grid.laplacian().quadratic(u)).isCloseTo(sum, within(1e-11));
  }

  @Test
  void tracesShouldBeTheSumsOfSquaredCoefficients() {
    assertThat(grid.secondDifference(2).trace()).isEqualTo(1.5 * PANELS * NX * NY * (NZ - 2));
    // corners have 2 neighbours, edges 3, the rest 4
    double laplacian = 4 * 1.5 + 2 * (NX - 2 + NY - 2) * (4.0 / 3) + (NX - 2) * (NY - 2) * 1.25;
    assertThat(grid.laplacian().trace()).isCloseTo(laplacian * PANELS * NZ, within(1e-12));
  }

  private static double square(double x) {
    return x * x;
  }
}
