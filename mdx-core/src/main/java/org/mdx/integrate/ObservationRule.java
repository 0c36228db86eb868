package org.mdx.integrate;

import org.mdx.geometry.Scan;

/** When an observation of a voxel ends and the next begins. */
final class ObservationRule {
  private final Scan scan;
  private final double maxSpread;
  private final int framesEach;
  private final boolean countedFromVoxel;

  ObservationRule(Scan scan, IntegrationOptions options) {
    this.scan = scan;
    maxSpread = options.maxSpread();
    countedFromVoxel = options.mdx2Compatible();
    double frames = Math.ceil(maxSpread / Math.abs(scan.width()) - 1e-6);
    framesEach = (int) Math.max(1, Math.min(frames, Integer.MAX_VALUE));
  }

  /** Whether first frames are those of the voxel, as in mdx2, or those of the observation. */
  boolean countedFromVoxel() {
    return countedFromVoxel;
  }

  /** Number of the observation that a frame falls into, 0 for the one that began at the first. */
  int number(int first, int frame) {
    return countedFromVoxel
        ? (int) Math.floor(Math.abs(scan.phi(frame) - scan.phi(first)) / maxSpread)
        : (frame - first) / framesEach;
  }

  double phi(int frame) {
    return scan.phi(frame);
  }

  double exposure(int frame) {
    return scan.exposure(frame);
  }
}
