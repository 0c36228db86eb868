package org.mdx.bragg.integrate;

/** A predicted reflection while it is integrated. */
final class Target {
  final int row;
  final int panel;
  final double px;
  final double py;
  final double z;
  final double phi;
  final LocalFrame frame;

  int x0;
  int y0;
  int w;
  int h;
  int z0;
  int z1;
  int perSlice = 1;
  int slices;
  double zFrom;
  double zTo;
  Target[] neighbours = {};
  boolean strong;
  boolean integrate;

  /**
   * Counts of all pixels, slice by slice, below 0 where they do not count; null if not in flight.
   */
  int[] counts;

  /** Foreground pixels, row · w + column; null before the box is measured. */
  int[] pixels;

  /** Their ε₁, ε₂ at the four corners, eight each. */
  double[] corners;

  /** Their counts, slice by slice: −1 bad, −2 another reflection's. */
  int[] foreground;

  double[] background;
  final Measured measured = new Measured();

  /**
   * A reflection.
   *
   * @param z place in the scan in frames from 0
   */
  Target(int row, int panel, double px, double py, double z, double phi, LocalFrame frame) {
    this.row = row;
    this.panel = panel;
    this.px = px;
    this.py = py;
    this.z = z;
    this.phi = phi;
    this.frame = frame;
  }

  boolean isFull() {
    return zFrom >= z0 && zTo <= z1;
  }

  long bytes() {
    return 4L * w * h * slices + 400;
  }

  boolean meets(Target o) {
    return panel == o.panel
        && x0 < o.x0 + o.w
        && o.x0 < x0 + w
        && y0 < o.y0 + o.h
        && o.y0 < y0 + h
        && z0 < o.z1
        && o.z0 < z1;
  }

  /** ε₃ in degrees at the limits of the slices. */
  double[] sliceEdges(double degreesPerFrame) {
    double[] edges = new double[slices + 1];
    for (int k = 0; k <= slices; k++) {
      edges[k] = frame.zeta() * degreesPerFrame * (Math.min(z1, z0 + k * perSlice) - z);
    }
    return edges;
  }

  /** Lets its pixels go. */
  void release() {
    counts = null;
    pixels = null;
    corners = null;
    foreground = null;
    background = null;
  }
}
