package org.mdx.bragg.internal.vectors;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.bragg.internal.lattice.Points;

/**
 * The longest cell edge that the spots suggest: neighbours in reciprocal space are one over an edge
 * apart (I. Steller, R. Bolotovsky &amp; M. G. Rossmann, J. Appl. Cryst. 30, 1036, 1997).
 */
public final class LongestCell {
  private static final double BLOCK = 45;
  private static final double MARGIN = 1.3;
  private static final double LEAST = 3;

  /** Resolutions of the rings of ice, Å, and the half-width of what is left out, Å⁻². */
  private static final double[] ICE = {
    3.897, 3.669, 3.441, 2.671, 2.249, 2.072, 1.948, 1.918, 1.883, 1.721, 1.524, 1.473, 1.444,
    1.372, 1.367, 1.299, 1.275, 1.261, 1.224, 1.171
  };

  private static final double ICE_WIDTH = 0.002;

  /** Two spots within so many px and degrees are pieces of one reflection, no neighbours. */
  private static final double PIECE_PX = 2;

  private static final double PIECE_DEGREES = 0.5;

  private LongestCell() {}

  /** Whether a point lies on a ring of ice. */
  public static boolean onIce(Points p, int i) {
    double d2 = p.length(i) * p.length(i);
    for (double d : ICE) {
      if (Math.abs(d2 - 1 / (d * d)) < ICE_WIDTH) {
        return true;
      }
    }
    return false;
  }

  /**
   * The estimate: end of the last bin of the logarithmic histogram that is above a quarter of the
   * highest, times 1.3.
   *
   * @return Å, or 0 if there are too few spots to tell
   */
  public static double of(Points p) {
    double[] longest = neighbours(p, true);
    if (longest.length < p.size() / 2) {
      longest = neighbours(p, false);
    }
    if (longest.length < 5) {
      return 0;
    }
    Arrays.sort(longest);
    int n = longest.length;
    int first = 0;
    while (first < n && longest[first] < 1) {
      first++;
    }
    int last = Math.max(first + 1, (int) Math.floor(0.99 * n));
    if (last - first < 5) {
      return 0;
    }
    double low = Math.log(longest[first]);
    double high = Math.log(longest[last - 1]);
    int bins = Math.max(1, (last - first) / 5);
    bins = Math.min(bins, Math.max(5, (int) Math.ceil((high - low) / 0.1)));
    double width = (high - low) / bins;
    int[] histogram = new int[bins];
    for (int i = first; i < last; i++) {
      histogram[Math.min(bins - 1, (int) ((Math.log(longest[i]) - low) / width))]++;
    }
    int most = Arrays.stream(histogram).max().orElse(0);
    int end = bins - 1;
    while (4 * histogram[end] <= most) {
      end--;
    }
    return Math.max(LEAST, MARGIN * Math.exp(low + (end + 1) * width));
  }

  /** 1/distance to the nearest neighbour in the same block of rotation, half and sweep. */
  private static double[] neighbours(Points p, boolean withoutIce) {
    List<List<Integer>> blocks = new ArrayList<>();
    List<long[]> keys = new ArrayList<>();
    for (int i = 0; i < p.size(); i++) {
      if (withoutIce && onIce(p, i)) {
        continue;
      }
      long[] key = {p.sweep[i], (long) Math.floor(p.turned(i) / BLOCK), p.entering(i) ? 1 : 0};
      int at = 0;
      while (at < keys.size() && !Arrays.equals(keys.get(at), key)) {
        at++;
      }
      if (at == keys.size()) {
        keys.add(key);
        blocks.add(new ArrayList<>());
      }
      blocks.get(at).add(i);
    }
    List<Double> found = new ArrayList<>();
    for (List<Integer> block : blocks) {
      nearest(p, block, found);
    }
    return found.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Thin images and weak ones break a reflection into spots one behind the other. */
  private static boolean pieces(Points p, int i, int j) {
    double dx = p.place[3 * i] - p.place[3 * j];
    double dy = p.place[3 * i + 1] - p.place[3 * j + 1];
    return Math.abs(p.turned(i) - p.turned(j)) < PIECE_DEGREES
        && dx * dx + dy * dy < PIECE_PX * PIECE_PX;
  }

  private static void nearest(Points p, List<Integer> block, List<Double> found) {
    int n = block.size();
    if (n < 2) {
      return;
    }
    int[] at = block.stream().mapToInt(Integer::intValue).toArray();
    IntArrays.stableSort(at, (u, v) -> Double.compare(p.r[3 * u], p.r[3 * v]));
    double[] x = new double[3 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(p.r, 3 * at[i], x, 3 * i, 3);
    }
    for (int i = 0; i < n; i++) {
      double x0 = x[3 * i];
      double x1 = x[3 * i + 1];
      double x2 = x[3 * i + 2];
      double best = Double.POSITIVE_INFINITY;
      for (int step = -1; step <= 1; step += 2) {
        for (int j = i + step; j >= 0 && j < n; j += step) {
          double dx = x[3 * j] - x0;
          if (dx * dx >= best) {
            break;
          }
          double dy = x[3 * j + 1] - x1;
          double dz = x[3 * j + 2] - x2;
          double d2 = dx * dx + dy * dy + dz * dz;
          if (d2 < best && !pieces(p, at[i], at[j])) {
            best = d2;
          }
        }
      }
      if (best > 0 && best < Double.POSITIVE_INFINITY) {
        found.add(1 / Math.sqrt(best));
      }
    }
  }
}
