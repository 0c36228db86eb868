package org.mdx.bragg.integrate;

import java.util.Arrays;
import org.mdx.image.Pixels;

/**
 * Pixels of a box that count without photons. What they count is alike in all slices, and far above
 * what the pixels around them count, while a reflection comes and goes. Nobody masked them, and one
 * in the foreground would be taken for the reflection.
 */
final class HotPixels {
  /** Fewer slices do not tell how counts follow the rotation. */
  private static final int LEAST_SLICES = 3;

  /** The expected part of the faintest slice over that of the brightest, at the most. */
  private static final double FAINTEST = 0.15;

  /** The least over the greatest value of a hot pixel, at the least. */
  private static final double STEADY = 0.4;

  /** Standard deviations of its least value above the mean of the pixels around it. */
  private static final double ABOVE = 10;

  private HotPixels() {}

  /**
   * Masks them in all slices.
   *
   * @param noise variance of a pixel and slice beside that of its photons or electrons
   */
  static void mask(Target t, SpotWidths widths, double degreesPerFrame, double noise) {
    if (t.slices < LEAST_SLICES || !passes(t, widths, degreesPerFrame)) {
      return;
    }
    int area = t.w * t.h;
    double threshold = ABOVE * Math.sqrt(1 + noise);
    for (int a = 0; a < area; a++) {
      // most pixels are told by their first slice
      int least = t.values[a];
      for (int i = a + area; t.counts(least) > threshold && i < t.values.length; i += area) {
        least = Math.min(least, t.values[i]);
      }
      if (t.counts(least) > threshold && isHot(t, a, t.counts(least), noise)) {
        // neighbours are judged by what remains, in order of their place
        for (int i = a; i < t.values.length; i += area) {
          t.values[i] = Pixels.MASKED;
        }
      }
    }
  }

  /** Whether the reflection is hardly there in one of the slices. */
  private static boolean passes(Target t, SpotWidths widths, double degreesPerFrame) {
    double[] edges = t.sliceEdges(degreesPerFrame);
    double faintest = Double.POSITIVE_INFINITY;
    double brightest = 0;
    for (int k = 0; k < t.slices; k++) {
      double middle = (edges[k] + edges[k + 1]) / 2 / widths.sigmaM();
      double part = Math.exp(-0.5 * middle * middle);
      faintest = Math.min(faintest, part);
      brightest = Math.max(brightest, part);
    }
    return faintest < FAINTEST * brightest;
  }

  private static boolean isHot(Target t, int a, double least, double noise) {
    int area = t.w * t.h;
    int most = Pixels.MASKED;
    for (int i = a; i < t.values.length; i += area) {
      most = Math.max(most, t.values[i]);
    }
    if (least < STEADY * t.counts(most)) {
      return false;
    }
    double around = around(t, a);
    return least > around + ABOVE * Math.sqrt(Math.max(0, around) + 1 + noise);
  }

  /** Median of the means of the pixels around one; infinite if none counts. */
  private static double around(Target t, int a) {
    int area = t.w * t.h;
    double[] means = new double[8];
    int n = 0;
    for (int y = Math.max(0, a / t.w - 1); y <= Math.min(t.h - 1, a / t.w + 1); y++) {
      for (int x = Math.max(0, a % t.w - 1); x <= Math.min(t.w - 1, a % t.w + 1); x++) {
        double sum = 0;
        int counted = 0;
        for (int i = y * t.w + x; i < t.values.length && y * t.w + x != a; i += area) {
          if (t.values[i] != Pixels.MASKED) {
            sum += t.counts(t.values[i]);
            counted++;
          }
        }
        if (counted > 0) {
          means[n++] = sum / counted;
        }
      }
    }
    Arrays.sort(means, 0, n);
    return n == 0 ? Double.POSITIVE_INFINITY : (means[(n - 1) / 2] + means[n / 2]) / 2;
  }
}
