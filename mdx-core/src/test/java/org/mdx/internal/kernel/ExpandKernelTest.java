package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against asking every place of the box which rows have an equivalent there. */
class ExpandKernelTest {
  /** The identity, the inversion, and the threefold axis along the diagonal. */
  private static final int[] OPERATORS = {
    1, 0, 0, 0, 1, 0, 0, 0, 1, -1, 0, 0, 0, -1, 0, 0, 0, -1, 0, 1, 0, 0, 0, 1, 1, 0, 0
  };

  @Test
  void everyPlaceOfTheBoxShouldHoldItsEquivalentRow() {
    Random random = new Random(6);
    for (int[] shape : new int[][] {{1, 1, 1}, {3, 4, 5}, {7, 1, 2}}) {
      int[] origin = {-1, -2, 0};
      int rows = 20;
      int[][] hkl = new int[3][rows];
      float[] value = new float[rows];
      for (int i = 0; i < rows; i++) {
        for (int[] index : hkl) {
          index[i] = random.nextInt(9) - 4;
        }
        value[i] = i + 1;
      }
      float[] out = new float[shape[0] * shape[1] * shape[2]];
      Arrays.fill(out, Float.NaN);
      ExpandKernel.expand(hkl[0], hkl[1], hkl[2], value, OPERATORS, origin, shape, out);
      for (int place = 0; place < out.length; place++) {
        int x = place / (shape[1] * shape[2]) + origin[0];
        int y = place / shape[2] % shape[1] + origin[1];
        int z = place % shape[2] + origin[2];
        assertThat(Float.valueOf(out[place])).isEqualTo(Float.valueOf(last(hkl, value, x, y, z)));
      }
    }
  }

  /** The value that is written last there: by the last operator, and of its rows by the last. */
  private static float last(int[][] hkl, float[] value, int x, int y, int z) {
    float found = Float.NaN;
    for (int i = 0; i < value.length; i++) {
      found = hkl[0][i] == x && hkl[1][i] == y && hkl[2][i] == z ? value[i] : found;
    }
    for (int i = 0; i < value.length; i++) {
      found = hkl[0][i] == -x && hkl[1][i] == -y && hkl[2][i] == -z ? value[i] : found;
    }
    for (int i = 0; i < value.length; i++) {
      // (h, k, l) goes to (l, h, k)
      found = hkl[2][i] == x && hkl[0][i] == y && hkl[1][i] == z ? value[i] : found;
    }
    return found;
  }
}
