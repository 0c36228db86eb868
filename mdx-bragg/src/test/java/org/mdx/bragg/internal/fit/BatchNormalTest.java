package org.mdx.bragg.internal.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.bragg.internal.algebra.BatchNormal;

/** Against sums of products of all derivatives. */
class BatchNormalTest {

  private static double[] random(Random random, int n) {
    return random.doubles(n, -1, 1).toArray();
  }

  /** a·(T·h), less the edge's part. */
  private static double derivative(double[] a, int component, double[] t, double[] h) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 3; k++) {
        sum += a[3 * component + i] * t[3 * i + k] * h[k];
      }
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "7, 9, 1, 40",
    "7, 18, 2, 40",
    "0, 3, 1, 5",
    "4, 0, 2, 6",
    "0, 0, 1, 3",
    "3, 5, 2, 0"
  })
  void sumsShouldBeThoseOfTheFullDerivatives(int plain, int crystal, int edges, int observations) {
    BatchNormal sums = new BatchNormal();
    sums.begin(9);
    sums.add(random(new Random(1), 27), new double[3], new double[9], new double[3], 0.3);
    Random random = new Random(plain + crystal);
    double[][] directions = new double[crystal][];
    int[] sides = new int[crystal];
    for (int c = 0; c < crystal; c++) {
      directions[c] = random(random, 9);
      sides[c] = c % edges;
    }
    int n = plain + crystal;
    double[][] normal = new double[n][n];
    double[] gradient = new double[n];
    sums.begin(plain);
    for (int o = 0; o < observations; o++) {
      double[] j = random(random, 3 * plain);
      double[] r = random(random, 3);
      double[] a = random(random, 9);
      double[] h = random(random, 3);
      double fraction = edges == 1 ? 0 : random.nextDouble();
      sums.add(j, r, a, h, fraction);
      for (int k = 0; k < 3; k++) {
        double[] all = new double[n];
        System.arraycopy(j, k * plain, all, 0, plain);
        for (int c = 0; c < crystal; c++) {
          double part = sides[c] == 0 ? 1 - fraction : fraction;
          all[plain + c] = part * derivative(a, k, directions[c], h);
        }
        for (int x = 0; x < n; x++) {
          gradient[x] += all[x] * r[k];
          for (int y = 0; y < n; y++) {
            normal[x][y] += all[x] * all[y];
          }
        }
      }
    }
    sums.finish(directions, sides);
    for (int x = 0; x < n; x++) {
      assertThat(sums.gradient(x)).isCloseTo(gradient[x], within(1e-12));
      for (int y = 0; y < n; y++) {
        assertThat(sums.get(x, y)).isCloseTo(normal[x][y], within(1e-12));
      }
    }
  }
}
