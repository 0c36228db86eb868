package org.mdx.bragg.integrate;

import org.mdx.bragg.internal.intensity.BackgroundCurvature;
import org.mdx.bragg.internal.intensity.LocalFrame;
import org.mdx.image.Pixels;
import org.mdx.reflection.ReflectionFlag;

/** A predicted reflection, or the part of it in a stretch of frames, while it is integrated. */
final class Target {
  /** Foreground of a box, about which {@link #bytes} is right to some per cent. */
  private static final double FOREGROUND = 0.35;

  /** The rectangle about that. */
  private static final double RECTANGLE = 0.45;

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

  /** The rectangle about the foreground and what is shared, from the corner of the box. */
  int left;

  int top;
  int columns;
  private int rows;

  /** Foreground pixels, row · columns + column in the rectangle; null before it is measured. */
  int[] pixels;

  /** ε₁, ε₂ at the corners of the pixels of the rectangle, (columns + 1)(rows + 1) pairs. */
  double[] corners;

  /** Their values, slice by slice: {@code Pixels.MASKED} if bad or another reflection's. */
  int[] foreground;

  /** What a value of 0 is, and photons or electrons of a unit. */
  double pedestal;

  double perUnit = 1;

  /** How the background rises towards the reflection; null if it is not known. */
  BackgroundCurvature curvature;

  /** What a curvature of 1 adds to the background of each foreground pixel; empty if none is. */
  double[] levers = {};

  private double[] straight = {};
  private SharedPixels straightShared;

  /** Expected background of a slice of each foreground pixel, or one for all of them. */
  private double[] background = {};

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

  /** Takes the background of the foreground pixels; one value will do if all are the same. */
  void setBackground(double[] each) {
    background = packed(each);
  }

  /**
   * Bends the background of all pixels towards the reflection, as much as the curvatures of many
   * reflections make likely, in place of what it was bent by before, and sums once more.
   *
   * @param spread of {@link BackgroundCurvature#spread}
   */
  void bend(double spread) {
    double part = curvature == null || pixels == null ? 0 : curvature.part(spread);
    if (part == 0 && levers.length == 0) {
      return;
    }
    if (levers.length == 0) {
      straight = background;
      straightShared = shared;
    }
    background = straight;
    shared = straightShared;
    levers = part == 0 ? new double[0] : levers(pixels);
    measured.curvatureVariance = part == 0 ? 0 : part * curvature.variance();
    if (part > 0) {
      double[] own = new double[pixels.length];
      for (int i = 0; i < own.length; i++) {
        own[i] = bent(background(i), part * levers[i]);
      }
      background = own;
      shared = shared == null ? null : bent(shared, part);
    }
    Summation.sum(this);
  }

  private SharedPixels bent(SharedPixels s, double part) {
    double[] all = levers(s.pixels());
    double[] b = new double[all.length];
    for (int i = 0; i < b.length; i++) {
      b[i] = bent(s.background(i), part * all[i]);
    }
    return new SharedPixels(s.partners(), s.pixels(), b, s.values());
  }

  private double bent(double b, double lever) {
    return Math.max(curvature.least(), b + curvature.value() * lever);
  }

  private double[] levers(int[] places) {
    double[] out = new double[places.length];
    for (int i = 0; i < out.length; i++) {
      int p = places[i];
      int row = p / columns;
      double square = BackgroundCurvature.square(corners, columns, p, row, curvature.limit());
      out[i] = curvature.lever(square, left + p - row * columns, top + row);
    }
    return out;
  }

  /** Mean lever of the foreground, 0 if the background is not bent. */
  double meanLever() {
    double sum = 0;
    for (double lever : levers) {
      sum += lever;
    }
    return levers.length == 0 ? 0 : sum / levers.length;
  }

  /** Expected background of a slice of a foreground pixel. */
  double background(int i) {
    return background.length == 1 ? background[0] : background[i];
  }

  /** Whether {@link #background(int)} is the same for all. */
  boolean hasOneBackground() {
    return background.length == 1;
  }

  /** One value in place of many that are the same. */
  static double[] packed(double[] each) {
    for (double b : each) {
      if (b != each[0]) {
        return each;
      }
    }
    return each.length == 0 ? each : new double[] {each[0]};
  }

  /**
   * Cuts the rectangle about the foreground and what is shared out of the corners of the box, and
   * numbers the pixels in it.
   */
  void keepCorners(double[] ofBox) {
    int[] limits = {w, -1, h, -1};
    widen(limits, pixels);
    if (shared != null) {
      widen(limits, shared.pixels());
    }
    left = Math.min(limits[0], limits[1] + 1);
    top = Math.min(limits[2], limits[3] + 1);
    columns = limits[1] + 1 - left;
    rows = limits[3] + 1 - top;
    renumber(pixels);
    if (shared != null) {
      renumber(shared.pixels());
    }
    corners = cut(ofBox);
  }

  /** The rectangle of the corners of the box. */
  double[] cut(double[] ofBox) {
    int n = 2 * (columns + 1);
    double[] out = new double[n * (rows + 1)];
    for (int y = 0; y <= rows; y++) {
      System.arraycopy(ofBox, 2 * ((top + y) * (w + 1) + left), out, y * n, n);
    }
    return out;
  }

  private void widen(int[] limits, int[] places) {
    for (int p : places) {
      int x = p % w;
      int y = p / w;
      limits[0] = Math.min(limits[0], x);
      limits[1] = Math.max(limits[1], x);
      limits[2] = Math.min(limits[2], y);
      limits[3] = Math.max(limits[3], y);
    }
  }

  private void renumber(int[] places) {
    for (int i = 0; i < places.length; i++) {
      places[i] = (places[i] / w - top) * columns + places[i] % w - left;
    }
  }

  boolean isFull() {
    return zFrom >= z0 && zTo <= z1;
  }

  /** What it needs while its frames pass, or, if that is more, until it is fitted. */
  long bytes() {
    double area = (double) w * h;
    double kept = FOREGROUND * area * (4 * slices + 12);
    double around = 16 * (area + w + h);
    boolean alone = neighbours.length == 0;
    double fitted = alone ? RECTANGLE * around + kept : around + (1 + SHARED) * kept;
    return (long) Math.max(4 * area * slices, fitted) + 500;
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
    background = new double[0];
    levers = new double[0];
    straight = new double[0];
    straightShared = null;
    curvature = null;
    shared = null;
  }
}
