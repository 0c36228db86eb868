package org.mdx.bragg.spots;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Splits a component where spots grew together. Heights are means over 3 × 3 pixels of a frame.
 * Pixels are flooded from the highest down; two basins that meet stay apart if the saddle between
 * them is below half of the lower peak, both above the component's lowest pixel, and lower by more
 * than noise; otherwise they become one.
 */
final class Watershed {
  private static final double HALF = 0.5;

  /** Fewer pixels are not looked at: two peaks and a saddle need as many. */
  private static final int FEWEST = 9;

  /** Standard deviations by which a saddle must lie below a peak. */
  private static final double SIGNIFICANT = 4;

  private final Component c;
  private final double[] height;
  private final int[] basin;
  private final double[] peak;
  private final int[] joined;
  private final double floor;
  private final double noise;
  private final Places places;

  private Watershed(Component c, PixelStore store, double gain) {
    this.c = c;
    int n = (int) c.size;
    height = new double[n];
    basin = new int[n];
    peak = new double[n];
    joined = new int[n];
    places = new Places(place(0, 0, c.lastFrame + 2) - place(0, 0, c.firstFrame - 1), n);
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      places.put(place(c.x(i), c.y(i), c.frame(i)), i);
      height[i] = store.mean(c.frame(i), c.panel, c.x(i), c.y(i), 1);
      lowest = Math.min(lowest, height[i]);
    }
    floor = lowest;
    noise = gain / 9;
  }

  /**
   * The parts of a component.
   *
   * @param store has the pixels about it
   * @param gain counts per quantum
   * @return the component itself if it is one spot
   */
  static List<Component> split(Component c, PixelStore store, double gain) {
    if (c.size < FEWEST) {
      return List.of(c);
    }
    Watershed w = new Watershed(c, store, gain);
    return w.flood() > 1 ? w.parts() : List.of(c);
  }

  /** Pixels by their place: an array if that is small, else a map. */
  private static final class Places {
    private static final int LARGE = 1 << 18;
    private final int[] array;
    private final Int2IntOpenHashMap map;

    Places(int volume, int pixels) {
      array = volume > LARGE ? null : new int[volume];
      map = volume > LARGE ? new Int2IntOpenHashMap(pixels) : null;
    }

    void put(int place, int pixel) {
      if (array != null) {
        array[place] = pixel + 1;
      } else {
        map.put(place, pixel + 1);
      }
    }

    int get(int place) {
      return (array == null ? map.get(place) : array[place]) - 1;
    }
  }

  private int place(int x, int y, int frame) {
    int nx = c.box[1] - c.box[0] + 2;
    int ny = c.box[3] - c.box[2] + 2;
    return ((frame - c.firstFrame + 1) * ny + y - c.box[2] + 1) * nx + x - c.box[0] + 1;
  }

  private int root(int b) {
    int r = b;
    while (joined[r] != r) {
      r = joined[r];
    }
    return r;
  }

  /** The higher pixel first, then the one whose place is earlier. */
  private int compare(int i, int j) {
    int d = Double.compare(-height[i], -height[j]);
    return d != 0
        ? d
        : Integer.compare(place(c.x(i), c.y(i), c.frame(i)), place(c.x(j), c.y(j), c.frame(j)));
  }

  /** Numbers the basins; gives how many there are. */
  private int flood() {
    int[] order = new int[height.length];
    Arrays.setAll(order, i -> i);
    IntArrays.quickSort(order, this::compare);
    Arrays.fill(basin, -1);
    int basins = 0;
    int made = 0;
    for (int i : order) {
      int highest = highestNeighbour(i);
      if (highest < 0) {
        basin[i] = made;
        peak[made] = height[i];
        joined[made] = made;
        made++;
        basins++;
      } else {
        basin[i] = basin[highest];
        basins -= meet(i);
      }
    }
    return basins;
  }

  private int highestNeighbour(int i) {
    int best = -1;
    for (int k = 0; k < 27; k++) {
      int j = neighbour(i, k);
      if (j >= 0 && basin[j] >= 0 && (best < 0 || height[j] > height[best])) {
        best = j;
      }
    }
    return best;
  }

  private int neighbour(int i, int k) {
    return k == 13
        ? -1
        : places.get(place(c.x(i) + k % 3 - 1, c.y(i) + k / 3 % 3 - 1, c.frame(i) + k / 9 - 1));
  }

  /** Joins basins that meet at a pixel; gives how many have gone. */
  private int meet(int i) {
    int gone = 0;
    for (int k = 0; k < 27; k++) {
      int j = neighbour(i, k);
      if (j < 0 || basin[j] < 0) {
        continue;
      }
      int a = root(basin[i]);
      int b = root(basin[j]);
      int lower = peak[a] < peak[b] ? a : b;
      if (a != b && !isApart(peak[lower], height[i])) {
        joined[lower] = lower == a ? b : a;
        gone++;
      }
    }
    return gone;
  }

  private boolean isApart(double lowerPeak, double saddle) {
    return saddle - floor < HALF * (lowerPeak - floor)
        && lowerPeak - saddle > SIGNIFICANT * Math.sqrt(Math.max(1, lowerPeak + saddle) * noise);
  }

  private List<Component> parts() {
    Int2IntOpenHashMap numbers = new Int2IntOpenHashMap();
    List<List<int[]>> pixels = new ArrayList<>();
    for (int i = 0; i < basin.length; i++) {
      int b = root(basin[i]);
      if (!numbers.containsKey(b)) {
        numbers.put(b, pixels.size());
        pixels.add(new ArrayList<>());
      }
      pixels.get(numbers.get(b)).add(new int[] {c.x(i), c.y(i), c.frame(i), c.value(i)});
    }
    List<Component> parts = new ArrayList<>();
    for (List<int[]> part : pixels) {
      part.sort(Comparator.comparingInt((int[] p) -> p[2]));
      parts.add(Component.of(c.panel, part.toArray(int[][]::new)));
    }
    return parts;
  }
}
