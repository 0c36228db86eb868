package org.mdx.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VoxelGridTest {

  @Test
  void keysOfAllVoxelsWithinTheBoundsShouldDifferAndDecode() {
    Subdivision ndiv = new Subdivision(2, 1, 3);
    VoxelGrid grid = new VoxelGrid(new double[] {1.4, 0.2, 1}, ndiv, 2);
    Set<Long> seen = new HashSet<>();
    for (int panel = 0; panel < 2; panel++) {
      double[] g = grid.kernelParameters(panel);
      for (int h = -3; h <= 3; h++) {
        for (int k = -1; k <= 1; k++) {
          for (int l = -3; l <= 3; l++) {
            long key = (long) (h * g[3] + k * g[4] + l * g[5] + g[6]);
            assertThat(key).isBetween(0L, (long) grid.size() - 1);
            assertThat(seen.add(key)).isTrue();
            int[] decoded = new int[4];
            grid.decode(key, decoded);
            assertThat(decoded).containsExactly(h, k, l, panel);
          }
        }
      }
    }
  }

  @Test
  void moreVoxelsThanADoubleCountsShouldBeRefused() {
    assertThatThrownBy(() -> new VoxelGrid(new double[] {1e6, 1e6, 1e6}, Subdivision.NONE, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("subdivide more coarsely");
    assertThatThrownBy(() -> new VoxelGrid(new double[] {Double.NaN, 1, 3e9}, Subdivision.NONE, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSubdivisionShouldBeOneOrMoreOnEachAxis() {
    assertThatThrownBy(() -> new Subdivision(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(new Subdivision(3, 2, 1)).hasToString("3,2,1");
  }
}
