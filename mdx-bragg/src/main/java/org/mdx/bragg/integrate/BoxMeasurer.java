package org.mdx.bragg.integrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.geometry.Detector;
import org.mdx.image.ImageSeries;
import org.mdx.image.Pixels;
import org.mdx.reflection.ReflectionFlag;

/**
 * Divides the pixels of a finished box into foreground and background, estimates the background and
 * sums the intensity. Foreground are pixels of which the nearest corner has ε₁² + ε₂² ≤ (3 σ_b)²;
 * one that two reflections claim goes to the nearer.
 */
final class BoxMeasurer {
  /** What a pixel of a slice is to others: claimed, nearer to the other, not of a partner. */
  private static final byte CLAIMED = 1;

  private static final byte NEARER = 2;
  private static final byte STRANGE = 4;

  /** What a foreground in a shadow counts of what is expected, at the most. */
  private static final double DARK = 0.4;

  /** Standard deviations by which it counts less. */
  private static final double SIGNIFICANT = 5;

  /** What a pixel in a shadow counts of what is expected, at the most. */
  private static final double NOTHING = 0.25;

  /** Such pixels, by 3 standard deviations, that are no chance and no dead pixel. */
  private static final int SEVERAL = 4;

  private final ImageSeries images;
  private final Detector detector;
  private final SpotWidths widths;
  private final double limit;
  private final double degreesPerFrame;
  private final boolean planes;

  BoxMeasurer(ImageSeries images, SpotWidths widths, double degreesPerFrame, boolean planes) {
    this.images = images;
    this.detector = images.geometry().detector();
    this.widths = widths;
    this.degreesPerFrame = degreesPerFrame;
    this.planes = planes;
    double radius = SpotWidths.N_SIGMA * widths.sigmaB();
    limit = radius * radius;
  }

  /** Measures a box; afterwards only its foreground is kept. The room is one thread's. */
  void measure(Target t, BoxBackground.Room room) {
    int area = t.w * t.h;
    room.reserve(t);
    t.frame.corners(detector.panels().get(t.panel), t.x0, t.y0, t.w, t.h, room.corners);
    foreground(room.corners, t.w, t.h, room.squares, room.mine);
    boolean alone = t.neighbours.length == 0;
    Arrays.fill(room.others, 0, t.values.length, (byte) 0);
    Arrays.fill(room.met, 0, area, false);
    List<Target> partners = new ArrayList<>();
    for (Target n : t.neighbours) {
      if (claim(t, n, room)) {
        partners.add(n);
      }
    }
    BoxBackground background = new BoxBackground(t, images.response(t.panel), limit, room);
    HotPixels.mask(t, widths, degreesPerFrame, background.noise());
    background.estimate(planes);
    t.measured.noise = background.noise();
    boolean known = !ReflectionFlag.FAILED_DURING_BACKGROUND_MODELLING.isSet(t.measured.flags);
    keep(t, room, background);
    if (isWhole(t.values)) {
      t.measured.valid = t.values.length * t.perSlice;
    } else {
      flagMissing(t, room);
    }
    if (!alone) {
      flagOverlap(t, room);
    }
    if (!partners.isEmpty() && known) {
      share(t, partners, room, background);
    }
    boolean shadow = known && isShadowed(t, room, background);
    t.keepCorners(room.corners);
    t.values = null;
    if (shadow || known && isDark(t)) {
      t.measured.dark = true;
      t.measured.flags |= ReflectionFlag.FOREGROUND_INCLUDES_BAD_PIXELS.mask();
    }
    Summation.sum(t);
  }

