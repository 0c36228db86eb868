package org.mdx.bragg.integrate;

import java.util.Arrays;
import org.mdx.bragg.internal.intensity.BackgroundCurvature;
import org.mdx.bragg.internal.kernel.NoisyMeanKernel;
import org.mdx.bragg.internal.kernel.PoissonMeanKernel;
import org.mdx.image.PixelResponse;
import org.mdx.image.Pixels;
import org.mdx.reflection.ReflectionFlag;

/**
 * The background of one box: a robust mean of Poisson counts, with the read noise of a camera, or a
 * plane where the likelihood ratio asks for it. It also tells the curvature, which is taken when
 * those of many reflections are known.
 */
final class BoxBackground {
  private static final int LEAST_PIXELS = 10;
  private static final double HUBER = 1.345;

  /** Counts below this are collected in a histogram. */
  private static final int COMMON = 4096;

  /** Twice the logarithm of the ratio for two more parameters, 1 in 1000. */
  private static final double RATIO = 13.8;

  /** Where nothing was counted. */
  private static final double SMALLEST = 1e-3;

  /** Part of the squares that rows and columns must leave to the distance. */
  private static final double LEAST_LEFT = 0.01;

  private final Target t;
  private final double limit;
  private final boolean counter;
  private final double noise;
  private final Room room;
  private int used;

  /** The greatest value in the histogram. */
  private int top;

  private double mean;
  private double slopeX;
  private double slopeY;
  private double middleX;
  private double middleY;

  /** Arrays that one thread uses for one box after the other; what they hold is the last box's. */
  static final class Room {
    private final int[] histogram = new int[COMMON]; // all 0 between boxes
    private int[] pixels = {};
    private int[] places = {};
    private double[] sums = {};

    /** A number for each pixel of the area. */
    int[] times = {};

    /** ε₁, ε₂ at the corners of the pixels of the box, and what is made of them. */
    double[] corners = {};

    double[] squares = {};

    /** Of the part of the box that is a neighbour's, too, and the neighbour's foreground there. */
    double[] neighbours = {};

    boolean[] claims = {};

    /** Foreground in the area of the box, and where partners claim pixels. */
    boolean[] mine = {};

    boolean[] met = {};

    /** What each pixel of a slice is to others. */
    byte[] others = {};

    void reserve(Target t) {
      int n = t.values.length + 1;
      if (pixels.length < n) {
        pixels = new int[n];
        places = new int[n];
        others = new byte[n];
      }
      int area = (t.w + 1) * (t.h + 1);
      if (squares.length < area) {
        squares = new double[area];
        corners = new double[2 * area];
        neighbours = new double[2 * area];
        mine = new boolean[area];
        met = new boolean[area];
        claims = new boolean[area];
        times = new int[area];
        sums = new double[area];
      }
    }
  }

  /**
   * A background; tells the reflection what its values mean.
   *
   * @param response of the reflection's panel
   * @param limit squared radius of the foreground, degrees²
   * @param room of the thread
   */
  BoxBackground(Target t, PixelResponse response, double limit, Room room) {
    this.t = t;
    this.limit = limit;
    this.room = room;
    counter = response.isCounter();
    t.pedestal = counter ? 0 : response.pedestal() * t.perSlice;
    t.perUnit = counter ? 1 : 1 / response.gain();
    noise = response.noiseVariance() * t.perSlice;
  }

  /** Variance of a pixel and slice beside that of its photons or electrons. */
  double noise() {
    return noise;
  }

  /** Values and places in the area of the pixels that are background. */
  private void choose(int area) {
    for (int from = 0; from < t.values.length; from += area) {
      choose(from, area);
    }
  }

  private void choose(int from, int area) {
    boolean[] mine = room.mine;
    byte[] others = room.others;
    int[] values = t.values;
    int[] pixels = room.pixels;
    int[] places = room.places;
    int n = used;
    for (int a = 0; a < area; a++) {
      int v = values[from + a];
      places[n] = a;
      pixels[n] = v;
      n += !mine[a] && others[from + a] == 0 && v != Pixels.MASKED ? 1 : 0;
    }
    used = n;
  }

  /**
   * Estimates it from the pixels that are neither foreground nor another reflection's.
   *
   * @param planes whether it may be a plane
   */
  void estimate(boolean planes) {
    int area = t.w * t.h;
    choose(area);
    Measured m = t.measured;
    m.background = used * t.perSlice;
    m.backgroundUsed = used * t.perSlice;
    if (used < LEAST_PIXELS) {
      m.flags |= ReflectionFlag.FAILED_DURING_BACKGROUND_MODELLING.mask();
      return;
    }
    double[] out = new double[2];
    if (counter) {
      ofCounts(out);
    } else {
      ofCamera(out);
    }
    mean = out[0];
    m.backgroundMean = mean / t.perSlice;
    m.backgroundVariance = out[1];
    if (planes && mean + noise > 0) {
      shape(area);
    }
  }

  private void ofCounts(double[] out) {
    int[] histogram = room.histogram;
    int[] pixels = room.pixels;
    int large = 0;
    for (int i = 0; i < used; i++) {
      int v = pixels[i];
      if (v < COMMON) {
        histogram[v]++;
        top = Math.max(top, v);
      } else {
        large++;
      }
    }
    int[] values = new int[top + 1 + large];
    int[] times = new int[top + 1 + large];
    int n = 0;
    for (int k = 0; k <= top; k++) {
      values[n] = k;
      times[n] = histogram[k];
      n += histogram[k] > 0 ? 1 : 0;
      histogram[k] = 0;
    }
    for (int i = 0; i < used && large > 0; i++) {
      if (pixels[i] >= COMMON) {
        values[n] = pixels[i];
        times[n++] = 1;
      }
    }
    PoissonMeanKernel.mean(values, times, n, HUBER, out);
  }

