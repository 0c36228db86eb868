package org.mdx.scaling;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** The normal equations of one term, of one lane or of all: one system for each sweep. */
final class NormalSums {
  final double[][] aa;
  final double[][] ay;
  final double[] yy;
  final long[] n;

  NormalSums(int systems) {
    aa = new double[systems][];
    ay = new double[systems][];
    yy = new double[systems];
    n = new long[systems];
  }

  /** Makes room for a system that has none yet. */
  void allot(int system, int elements, int points) {
    if (aa[system] == null) {
      aa[system] = new double[elements * points];
      ay[system] = new double[points];
    }
  }

  /** Adds those of one lane; a system stays null until a lane has any of it. */
  void add(NormalSums lane) {
    for (int system = 0; system < n.length; system++) {
      if (lane.aa[system] != null) {
        int points = lane.ay[system].length;
        allot(system, lane.aa[system].length / points, points);
        add(aa[system], lane.aa[system]);
        add(ay[system], lane.ay[system]);
        yy[system] += lane.yy[system];
        n[system] += lane.n[system];
      }
    }
  }

  /** Makes all sums 0, whose room is kept. */
  void clear() {
    for (int system = 0; system < n.length; system++) {
      if (aa[system] != null) {
        Arrays.fill(aa[system], 0);
        Arrays.fill(ay[system], 0);
      }
      yy[system] = 0;
      n[system] = 0;
    }
  }

  private static void add(double[] sum, double[] part) {
    for (int i = 0; i < part.length; i++) {
      sum[i] += part[i];
    }
  }

  /** Sums that no lane needs any longer, for the next fit of the same term. */
  static final class Room {
    private final Deque<NormalSums> free = new ArrayDeque<>();
  }

  /**
   * The normal equations of one term, summed by lanes that are added in their order. A lane is
   * added as soon as it and those before it are done, so that few wait in memory.
   */
  static final class Lanes {

    private final NormalSums total;
    private final NormalSums[] lanes;
    private final boolean[] done;
    private final Deque<NormalSums> free;
    private int next;

    Lanes(int lanes, int systems, Room room) {
      total = new NormalSums(systems);
      this.lanes = new NormalSums[lanes];
      done = new boolean[lanes];
      free = room.free;
    }

    /** The sums of a lane that is not done yet. */
    synchronized NormalSums of(int lane) {
      if (lanes[lane] == null) {
        lanes[lane] = free.isEmpty() ? new NormalSums(total.n.length) : free.pop();
      }
      return lanes[lane];
    }

    /** A lane is done. */
    synchronized void end(int lane) {
      done[lane] = true;
      while (next < lanes.length && done[next]) {
        NormalSums sums = lanes[next];
        lanes[next] = null;
        next++;
        if (sums != null) {
          total.add(sums);
          sums.clear();
          free.push(sums);
        }
      }
    }

    /** The sums of all lanes, once all are done. */
    synchronized NormalSums total() {
      return total;
    }
  }
}
