package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Runs and voxels of random rows against a map that is met once a pixel. */
class VoxelCountsTest {

  @Test
  void voxelsOfAFrameShouldHoldTheSumsOfTheirPixels() {
    Random random = new Random(8);
    for (int[] shape : new int[][] {{1, 1}, {1, 50}, {50, 1}, {37, 41}, {300, 70}}) {
      for (int most : new int[] {1, 3, 400, 30000}) {
        compare(random, shape[0], shape[1], most, true);
      }
    }
  }

  @Test
  void partsOfVoxelsShouldAddUpToTheSumsOfTheirPixels() {
    Random random = new Random(9);
    for (int[] shape : new int[][] {{1, 1}, {1, 50}, {50, 1}, {37, 41}, {300, 70}}) {
      for (int most : new int[] {1, 3, 400, 30000}) {
        compare(random, shape[0], shape[1], most, false);
      }
    }
  }

  private static void compare(Random random, int width, int height, int most, boolean once) {
    int[] pixels =
        random.ints(width * height, -6, 9).map(v -> v == -6 ? PixelMark.MASKED : v).toArray();
    double[] keys = new double[width];
    Map<Long, long[]> expected = new LinkedHashMap<>();
    VoxelCounts voxels = new VoxelCounts(width, once);
    // whatever an earlier frame left in the list must not be taken for this one's
    int[] other = random.ints(width, 0, 9).toArray();
    double[] left = random.ints(width, 0, most).asDoubleStream().toArray();
    addRow(voxels, other, 0, width, left, 3);
    voxels.clear();
    voxels.forgetAbove();
    for (int iy = 0; iy < height; iy++) {
      for (int ix = 0; ix < width; ix++) {
        boolean same = ix > 0 && random.nextInt(3) > 0;
        keys[ix] = same ? keys[ix - 1] : random.nextInt(most);
        int v = pixels[iy * width + ix];
        if (v != PixelMark.MASKED) {
          long[] e = expected.computeIfAbsent((long) keys[ix], x -> new long[4]);
          e[0]++;
          e[1] += v;
          e[2] += ix;
          e[3] += iy;
        }
      }
      int runs = addRow(voxels, pixels, iy * width, width, keys, iy);
      int[] begin = voxels.begin;
      for (int r = 0; r < runs; r++) {
        for (int ix = begin[r]; ix < begin[r + 1]; ix++) {
          assertThat(keys[ix]).isEqualTo(keys[begin[r]]);
        }
        assertThat(r == 0 || keys[begin[r]] != keys[begin[r] - 1]).isTrue();
      }
      assertThat(begin[runs]).isEqualTo(width);
    }
    Map<Long, long[]> sums = new LinkedHashMap<>();
    for (int i = 0; i < voxels.size(); i++) {
      long[] part = new long[VoxelCounts.STRIDE];
      voxels.copy(i, part, 0);
      assertThat(part[1]).isPositive();
      long[] sum = sums.computeIfAbsent(part[0] - 1, x -> new long[4]);
      for (int j = 0; j < 4; j++) {
        sum[j] += part[j + 1];
      }
    }
    if (once) {
      assertThat(voxels.size()).isEqualTo(sums.size());
    }
    assertThat(sums.keySet()).isEqualTo(expected.keySet());
    sums.forEach((key, sum) -> assertThat(sum).isEqualTo(expected.get(key)));
  }

  private static int addRow(
      VoxelCounts voxels, int[] pixels, int from, int n, double[] keys, int iy) {
    int runs = voxels.cut(pixels, from, n, keys);
    assertThat(voxels.reserve(runs)).isTrue();
    voxels.find(runs, keys);
    voxels.add(runs, pixels, from, iy);
    voxels.endRow();
    return runs;
  }
}
