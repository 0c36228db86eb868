package org.mdx.bragg.integrate;

import org.mdx.bragg.internal.kernel.PoissonMeanKernel;
import org.mdx.reflection.ReflectionFlag;

/**
 * The background of one box: a robust Poisson mean, or a plane where the likelihood ratio asks for
 * it.
 */
final class BoxBackground {
  private static final int LEAST_PIXELS = 10;
  private static final double HUBER = 1.345;

  /** Counts up to this are collected in a histogram. */
  private static final int COMMON = 4096;

  /** Twice the logarithm of the ratio for two more parameters, 1 in 1000. */
  private static final double RATIO = 13.8;

  /** Where nothing was counted. */
  private static final double SMALLEST = 1e-3;

  private final Target t;
  private final boolean[] mine;
  private final byte[] others;
  private final boolean planes;
  private final int[] pixels;
  private final int[] places;
  private int used;
  private double mean;
  private double slopeX;
  private double slopeY;
  private double middleX;
  private double middleY;

  BoxBackground(Target t, boolean[] mine, byte[] others, boolean planes) {
    this.t = t;
    this.mine = mine;
    this.others = others;
    this.planes = planes;
    pixels = new int[t.counts.length];
    places = new int[t.counts.length];
  }

  /** Numbers and places in the area of the pixels that are background. */
  private void choose() {
    int area = mine.length;
    for (int from = 0; from < t.counts.length; from += area) {
      for (int a = 0; a < area; a++) {
        if (!mine[a] && others[from + a] == 0 && t.counts[from + a] >= 0) {
          places[used] = a;
          pixels[used++] = t.counts[from + a];
        }
      }
    }
  }

  void estimate() {
    choose();
    int[] histogram = new int[COMMON];
    int top = 0;
    int large = 0;
    for (int i = 0; i < used; i++) {
      if (pixels[i] < COMMON) {
        histogram[pixels[i]]++;
        top = Math.max(top, pixels[i]);
      } else {
        large++;
      }
    }
    t.measured.background = used;
    t.measured.backgroundUsed = used;
    if (used < LEAST_PIXELS) {
      t.measured.flags |= ReflectionFlag.FAILED_DURING_BACKGROUND_MODELLING.mask();
      return;
    }
    int[] values = new int[top + 1 + large];
    int[] times = new int[top + 1 + large];
    int n = 0;
    for (int k = 0; k <= top; k++) {
      values[n] = k;
      times[n] = histogram[k];
      n += histogram[k] > 0 ? 1 : 0;
    }
    for (int i = 0; i < used && large > 0; i++) {
      if (pixels[i] >= COMMON) {
        values[n] = pixels[i];
        times[n++] = 1;
      }
    }
    double[] out = new double[2];
    PoissonMeanKernel.mean(values, times, n, HUBER, out);
    mean = out[0];
    t.measured.backgroundMean = mean;
    t.measured.backgroundVariance = out[1];
    if (planes && mean > 0) {
      plane();
    }
  }

  /** Slopes from residuals that are limited as those of the mean. */
  private void plane() {
    double[] xs = new double[mine.length];
    double[] ys = new double[mine.length];
    for (int a = 0; a < mine.length; a++) {
      xs[a] = a % t.w;
      ys[a] = a / t.w;
    }
    for (int i = 0; i < used; i++) {
      middleX += xs[places[i]] / used;
      middleY += ys[places[i]] / used;
    }
    double root = Math.sqrt(mean);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < used; i++) {
      double dx = xs[places[i]] - middleX;
      double dy = ys[places[i]] - middleY;
      double r = Math.max(-2 * HUBER, Math.min(2 * HUBER, (pixels[i] - mean) / root));
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
      x += r * dx;
      y += r * dy;
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
  }

  /** Counts at a pixel of the box. */
  double at(int x, int y) {
    return Math.max(
        Math.max(SMALLEST, mean / 4), mean + slopeX * (x - middleX) + slopeY * (y - middleY));
  }
}
