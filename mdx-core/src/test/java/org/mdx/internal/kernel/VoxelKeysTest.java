package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Against comparing indices one by one, and against sets. */
class VoxelKeysTest {

  @Test
  void keysShouldRiseAsTheIndicesDo() {
    Random random = new Random(7);
    int edge = (1 << 20) - 1;
    int[] values = {-edge - 1, -edge, -1, 0, 1, edge};
    for (int i = 0; i < 2000; i++) {
      int[] a = random.ints(3, 0, values.length).map(j -> values[j]).toArray();
      int[] b = random.ints(3, 0, values.length).map(j -> values[j]).toArray();
      long x = VoxelKeys.pack(a[0], a[1], a[2]);
      long y = VoxelKeys.pack(b[0], b[1], b[2]);
      assertThat(Long.compare(x, y)).isEqualTo(Integer.signum(Arrays.compare(a, b)));
    }
  }

  @Test
  void indicesTooLargeShouldBeRefusedOnEachAxis() {
    int beyond = 1 << 20;
    for (int[] v : new int[][] {{beyond, 0, 0}, {0, -beyond - 1, 0}, {0, 0, Integer.MAX_VALUE}}) {
      assertThatThrownBy(() -> VoxelKeys.pack(v[0], v[1], v[2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("beyond 1048575");
    }
  }

  @Test
  void unionAndPlacesShouldBeThoseOfSets() {
    Random random = new Random(9);
    for (int n : new int[] {0, 1, 30, 400}) {
      long[] a = rising(random, n);
      long[] b = rising(random, random.nextInt(60));
      TreeSet<Long> set = new TreeSet<>();
      LongStream.concat(LongStream.of(a), LongStream.of(b)).forEach(set::add);
      long[] all = VoxelKeys.union(a, b);
      assertThat(all).isEqualTo(set.stream().mapToLong(v -> v).toArray());
      int[] place = new int[a.length];
      VoxelKeys.places(all, a, place);
      for (int i = 0; i < a.length; i++) {
        assertThat(place[i]).isEqualTo(set.headSet(a[i]).size());
      }
    }
  }

  private static long[] rising(Random random, int n) {
    return random.longs(n, 0, 2L * n + 5).sorted().distinct().toArray();
  }
}
