package org.mdx.bragg.spots;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.geometry.Geometry;
import org.mdx.mask.PowderRings;

/** What each image shows, and what a user should know of it all. */
final class FrameTable {
  /** An image is blank with less than this fraction of the spots of good ones. */
  private static final double BLANK = 0.1;

  /** Images on both sides that are looked at together. */
  private static final int ABOUT = 2;

  /** Good images have at least so many spots, or none can be told to be blank. */
  private static final double LEAST_SPOTS = 3;

  private static final int LEAST_FOR_RESOLUTION = 5;

  /** Ice has rings of its own, and not very many, down to here, Å. */
  private static final double ICE_LIMIT = 2.2;

  /** Half-width of a ring in 1/d², Å⁻². */
  private static final double ICE_WIDTH = 0.003;

  private static final double MOST_ICE = 0.5;
  private static final int LEAST_ICE = 30;

  private final List<FoundSpot> spots;
  private final Geometry geometry;
  private final double[] inverseSquares;

  FrameTable(List<FoundSpot> spots, Geometry geometry) {
    this.spots = spots;
    this.geometry = geometry;
    inverseSquares = new double[spots.size()];
    for (int i = 0; i < inverseSquares.length; i++) {
      FoundSpot s = spots.get(i);
      double q = geometry.scatteringVector(s.panel(), s.x(), s.y()).norm();
      inverseSquares[i] = q * q;
    }
  }

  /**
   * The table.
   *
   * @param strongPixels of each frame
   */
  List<FrameSpots> frames(int[] strongPixels) {
    int n = strongPixels.length;
    List<List<Integer>> of = new ArrayList<>();
    for (int f = 0; f < n; f++) {
      of.add(new ArrayList<>());
    }
    for (int i = 0; i < spots.size(); i++) {
      int f = (int) Math.floor(spots.get(i).z());
      of.get(Math.max(0, Math.min(n - 1, f))).add(i);
    }
    boolean[] blank = blank(of.stream().mapToInt(List::size).toArray());
    List<FrameSpots> frames = new ArrayList<>();
    for (int f = 0; f < n; f++) {
      double quanta = 0;
      for (int i : of.get(f)) {
        quanta += spots.get(i).intensity();
      }
      frames.add(
          new FrameSpots(
              geometry.scan().firstImage() + f,
              strongPixels[f],
              of.get(f).size(),
              quanta,
              resolution(of.get(f)),
              blank[f]));
    }
    return frames;
  }

  /** By the mean over neighbours against the upper quartile of those means. */
  private static boolean[] blank(int[] spots) {
    int n = spots.length;
    double[] mean = new double[n];
    for (int f = 0; f < n; f++) {
      int from = Math.max(0, f - ABOUT);
      int to = Math.min(n, f + ABOUT + 1);
      for (int g = from; g < to; g++) {
        mean[f] += (double) spots[g] / (to - from);
      }
    }
    double[] sorted = mean.clone();
    Arrays.sort(sorted);
    double good = sorted[(3 * n) / 4];
    boolean[] blank = new boolean[n];
    for (int f = 0; f < n; f++) {
      // the frame itself tells where a blank stretch begins
      blank[f] =
          good >= LEAST_SPOTS && Math.min(spots[f], mean[f]) < BLANK * good && mean[f] < good / 2;
    }
    return blank;
  }

  private double resolution(List<Integer> rows) {
    if (rows.size() < LEAST_FOR_RESOLUTION) {
      return Double.NaN;
    }
    double[] q = rows.stream().mapToDouble(i -> inverseSquares[i]).sorted().toArray();
    return 1 / Math.sqrt(q[(int) (0.95 * (q.length - 1))]);
  }

  /** What a user should know. */
  List<String> notes() {
    double[] rings = PowderRings.ice().spacings(ICE_LIMIT);
    int near = 0;
    int all = 0;
    double covered = 2 * ICE_WIDTH * rings.length * ICE_LIMIT * ICE_LIMIT;
    for (double q : inverseSquares) {
      if (q < 1 / (ICE_LIMIT * ICE_LIMIT)) {
        all++;
        near += Arrays.stream(rings).anyMatch(d -> Math.abs(1 / (d * d) - q) < ICE_WIDTH) ? 1 : 0;
      }
    }
    if (all >= LEAST_ICE && near > MOST_ICE * all && near > 2 * covered * all) {
      return List.of(
          String.format(
              java.util.Locale.ROOT,
              "%d of the %d spots beyond %.1f Å lie on rings of hexagonal ice; leave the rings out"
                  + " (--ice-rings)",
              near,
              all,
              ICE_LIMIT));
    }
    return List.of();
  }
}
