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
  }

  private boolean isBackground(int i) {
    return t.counts[i] >= 0 && others[i] == 0 && !mine[i % mine.length];
  }

  void estimate() {
    int[] histogram = new int[COMMON];
    int top = 0;
    int large = 0;
    int used = 0;
    for (int i = 0; i < t.counts.length; i++) {
      if (isBackground(i)) {
        used++;
        if (t.counts[i] < COMMON) {
          histogram[t.counts[i]]++;
          top = Math.max(top, t.counts[i]);
        } else {
          large++;
        }
      }
    }
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
    for (int i = 0; i < t.counts.length && large > 0; i++) {
      if (isBackground(i) && t.counts[i] >= COMMON) {
        values[n] = t.counts[i];
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
    double n = 0;
    double root = Math.sqrt(mean);
    for (int i = 0; i < t.counts.length; i++) {
      if (isBackground(i)) {
        n++;
        middleX += i % t.w;
        middleY += i / t.w % t.h;
      }
    }
    middleX /= n;
    middleY /= n;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < t.counts.length; i++) {
      if (isBackground(i)) {
        double dx = i % t.w - middleX;
        double dy = i / t.w % t.h - middleY;
        double r = Math.max(-2 * HUBER, Math.min(2 * HUBER, (t.counts[i] - mean) / root));
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
        x += r * dx;
        y += r * dy;
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
  }

  /** Counts at a pixel of the box. */
  double at(int x, int y) {
    return Math.max(
        Math.max(SMALLEST, mean / 4),
        mean + slopeX * (x - middleX) + slopeY * (y - middleY));
  }
}
