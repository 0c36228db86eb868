package org.mdx.bragg.internal.fit;

import org.mdx.math.Mat3;

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

  static double[][] rows(Mat3[] matrices) {
    double[][] out = new double[matrices.length][];
    for (int i = 0; i < out.length; i++) {
      out[i] = matrices[i].toRowMajor();
    }
    return out;
  }

  /** Number of parameters at a place. */
  int parameters() {
    return derivatives[0].length;
  }

  /** Goes to a place, in images from the beginning of the scan. */
  void place(double position, double[] out) {
    int last = setting.length - 1;
    edge = (int) Math.floor(Math.max(0, Math.min(last, position)));
    fraction = edge == last ? 0 : Math.max(0, position - edge);
    between(setting[edge], fraction == 0 ? null : setting[edge + 1], out);
  }

  /** The derivative by a parameter where it is now. */
  void derivative(int parameter, double[] out) {
    between(
        derivatives[edge][parameter], fraction == 0 ? null : derivatives[edge + 1][parameter], out);
  }

  private void between(double[] from, double[] to, double[] out) {
    for (int c = 0; c < NINE; c++) {
      out[c] = to == null ? from[c] : (1 - fraction) * from[c] + fraction * to[c];
    }
  }
}
