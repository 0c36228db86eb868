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

  /** Pixels about a pixel, itself included. */
  private static final int CUBE = 27;

  private final Component c;
  private final double[] height;
  private final double floor;
  private final double noise;

  /** Place of each pixel in a box about the component with a margin of one pixel and frame. */
  private final int[] place;

  private final Places places;

  /** From a pixel's place to those of the pixels about it. */
  private final int[] steps = new int[CUBE];

  private int[] basin;
  private double[] peak;
  private int[] joined;

  private Watershed(Component c, PixelStore.Patch pixels, double gain) {
    this.c = c;
    int n = (int) c.size;
    height = new double[n];
    place = new int[n];
    int nx = c.box[1] - c.box[0] + 2;
    int ny = c.box[3] - c.box[2] + 2;
    for (int k = 0; k < CUBE; k++) {
      steps[k] = ((k / 9 - 1) * ny + k / 3 % 3 - 1) * nx + k % 3 - 1;
    }
    places = new Places((c.lastFrame - c.firstFrame + 3) * ny * nx, n);
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      int x = c.x(i);
      int y = c.y(i);
      place[i] = ((c.frame(i) - c.firstFrame + 1) * ny + y - c.box[2] + 1) * nx + x - c.box[0] + 1;
      places.put(place[i], i);
      height[i] = pixels.mean(c.frame(i), x, y, 1);
      lowest = Math.min(lowest, height[i]);
    }
    floor = lowest;
    noise = gain / 9;
  }

  /**
   * The parts of a component.
   *
   * @param pixels the pixels about it
   * @param gain counts per quantum
   * @return the component itself if it is one spot
   */
  static List<Component> split(Component c, PixelStore.Patch pixels, double gain) {
    if (c.size < FEWEST) {
      return List.of(c);
    }
    Watershed w = new Watershed(c, pixels, gain);
    return !w.isOne() && w.flood() > 1 ? w.parts() : List.of(c);
  }

  /**
   * Whether it is sure, without flooding, that all basins join: all peaks but the highest are so
   * low that they would not stay apart even from a saddle at the floor.
   */
  private boolean isOne() {
    double highest = Double.NEGATIVE_INFINITY;
    double apart = Double.NEGATIVE_INFINITY;
    int high = 0;
    for (int i = 0; i < height.length; i++) {
      // a place that two pixels have may hide one of them from its neighbours
      if (places.get(place[i]) != i) {
        return false;
      }
      if (isPeak(i)) {
        highest = Math.max(highest, height[i]);
        if (isApart(height[i], floor)) {
          apart = height[i];
          high++;
        }
      }
    }
    return high == 0 || high == 1 && apart == highest;
  }

  private boolean isPeak(int i) {
    for (int k = 0; k < CUBE; k++) {
      int j = neighbour(i, k);
      if (j >= 0 && compare(j, i) < 0) {
        return false;
      }
    }
    return true;
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

  private int root(int b) {
    int r = b;
    while (joined[r] != r) {
      r = joined[r];
    }
    for (int k = b; k != r; ) {
      int next = joined[k];
      joined[k] = r;
      k = next;
    }
    return r;
  }

  /** The higher pixel first, then the one whose place is earlier. */
  private int compare(int i, int j) {
    int d = Double.compare(-height[i], -height[j]);
    return d != 0 ? d : Integer.compare(place[i], place[j]);
  }

  /** Numbers the basins; gives how many there are. */
  private int flood() {
    int[] order = new int[height.length];
    Arrays.setAll(order, i -> i);
    IntArrays.quickSort(order, this::compare);
    basin = new int[order.length];
    peak = new double[order.length];
    joined = new int[order.length];
    Arrays.fill(basin, -1);
    int[] flooded = new int[CUBE];
    int basins = 0;
    int made = 0;
    for (int i : order) {
      int n = flooded(i, flooded);
      int highest = -1;
      for (int k = 0; k < n; k++) {
        int j = flooded[k];
        highest = highest < 0 || height[j] > height[highest] ? j : highest;
      }
      if (highest < 0) {
        basin[i] = made;
        peak[made] = height[i];
        joined[made] = made;
        made++;
        basins++;
      } else {
        basin[i] = basin[highest];
        basins -= meet(i, flooded, n);
      }
    }
    return basins;
  }

  /** The neighbours of a pixel that are in a basin; gives how many. */
  private int flooded(int i, int[] out) {
    int n = 0;
    for (int k = 0; k < CUBE; k++) {
      int j = neighbour(i, k);
      if (j >= 0 && basin[j] >= 0) {
        out[n++] = j;
      }
    }
    return n;
  }

  private int neighbour(int i, int k) {
    return k == CUBE / 2 ? -1 : places.get(place[i] + steps[k]);
  }

  /** Joins basins that meet at a pixel; gives how many have gone. */
  private int meet(int i, int[] flooded, int n) {
    int gone = 0;
    for (int k = 0; k < n; k++) {
      int a = root(basin[i]);
      int b = root(basin[flooded[k]]);
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
