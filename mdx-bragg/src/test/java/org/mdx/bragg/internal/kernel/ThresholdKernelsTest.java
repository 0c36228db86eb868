package org.mdx.bragg.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kernels of thresholds against loops over every window. */
class ThresholdKernelsTest {
  private static final int NONE = Integer.MIN_VALUE;
  private static final int LOWEST = NONE + 1;

  private static int[] image(int width, int height, long seed, int offset) {
    Random r = new Random(seed);
    int[] a = new int[width * height];
    for (int i = 0; i < a.length; i++) {
      a[i] = offset + r.nextInt(6) + (r.nextInt(9) == 0 ? r.nextInt(400) : 0);
      if (r.nextInt(12) == 0) {
        a[i] = NONE;
      } else if (r.nextInt(300) == 0) {
        a[i] = DispersionKernel.BIG + r.nextInt(10);
      }
    }
    return a;
  }

  private static boolean bit(long[] bits, int width, int x, int y) {
    return (bits[y * BitRows.words(width) + x / 64] >>> x % 64 & 1) != 0;
  }

  private static long[] bits(int width, int height) {
    long[] bits = new long[BitRows.words(width) * height];
    Arrays.fill(bits, 0x5555555555555555L);
    return bits;
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,3,0",
    "7,5,3,0",
    "64,9,3,0",
    "65,40,3,-3",
    "130,31,1,0",
    "63,64,5,0",
    "200,3,7,10",
    "3,200,3,0"
  })
  void dispersionShouldBeThatOfEachWindow(int width, int height, int k, int offset) {
    for (double gain : new double[] {Double.NaN, 1, 2.5}) {
      int[] a = image(width, height, width + height, offset);
      DispersionKernel kernel = new DispersionKernel(width, height, k, k);
      double noise = gain == 2.5 ? 3 : 0;
      kernel.set(LOWEST, 2, 1.5, gain, noise);
      long[] bits = bits(width, height);
      kernel.mark(a, 0, bits, new long[bits.length]);
      int marked = 0;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          boolean expected = slowDispersion(a, width, x, y, k, gain, noise);
          assertThat(bit(bits, width, x, y)).as("%d %d", x, y).isEqualTo(expected);
          marked += expected ? 1 : 0;
        }
      }
      assertThat(BitRows.count(bits)).isEqualTo(marked);
    }
  }

  private static boolean slowDispersion(
      int[] a, int width, int x, int y, int k, double gain, double noise) {
    int height = a.length / width;
    double n = 1.5;
    double m = 0;
    double sum = 0;
    double squares = 0;
    for (int v = Math.max(0, y - k); v <= Math.min(height - 1, y + k); v++) {
      for (int u = Math.max(0, x - k); u <= Math.min(width - 1, x + k); u++) {
        double p = a[v * width + u];
        if (p != NONE && p < 1 << 24) {
          m++;
          sum += p;
          squares += p * p;
        }
      }
    }
    if (a[y * width + x] == NONE || m < 2 || (noise == 0 ? sum : gain * sum + m * noise) < 0) {
      return false;
    }
    double root = Math.sqrt(2 * (m - 1));
    return Double.isNaN(gain)
        ? m * squares - sum * sum - sum * (m - 1) > sum * n * root
        : m * squares - sum * sum > (gain * sum + m * noise) * (m - 1 + n * root);
  }

  @ParameterizedTest
  @CsvSource({
    "150,130,3,2,3,NaN,0",
    "150,131,3,0,3,NaN,0",
    "64,90,2,1,30,1,0",
    "129,80,4,3,2,0.7,0",
    "70,9,1,1,5,2,4",
    "131,140,3,2,100,NaN,0",
    "131,140,3,2,600,NaN,0"
  })
  void dispersionOfFewSpotsShouldBeThatOfEachWindow(
      int width, int height, int k, int radius, int level, double gain, double noise) {
    int[] a = new int[width * height];
    Random r = new Random(radius * 7L + width);
    for (int i = 0; i < a.length; i++) {
      a[i] = level + (int) Math.rint(r.nextGaussian() * Math.sqrt(level));
      a[i] = Math.max(0, a[i]) + (r.nextInt(3000) == 0 ? r.nextInt(3000) : 0);
      a[i] = i / width % 40 == 17 || r.nextInt(2000) == 0 ? NONE : a[i];
    }
    for (int row = 5; row + 4 < height; row += 23) {
      // in the middle and at both edges
      for (int spot : new int[] {row * width + width / 2, row * width, (row + 1) * width - 3}) {
        for (int i : new int[] {0, 1, 2, width, width + 1, 2 * width, 3 * width}) {
          a[spot + i] = 10 * level + 40;
        }
      }
    }
    a[a.length - 1] += 5000;
    DispersionKernel kernel = new DispersionKernel(width, height, k, k);
    kernel.set(LOWEST, 2, 1.5, gain, noise);
    long[] bits = bits(width, height);
    kernel.mark(a, radius, bits, new long[bits.length]);
    boolean[] marked = new boolean[a.length];
    for (int i = 0; i < a.length; i++) {
      marked[i] = slowDispersion(a, width, i % width, i / width, k, gain, noise);
    }
    int kept = 0;
    for (int i = 0; i < a.length; i++) {
      boolean expected = true;
      for (int v = Math.max(0, i / width - radius); v <= i / width + radius && v < height; v++) {
        for (int u = Math.max(0, i % width - radius); u <= i % width + radius; u++) {
          expected &= u >= width || marked[v * width + u];
        }
      }
      assertThat(bit(bits, width, i % width, i / width)).as("%d", i).isEqualTo(expected);
      kept += expected ? 1 : 0;
    }
    assertThat(kept).isBetween(1, a.length / 2);
  }

  @ParameterizedTest
  @CsvSource({"20,150,3,0", "90,40,3,1", "64,30,2,5", "41,50,4,30"})
  void theBoundShouldDenyNothingThatIsThere(int width, int height, int k, int level) {
    DispersionBound bound = new DispersionBound(width, height, k, k);
    int m = (2 * k + 1) * (2 * k + 1);
    bound.set(m - 1 + 1.5 * Math.sqrt(2.0 * (m - 1)));
    int denied = 0;
    for (int seed = 0; seed < 3; seed++) {
      int[] a = new int[width * height];
      Random r = new Random(seed);
      for (int i = 0; i < a.length; i++) {
        a[i] = level + (int) Math.rint(1.1 * r.nextGaussian() * Math.sqrt(level));
        a[i] = r.nextInt(20) == 0 ? NONE : Math.max(0, a[i]);
        a[i] = level == 0 && r.nextInt(20) == 0 ? 1 + r.nextInt(3) : a[i];
      }
      for (int y = 0; y < height; y++) {
        bound.test(a, y);
        for (int x = 0; x < width; x++) {
          boolean there = slowDispersion(a, width, x, y, k, Double.NaN, 0);
          assertThat(bound.isAt(x) || !there).as("%d %d", x, y).isTrue();
          denied += bound.isAt(x) ? 0 : 1;
        }
      }
    }
    assertThat(denied).isGreaterThan(width * height / 2);
  }

  @Test
  void aBrightPixelShouldMarkItsWindow() {
    int[] a = new int[20 * 20];
    Arrays.fill(a, 2);
    a[10 * 20 + 10] = 1000;
    DispersionKernel kernel = new DispersionKernel(20, 20, 3, 3);
    kernel.set(LOWEST, 2, 6, Double.NaN, 0);
    long[] bits = bits(20, 20);
    kernel.mark(a, 0, bits, new long[bits.length]);
    assertThat(BitRows.count(bits)).isEqualTo(49);
    long[] scratch = new long[bits.length];
    BitRows.erode(bits, 20, 20, 2, scratch);
    assertThat(BitRows.count(bits)).isEqualTo(9);
    assertThat(bit(bits, 20, 9, 9)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1,1,2", "64,10,2", "65,10,1", "128,7,3", "129,40,4", "5,70,2"})
  void erosionShouldKeepWhatHasNothingUnsetNear(int width, int height, int radius) {
    Random r = new Random(width);
    long[] bits = new long[BitRows.words(width) * height];
    boolean[][] set = new boolean[height][width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        set[y][x] = r.nextInt(25) != 0;
        if (set[y][x]) {
          bits[y * BitRows.words(width) + x / 64] |= 1L << x;
        }
      }
    }
    BitRows.erode(bits, width, height, radius, new long[bits.length]);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean all = true;
        for (int v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
          for (int u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
            all &= set[v][u];
          }
        }
        assertThat(bit(bits, width, x, y)).as("%d %d", x, y).isEqualTo(all);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,2,7", "64,10,2,3", "65,20,5,40", "200,9,3,15", "5,70,4,2"})
  void strongPixelsShouldBeThoseAboveTheMeanOfTheirWindow(
      int width, int height, int k, int candidateOneIn) {
    int[] a = image(width, height, 7L * width, 0);
    Random r = new Random(3);
    long[] candidates = new long[BitRows.words(width) * height];
    for (int i = 0; i < a.length; i++) {
      if (a[i] != NONE && r.nextInt(candidateOneIn) == 0) {
        candidates[i / width * BitRows.words(width) + i % width / 64] |= 1L << i % width;
      }
    }
    for (boolean extended : new boolean[] {true, false}) {
      StrongKernel kernel = new StrongKernel(width, height, k, k);
      kernel.set(LOWEST, 1, 0.5, 1.25, 2, extended);
      long[] strong = bits(width, height);
      kernel.mark(a, candidates, strong);
      for (int i = 0; i < a.length; i++) {
        int x = i % width;
        int y = i / width;
        boolean expected =
            bit(candidates, width, x, y) && slowStrong(a, width, candidates, x, y, k, extended);
        assertThat(bit(strong, width, x, y)).as("%d %d", x, y).isEqualTo(expected);
      }
    }
  }

  private static boolean slowStrong(
      int[] a, int width, long[] candidates, int x, int y, int k, boolean extended) {
    int height = a.length / width;
    double m = 0;
    double sum = 0;
    for (int v = Math.max(0, y - k); v <= Math.min(height - 1, y + k); v++) {
      for (int u = Math.max(0, x - k); u <= Math.min(width - 1, x + k); u++) {
        double p = a[v * width + u];
        if (p != NONE && p < 1 << 24 && !(extended && bit(candidates, width, u, v))) {
          m++;
          sum += p;
        }
      }
    }
    double p = a[y * width + x];
    if (p <= 1 || 1.25 * sum + m * 2 < 0) {
      return false;
    }
    double mean = m >= 2 ? sum / m : 0;
    return extended
        ? p >= mean + 0.5 * Math.sqrt(1.25 * mean + 2)
        : m * p - sum > 0.5 * Math.sqrt((1.25 * sum + m * 2) * m);
  }

  @Test
  void radialThresholdShouldBeMedianAndQuartilesOfSortedRings() {
    int width = 70;
    int height = 33;
    int[] a = image(width, height, 5, -4);
    short[] bins = new short[a.length];
    Random r = new Random(1);
    for (int i = 0; i < bins.length; i++) {
      bins[i] = (short) r.nextInt(7);
    }
    long[] strong = bits(width, height);
    new RadialKernel(bins, 8).mark(a, LOWEST, 1.5, 1, width, strong);
    int marked = 0;
    for (int i = 0; i < a.length; i++) {
      int ring = bins[i];
      double[] in =
          java.util.stream.IntStream.range(0, a.length)
              .filter(j -> bins[j] == ring && a[j] != NONE)
              .mapToDouble(j -> a[j])
              .sorted()
              .toArray();
      int n = in.length;
      double median = n % 2 == 1 ? in[n / 2] : (in[n / 2] + in[n / 2 - 1]) / 2;
      double level = 1.5 * (quantile(in, 0.75) - quantile(in, 0.25));
      boolean expected = a[i] != NONE && a[i] > median + (level <= 1 ? 2 : level);
      assertThat(bit(strong, width, i % width, i / width)).isEqualTo(expected);
      marked += expected ? 1 : 0;
    }
    assertThat(marked).isBetween(1, a.length / 2);
  }

  private static double quantile(double[] sorted, double q) {
    double place = (sorted.length - 1) * q;
    int low = (int) place;
    return low + 1 < sorted.length
        ? sorted[low] + (place - low) * (sorted[low + 1] - sorted[low])
        : sorted[low];
  }

  @Test
  void blurShouldWeighTheNeighboursThatCount() {
    int[] a = {1, 2, 3, 4, NONE, 6, 7, 8, 9};
    int[] into = new int[9];
    BlurKernel.blur(a, 3, new int[][] {{1, 2, 1}, {2, 4, 2}, {1, 2, 1}}, LOWEST, into);
    assertThat(into[4]).isEqualTo(NONE);
    // corner: (4·1 + 2·2 + 2·4) over weights 8 of 16
    assertThat(into[0]).isEqualTo(32);
    assertThat(into[1]).isEqualTo((int) Math.round((2 + 8 + 6 + 4 + 6) * 16 / 10.0));
  }

  @ParameterizedTest
  @CsvSource({"1,1,2", "40,30,2", "65,41,1", "130,31,3", "30,90,2"})
  void windowExcessShouldBeThatOfEachWindow(int width, int height, int half) {
    int[] a = image(width, height, width + height, -3);
    for (int y = 8; y < height - 8; y++) {
      for (int x = 8; x < width - 8; x++) {
        int i = y * width + x;
        boolean lit = a[i] != NONE && (x / 14 + y / 14) % 2 == 0;
        a[i] += lit && x % 14 < 6 && y % 14 < 6 ? 150 : 0;
      }
    }
    WindowExcess kernel = new WindowExcess(width, height, half);
    kernel.set(LOWEST, 5, 1.5, 2);
    long[] bits = new long[BitRows.words(width) * height];
    kernel.add(a, bits);
    boolean[] expected = windowExcess(a, width, height, half);
    int marked = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        assertThat(bit(bits, width, x, y)).as(x + ", " + y).isEqualTo(expected[y * width + x]);
        marked += expected[y * width + x] ? 1 : 0;
      }
    }
    assertThat(marked).isEqualTo(BitRows.count(bits));
    assertThat(marked > 0).isEqualTo(width > 1);
  }

  @Test
  void windowExcessShouldPassOverOneHotPixelButNotOverAFaintSpot() {
    int[] a = new int[60 * 60];
    Arrays.fill(a, 2);
    a[20 * 60 + 20] = 500;
    for (int y = 38; y < 45; y++) {
      Arrays.fill(a, y * 60 + 38, y * 60 + 45, 5);
    }
    WindowExcess kernel = new WindowExcess(60, 60, 2);
    kernel.set(LOWEST, 5, 1, 0);
    long[] bits = new long[60];
    kernel.add(a, bits);
    assertThat(bit(bits, 60, 20, 20)).isFalse();
    assertThat(bit(bits, 60, 41, 41)).isTrue();
    assertThat(BitRows.count(bits)).isBetween(25, 100);
  }

  /** The same from its definition: places above 3 that are joined to one above 5. */
  private static boolean[] windowExcess(int[] a, int width, int height, int half) {
    boolean[] around = new boolean[a.length];
    boolean[] marked = new boolean[a.length];
    for (int i = 0; i < a.length; i++) {
      around[i] = above(a, width, height, half, i, 3, false);
      marked[i] =
          around[i]
              && above(a, width, height, half, i, 5, false)
              && above(a, width, height, half, i, 2.5, true);
    }
    for (boolean more = true; more; ) {
      more = false;
      for (int i = 0; i < a.length; i++) {
        boolean joined =
            i % width > 0 && marked[i - 1]
                || i % width < width - 1 && marked[i + 1]
                || i >= width && marked[i - width]
                || i + width < a.length && marked[i + width];
        if (around[i] && !marked[i] && joined) {
          marked[i] = true;
          more = true;
        }
      }
    }
    return marked;
  }

  private static boolean above(
      int[] a, int width, int height, int half, int at, double z, boolean withoutLargest) {
    double g = 1.5;
    double r2 = 2;
    double sum = 0;
    double frame = g;
    double largest = -1e9;
    int n = 0;
    int m = 0;
    for (int i = 0; i < a.length; i++) {
      int d = Math.max(Math.abs(i % width - at % width), Math.abs(i / width - at / width));
      if (a[i] < LOWEST || a[i] >= DispersionKernel.BIG) {
        continue;
      } else if (d <= half) {
        sum += a[i];
        n++;
        largest = Math.max(largest, a[i]);
      } else if (d > half + 2 && d <= half + 7) {
        frame += a[i];
        m++;
      }
    }
    if (withoutLargest) {
      sum -= largest;
      n--;
    }
    if (n < 1 || m < 25 || a[at] < LOWEST || a[at] >= DispersionKernel.BIG) {
      return false;
    }
    double mean = frame / m;
    double variance = n * (g * Math.max(0, mean) + r2) * (1 + (double) n / m);
    return sum - n * mean > z * Math.sqrt(variance) + g * (z * z - 1) / 6;
  }
}
