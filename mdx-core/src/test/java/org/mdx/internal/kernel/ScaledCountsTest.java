package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The kernel against loops over single pixels. */
class ScaledCountsTest {

  @Test
  void runsShouldAddUpLikeTheirPixelsOneByOne() {
    Random random = new Random(4);
    for (int n : new int[] {1, 2, 37, 500}) {
      int from = 3;
      int[] pixels = new int[from + n];
      double[] keys = new double[n];
      double[][] worth = new double[3][n];
      double key = 0;
      for (int i = 0; i < n; i++) {
        int v = random.nextInt(6) - 3;
        pixels[from + i] = v == -3 ? PixelMark.MASKED : v;
        key = random.nextInt(4) == 0 ? random.nextInt(6) : key;
        keys[i] = key;
        for (double[] w : worth) {
          w[i] = pixels[from + i] == PixelMark.MASKED ? Double.NaN : random.nextDouble();
        }
      }
      VoxelCounts voxels = new VoxelCounts(n);
      int runs = voxels.cut(pixels, from, n, keys);
      voxels.find(runs, keys);
      double[] sums = new double[6 * ScaledCounts.SUMS];
      ScaledCounts.addRuns(
          runs,
          voxels,
          pixels,
          from,
          new ScaledCounts.Row(worth[0], worth[1], worth[2], 0.25),
          sums);
      double[] expected = new double[sums.length];
      for (int i = 0; i < n; i++) {
        if (pixels[from + i] != PixelMark.MASKED) {
          int at = voxel(voxels, (long) keys[i]) * ScaledCounts.SUMS;
          for (int j = 0; j < 3; j++) {
            expected[at + j] += worth[j][i];
          }
          expected[at + 3] += 0.25;
        }
      }
      assertThat(sums).containsExactly(expected, offset(1e-12));
    }
  }

  private static int voxel(VoxelCounts voxels, long key) {
    for (int v = 0; v < voxels.size(); v++) {
      if (voxels.get(v, 0) == key + 1) {
        return v;
      }
    }
    throw new AssertionError("no voxel of key " + key);
  }

  @Test
  void pixelsWithoutPositiveScaleOrWithoutBackgroundShouldBeLeftOut() {
    double nan = Double.NaN;
    double[] scale = {9, 1, 0, -1, nan, 1, 1};
    double[] background = {9, 0, 1, 1, 1, nan, -2};
    int m = PixelMark.MASKED;
    int[] pixels = {7, 7, -5, 5, -1, 5, 5, m};
    ScaledCounts.leaveOut(scale, background, 1, 6, pixels, 2, false);
    assertThat(pixels).containsExactly(7, 7, -5, m, m, m, m, m);
    int[] negative = {7, 7, -5, 5, -1, 5, 5, m};
    ScaledCounts.leaveOut(scale, background, 1, 6, negative, 2, true);
    assertThat(negative).containsExactly(7, 7, -5, m, -1, m, m, m);
  }

  @Test
  void rangeShouldBeThatOfTheFirstValues() {
    double[] range = new double[2];
    ScaledCounts.range(new double[] {3, -1, 8, 100}, 3, range);
    assertThat(range).containsExactly(-1, 8);
    ScaledCounts.range(new double[] {3, -1}, 1, range);
    assertThat(range).containsExactly(3, 3);
  }
}
