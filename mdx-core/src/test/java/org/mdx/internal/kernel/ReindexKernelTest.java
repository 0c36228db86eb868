package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReindexKernelTest {

  @Test
  void turnShouldMultiplyRowsByTheirMatrices() {
    int[] h = {1, 4, 7};
    int[] k = {2, 5, 8};
    int[] l = {3, 6, 9};
    int[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    int[] matrices = new int[18];
    System.arraycopy(identity, 0, matrices, 0, 9);
    System.arraycopy(new int[] {0, 1, 0, 0, 0, 1, -1, 0, 0}, 0, matrices, 9, 9);
    ReindexKernel.turn(h, k, l, new int[] {1, 0, 1}, 0, 2, matrices);
    assertThat(h).containsExactly(-3, 4, 7);
    assertThat(k).containsExactly(1, 5, 8);
    assertThat(l).containsExactly(2, 6, 9);
  }

  @Test
  void commonSumsShouldBeThoseOfTheKeysInBothLists() {
    Random random = new Random(3);
    for (int[] size : new int[][] {{0, 0}, {1, 0}, {1, 1}, {7, 50}, {200, 3}, {300, 300}}) {
      TreeMap<Long, Float> x = random(random, size[0]);
      TreeMap<Long, Float> y = random(random, size[1]);
      byte[] block = new byte[y.size()];
      double[] expected = new double[4 * ReindexKernel.SUMS];
      int at = 0;
      for (long key : y.keySet()) {
        block[at] = (byte) random.nextInt(4);
        if (x.containsKey(key)) {
          double u = x.get(key);
          double v = y.get(key);
          double[] terms = {1, u, v, u * u, v * v, u * v};
          for (int t = 0; t < terms.length; t++) {
            expected[ReindexKernel.SUMS * block[at] + t] += terms[t];
          }
        }
        at++;
      }
      double[] sums = new double[expected.length];
      ReindexKernel.addCommon(keys(x), values(x), keys(y), values(y), block, sums);
      assertThat(sums).containsExactly(expected, within(1e-9));
    }
  }

  private static TreeMap<Long, Float> random(Random random, int size) {
    TreeMap<Long, Float> map = new TreeMap<>();
    while (map.size() < size) {
      map.put((long) random.nextInt(2 * size + 3), (float) random.nextGaussian());
    }
    return map;
  }

  private static long[] keys(TreeMap<Long, Float> map) {
    return map.keySet().stream().mapToLong(Long::longValue).toArray();
  }

  private static float[] values(TreeMap<Long, Float> map) {
    float[] v = new float[map.size()];
    int i = 0;
    for (float x : map.values()) {
      v[i++] = x;
    }
    return v;
  }
}
