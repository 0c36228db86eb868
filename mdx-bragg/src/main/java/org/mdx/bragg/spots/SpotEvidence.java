package org.mdx.bragg.spots;

import org.mdx.geometry.Beam;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;

/**
 * Whether strong pixels of a camera are a spot. A detector that counts photons has true spots of
 * one pixel, and next to no false ones; a camera has a point spread, hot pixels, and where its
 * background is low any electron is a strong pixel.
 */
final class SpotEvidence {
  /**
   * Quanta beside the pixel over those of the pixel itself, of the sharpest spot that a camera
   * shows: a Gaussian of σ = 0.45 px in the middle of a pixel.
   */
  private static final double SHARPEST = 0.87;

  /** Pixels about a pixel. */
  private static final int AROUND = 8;

  private SpotEvidence() {}

  /** Whether a panel counts photons. */
  static boolean counts(Beam beam, Panel panel) {
    return beam.probe() == Probe.X_RAY && panel.gain() == 1 && panel.pedestal() == 0;
  }

  /**
   * Whether the strongest pixel of a component is hot: the quanta of the eight pixels about it, in
   * the frames of the component, are likelier those of the background alone than those of the
   * sharpest spot. Both are normal, with the variance of counting and of the background.
   *
   * @param box the component's
   * @param plane its background
   */
  static boolean isHot(Component c, SpotBox box, BackgroundPlane plane) {
    double[] columns = new double[box.nx * box.ny];
    int[] frames = new int[columns.length];
    int n = columns.length;
    int hottest = -1;
    for (int z = c.firstFrame - box.z0; z <= c.lastFrame - box.z0; z++) {
      for (int j = 0; j < n; j++) {
        double v = box.value[z * n + j];
        if (!Double.isNaN(v)) {
          columns[j] += v - plane.at(j % box.nx, j / box.nx, z);
          frames[j]++;
        }
      }
    }
    for (int i = 0; i < c.size; i++) {
      int j = (c.y(i) - box.y0) * box.nx + c.x(i) - box.x0;
      hottest = hottest < 0 || columns[j] > columns[hottest] ? j : hottest;
    }
    double about = 0;
    int counting = 0;
    int length = c.lastFrame - c.firstFrame + 1;
    for (int v = -1; v <= 1; v++) {
      for (int u = -1; u <= 1; u++) {
        int j = hottest + v * box.nx + u;
        if (u != 0 || v != 0) {
          about += columns[j];
          counting += frames[j];
        }
      }
    }
    double expected = SHARPEST * columns[hottest] * counting / (AROUND * length);
    double chance =
        counting * plane.pixelVariance() * (1 + (double) counting / Math.max(1, plane.pixels));
    double alone = logNormal(about, 0, Math.max(chance, 1));
    return alone > logNormal(about, expected, Math.max(chance, 1) + Math.max(expected, 0));
  }

  private static double logNormal(double x, double mean, double variance) {
    return -0.5 * (Math.log(variance) + (x - mean) * (x - mean) / variance);
  }
}
