package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mdx.geometry.Scan;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Stretches of a scan whose spots are not those of a lattice that explains the others: the crystal
 * slipped, or another one came into the beam. By chance a tenth of such spots lies near points of
 * the lattice all the same.
 */
final class StrangeImages {
  /** Part of the usual rate and share of spots with an index below which images are strange. */
  private static final double LOW = 0.35;

  /** Share of the spots of the other images that the lattice must explain at least. */
  private static final double USUAL = 0.5;

  /** Images that are usual have this part of the upper quartile of the rate. */
  private static final double NEAR_USUAL = 0.7;

  /** Spots by which a window tells a share. */
  private static final int WINDOW = 20;

  /** Part of two stretches that may lie between them and belongs to them. */
  private static final double GAP = 0.25;

  /** Spots that must lack an index which they would have elsewhere. */
  private static final double LACKING = 30;

  private static final int FEWEST_IMAGES = 3;
  private static final int FEWEST_SPOTS = 100;

  /**
   * Images whose spots have no index.
   *
   * @param sweep number of the sweep, from 0
   * @param first number of the first image
   * @param last number of the last image
   * @param spots on them
   */
  record Stretch(int sweep, int first, int last, int spots) {
    /** What to tell of it. */
    String text(boolean several) {
      return String.format(
          Locale.ROOT,
          "the lattice is not that of the %d spots of the images %d to %d%s: the crystal slipped"
              + " there, or another came into the beam. They have no index and are not integrated;"
              + " index these images apart (mdx dials-select --images %d:%d), or look for more"
              + " lattices",
          spots,
          first,
          last,
          several ? " of sweep " + sweep : "",
          first,
          last);
    }
  }

  private StrangeImages() {}

  /** The stretches of the sweeps of an indexed table, given their whole scans. */
  static List<Stretch> of(Reflections indexed, List<Scan> scans) {
    List<Stretch> out = new ArrayList<>();
    for (int s = 0; s < scans.size(); s++) {
      Scan scan = scans.get(s);
      int[] spots = new int[scan.frames()];
      int[] own = new int[scan.frames()];
      for (int i = 0; i < indexed.size(); i++) {
        if (indexed.integer(ReflectionKeys.IMAGESET_ID, i, 0) == s) {
          double z = indexed.value(ReflectionKeys.XYZOBS_PX, i, 2) - scan.firstImage() + 1;
          int f = (int) Math.max(0, Math.min(spots.length - 1, Math.floor(z)));
          spots[f]++;
          own[f] += indexed.integer(ReflectionKeys.ID, i, 0) < 0 ? 0 : 1;
        }
      }
      for (int[] stretch : of(spots, own)) {
        out.add(
            new Stretch(
                s,
                scan.firstImage() + stretch[0],
                scan.firstImage() + stretch[1] - 1,
                Arrays.stream(spots, stretch[0], stretch[1]).sum()));
      }
    }
    return out;
  }

  /**
   * The stretches.
   *
   * @param spots number of spots of each image that could belong to the lattice
   * @param indexed how many of them do
   * @return first image and the one after the last of each, from 0, rising
   */
  static List<int[]> of(int[] spots, int[] indexed) {
    int frames = spots.length;
    int total = Arrays.stream(spots).sum();
    if (total < FEWEST_SPOTS || frames < 2 * FEWEST_IMAGES) {
      return List.of();
    }
    int reach = Math.max(1, (int) Math.ceil(0.5 * WINDOW * frames / total));
    double[] near = means(indexed, reach);
    double[] all = means(spots, reach);
    double[] sorted = near.clone();
    Arrays.sort(sorted);
    double rate = sorted[3 * frames / 4];
    double usual = usual(near, all, NEAR_USUAL * rate);
    if (!(usual >= USUAL)) {
      return List.of();
    }
    List<int[]> strange = new ArrayList<>();
    for (int f = 0; f < frames; f++) {
      int end = f;
      while (end < frames && near[end] < LOW * rate && near[end] < LOW * usual * all[end]) {
        end++;
      }
      if (end > f) {
        int[] stretch = widened(f, end, spots, indexed, LOW * usual);
        add(strange, stretch);
        f = stretch[1];
      }
    }
    strange.removeIf(
        s -> s[1] - s[0] < FEWEST_IMAGES || lacking(s, spots, indexed, usual) <= LACKING);
    return strange;
  }

  /** Some images between two stretches that chance makes look better are strange, too. */
  private static void add(List<int[]> stretches, int[] next) {
    int[] before = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
    if (before == null || next[0] - before[1] > GAP * (before[1] - before[0] + next[1] - next[0])) {
      stretches.add(next);
    } else {
      before[1] = next[1];
    }
  }

  /** Means over an image and its neighbours. */
  private static double[] means(int[] of, int reach) {
    double[] out = new double[of.length];
    for (int f = 0; f < out.length; f++) {
      int from = Math.max(0, f - reach);
      int to = Math.min(out.length, f + reach + 1);
      for (int k = from; k < to; k++) {
        out[f] += of[k] / (double) (to - from);
      }
    }
    return out;
  }

  private static double usual(double[] near, double[] all, double least) {
    double have = 0;
    double could = 0;
    for (int f = 0; f < near.length; f++) {
      if (near[f] >= least) {
        have += near[f];
        could += all[f];
      }
    }
    return have / could;
  }

  /** To the images of which the own spots say the same; the means of neighbours blur the ends. */
  private static int[] widened(int from, int to, int[] spots, int[] indexed, double low) {
    int a = from;
    while (a > 0 && indexed[a - 1] < low * spots[a - 1]) {
      a--;
    }
    int b = to;
    while (b < spots.length && indexed[b] < low * spots[b]) {
      b++;
    }
    return new int[] {a, b};
  }

  private static double lacking(int[] stretch, int[] spots, int[] indexed, double usual) {
    double lacking = 0;
    for (int f = stretch[0]; f < stretch[1]; f++) {
      lacking += usual * spots[f] - indexed[f];
    }
    return lacking;
  }
}
