package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a loop over single pixels that asks each for its bin. */
class BinKernelTest {

  @Test
  void validPixelsShouldBeAddedToTheBinTheyLieIn() {
    Random random = new Random(3);
    for (int[] columns : new int[][] {{0, 1}, {0, 3, 7, 8}, {2, 2, 9}, {0, 10}}) {
      int[] image = random.ints(30, -3, 40).toArray();
      int from = 11;
      int at = 2;
      long[] counts = random.longs(8, 0, 9).toArray();
      int[] pixels = random.ints(8, 0, 9).toArray();
      long[] expectedCounts = counts.clone();
      int[] expectedPixels = pixels.clone();
      for (int ix = 0; ix < 10; ix++) {
        for (int b = 0; b + 1 < columns.length; b++) {
          int v = image[from + ix];
          if (ix >= columns[b] && ix < columns[b + 1] && 0 <= v && v <= 30) {
            expectedCounts[at + b] += v;
            expectedPixels[at + b]++;
          }
        }
      }
      BinKernel.addRow(image, from, columns, 0, 30, counts, pixels, at);
      assertThat(counts).isEqualTo(expectedCounts);
      assertThat(pixels).isEqualTo(expectedPixels);
    }
  }

  @Test
  void sumsShouldExceed32Bits() {
    int[] image = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    long[] counts = new long[1];
    BinKernel.addRow(image, 0, new int[] {0, 3}, 0, Integer.MAX_VALUE, counts, new int[1], 0);
    assertThat(counts[0]).isEqualTo(3L * Integer.MAX_VALUE);
  }
}
