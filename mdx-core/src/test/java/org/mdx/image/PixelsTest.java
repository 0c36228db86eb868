package org.mdx.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PixelsTest {
  private static final double[][] RANGES = {
    {0, 1048499},
    {-40, 65535},
    {0.5, 3.5},
    {7, 7},
    {-1e12, 1e12},
    {-1e12, -2147483647},
    {2147483647, 1e12},
    {-2147483648.0, 5},
    {-3, 2147483647},
    {1, 2147483647},
    {1e11, 1e12},
    {0.2, 0.8},
    {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}
  };

  @Test
  void keepShouldMarkExactlyWhatLiesOutsideTheRange() {
    Random random = new Random(5);
    for (double[] range : RANGES) {
      for (int length : new int[] {0, 1, 7, 1000}) {
        int[] values = random.ints(length).toArray();
        for (int i = 0; i < length; i += 2) {
          values[i] = edge(random, range);
        }
        int[] expected =
            Arrays.stream(values)
                .map(v -> v >= range[0] && v <= range[1] ? v : Integer.MIN_VALUE)
                .toArray();
        Pixels.keep(values, range[0], range[1]);
        assertArrayEquals(expected, values, Arrays.toString(range));
      }
    }
  }

  private static int edge(Random random, double[] range) {
    int[] edges = {
      (int) range[0], (int) range[1], 0, -1, -2, Integer.MAX_VALUE, Integer.MIN_VALUE, 1
    };
    return edges[random.nextInt(edges.length)] + random.nextInt(3) - 1;
  }

  @Test
  void keepShouldLeaveAMarkWhereItIs() {
    int[] values = {Pixels.MASKED, -5, 9};
    Pixels.keep(values, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    assertTrue(Pixels.isMasked(values[0]));
    assertEquals(-5, values[1]);
  }

  @Test
  void keepShouldRefuseARangeThatIsNone() {
    assertThrows(IllegalArgumentException.class, () -> Pixels.keep(new int[1], 2, 1));
    assertThrows(IllegalArgumentException.class, () -> Pixels.keep(new int[1], Double.NaN, 1));
  }
}
