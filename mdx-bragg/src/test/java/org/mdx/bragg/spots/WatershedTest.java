package org.mdx.bragg.spots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.bragg.internal.kernel.BitRows;
import org.mdx.bragg.spots.threshold.Thresholder;
import org.mdx.image.FrameBuffer;

/** Splitting of components against a flood by the book, which floods each of them. */
class WatershedTest {
  private static final int SIZE = 44;

  private record Pixel(int frame, int y, int x) {}

  @ParameterizedTest
  @CsvSource({"1,6,20", "2,6,100", "3,9,400", "4,14,2000", "5,3,8", "6,9,100"})
  void partsShouldBeThoseOfAFloodOfAllPixels(int seed, int frames, int peak) throws IOException {
    Random r = new Random(seed);
    int[][] volume = volume(r, frames, peak);
    FakeImages images = new FakeImages(SIZE, SIZE, frames, f -> volume[f]);
    int[] side = {SIZE};
    PixelStore store = new PixelStore(SearchedFrame.Layer.STRONG, side, side);
    int[] seen = new int[3];
    SpotLinker linker =
        new SpotLinker(
            1, store, Long.MAX_VALUE, Integer.MAX_VALUE, c -> compare(c, store, volume, seen));
    FrameBuffer.Pool pool = new FrameBuffer.Pool(images.series());
    for (int f = 0; f < frames; f++) {
      SearchedFrame frame = new SearchedFrame(pool.take(), side, side);
      frame.search(f, new PanelSearch[] {new PanelSearch(SIZE, SIZE, 0, above(2), null)});
      linker.add(frame);
    }
    linker.finish();
    assertThat(seen[0]).as("components").isGreaterThan(3);
    assertThat(seen[1]).as("those that stay whole").isGreaterThan(0);
    assertThat(seen[2]).as("parts of others").isGreaterThan(peak < 20 ? -1 : 0);
  }

  /** Blobs, many of them near others, with Poisson-like noise. */
  private static int[][] volume(Random r, int frames, int peak) {
    double[][] mean = new double[frames][SIZE * SIZE];
    for (int blob = 0; blob < 24; blob++) {
      double x = r.nextDouble() * SIZE;
      double y = r.nextDouble() * SIZE;
      double z = r.nextDouble() * frames;
      double height = peak * (0.3 + r.nextDouble());
      for (int f = 0; f < frames; f++) {
        for (int i = 0; i < SIZE * SIZE; i++) {
          double d = Math.pow(i % SIZE - x, 2) + Math.pow(i / SIZE - y, 2) + 2 * Math.pow(f - z, 2);
          mean[f][i] += height * Math.exp(-d / 5);
        }
      }
    }
    int[][] volume = new int[frames][SIZE * SIZE];
    for (int f = 0; f < frames; f++) {
      for (int i = 0; i < volume[f].length; i++) {
        double m = mean[f][i];
        volume[f][i] = (int) Math.max(0, Math.rint(m + r.nextGaussian() * Math.sqrt(m)));
      }
    }
    return volume;
  }

  private static Thresholder above(int level) {
    return new Thresholder() {
      @Override
      public void mark(int[] pixels, long[] strong) {
        for (int i = 0; i < pixels.length; i++) {
          if (pixels[i] > level) {
            strong[i / SIZE * BitRows.words(SIZE) + i % SIZE / 64] |= 1L << i % SIZE;
          }
        }
      }
    };
  }

  private static void compare(Component c, PixelStore store, int[][] volume, int[] seen) {
    List<String> parts = new ArrayList<>();
    for (Component part : Watershed.split(c, store.patch(c, SpotLinker.MARGIN, 1), 1)) {
      TreeSet<String> pixels = new TreeSet<>();
      for (int i = 0; i < part.size; i++) {
        pixels.add(new Pixel(part.frame(i), part.y(i), part.x(i)).toString());
      }
      parts.add(pixels.toString());
    }
    List<String> expected = flooded(c, volume);
    assertThat(parts).containsExactlyInAnyOrderElementsOf(expected);
    seen[0]++;
    seen[1] += expected.size() == 1 ? 1 : 0;
    seen[2] += expected.size() == 1 ? 0 : expected.size();
  }

  private static List<String> flooded(Component c, int[][] volume) {
    Map<Pixel, Double> heights = new LinkedHashMap<>();
    for (int i = 0; i < c.size; i++) {
      Pixel p = new Pixel(c.frame(i), c.y(i), c.x(i));
      heights.put(p, height(volume[p.frame()], p.x(), p.y()));
    }
    double floor = heights.values().stream().mapToDouble(h -> h).min().orElseThrow();
    List<Pixel> order = new ArrayList<>(heights.keySet());
    order.sort(
        Comparator.comparingDouble((Pixel p) -> -heights.get(p))
            .thenComparingInt(Pixel::frame)
            .thenComparingInt(Pixel::y)
            .thenComparingInt(Pixel::x));
    Map<Pixel, Integer> basins = new LinkedHashMap<>();
    double[] peaks = new double[order.size()];
    int made = 0;
    for (Pixel p : order) {
      List<Pixel> about = about(p).stream().filter(basins::containsKey).toList();
      if (c.size < 9 || about.isEmpty()) {
        int basin = c.size < 9 ? 0 : made++;
        peaks[basin] = heights.get(p);
        basins.put(p, basin);
        continue;
      }
      Pixel highest = about.get(0);
      for (Pixel q : about) {
        highest = heights.get(q) > heights.get(highest) ? q : highest;
      }
      basins.put(p, basins.get(highest));
      for (Pixel q : about) {
        int a = basins.get(p);
        int b = basins.get(q);
        int lower = peaks[a] < peaks[b] ? a : b;
        double low = peaks[lower];
        double saddle = heights.get(p);
        boolean apart =
            saddle - floor < 0.5 * (low - floor)
                && low - saddle > 4 * Math.sqrt(Math.max(1, low + saddle) / 9);
        if (a != b && !apart) {
          basins.replaceAll((x, basin) -> basin == lower ? a + b - lower : basin);
        }
      }
    }
    Map<Integer, TreeSet<String>> parts = new LinkedHashMap<>();
    basins.forEach((p, b) -> parts.computeIfAbsent(b, k -> new TreeSet<>()).add(p.toString()));
    return parts.values().stream().map(TreeSet::toString).toList();
  }

  private static List<Pixel> about(Pixel p) {
    List<Pixel> all = new ArrayList<>();
    for (int k = 0; k < 27; k++) {
      if (k != 13) {
        all.add(new Pixel(p.frame() + k / 9 - 1, p.y() + k / 3 % 3 - 1, p.x() + k % 3 - 1));
      }
    }
    return all;
  }

  private static double height(int[] frame, int x, int y) {
    int[] values =
        Arrays.stream(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8})
            .filter(k -> inside(x + k % 3 - 1) && inside(y + k / 3 - 1))
            .map(k -> frame[(y + k / 3 - 1) * SIZE + x + k % 3 - 1])
            .toArray();
    return Arrays.stream(values).average().orElseThrow();
  }

  private static boolean inside(int i) {
    return i >= 0 && i < SIZE;
  }
}
