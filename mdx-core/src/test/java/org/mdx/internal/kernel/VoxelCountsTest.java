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
    for (int[] shape : new int[][] {{1, 1}, {1, 50}, {50, 1}, {37, 41}}) {
      for (int most : new int[] {1, 3, 400}) {
        compare(random, shape[0], shape[1], most);
      }
    }
  }

  private static void compare(Random random, int width, int height, int most) {
    int[] pixels =
        random.ints(width * height, -6, 9).map(v -> v == -6 ? PixelMark.MASKED : v).toArray();
    double[] keys = new double[width];
    Map<Long, long[]> expected = new LinkedHashMap<>();
    int[] begin = new int[width + 1];
    long[] sums = new long[width + 1];
    int[][] runOf = new int[2][width];
    long[][] key = new long[2][width];
    int[][] place = new int[2][width];
    int[] missed = new int[width + 1];
    key[1][0] = -1; // no row above
    // whatever an earlier frame left in the list must not be taken for this one's
    long[] list = new long[VoxelCounts.STRIDE * width * height + VoxelCounts.STRIDE * 5];
    for (int v = 0; v < list.length; v += VoxelCounts.STRIDE) {
      list[v] = 1 + random.nextInt(most);
      list[v + 1] = 1000;
    }
    int bits = 12;
    long[] index = new long[1 << bits];
    int size = 0;
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
      int runs = VoxelCounts.runs(pixels, iy * width, width, keys, begin, sums, runOf[iy % 2]);
      for (int r = 0; r < runs; r++) {
        for (int ix = begin[r]; ix < begin[r + 1]; ix++) {
          assertThat(keys[ix]).isEqualTo(keys[begin[r]]);
        }
        assertThat(r == 0 || keys[begin[r]] != keys[begin[r] - 1]).isTrue();
      }
      assertThat(begin[runs]).isEqualTo(width);
      int above = 1 - iy % 2;
      size =
          VoxelCounts.find(
              runs,
              begin,
              sums,
              keys,
              runOf[above],
              key[above],
              place[above],
              list,
              index,
              64 - bits,
              size,
              key[iy % 2],
              place[iy % 2],
              missed);
      VoxelCounts.addRuns(runs, begin, sums, place[iy % 2], pixels, iy * width, iy, list);
    }
    assertThat(size).isEqualTo(expected.size());
    for (int i = 0; i < size; i++) {
      int at = i * VoxelCounts.STRIDE;
      assertThat(new long[] {list[at + 1], list[at + 2], list[at + 3], list[at + 4]})
          .isEqualTo(expected.get(list[at] - 1));
    }
  }
}
