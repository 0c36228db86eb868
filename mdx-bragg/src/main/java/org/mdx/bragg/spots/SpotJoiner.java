package org.mdx.bragg.spots;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mdx.image.Pixels;

/**
 * Joins pieces of a reflection between which a few frames fell below the threshold. Two components
 * in the same place, one after the other, are one if the frames between them have on their pixels,
 * above the background, more than half of what the weaker of the two has in a frame.
 */
final class SpotJoiner {
  /** Farthest that the middles of two pieces lie apart, px. */
  private static final double APART = 2;

  private static final double HALF = 0.5;

  /** What the weaker of two pieces has in a frame, over the stronger: less is some other's tail. */
  private static final double ALIKE = 0.2;

  /** Strong pixels that stand alone are stray photons; there are very many. */
  private static final int LEAST = 2;

  private final SpotMeasurer measurer;
  private final int linger;
  private final int mostFrames;

  /**
   * A joiner.
   *
   * @param measurer knows gain and pedestal
   * @param linger frames after a component in which another may go on with it
   * @param mostFrames of a spot
   */
  SpotJoiner(SpotMeasurer measurer, int linger, int mostFrames) {
    this.measurer = measurer;
    this.linger = linger;
    this.mostFrames = mostFrames;
  }

  int linger() {
    return linger;
  }

  /** Whether a component may be a piece. */
  boolean takes(Component c) {
    return !c.isGivenUp() && c.size >= LEAST;
  }

  /** Whether a component may go on with an earlier one. */
  boolean mayFollow(Component earlier, Component later) {
    int gap = later.firstFrame - earlier.lastFrame - 1;
    return gap >= 1
        && gap <= linger
        && later.box[0] <= earlier.box[1]
        && earlier.box[0] <= later.box[1]
        && later.box[2] <= earlier.box[3]
        && earlier.box[2] <= later.box[3];
  }

  /**
   * The component that both are pieces of.
   *
   * @param store has the pixels about both and between them
   * @return null if they are two
   */
  Component joined(Component earlier, Component later, PixelStore store) {
    if (later.lastFrame - earlier.firstFrame >= mostFrames || apart(earlier, later) > APART) {
      return null;
    }
    List<int[]> pixels = new ArrayList<>(List.of(earlier.pixels()));
    pixels.addAll(List.of(later.pixels()));
    Component both = Component.of(earlier.panel, pixels.toArray(int[][]::new));
    PixelStore.Patch patch = store.patch(both, SpotLinker.MARGIN, 1);
    SpotBox box = measurer.box(both, patch, SpotLinker.MARGIN, SpotBox.NEAR);
    boolean[] columns = columns(both, box);
    double[] sums = sums(box, columns);
    double one = mean(sums, earlier.firstFrame - box.z0, earlier.lastFrame + 1 - box.z0);
    double two = mean(sums, later.firstFrame - box.z0, later.lastFrame + 1 - box.z0);
    double between = mean(sums, earlier.lastFrame + 1 - box.z0, later.firstFrame - box.z0);
    double weaker = Math.min(one, two);
    if (!(between > HALF * weaker && weaker > ALIKE * Math.max(one, two))) {
      return null;
    }
    for (int frame = earlier.lastFrame + 1; frame < later.firstFrame; frame++) {
      for (int j = 0; j < columns.length; j++) {
        int x = box.x0 + j % box.nx;
        int y = box.y0 + j / box.nx;
        int value = columns[j] ? patch.value(frame, x, y) : Pixels.MASKED;
        if (value != Pixels.MASKED) {
          pixels.add(new int[] {x, y, frame, value});
        }
      }
    }
    pixels.sort(Comparator.comparingInt((int[] p) -> p[2]));
    return Component.of(earlier.panel, pixels.toArray(int[][]::new)).ofPieces();
  }

  private double apart(Component a, Component b) {
    double[] m = measurer.strong(a).mean;
    double[] n = measurer.strong(b).mean;
    return Math.hypot(m[0] - n[0], m[1] - n[1]);
  }

  /** The pixels that are strong in some frame. */
  private static boolean[] columns(Component c, SpotBox box) {
    boolean[] columns = new boolean[box.nx * box.ny];
    for (int i = 0; i < c.size; i++) {
      columns[(c.y(i) - box.y0) * box.nx + c.x(i) - box.x0] = true;
    }
    return columns;
  }

  /** Quanta above the background on some pixels of each frame. */
  private static double[] sums(SpotBox box, boolean[] columns) {
    BackgroundPlane plane = new BackgroundPlane(box);
    double[] sums = new double[box.nz];
    for (int z = 0, i = 0; z < box.nz; z++) {
      for (int j = 0; j < columns.length; j++, i++) {
        if (columns[j] && !Double.isNaN(box.value[i])) {
          sums[z] += box.value[i] - plane.at(j % box.nx, j / box.nx, z);
        }
      }
    }
    return sums;
  }

  private static double mean(double[] sums, int from, int to) {
    double sum = 0;
    for (int z = from; z < to; z++) {
      sum += sums[z];
    }
    return sum / (to - from);
  }
}
