package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;

class VoxelKernelTest {

  @Test
  void rotateRowShouldMultiplyEachVector() {
    Random random = new Random(1);
    for (int n : new int[] {0, 1, 3, 17, 100}) {
      double[][] s = random(random, n + 5);
      double[] m = random.doubles(9, -9, 9).toArray();
      double[][] out = new double[3][n];
      VoxelKernel.rotateRow(s, 5, n, m, new double[3][n], out[0], out[1], out[2]);
      for (int i = 0; i < n; i++) {
        for (int r = 0; r < 3; r++) {
          double expected = 0;
          for (int c = 0; c < 3; c++) {
            expected += m[3 * r + c] * s[c][5 + i];
          }
          assertThat(out[r][i]).isCloseTo(expected, offset(1e-12));
        }
      }
    }
  }

  @Test
  void keysShouldRoundHalfToEven() {
    double[] h = {0.5, 1.5, -0.5, -1.5, 2.4999, -7.51, 0};
    double[] zero = new double[h.length];
    double[] key = new double[h.length];
    VoxelKernel.keys(h, zero, zero, h.length, new double[] {1, 1, 1, 100, 10, 1, 5000}, key);
    assertThat(key).containsExactly(5000, 5200, 5000, 4800, 5200, 4200, 5000);
  }

  @Test
  void keysShouldAgreeWithIntegerArithmetic() {
    Random random = new Random(2);
    double[][] hkl = random(random, 1000);
    double[] key = new double[1000];
    double[] g = {3, 2, 4, 201L * 301 * 2, 301 * 2, 2, 123456789};
    VoxelKernel.keys(hkl[0], hkl[1], hkl[2], 1000, g, key);
    for (int i = 0; i < 1000; i++) {
      long expected =
          ((long) Math.rint(hkl[0][i] * 3) * 201 + (long) Math.rint(hkl[1][i] * 2)) * 301;
      expected = (expected + (long) Math.rint(hkl[2][i] * 4)) * 2 + 123456789;
      assertThat((long) key[i]).isEqualTo(expected);
    }
  }

  @Test
  void peakDistanceShouldMeasureFromTheNearestLatticePoint() {
    double[] h = {3.1};
    double[] k = {-2.2};
    double[] l = {0.45};
    double[] d2 = new double[1];
    // r = (0.1, −0.2, 0.45), r0 = (0.1, 0, 0.05): d = (0, −0.2, 0.4), P·d = (0, −0.4, −0.6 + 1.2)
    VoxelKernel.peakDistance(h, k, l, 1, new double[] {0.1, 0, 0.05, 7, 1, 2, 5, 3, 3}, d2);
    assertThat(d2[0]).isCloseTo(0.16 + 0.36, offset(1e-12));
  }

  @Test
  void selectShouldFindNearAndStrongPixelsInOrder() {
    Random random = new Random(4);
    for (int n : new int[] {0, 1, 2, 63, 500}) {
      double[] d2 = random.doubles(n, 0, 20).toArray();
      int[] pixels = random.ints(n + 2, -2, 50).toArray();
      double[] scratch = d2.clone();
      int found = VoxelKernel.select(scratch, 9, pixels, 2, n, 40);
      int expected = 0;
      for (int i = 0; i < n; i++) {
        if (d2[i] < 9 || pixels[2 + i] > 40) {
          assertThat(VoxelKernel.column(scratch[expected++])).isEqualTo(i);
        }
      }
      assertThat(found).isEqualTo(expected);
    }
  }

  private static double[][] random(Random random, int n) {
    return new double[][] {
      random.doubles(n, -50, 50).toArray(),
      random.doubles(n, -50, 50).toArray(),
      random.doubles(n, -50, 50).toArray()
    };
  }
}
