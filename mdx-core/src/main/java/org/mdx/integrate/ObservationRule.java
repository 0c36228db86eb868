package org.mdx.integrate;

import org.mdx.geometry.Scan;
import org.mdx.image.ImageChunks;

/** The rule by which an observation of a voxel ends and the next begins. */
final class ObservationRule {
  private final Scan scan;
  private final double maxSpread;
  private final int framesEach;
  private final boolean chunked;
  private final int tiles;

  /**
   * A rule.
   *
   * @param maxSpread largest rotation of an observation, degrees
   * @param chunks blocks that are summed first, as mdx2 does; null for none
   * @param tiles keys of each voxel, one for each tile of a frame
   */
  ObservationRule(Scan scan, double maxSpread, ImageChunks chunks, int tiles) {
    this.scan = scan;
    this.maxSpread = maxSpread;
    this.tiles = tiles;
    chunked = chunks != null;
    double frames = Math.ceil(maxSpread / Math.abs(scan.width()) - 1e-6);
    framesEach = chunked ? chunks.frames() : (int) Math.max(1, Math.min(frames, Integer.MAX_VALUE));
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

  /** The voxel of a key, which each of its tiles has one of. */
  long voxel(long key) {
    return tiles == 1 ? key : key / tiles;
  }

  /**
   * Adds the angle of a frame for each of some pixels. A chunk's mean angle decides to which
   * observation it belongs, sometimes by its last bit, so it is added up as mdx2 adds it: pixel by
   * pixel.
   */
  double add(double sum, double angle, long pixels) {
    if (!chunked) {
      return sum + pixels * angle;
    }
    double s = sum;
    for (long i = 0; i < pixels; i++) {
      s += angle;
    }
    return s;
  }

  double phi(int frame) {
    return scan.phi(frame);
  }

  double exposure(int frame) {
    return scan.exposure(frame);
  }
}