  private void ofCamera(double[] out) {
    double[] counts = new double[used];
    for (int i = 0; i < used; i++) {
      counts[i] = t.counts(room.pixels[i]);
    }
    double[] sorted = counts.clone();
    Arrays.sort(sorted);
    NoisyMeanKernel.mean(counts, used, noise, HUBER, sorted[used / 2], out);
  }

  /** Slopes and curvature from residuals that are limited as those of the mean. */
  private void shape(int area) {
    double root = Math.sqrt(Math.max(0, mean) + noise);
    int[] n = room.times;
    double[] sums = room.sums;
    Arrays.fill(n, 0, area, 0);
    Arrays.fill(sums, 0, area, 0);
    double limit = 2 * HUBER;
    int[] pixels = room.pixels;
    int[] places = room.places;
    double[] residuals = counter ? residuals(root, limit) : new double[0];
    for (int i = 0; i < used; i++) {
      int v = pixels[i];
      int a = places[i];
      n[a]++;
      sums[a] +=
          v >= 0 && v < residuals.length
              ? residuals[v]
              : limited((t.counts(v) - mean) / root, limit);
    }
    double sumX = 0;
    double sumY = 0;
    for (int row = 0, a = 0; row < t.h; row++) {
      for (int column = 0; column < t.w; column++, a++) {
        sumX += (double) n[a] * column;
        sumY += (double) n[a] * row;
      }
    }
    middleX = sumX / used;
    middleY = sumY / used;
    plane(root);
  }

  private void plane(double root) {
    int[] n = room.times;
    double[] sums = room.sums;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double x = 0;
    double y = 0;
    for (int row = 0, a = 0; row < t.h; row++) {
      double dy = row - middleY;
      for (int column = 0; column < t.w; column++, a++) {
        double dx = column - middleX;
        xx += n[a] * dx * dx;
        xy += n[a] * dx * dy;
        yy += n[a] * dy * dy;
        x += sums[a] * dx;
        y += sums[a] * dy;
      }
    }
    double det = xx * yy - xy * xy;
    if (!(det > 0)) {
      return;
    }
    double a = (x * yy - y * xy) / det;
    double b = (y * xx - x * xy) / det;
    if (a * x + b * y > RATIO) {
      slopeX = a * root;
      slopeY = b * root;
    }
    curvature(root, new double[] {xx / det, xy / det, yy / det}, a, b);
  }

  /**
   * What a square of the distance from the prediction adds to the best plane.
   *
   * @param root of the variance of a pixel
   * @param m sums of the squares and the product of the coordinates, over their determinant
   * @param a slope of the residuals along rows
   * @param b slope along columns
   */
  private void curvature(double root, double[] m, double a, double b) {
    int[] n = room.times;
    double[] squares = room.squares;
    double sum = 0;
    for (int row = 0, i = 0; row < t.h; row++) {
      for (int column = 0; column < t.w; column++, i++) {
        squares[i] = BackgroundCurvature.square(room.corners, t.w, i, row, limit);
        sum += n[i] * squares[i];
      }
    }
    double middle = sum / used;
    double ss = 0;
    double sx = 0;
    double sy = 0;
    double top = 0;
    for (int row = 0, i = 0; row < t.h; row++) {
      for (int column = 0; column < t.w; column++, i++) {
        double ds = squares[i] - middle;
        double dx = column - middleX;
        double dy = row - middleY;
        double w = n[i] * ds;
        ss += w * ds;
        sx += w * dx;
        sy += w * dy;
        top += ds * room.sums[i];
      }
    }
    double alongX = sx * m[2] - sy * m[1];
    double alongY = sy * m[0] - sx * m[1];
    double left = ss - alongX * sx - alongY * sy;
    // the noise of a camera is not known well enough to tell chance from curvature
    if (!(left > LEAST_LEFT * ss) || !(mean > SMALLEST) || !counter) {
      return;
    }
    boolean sloped = slopeX != 0 || slopeY != 0;
    double x = sloped ? alongX : 0;
    double y = sloped ? alongY : 0;
    t.curvature =
        new BackgroundCurvature(
            (top - a * sx - b * sy) / left * root,
            root * root / left,
            mean,
            least(),
            limit,
            middle - x * middleX - y * middleY,
            x,
            y);
  }

  /** Of counts from 0 to the greatest common one. */
  private double[] residuals(double root, double limit) {
    double[] residuals = new double[Math.min(COMMON, top + 1)];
    for (int k = 0; k < residuals.length; k++) {
      residuals[k] = limited((k - mean) / root, limit);
    }
    return residuals;
  }

  private static double limited(double r, double limit) {
    return r > limit ? limit : r < -limit ? -limit : r;
  }

  /** Counts at a pixel of the box; those of a counter are above 0. */
  double at(int x, int y) {
    double b = mean + slopeX * (x - middleX) + slopeY * (y - middleY);
    return Math.max(least(), b);
  }

  private double least() {
    return counter ? Math.max(SMALLEST, mean / 4) : Double.NEGATIVE_INFINITY;
  }
}
