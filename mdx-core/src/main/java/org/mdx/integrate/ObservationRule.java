package org.mdx.integrate;

import org.mdx.geometry.Scan;

/** When an observation of a voxel ends and the next begins. */
final class ObservationRule {
  private final Scan scan;
  private final double maxSpread;
  private final int framesEach;
  private final boolean chunked;

  ObservationRule(Scan scan, IntegrationOptions options) {
    this.scan = scan;
    maxSpread = options.maxSpread();
    chunked = options.mdx2Compatible();
    double frames = Math.ceil(maxSpread / Math.abs(scan.width()) - 1e-6);
    framesEach =
        chunked ? options.chunkFrames() : (int) Math.max(1, Math.min(frames, Integer.MAX_VALUE));
  }

  /** Whether what began at the first frame cannot hold the other one. */
  boolean ends(int first, int frame) {
    return chunked ? frame / framesEach != first / framesEach : frame - first >= framesEach;
  }

  /**
   * Whether what ends is a chunk of mdx2's: chunks are joined to observations afterwards, by their
   * mean angles.
   */
  boolean chunked() {
    return chunked;
  }

  /** Number of a chunk's observation, by mean angles: floor((φ − φmin)/maxSpread). */
  int number(double phi, double least) {
    return (int) Math.floor((phi - least) / maxSpread);
  }

  /** Whether angles rise during the scan. */
  boolean rising() {
    return scan.width() >= 0;
  }

  double phi(int frame) {
    return scan.phi(frame);
  }

  double exposure(int frame) {
    return scan.exposure(frame);
  }
}
