package org.mdx.scaling;

import java.io.Serializable;
import java.util.Arrays;

/** The normal equations of one term, of one lane or of all: one system for each sweep. */
final class NormalSums implements Serializable {
  private static final long serialVersionUID = 1;

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
}
