package org.mdx.scaling;

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

  /** Adds one system of several lanes, in their order; it is null if no lane has any of it. */
  void add(NormalSums[] lanes, int system) {
    for (NormalSums lane : lanes) {
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

  private static void add(double[] sum, double[] part) {
    for (int i = 0; i < part.length; i++) {
      sum[i] += part[i];
    }
  }
}
