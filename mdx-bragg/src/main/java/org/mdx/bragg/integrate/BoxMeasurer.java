package org.mdx.bragg.integrate;

import org.mdx.geometry.Detector;
import org.mdx.reflection.ReflectionFlag;

/**
 * Divides the pixels of a finished box into foreground and background, estimates the background and
 * sums the intensity. Foreground are pixels of which the nearest corner has ε₁² + ε₂² ≤ (3 σ_b)²;
 * one that two reflections claim goes to the nearer.
 */
final class BoxMeasurer {
  private static final int BAD = -1;
  private static final int OTHERS = -2;

  private final Detector detector;
  private final SpotWidths widths;
  private final double limit;
  private final double degreesPerFrame;
  private final boolean planes;

  BoxMeasurer(Detector detector, SpotWidths widths, double degreesPerFrame, boolean planes) {
    this.detector = detector;
    this.widths = widths;
    this.degreesPerFrame = degreesPerFrame;
    this.planes = planes;
    double radius = SpotWidths.N_SIGMA * widths.sigmaB();
    limit = radius * radius;
  }

  /** Measures a box; afterwards only its foreground is kept. */
  void measure(Target t) {
    double[] corners = t.frame.corners(detector.panels().get(t.panel), t.x0, t.y0, t.w, t.h);
    boolean[] mine = foreground(corners, t.w, t.h);
    byte[] others = new byte[t.counts.length]; // 1 another's foreground, 2 nearer to the other
    for (Target n : t.neighbours) {
      claim(t, n, corners, others);
    }
    BoxBackground background = new BoxBackground(t, mine, others, planes);
    background.estimate();
    keep(t, corners, mine, others, background);
    flag(t, mine, others);
    t.counts = null;
    sum(t);
  }

  private static void flag(Target t, boolean[] mine, byte[] others) {
    boolean bad = false;
    boolean overlapped = false;
    for (int from = 0; from < t.counts.length; from += mine.length) {
      for (int a = 0; a < mine.length; a++) {
        boolean valid = t.counts[from + a] >= 0;
        t.measured.valid += valid ? 1 : 0;
        bad |= !valid && !mine[a];
        overlapped |= others[from + a] != 0 && !mine[a];
      }
    }
    t.measured.flags |= bad ? ReflectionFlag.BACKGROUND_INCLUDES_BAD_PIXELS.mask() : 0;
    t.measured.flags |= overlapped ? ReflectionFlag.OVERLAPPED_BG.mask() : 0;
  }