  /**
   * Whether several pixels that touch the foreground count next to nothing: it reaches into a
   * shadow, whose edge crosses the box.
   */
  private static boolean isShadowed(Target t, BoxBackground.Room room, BoxBackground background) {
    boolean[] mine = room.mine;
    int area = t.w * t.h;
    int dark = 0;
    int darker = 0;
    for (int a = t.w; a < area - t.w; a++) {
      boolean touches = mine[a - 1] || mine[a + 1] || mine[a - t.w] || mine[a + t.w];
      if (touches && !mine[a]) {
        double counts = 0;
        int n = 0;
        for (int i = a; i < t.values.length; i += area) {
          if (t.values[i] != Pixels.MASKED) {
            counts += t.counts(t.values[i]);
            n++;
          }
        }
        double expected = n * background.at(a % t.w, a / t.w);
        double sigma = Math.sqrt(Math.max(0, expected) + n * background.noise());
        boolean little = counts < NOTHING * expected;
        dark += little && expected - counts > 2 * sigma ? 1 : 0;
        darker += little && expected - counts > 3 * sigma ? 1 : 0;
      }
    }
    return darker >= SEVERAL || dark >= 2 * SEVERAL;
  }

  /**
   * Whether the foreground of all slices, or of the first or last, where the reflection is
   * faintest, counts much less than the background beside it: a shadow, such as that of a
   * beamstop's arm.
   */
  private static boolean isDark(Target t) {
    double[] first = new double[3];
    double[] last = new double[3];
    add(t, 0, first);
    add(t, t.slices - 1, last);
    if (isDark(first) || isDark(last)) {
      return true;
    }
    if (!(first[0] + last[0] < DARK * (first[1] + last[1])) || t.slices == 1) {
      return false;
    }
    for (int k = 1; k < t.slices - 1; k++) {
      add(t, k, last);
    }
    for (int i = 0; i < 3; i++) {
      last[i] += first[i];
    }
    return isDark(last);
  }

  private static boolean isDark(double[] sums) {
    return sums[0] < DARK * sums[1] && sums[1] - sums[0] > SIGNIFICANT * Math.sqrt(sums[2]);
  }

  /** Counts of the foreground of a slice, what is expected without a reflection, its variance. */
  private static void add(Target t, int slice, double[] sums) {
    int n = t.pixels.length;
    for (int i = slice * n, a = 0; a < n; i++, a++) {
      if (t.foreground[i] != Pixels.MASKED) {
        double b = t.background(a);
        sums[0] += t.counts(t.foreground[i]);
        sums[1] += b;
        sums[2] += Math.max(0, b) + t.measured.noise;
      }
    }
  }

  /** Whether all pixels count. */
  private static boolean isWhole(int[] values) {
    int masked = 0;
    for (int v : values) {
      masked += v == Pixels.MASKED ? 1 : 0;
    }
    return masked == 0;
  }

  /** Flags that tell of pixels which others claim. */
  private static void flagOverlap(Target t, BoxBackground.Room room) {
    boolean[] mine = room.mine;
    byte[] others = room.others;
    int area = t.w * t.h;
    int foreground = 0;
    int around = 0;
    for (int from = 0; from < t.values.length; from += area) {
      for (int a = 0; a < area; a++) {
        int other = others[from + a];
        foreground |= mine[a] ? other : 0;
        around |= mine[a] ? 0 : other;
      }
    }
    Measured m = t.measured;
    m.flags |= (foreground & NEARER) != 0 ? ReflectionFlag.OVERLAPPED_FG.mask() : 0;
    m.flags |= around != 0 ? ReflectionFlag.OVERLAPPED_BG.mask() : 0;
  }

