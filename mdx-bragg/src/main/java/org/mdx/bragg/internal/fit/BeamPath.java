package org.mdx.bragg.internal.fit;

import java.util.List;
import org.mdx.math.Vec3;

/** s0 of a beam that drifts, given at the edges of the images, and its derivatives. */
final class BeamPath {
  private final Vec3[] at;
  private final double[][] s0;
  private final double[][][] derivatives; // edge, number
  private int edge;
  private double fraction;

  BeamPath(Vec3[] at, Vec3[][] derivatives) {
    this.at = at.clone();
    s0 = new double[at.length][];
    this.derivatives = new double[at.length][][];
    for (int e = 0; e < at.length; e++) {
      s0[e] = array(at[e]);
      this.derivatives[e] = new double[derivatives[e].length][];
      for (int i = 0; i < derivatives[e].length; i++) {
        this.derivatives[e][i] = array(derivatives[e][i]);
      }
    }
  }

  private static double[] array(Vec3 v) {
    return new double[] {v.x(), v.y(), v.z()};
  }

  /** s0 at the image edges. */
  List<Vec3> points() {
    return List.of(at);
  }

  /** How many numbers make it at an edge. */
  int numbers() {
    return derivatives[0].length;
  }

  /** Goes to a place, in images from the beginning of the scan. */
  void place(double position, double[] out) {
    edge = (int) Math.floor(Math.max(0, Math.min(s0.length - 2, position)));
    fraction = Math.max(0, Math.min(1, position - edge));
    for (int c = 0; c < 3; c++) {
      out[c] = (1 - fraction) * s0[edge][c] + fraction * s0[edge + 1][c];
    }
  }

  /**
   * The derivative at the place where it is now by a number of the edge before or after it.
   *
   * @param side 0 before, 1 after
   */
  void derivative(int number, int side, double[] out) {
    double part = side == 0 ? 1 - fraction : fraction;
    for (int c = 0; c < 3; c++) {
      out[c] = part * derivatives[edge + side][number][c];
    }
  }
}
