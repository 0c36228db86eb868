package org.mdx.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.math.GridAxis;
import org.mdx.math.Vec3;

class MillerIndexGridTest {

  private static double[] axis(Random random, double first, int n) {
    double[] a = new double[n];
    a[0] = first;
    for (int i = 1; i < n; i++) {
      a[i] = a[i - 1] + 1 + 9 * random.nextDouble();
    }
    return a;
  }

  private static double[] gaussian(Random random, int n) {
    return random.doubles(n, -20, 20).toArray();
  }

  /** Trilinear interpolation written out over the eight corners, along φ, then iy, then ix. */
  private static double naive(
      double[] phi, double[] iy, double[] ix, double[] v, double p, double y, double x) {
    double[] f = {
      GridAxis.of(phi).fraction(p), GridAxis.of(iy).fraction(y), GridAxis.of(ix).fraction(x)
    };
    int[] n = {phi.length, iy.length, ix.length};
    int[] b = new int[3];
    for (int i = 0; i < 3; i++) {
      b[i] = n[i] == 1 ? 0 : Math.min((int) f[i], n[i] - 2);
      f[i] -= b[i];
    }
    double[][] corner = new double[2][2];
    for (int j = 0; j < 2; j++) {
      for (int i = 0; i < 2; i++) {
        int yy = Math.min(b[1] + j, n[1] - 1);
        int xx = Math.min(b[2] + i, n[2] - 1);
        int p1 = Math.min(b[0] + 1, n[0] - 1);
        corner[j][i] =
            v[(b[0] * n[1] + yy) * n[2] + xx] * (1 - f[0]) + v[(p1 * n[1] + yy) * n[2] + xx] * f[0];
      }
    }
    double c0 = corner[0][0] * (1 - f[1]) + corner[1][0] * f[1];
    double c1 = corner[0][1] * (1 - f[1]) + corner[1][1] * f[1];
    return c0 * (1 - f[2]) + c1 * f[2];
  }

  @Test
  void interpolationAndRowsShouldEqualTheEightCornersToTheBit() {
    Random random = new Random(2);
    for (int trial = 0; trial < 60; trial++) {
      double[] phi = axis(random, 10, 1 + random.nextInt(5));
      double[] iy = axis(random, -0.5, 1 + random.nextInt(6));
      double[] ix = axis(random, -0.5, 1 + random.nextInt(7));
      int n = phi.length * iy.length * ix.length;
      double[] h = gaussian(random, n);
      double[] k = gaussian(random, n);
      double[] l = gaussian(random, n);
      MillerIndexGrid grid = MillerIndexGrid.of(phi, iy, ix, h, k, l);
      int columns = (int) Math.floor(ix[ix.length - 1]) + 1;
      double p = phi[0] - 1 + random.nextDouble() * (phi[phi.length - 1] - phi[0] + 2);
      MillerIndexGrid.Plane plane = grid.plane(p);
      for (int y = 0; y < iy[iy.length - 1]; y++) {
        int from = columns < 2 ? 0 : random.nextInt(columns / 2);
        int count = columns - from;
        double[] rowH = new double[count];
        double[] rowK = new double[count];
        double[] rowL = new double[count];
        plane.fillRow(y, from, count, rowH, rowK, rowL);
        for (int i = 0; i < count; i++) {
          double expected = naive(phi, iy, ix, h, p, y, from + i);
          assertThat(rowH[i]).isEqualTo(expected);
          assertThat(rowK[i]).isEqualTo(naive(phi, iy, ix, k, p, y, from + i));
          assertThat(rowL[i]).isEqualTo(naive(phi, iy, ix, l, p, y, from + i));
          assertThat(grid.interpolate(p, y, from + i).x()).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void sampledGridShouldSpanThePixelEdgesWithCeilOfRangePerStepPlusOnePoints() {
    MillerIndexGrid grid =
        MillerIndexGrid.sample(Geometries.simple(Probe.X_RAY, 5, 0.5), 0, 1, 10, 10, 0);
    assertThat(grid.phi().toArray()).hasSize(4).startsWith(10).endsWith(12.5);
    assertThat(grid.iy().toArray()).hasSize(4).startsWith(-0.5).endsWith(29.5);
    assertThat(grid.ix().toArray()).hasSize(6).startsWith(-0.5).endsWith(49.5);
  }

  @Test
  void sampledPointsShouldBeTheExactIndices() {
    Geometry g = Geometries.simple(Probe.X_RAY, 3, 1);
    for (double centre : new double[] {0, 0.5}) {
      MillerIndexGrid grid = MillerIndexGrid.sample(g, 0, 1, 10, 10, centre);
      for (int m = 0; m < grid.phi().size(); m++) {
        for (int j = 0; j < grid.iy().size(); j++) {
          for (int i = 0; i < grid.ix().size(); i++) {
            Vec3 exact =
                g.millerIndex(
                    0, grid.phi().get(m), grid.ix().get(i) + centre, grid.iy().get(j) + centre);
            assertThat(grid.get(m, j, i)).isEqualTo(exact);
          }
        }
      }
    }
  }

  @Test
  void interpolationShouldStayCloseToTheExactIndex() {
    Geometry g = Geometries.simple(Probe.X_RAY, 3, 1);
    MillerIndexGrid grid = MillerIndexGrid.sample(g, 0, 1, 10, 10, 0.5);
    Random random = new Random(3);
    for (int i = 0; i < 100; i++) {
      double phi = 10 + 3 * random.nextDouble();
      double y = 29 * random.nextDouble();
      double x = 49 * random.nextDouble();
      Vec3 exact = g.millerIndex(0, phi, x + 0.5, y + 0.5);
      // chords of 1.0 and 1.2 mm at 100 mm, on a sphere of radius a/λ = 40: 40·(0.01² + 0.012²)/8
      assertThat(grid.interpolate(phi, y, x).minus(exact).norm()).isLessThan(1.3e-3);
    }
  }

  @Test
  void aWrongNumberOfValuesShouldBeRejected() {
    double[] a = {0, 1};
    assertThatThrownBy(() -> MillerIndexGrid.of(a, a, a, new double[8], new double[8], a))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a grid of 2 x 2 x 2 points with 8, 8 and 2 values");
    assertThatThrownBy(
            () -> MillerIndexGrid.sample(Geometries.simple(Probe.X_RAY, 1, 1), 0, 0, 10, 10, 0))
        .hasMessageContaining("phi");
  }
}
