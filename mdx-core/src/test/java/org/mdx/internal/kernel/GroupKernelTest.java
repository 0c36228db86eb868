package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against sorting row numbers by comparison. */
class GroupKernelTest {

  @Test
  void pencilsShouldBeOrderedByTheThirdKeyWithRowsInTheirOrder() {
    Random random = new Random(11);
    for (int rows : new int[] {1, 2, 50, 3000}) {
      for (int range : new int[] {1, 5, 100_000}) {
        int[] h = random.ints(rows, -2, 2).toArray();
        int[] k = random.ints(rows, -3, 1).toArray();
        int[] l = random.ints(rows, -range, range).toArray();
        int[] origin = {-2, -3, -range};
        int[] cursor = new int[4 * 4 + 1];
        long[] packed = new long[rows];
        GroupKernel.countPencils(h, k, origin, 4, cursor);
        GroupKernel.scatter(h, k, l, origin, 4, cursor, packed);
        int[] order = new int[rows];
        int[] start = new int[rows + 1];
        int[] count = new int[2 * range];
        int groups = 0;
        int from = 0;
        for (int c = 0; c < 16; c++) {
          if (cursor[c] > from) {
            groups = GroupKernel.orderPencil(packed, from, cursor[c], count, order, start, groups);
            from = cursor[c];
          }
        }
        int[] expected = sorted(h, k, l);
        assertThat(order).isEqualTo(expected);
        assertThat(count).containsOnly(0);
        int[] heads = new int[rows + 1];
        assertThat(GroupKernel.heads(h, k, l, expected, heads)).isEqualTo(groups);
        assertThat(start).startsWith(IntStream.of(heads).limit(groups).toArray());
      }
    }
  }

  private static int[] sorted(int[] h, int[] k, int[] l) {
    Comparator<Integer> byKeys =
        Comparator.<Integer>comparingInt(i -> h[i])
            .thenComparingInt(i -> k[i])
            .thenComparingInt(i -> l[i]);
    return IntStream.range(0, h.length).boxed().sorted(byKeys).mapToInt(i -> i).toArray();
  }

  @Test
  void twoRadixPassesShouldSortStably() {
    int[] key = new Random(12).ints(5000, -100_000, 100_000).map(v -> v / 50 * 50).toArray();
    int[] a = IntStream.range(0, key.length).toArray();
    int[] b = new int[key.length];
    GroupKernel.radixPass(key, -100_000, 0, a, b);
    GroupKernel.radixPass(key, -100_000, 16, b, a);
    assertThat(a).isEqualTo(sorted(key, new int[key.length], new int[key.length]));
  }

  @Test
  void rangeShouldBeSmallestAndLargest() {
    assertThat(GroupKernel.range(new int[] {4})).containsExactly(4, 4);
    int[] ends = {3, Integer.MIN_VALUE, Integer.MAX_VALUE, 0};
    assertThat(GroupKernel.range(ends)).containsExactly(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