  private boolean[] foreground(double[] corners, int w, int h) {
    boolean[] mine = new boolean[w * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        mine[y * w + x] = nearest(corners, w, x, y) <= limit;
      }
    }
    return mine;
  }

  /** ε₁² + ε₂² at the nearest corner; 0 in the pixel of the prediction itself. */
  private static double nearest(double[] c, int w, int x, int y) {
    int a = 2 * (y * (w + 1) + x);
    int b = a + 2 * (w + 1);
    double least = Math.min(square(c, a), square(c, a + 2));
    least = Math.min(least, Math.min(square(c, b), square(c, b + 2)));
    boolean around =
        Math.min(Math.min(c[a], c[a + 2]), Math.min(c[b], c[b + 2])) <= 0
            && Math.max(Math.max(c[a], c[a + 2]), Math.max(c[b], c[b + 2])) >= 0
            && Math.min(Math.min(c[a + 1], c[a + 3]), Math.min(c[b + 1], c[b + 3])) <= 0
            && Math.max(Math.max(c[a + 1], c[a + 3]), Math.max(c[b + 1], c[b + 3])) >= 0;
    return around ? 0 : least;
  }

  private static double square(double[] c, int at) {
    return c[at] * c[at] + c[at + 1] * c[at + 1];
  }

  private static double middle(double[] c, int w, int x, int y, int component) {
    int a = 2 * (y * (w + 1) + x) + component;
    int b = a + 2 * (w + 1);
    return (c[a] + c[a + 2] + c[b] + c[b + 2]) / 4;
  }

  /** Marks what a neighbour claims of the box. */
  private void claim(Target t, Target n, double[] corners, byte[] others) {
    int left = Math.max(t.x0, n.x0);
    int right = Math.min(t.x0 + t.w, n.x0 + n.w);
    int top = Math.max(t.y0, n.y0);
    int bottom = Math.min(t.y0 + t.h, n.y0 + n.h);
    int w = right - left;
    double[] its = n.frame.corners(detector.panels().get(n.panel), left, top, w, bottom - top);
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        if (nearest(its, w, x - left, y - top) > limit) {
          continue;
        }
        double across =
            distance(its, w, x - left, y - top) - distance(corners, t.w, x - t.x0, y - t.y0);
        for (int k = 0; k < t.slices; k++) {
          int from = t.z0 + k * t.perSlice;
          int to = from + t.perSlice;
          if (from < n.z1 && n.z0 < to) {
            double z = (from + to) / 2.0;
            boolean nearer = across + along(n, z) - along(t, z) < 0;
            int i = (k * t.h + y - t.y0) * t.w + x - t.x0;
            others[i] = (byte) Math.max(others[i], nearer ? 2 : 1);
          }
        }
      }
    }
  }

  /** Squared distance in the plane of the detector, in σ_b². */
  private double distance(double[] c, int w, int x, int y) {
    double a = middle(c, w, x, y, 0) / widths.sigmaB();
    double b = middle(c, w, x, y, 1) / widths.sigmaB();
    return a * a + b * b;
  }

  private double along(Target t, double z) {
    double e = t.frame.zeta() * degreesPerFrame * (z - t.z) / widths.sigmaM();
    return e * e;
  }

  private static void keep(
      Target t, double[] corners, boolean[] mine, byte[] others, BoxBackground background) {
    int n = 0;
    for (boolean b : mine) {
      n += b ? 1 : 0;
    }
    t.pixels = new int[n];
    t.corners = new double[8 * n];
    t.background = new double[n];
    t.foreground = new int[n * t.slices];
    int at = 0;
    int area = t.w * t.h;
    for (int i = 0; i < area; i++) {
      if (!mine[i]) {
        continue;
      }
      int x = i % t.w;
      int y = i / t.w;
      t.pixels[at] = i;
      t.background[at] = background.at(x, y);
      int c = 2 * (y * (t.w + 1) + x);
      System.arraycopy(corners, c, t.corners, 8 * at, 4);
      System.arraycopy(corners, c + 2 * (t.w + 1), t.corners, 8 * at + 4, 4);
      for (int k = 0; k < t.slices; k++) {
        int p = k * area + i;
        t.foreground[k * n + at] = t.counts[p] < 0 ? BAD : others[p] == 2 ? OTHERS : t.counts[p];
      }
      at++;
    }
  }

  private static void sum(Target t) {
    Measured m = t.measured;
    int n = t.pixels.length;
    m.foreground = n * t.slices;
    boolean bad = n == 0;
    double counts = 0;
    double under = 0;
    double[] first = new double[3];
    double[] second = new double[3];
    double weight = 0;
    for (int i = 0; i < t.foreground.length; i++) {
      int c = t.foreground[i];
      double b = t.background[i % n];
      under += b;
      if (c < 0) {
        bad = true;
        m.flags |=
            c == BAD
                ? ReflectionFlag.FOREGROUND_INCLUDES_BAD_PIXELS.mask()
                : ReflectionFlag.OVERLAPPED_FG.mask();
        continue;
      }
      counts += c;
      int pixel = t.pixels[i % n];
      double[] at = {
        t.x0 + pixel % t.w + 0.5, t.y0 + pixel / t.w + 0.5, t.z0 + (i / n + 0.5) * t.perSlice
      };
      weight += c - b;
      for (int j = 0; j < 3; j++) {
        first[j] += (c - b) * at[j];
        second[j] += (c - b) * at[j] * at[j];
      }
    }
    m.backgroundSum = under;
    boolean known = (m.flags & ReflectionFlag.FAILED_DURING_BACKGROUND_MODELLING.mask()) == 0;
    m.backgroundSumVariance = under + (double) m.foreground * m.foreground * m.backgroundVariance;
    if (bad || !known) {
      m.flags |= ReflectionFlag.FAILED_DURING_SUMMATION.mask();
      return;
    }
    m.sum = counts - under;
    m.sumVariance = Math.abs(m.sum) + m.backgroundSumVariance;
    m.flags |= ReflectionFlag.INTEGRATED_SUM.mask();
    if (m.sum > 5 * Math.sqrt(m.sumVariance)) {
      centroid(m, first, second, weight);
    }
  }

  private static void centroid(Measured m, double[] first, double[] second, double weight) {
    m.centroid = new double[3];
    m.centroidVariance = new double[3];
    for (int j = 0; j < 3; j++) {
      m.centroid[j] = first[j] / weight;
      double spread = second[j] / weight - m.centroid[j] * m.centroid[j];
      m.centroidVariance[j] = Math.max(spread, 1 / 12.0) * m.sumVariance / (weight * weight);
    }
  }
}
