package org.mdx.bragg.integrate;

import java.util.Arrays;
import org.mdx.bragg.internal.kernel.ProfileFitKernel;
import org.mdx.geometry.Detector;
import org.mdx.image.Pixels;
import org.mdx.reflection.ReflectionFlag;

/**
 * Fits the intensity of one reflection, or of one and those that share its pixels together, of
 * which only its own is kept.
 */
final class ProfileFitter {
  /** Part of the recorded profile on pixels that count. */
  private static final double LEAST_SHARE = 0.75;

  /** Part of the whole profile that was recorded. */
  private static final double LEAST_RECORDED = 0.1;

  /** By how much others may multiply the variance. */
  private static final double MOST_INFLATION = 25;

  /** Part of another reflection on the pixels below which it does not matter. */
  private static final double LEAST_PARTNER = 1e-6;

  /** Where nothing was counted. */
  private static final double LEAST_VARIANCE = 1e-3;

  private final Detector detector;
  private final SpotWidths widths;
  private final double degreesPerFrame;

  ProfileFitter(Detector detector, SpotWidths widths, double degreesPerFrame) {
    this.detector = detector;
    this.widths = widths;
    this.degreesPerFrame = degreesPerFrame;
  }

  /** Pixels that count. Arrays that one thread uses for one reflection after the other. */
  static final class Room {
    private double[] excess = {};
    private double[] variance = {};
    private double[][] profiles = {};
    private double start;
    private double share;
    private int n;

    private void reserve(int most, int spots) {
      if (excess.length < most) {
        excess = new double[most];
        variance = new double[most];
      }
      if (profiles.length != spots || profiles[0].length < most) {
        profiles = new double[spots][excess.length];
      }
      start = 0;
      share = 0;
      n = 0;
    }

    private void add(double counts, double background, double noise, double[][] p, int i) {
      excess[n] = counts - background;
      variance[n] = Math.max(LEAST_VARIANCE, Math.max(0, background) + noise);
      start += excess[n];
      share += p[0][i];
      for (int j = 0; j < p.length; j++) {
        profiles[j][n] = p[j][i];
      }
      n++;
    }

    /** The pixels of a reflection that shares none; gives the part of it that was recorded. */
    private double addAlone(Target t, double[] p) {
      int pixels = t.pixels.length;
      double noise = t.measured.noise;
      double[] profile = profiles[0];
      double recorded = 0;
      double counts = 0;
      double shares = 0;
      int good = 0;
      boolean one = t.hasOneBackground();
      double b = t.background(0);
      for (int from = 0; from < p.length; from += pixels) {
        for (int a = 0; a < pixels; a++) {
          double share = p[from + a];
          recorded += share;
          int value = t.foreground[from + a];
          if (value != Pixels.MASKED) {
            b = one ? b : t.background(a);
            double e = t.counts(value) - b;
            excess[good] = e;
            variance[good] = Math.max(LEAST_VARIANCE, Math.max(0, b) + noise);
            profile[good++] = share;
            counts += e;
            shares += share;
          }
        }
      }
      start = counts;
      share = shares;
      n = good;
      return recorded;
    }
  }

  /** Fits a reflection. The room is one thread's. */
  void fit(Target t, SpotShape shape, Room room) {
    Measured m = t.measured;
    boolean done =
        t.pixels.length > 0
            && !m.dark
            && !ReflectionFlag.FAILED_DURING_BACKGROUND_MODELLING.isSet(m.flags)
            && (t.shared == null ? alone(t, shape, room) : together(t, shape, room));
    m.flags |=
        done
            ? ReflectionFlag.INTEGRATED_PRF.mask()
            : ReflectionFlag.FAILED_DURING_PROFILE_FITTING.mask();
  }

  private boolean alone(Target t, SpotShape shape, Room good) {
    Measured m = t.measured;
    double[] p = shape.profile(t, widths, degreesPerFrame);
    good.reserve(p.length, 1);
    double recorded = good.addAlone(t, p);
    double[] out = new double[3];
    if (!(recorded >= LEAST_RECORDED)
        || good.share < LEAST_SHARE * recorded
        || !ProfileFitKernel.fit(
            good.excess, good.variance, good.profiles[0], good.n, good.start, out)) {
      return false;
    }
    m.fit = out[0];
    m.fitVariance = out[1] + out[2] * out[2] * backgroundVariance(t, p, m.fit);
    m.correlation = correlation(good);
    return true;
  }

