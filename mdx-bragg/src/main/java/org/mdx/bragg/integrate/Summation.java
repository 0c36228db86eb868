package org.mdx.bragg.integrate;

import org.mdx.image.Pixels;
import org.mdx.reflection.ReflectionFlag;

/** Intensity and centroid by summation of the foreground. Source: Leslie (2006). */
final class Summation {
  /** I/σ of a reflection whose centroid is told. */
  private static final double OBSERVED = 5;

  private Summation() {}

  /** Sums a reflection of which the foreground is kept; its centroid is not known then. */
  static void sum(Target t) {
    Measured m = t.measured;
    int n = t.pixels.length;
    m.foreground = n * t.slices * t.perSlice;
    boolean bad = n == 0 || m.dark;
    double counts = 0;
    double under = 0;
    double variance = 0;
    boolean one = t.hasOneBackground();
    double b = n == 0 ? 0 : t.background(0);
    for (int i = 0, a = 0; i < t.foreground.length; i++, a = a + 1 == n ? 0 : a + 1) {
      b = one ? b : t.background(a);
      under += b;
      variance += Math.max(0, b);
      bad |= t.foreground[i] == Pixels.MASKED;
      counts += t.counts(t.foreground[i]);
    }
    double pixels = t.foreground.length;
    m.backgroundSum = under;
    double each = m.backgroundVariance + m.curvatureVariance * square(t.meanLever());
    m.backgroundSumVariance = variance + pixels * m.noise + pixels * pixels * each;
    m.centroid = null;
    if (bad || ReflectionFlag.FAILED_DURING_BACKGROUND_MODELLING.isSet(m.flags)) {
      m.flags |= ReflectionFlag.FAILED_DURING_SUMMATION.mask();
      return;
    }
    m.sum = counts - under;
    m.sumVariance = Math.abs(m.sum) + m.backgroundSumVariance;
    m.flags |= ReflectionFlag.INTEGRATED_SUM.mask();
  }

  private static double square(double x) {
    return x * x;
  }

  /** Finds the centroid of a reflection that is summed, if it is strong enough. */
  static void centroid(Target t) {
    Measured m = t.measured;
    if (!ReflectionFlag.INTEGRATED_SUM.isSet(m.flags)
        || !(m.sum > OBSERVED * Math.sqrt(m.sumVariance))) {
      return;
    }
    int n = t.pixels.length;
    double[] xs = new double[n];
    double[] ys = new double[n];
    for (int a = 0; a < n; a++) {
      xs[a] = t.x0 + t.left + t.pixels[a] % t.columns + 0.5;
      ys[a] = t.y0 + t.top + t.pixels[a] / t.columns + 0.5;
    }
    double[] first = new double[3];
    double[] second = new double[3];
    for (int k = 0, i = 0; k < t.slices; k++) {
      double z = t.z0 + (k + 0.5) * t.perSlice;
      for (int a = 0; a < n; a++, i++) {
        double c = t.counts(t.foreground[i]) - t.background(a);
        first[0] += c * xs[a];
        first[1] += c * ys[a];
        first[2] += c * z;
        second[0] += c * xs[a] * xs[a];
        second[1] += c * ys[a] * ys[a];
        second[2] += c * z * z;
      }
    }
    m.centroid = new double[3];
    m.centroidVariance = new double[3];
    for (int j = 0; j < 3; j++) {
      m.centroid[j] = first[j] / m.sum;
      double spread = second[j] / m.sum - m.centroid[j] * m.centroid[j];
      m.centroidVariance[j] = Math.max(spread, 1 / 12.0) * m.sumVariance / (m.sum * m.sum);
    }
  }
}
