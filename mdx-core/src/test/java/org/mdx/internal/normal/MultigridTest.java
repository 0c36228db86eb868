package org.mdx.internal.normal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.internal.kernel.ConjugateGradient;
import org.mdx.math.GridAxis;

/** Against conjugate gradients that know the diagonal alone. */
class MultigridTest {
  private final Random random = new Random(3);

  /** Where data are, on areas from 0 to 1. */
  private interface Area {
    boolean has(int panel, double x, double y);
  }

  /** A term with data of random weights, its equations, and the weight of its smoothness. */
  private final class System {
    final TermGrid grid;
    final BandMatrix aa;
    final BandMatrix g;
    final double weight;
    final double[] y;

    System(int panels, int nx, int ny, double smoothness, Area area) {
      grid = new TermGrid(List.of(GridAxis.linear(0, 1, nx), GridAxis.linear(0, 1, ny)), panels, 1);
      int n = grid.values.length;
      y = new double[n];
      aa = new BandMatrix(n);
      for (int i = 0; i < 8 * n; i++) {
        int panel = random.nextInt(panels);
        double x = random.nextDouble() * (nx - 1);
        double z = random.nextDouble() * (ny - 1);
        if (area.has(panel, x / (nx - 1), z / (ny - 1))) {
          int p = (panel * nx + (int) x) * ny + (int) z;
          double tx = x % 1;
          double ty = z % 1;
          int[] points = {p, p + 1, p + ny, p + ny + 1};
          double[] w = {(1 - tx) * (1 - ty), (1 - tx) * ty, tx * (1 - ty), tx * ty};
          double size = Math.exp(random.nextGaussian());
          double right = 1 + 0.1 * Math.sin(x / 9) + random.nextGaussian() / size;
          double[] row = Arrays.stream(w).map(v -> v * size).toArray();
          aa.addRow(points, row);
          for (int k = 0; k < 4; k++) {
            y[points[k]] += row[k] * size * right;
          }
        }
      }
      BandMatrix laplacian = grid.laplacian();
      weight = smoothness * aa.trace() / laplacian.trace();
      g = new BandMatrix(n);
      g.add(aa, 1);
      g.add(laplacian, weight);
    }

    double[] slow() {
      double[] u = ones();
      g.solve(y, u, 1e-12, 100_000);
      return u;
    }

    private double[] ones() {
      double[] u = new double[y.length];
      Arrays.fill(u, 1);
      return u;
    }

    /** Solves; how many iterations it took. */
    int fast(double[] u, double tolerance) {
      Arrays.fill(u, 1);
      g.precondition(new Multigrid(grid, aa).with(g, weight));
      return g.solve(y, u, tolerance, 1000);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 60, 60, 1", "1, 57, 90, 100", "3, 31, 28, 10", "1, 80, 80, 100000"})
  void solutionShouldBeThatOfTheDiagonalAlone(int panels, int nx, int ny, double smoothness) {
    System s = new System(panels, nx, ny, smoothness, (p, x, y) -> true);
    double[] expected = s.slow();
    double[] u = new double[expected.length];

    int iterations = s.fast(u, 1e-11);

    assertThat(iterations).isLessThan(40);
    for (int p = 0; p < u.length; p++) {
      assertThat(u[p]).isCloseTo(expected[p], within(1e-7));
    }
  }

  /** A disc with a shadow: the corners and the shadow are held by smoothness alone. */
  @Test
  void gapsShouldNotTakeManyMoreIterations() {
    System s =
        new System(
            1,
            100,
            100,
            1000,
            (p, x, y) -> {
              double r = Math.hypot(x - 0.5, y - 0.5);
              return r < 0.5 && r > 0.1;
            });
    double[] u = new double[s.y.length];

    assertThat(s.fast(u, 1e-7)).isLessThan(40);

    double[] rest = new double[u.length];
    s.g.multiply(u, rest);
    double left = 0;
    double whole = 0;
    for (int p = 0; p < u.length; p++) {
      left += (s.y[p] - rest[p]) * (s.y[p] - rest[p]);
      whole += s.y[p] * s.y[p];
    }
    assertThat(Math.sqrt(left / whole)).isLessThan(1.01e-7);
  }

  @Test
  void panelWithoutDataShouldStayAsItWas() {
    System s = new System(3, 40, 40, 10, (p, x, y) -> p != 1);
    double[] u = new double[s.y.length];

    s.fast(u, 1e-9);

    for (int p = 1600; p < 3200; p++) {
      assertThat(u[p]).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void preconditionerShouldBeSymmetricAndPositive() {
    System s = new System(2, 50, 33, 10, (p, x, y) -> x < 0.8);
    ConjugateGradient.Preconditioner cycle =
        new Multigrid(s.grid, s.aa).with(s.g, s.weight).cycle();
    double[] a = random.doubles(s.y.length, -1, 1).toArray();
    double[] b = random.doubles(s.y.length, -1, 1).toArray();
    double[] ma = new double[a.length];
    double[] mb = new double[a.length];

    cycle.apply(a, ma);
    cycle.apply(b, mb);

    assertThat(dot(a, mb))
        .isCloseTo(dot(b, ma), within(1e-10 * Math.sqrt(dot(a, ma) * dot(b, mb))));
    assertThat(dot(a, ma)).isPositive();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void smallTermsShouldDoWithoutIt() {
    assertThat(Multigrid.isFor(grid(200, 200))).isTrue();
    assertThat(Multigrid.isFor(grid(31, 13))).isFalse();
    assertThat(Multigrid.isFor(grid(1, 4000))).isFalse();
  }

  private static TermGrid grid(int nx, int ny) {
    GridAxis x = nx > 1 ? GridAxis.linear(0, 1, nx) : GridAxis.of(0);
    return new TermGrid(List.of(x, GridAxis.linear(0, 1, ny)), 1, 1);
  }
}