  /** Flags that tell of pixels which do not count. */
  private static void flagMissing(Target t, BoxBackground.Room room) {
    boolean[] mine = room.mine;
    int[] missing = room.times;
    Measured m = t.measured;
    int area = t.w * t.h;
    boolean bad = false;
    int valid = 0;
    Arrays.fill(missing, 0, area, 0);
    int slices = 0;
    for (int from = 0; from < t.values.length; from += area) {
      int here = 0;
      for (int a = 0; a < area; a++) {
        if (t.values[from + a] != Pixels.MASKED) {
          here++;
        } else if (mine[a]) {
          m.flags |= ReflectionFlag.FOREGROUND_INCLUDES_BAD_PIXELS.mask();
          missing[a]++;
        } else {
          bad = true;
        }
      }
      valid += here;
      slices += here > 0 ? 1 : 0;
    }
    m.valid = valid * t.perSlice;
    m.flags |= bad ? ReflectionFlag.BACKGROUND_INCLUDES_BAD_PIXELS.mask() : 0;
    // gaps and dead pixels never count; one that counts in other frames had too much
    for (int a = 0; a < area; a++) {
      int counted = t.slices - missing[a];
      if (missing[a] > t.slices - slices && counted > 0) {
        m.flags |= ReflectionFlag.OVERLOADED.mask();
      }
    }
  }

  /**
   * Whether ε₁² + ε₂² is within the limit at the nearest corner, or a pixel is that of the
   * prediction itself.
   */
  private void foreground(double[] c, int w, int h, double[] squares, boolean[] mine) {
    for (int i = 0; i < (w + 1) * (h + 1); i++) {
      squares[i] = c[2 * i] * c[2 * i] + c[2 * i + 1] * c[2 * i + 1];
    }
    // where pixels are small, the one about the prediction has its corners within the limit
    boolean large =
        4 * Math.max(diagonal(c, 0, w), diagonal(c, w - 1 + (h - 1) * (w + 1), w)) > limit;
    for (int y = 0; y < h; y++) {
      int a = y * (w + 1);
      int b = a + w + 1;
      for (int x = 0; x < w; x++, a++, b++) {
        double least =
            Math.min(Math.min(squares[a], squares[a + 1]), Math.min(squares[b], squares[b + 1]));
        mine[y * w + x] = least <= limit || large && isAround(c, 2 * a, 2 * b);
      }
    }
  }

  /** Square of the diagonals of a pixel, as they would be if they were as long in ε₁ as in ε₂. */
  private static double diagonal(double[] c, int corner, int w) {
    double longest = 0;
    int[] others = {corner + 1, corner + w + 1, corner + w + 2};
    for (int o : others) {
      for (int p : others) {
        longest = Math.max(longest, Math.abs(c[2 * o] - c[2 * p]));
        longest = Math.max(longest, Math.abs(c[2 * o + 1] - c[2 * p + 1]));
      }
      longest = Math.max(longest, Math.abs(c[2 * o] - c[2 * corner]));
      longest = Math.max(longest, Math.abs(c[2 * o + 1] - c[2 * corner + 1]));
    }
    return 2 * longest * longest;
  }

  private static boolean isAround(double[] c, int a, int b) {
    return Math.min(Math.min(c[a], c[a + 2]), Math.min(c[b], c[b + 2])) <= 0
        && Math.max(Math.max(c[a], c[a + 2]), Math.max(c[b], c[b + 2])) >= 0
        && Math.min(Math.min(c[a + 1], c[a + 3]), Math.min(c[b + 1], c[b + 3])) <= 0
        && Math.max(Math.max(c[a + 1], c[a + 3]), Math.max(c[b + 1], c[b + 3])) >= 0;
  }

  private static double middle(double[] c, int w, int x, int y, int component) {
    int a = 2 * (y * (w + 1) + x) + component;
    int b = a + 2 * (w + 1);
    return (c[a] + c[a + 2] + c[b] + c[b + 2]) / 4;
  }

