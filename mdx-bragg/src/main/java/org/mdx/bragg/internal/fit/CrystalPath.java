package org.mdx.bragg.internal.fit;

import java.util.List;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * F·A of a crystal and its derivatives by the values of its parameters at that place, given at the
 * edges of the images and linear between them; one alone if the crystal does not change.
 */
final class CrystalPath {
  private static final int NINE = 9;

  private final double[][] setting;
  private final double[][][] derivatives; // null where only predictions are wanted
  private int edge;
  private double fraction;

  CrystalPath(Mat3[] edges, Mat3[][] edgeDerivatives) {
    setting = rows(edges);
    if (edgeDerivatives == null) {
      derivatives = null;
    } else {
      derivatives = new double[edgeDerivatives.length][][];
      for (int i = 0; i < derivatives.length; i++) {
        derivatives[i] = rows(edgeDerivatives[i]);
      }
    }
  }

  private CrystalPath(CrystalPath of) {
    setting = of.setting;
    derivatives = of.derivatives;
  }

  /** The same path for another thread. */
  CrystalPath fork() {
    return new CrystalPath(this);
  }

  static double[][] rows(Mat3[] matrices) {
    double[][] out = new double[matrices.length][];
    for (int i = 0; i < out.length; i++) {
      out[i] = matrices[i].toRowMajor();
    }
    return out;
  }

  /** Number of numbers that make the crystal at an edge. */
  int numbers() {
    return derivatives[0].length;
  }

  /** Whether it changes. */
  boolean isVarying() {
    return setting.length > 1;
  }

  /** Goes to a place, in images from the beginning of the scan. */
  void place(double position, double[] out) {
    if (!isVarying()) {
      System.arraycopy(setting[0], 0, out, 0, NINE);
      return;
    }
    edge = (int) Math.floor(Math.max(0, Math.min(setting.length - 2, position)));
    fraction = Math.max(0, Math.min(1, position - edge));
    for (int c = 0; c < NINE; c++) {
      out[c] = (1 - fraction) * setting[edge][c] + fraction * setting[edge + 1][c];
    }
  }

  /** The edge before the place where it is now. */
  int edge() {
    return edge;
  }

  /**
   * The derivative by a number at the edge before or after the place where it is now; not to be
   * changed. That at the place is {@link #part} of it.
   *
   * @param side 0 before, 1 after
   */
  double[] derivative(int number, int side) {
    return derivatives[edge + side][number];
  }

  /**
   * How much the edge before or after the place counts there.
   *
   * @param side 0 before, 1 after
   */
  double part(int side) {
    return side == 0 ? 1 - fraction : fraction;
  }

  /** s0 of a beam that drifts, given at the edges of the images, and its derivatives. */
  static final class OfBeam {
    private final Vec3[] at;
    private final double[][] s0;
    private final double[][][] derivatives; // edge, number
    private int edge;
    private double fraction;

    OfBeam(Vec3[] at, Vec3[][] derivatives) {
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

    private OfBeam(OfBeam of) {
      at = of.at;
      s0 = of.s0;
      derivatives = of.derivatives;
    }

    /** The same path for another thread. */
    OfBeam fork() {
      return new OfBeam(this);
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
}
