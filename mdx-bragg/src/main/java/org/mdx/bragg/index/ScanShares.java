package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.List;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.lattice.LatticeScore;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.geometry.Scan;

/**
 * Which images of one sweep a lattice has: all of them, or, of crystals that took each other's
 * place, those of each.
 *
 * @param images of each lattice, one for each image; empty if all lattices have all images
 */
record ScanShares(List<boolean[]> images) {
  /** Every lattice has all images. */
  static final ScanShares ALL = new ScanShares(List.of());

  /** Logarithm of the odds that a change of the lattice must earn: that of some spots. */
  private static final double CHANGE = 50;

  /** Part of the spots that are of no lattice; those of another one are more than usual. */
  private static final double OUTLIERS = 0.1;

  /** Whether a spot may be of a lattice. */
  boolean has(int lattice, Points p, int spot) {
    return images.isEmpty() || images.get(lattice)[frame(p, spot, images.get(0).length)];
  }

  /** The image of a spot, from 0. */
  static int frame(Points p, int spot, int frames) {
    return (int) Math.max(0, Math.min(frames - 1, Math.floor(p.place[3 * spot + 2])));
  }

  /** The stretch of a scan from the first to the last image that no other lattice took away. */
  Scan scan(int lattice, Scan whole) {
    if (images.isEmpty()) {
      return whole;
    }
    int from = 0;
    int to = whole.frames();
    while (from < to - 1 && ofOther(lattice, from)) {
      from++;
    }
    while (to > from + 1 && ofOther(lattice, to - 1)) {
      to--;
    }
    return from == 0 && to == whole.frames() ? whole : whole.part(from, to);
  }

  private boolean ofOther(int lattice, int image) {
    for (int l = 0; l < images.size(); l++) {
      if (l != lattice && images.get(l)[image]) {
        return true;
      }
    }
    return lattice > 0 && !images.get(lattice)[image];
  }

  /**
   * The images of each of some lattices, so that the spots are most likely: a change from one to
   * the other from image to image must earn its worth.
   *
   * @param models lattices of the points of one sweep
   * @param none whether images may be of none of them
   */
  static ScanShares of(List<LatticeModel> models, boolean none) {
    int frames = models.get(0).points().geometries.get(0).scan().frames();
    double[][] own = new double[models.size() + (none ? 1 : 0)][frames];
    for (int l = 0; l < models.size(); l++) {
      own[l] = logOdds(models.get(l), frames);
    }
    int[] owner = owners(own, frames);
    List<boolean[]> images = new ArrayList<>();
    for (int l = 0; l < models.size(); l++) {
      boolean[] has = new boolean[frames];
      for (int f = 0; f < frames; f++) {
        has[f] = owner[f] == l;
      }
      images.add(has);
    }
    return new ScanShares(images);
  }

  /** The likeliest sequence of states, each image's being worth something to each. */
  private static int[] owners(double[][] worth, int frames) {
    int[][] from = new int[frames][worth.length];
    double[] best = new double[worth.length];
    for (int f = 0; f < frames; f++) {
      int leader = largest(best);
      double[] next = new double[worth.length];
      for (int l = 0; l < worth.length; l++) {
        boolean changes = f > 0 && best[leader] - CHANGE > best[l];
        from[f][l] = changes ? leader : l;
        next[l] = best[from[f][l]] - (changes ? CHANGE : 0) + worth[l][f];
      }
      best = next;
    }
    int[] owner = new int[frames];
    int state = largest(best);
    for (int f = frames - 1; f >= 0; f--) {
      owner[f] = state;
      state = from[f][state];
    }
    return owner;
  }

  private static int largest(double[] of) {
    int leader = 0;
    for (int l = 1; l < of.length; l++) {
      leader = of[l] > of[leader] ? l : leader;
    }
    return leader;
  }

  /** Logarithms of the odds of the spots of each image, each for itself. */
  private static double[] logOdds(LatticeModel m, int frames) {
    double[] sums = new double[frames];
    Points p = m.points();
    double[] x = LatticeScore.residuals(p, m.a(), m.assigned().rest());
    for (int i = 0; i < p.size(); i++) {
      sums[frame(p, i, frames)] += m.score().logOdds(p, x, i, m.volume(), OUTLIERS);
    }
    return sums;
  }

  /** Number of spots of the images of a lattice, and how many of them have an index of it. */
  int[] count(int lattice, LatticeModel m) {
    int[] counts = new int[2];
    for (int i = 0; i < m.points().size(); i++) {
      counts[0] += has(lattice, m.points(), i) ? 1 : 0;
    }
    for (int i : m.assigned().which()) {
      counts[1] += has(lattice, m.points(), i) ? 1 : 0;
    }
    return counts;
  }
}