  /**
   * Marks what a neighbour claims of the box, and where in the area partners claim pixels.
   *
   * @return whether it meets the foreground and so is a partner
   */
  private boolean claim(Target t, Target n, BoxBackground.Room room) {
    double[] corners = room.corners;
    boolean[] mine = room.mine;
    byte[] others = room.others;
    int area = t.w * t.h;
    int left = Math.max(t.x0, n.x0);
    int right = Math.min(t.x0 + t.w, n.x0 + n.w);
    int top = Math.max(t.y0, n.y0);
    int bottom = Math.min(t.y0 + t.h, n.y0 + n.h);
    int w = right - left;
    double[] its = room.neighbours;
    boolean[] claims = room.claims;
    n.frame.corners(detector.panels().get(n.panel), left, top, w, bottom - top, its);
    foreground(its, w, bottom - top, room.squares, claims);
    boolean partner = false;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        partner |= claims[(y - top) * w + x - left] && mine[(y - t.y0) * t.w + x - t.x0];
      }
    }
    byte claimed = partner ? CLAIMED : CLAIMED | STRANGE;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        if (!claims[(y - top) * w + x - left]) {
          continue;
        }
        int a = (y - t.y0) * t.w + x - t.x0;
        room.met[a] |= partner;
        double across =
            distance(its, w, x - left, y - top) - distance(corners, t.w, x - t.x0, y - t.y0);
        for (int k = 0; k < t.slices; k++) {
          int from = t.z0 + k * t.perSlice;
          int to = from + t.perSlice;
          if (from < n.z1 && n.z0 < to) {
            double z = (from + to) / 2.0;
            boolean nearer = across + along(n, z) - along(t, z) < 0;
            int i = k * area + a;
            others[i] |= (byte) (nearer ? claimed | NEARER : claimed);
          }
        }
      }
    }
    return partner;
  }

  /** Squared distance in the plane of the detector, in σ_b². */
  private double distance(double[] c, int w, int x, int y) {
    double a = middle(c, w, x, y, 0) / widths.sigmaB();
    double b = middle(c, w, x, y, 1) / widths.sigmaB();
    return a * a + b * b;
  }

  private double along(Target t, double z) {
    double e = t.alongFrame(degreesPerFrame) * (z - t.z) / widths.sigmaM();
    return e * e;
  }

  private static void keep(Target t, BoxBackground.Room room, BoxBackground background) {
    boolean[] mine = room.mine;
    byte[] others = room.others;
    int area = t.w * t.h;
    int n = 0;
    for (int i = 0; i < area; i++) {
      n += mine[i] ? 1 : 0;
    }
    t.pixels = new int[n];
    t.foreground = new int[n * t.slices];
    double[] under = new double[n];
    int at = 0;
    for (int i = 0; i < area; i++) {
      if (!mine[i]) {
        continue;
      }
      t.pixels[at] = i;
      under[at] = background.at(i % t.w, i / t.w);
      for (int k = 0; k < t.slices; k++) {
        int p = k * area + i;
        boolean counts = t.values[p] != Pixels.MASKED && (others[p] & NEARER) == 0;
        t.foreground[k * n + at] = counts ? t.values[p] : Pixels.MASKED;
      }
      at++;
    }
    t.setBackground(under);
  }

  /** Keeps the foreground of the partners, too, where nobody else claims it. */
  private static void share(
      Target t, List<Target> partners, BoxBackground.Room room, BoxBackground background) {
    byte[] others = room.others;
    boolean[] mine = room.mine;
    int own = t.pixels.length;
    int area = t.w * t.h;
    int n = own;
    int[] pixels = Arrays.copyOf(t.pixels, area);
    for (int i = 0; i < area; i++) {
      if (room.met[i] && !mine[i]) {
        pixels[n++] = i;
      }
    }
    pixels = Arrays.copyOf(pixels, n);
    double[] b = new double[n];
    int[] values = new int[n * t.slices];
    for (int i = 0; i < n; i++) {
      b[i] = background.at(pixels[i] % t.w, pixels[i] / t.w);
      for (int k = 0; k < t.slices; k++) {
        int p = k * area + pixels[i];
        // an added pixel counts in the slices in which a partner claims it
        boolean good =
            t.values[p] != Pixels.MASKED
                && (others[p] & STRANGE) == 0
                && (i < own || others[p] != 0);
        values[k * n + i] = good ? t.values[p] : Pixels.MASKED;
      }
    }
    t.shared = new SharedPixels(partners.toArray(new Target[0]), pixels, Target.packed(b), values);
  }
}
