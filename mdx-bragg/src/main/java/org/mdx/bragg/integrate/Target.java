package org.mdx.bragg.integrate;

import org.mdx.image.Pixels;
import org.mdx.reflection.ReflectionFlag;

/** A predicted reflection, or the part of it in a stretch of frames, while it is integrated. */
final class Target {
  /** Foreground of a box, about which {@link #bytes} is right to some per cent. */
  private static final double FOREGROUND = 0.35;

  /** What it shares with neighbours, at the most, in foregrounds. */
  private static final double SHARED = 1.5;

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

  /** Its width in ε₃ over σ_m: all places in ε₃ are divided by it, so that one profile fits all. */
  double stretch = 1;

  /** Whether it lies in a blank stretch as a whole. */
  boolean blank;

  /**
   * Values of all pixels, slice by slice, {@code Pixels.MASKED} where they do not count; null if
   * not in flight.
   */
  int[] values;

  /** Foreground pixels, row · w + column; null before the box is measured. */
  int[] pixels;

  /** ε₁, ε₂ at the corners of the pixels of the box, (w + 1)(h + 1) pairs. */
  double[] corners;

  /** Their values, slice by slice: {@code Pixels.MASKED} if bad or another reflection's. */
  int[] foreground;

  /** What a value of 0 is, and photons or electrons of a unit. */
  double pedestal;

  double perUnit = 1;

  /** Expected background of a pixel and slice. */
  double[] background;

  /** What it shares with others; null if nothing. */
  SharedPixels shared;

  Measured measured = new Measured();

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

  /** Another part of the same reflection, of the same area. */
  Target part() {
    Target t = new Target(row, panel, px, py, z, phi, frame);
    t.x0 = x0;
    t.y0 = y0;
    t.w = w;
    t.h = h;
    t.zFrom = zFrom;
    t.zTo = zTo;
    t.stretch = stretch;
    t.integrate = integrate;
    return t;
  }

  /** Photons or electrons of a value, NaN if it does not count. */
  double counts(int value) {
    return value == Pixels.MASKED ? Double.NaN : (value - pedestal) * perUnit;
  }

  boolean isFull() {
    return zFrom >= z0 && zTo <= z1;
  }

  /** What it needs while its frames pass, or, if that is more, until it is fitted. */
  long bytes() {
    double area = (double) w * h;
    double kept = FOREGROUND * area * (4 * slices + 12);
    double shared = neighbours.length == 0 ? 0 : SHARED * kept;
    return (long) Math.max(4 * area * slices, 16 * (area + w + h) + kept + shared) + 500;
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

  /** Change of ε₃ in a frame, in degrees of a spot of the width σ_m. */
  double alongFrame(double degreesPerFrame) {
    return frame.zeta() * degreesPerFrame / stretch;
  }

  /** ε₃ in degrees at the limits of the slices. */
  double[] sliceEdges(double degreesPerFrame) {
    return sliceEdges(this, degreesPerFrame);
  }

  /** ε₃ in degrees of this reflection at the limits of another's slices. */
  double[] sliceEdges(Target of, double degreesPerFrame) {
    double[] edges = new double[of.slices + 1];
    for (int k = 0; k <= of.slices; k++) {
      edges[k] = alongFrame(degreesPerFrame) * (Math.min(of.z1, of.z0 + k * of.perSlice) - z);
    }
    return edges;
  }

  /** Forgets what was measured, to be measured once more. */
  void reset() {
    Measured fresh = new Measured();
    fresh.partiality = measured.partiality;
    fresh.flags = measured.flags & ReflectionFlag.REFERENCE_SPOT.mask();
    measured = fresh;
    release();
  }

  /** Lets its pixels go. */
  void release() {
    values = null;
    pixels = null;
    corners = null;
    foreground = null;
    background = null;
    shared = null;
  }
}