  /** Variance of the background, pixels weighted as the fit weights them. */
  private static double backgroundVariance(Target t, double[] p, double intensity) {
    Measured m = t.measured;
    if (t.levers.length == 0) {
      return m.backgroundVariance;
    }
    int n = t.pixels.length;
    double top = 0;
    double bottom = 0;
    for (int i = 0, a = 0; i < p.length; i++, a = a + 1 == n ? 0 : a + 1) {
      if (t.foreground[i] != Pixels.MASKED) {
        double v = Math.max(LEAST_VARIANCE, Math.max(0, t.background(a)) + m.noise);
        double w = p[i] / (v + Math.max(0, intensity) * p[i]);
        top += w * t.levers[a];
        bottom += w;
      }
    }
    double lever = bottom > 0 ? top / bottom : t.meanLever();
    return m.backgroundVariance + lever * lever * m.curvatureVariance;
  }

  /** The pixels are the union of all foregrounds; the scale of the others does not matter. */
  private boolean together(Target t, SpotShape shape, Room good) {
    Measured m = t.measured;
    SharedPixels s = t.shared;
    int own = t.pixels.length;
    int n = s.pixels().length;
    double[][] p = new double[s.partners().length + 1][];
    p[0] = new double[n * t.slices];
    double[] mine = shape.profile(t, widths, degreesPerFrame);
    double recorded = 0;
    for (int k = 0; k < t.slices; k++) {
      System.arraycopy(mine, k * own, p[0], k * n, own);
    }
    double[] tail =
        shape.shares(t.corners, t.columns, s.pixels(), t.sliceEdges(degreesPerFrame), widths);
    double scale = scale(mine, tail, own, n, t.slices);
    for (int i = 0; i < tail.length; i++) {
      recorded += p[0][i];
      p[0][i] = i % n < own ? p[0][i] : scale * tail[i];
    }
    int spots = 1;
    for (int j = 0; j < s.partners().length; j++) {
      Target o = s.partners()[j];
      double[] box = o.frame.corners(detector.panels().get(t.panel), t.x0, t.y0, t.w, t.h);
      double[] edges = o.sliceEdges(t, degreesPerFrame);
      double[] its = shape.shares(t.cut(box), t.columns, s.pixels(), edges, widths);
      if (Arrays.stream(its).sum() > LEAST_PARTNER) {
        p[spots++] = its;
      }
    }
    p = Arrays.copyOf(p, spots);
    good.reserve(tail.length, p.length);
    double share = 0;
    for (int i = 0; i < tail.length; i++) {
      if (s.values()[i] != Pixels.MASKED) {
        good.add(t.counts(s.values()[i]), s.background(i % n), m.noise, p, i);
        share += i % n < own ? p[0][i] : 0;
      }
    }
    double[] intensities = new double[p.length];
    Arrays.fill(intensities, Math.max(0, good.start) / p.length);
    double[] out = new double[3];
    if (!(recorded >= LEAST_RECORDED)
        || share < LEAST_SHARE * recorded
        || !OverlapFit.fit(good.excess, good.variance, good.profiles, good.n, intensities, out)
        || !(out[2] <= MOST_INFLATION)) {
      return false;
    }
    m.fit = intensities[0];
    m.fitVariance = out[0] + out[1] * out[1] * backgroundVariance(t, mine, m.fit);
    m.correlation = correlation(good);
    return true;
  }

  /** By how much shares have to be multiplied to be those of the reflection. */
  private static double scale(double[] mine, double[] shares, int own, int n, int slices) {
    double top = 0;
    double bottom = 0;
    for (int k = 0; k < slices; k++) {
      for (int i = 0; i < own; i++) {
        top += mine[k * own + i];
        bottom += shares[k * n + i];
      }
    }
    return bottom > 0 ? top / bottom : 0;
  }

  private static double correlation(Room g) {
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < g.n; i++) {
      double c = g.excess[i];
      double p = g.profiles[0][i];
      x += c;
      y += p;
      xx += c * c;
      xy += c * p;
      yy += p * p;
    }
    double bottom = (xx - x * x / g.n) * (yy - y * y / g.n);
    return bottom > 0 ? (xy - x * y / g.n) / Math.sqrt(bottom) : 0;
  }
}
