package org.mdx.bragg.spots;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.bragg.internal.kernel.ErrorFunction;

/**
 * How much a box looks like a spot: the matched filter over Gaussian shapes of several widths,
 * through the frames. With e the quanta above the background plane, v the variance of a pixel of
 * the background and w the shape at a place, the signal to noise is Σwe / √(v Σw²(1 +
 * (Σw)²/(NΣw²))) with N pixels of the rim, less what the skewness of Poisson counts makes of {@link
 * #SPOT}: the most of all shapes, each moved to where its own mean is.
 */
final class FaintFit {
  /** Widths of spots across and along φ, standard deviations in px and frames. */
  static final double[] ACROSS = {1.3, 1.8, 2.5, 3.5};

  private static final double[] ALONG = {0.4, 0.9, 2, 4};

  /** Frames of a box, over the width of a shape along it, that it must have. */
  private static final double LONG = 3;

  /** Signal to noise of a spot: of all places of a sweep chance makes a few. */
  static final double SPOT = 5.35;

  private static final int MOVES = 3;

  /** Most steps to the saddle point; a bright spot of few counts needs many. */
  private static final int SADDLE = 60;

  /** Relative step from which on the saddle point is there; what is left enters by its square. */
  private static final double THERE = 1e-4;

  /** Part of the sum that one pixel in all frames gives only if it is hot. */
  private static final double HOT = 0.5;

  /** Farthest, in standard deviations and px, that a pixel may lie from a spot's middle. */
  private static final double INSIDE = 1.5;

  /** Part of the largest weight of a frame from which it belongs to the spot. */
  private static final double SHARE = 0.3;

  private static final double HALF = 0.5;

  /** Part of the largest sum of a frame that shows a spot to last. */
  private static final double STILL = 0.2;

  private final SpotBox box;
  private final double[] excess;
  private final double variance;

  /** Counts that come together. */
  private final double quantum;

  /** Quanta of a pixel of the background. */
  private final double rate;

  private final int pixels;
  private final double[] wx;
  private final double[] wy;
  private final double[] wz;
  private final double[] columns;
  private final double[] place = new double[3];

  /** The best fit of each width across. */
  private final Fitted[] fits = new Fitted[ACROSS.length];

  private Fitted best = new Fitted(Double.NEGATIVE_INFINITY, new double[3], ACROSS[0], ALONG[0]);

  /** A shape in its place. */
  private record Fitted(double signalToNoise, double[] place, double across, double along) {}

  /**
   * The fit of a box.
   *
   * @param plane its background
   * @param start where the spot seems to be, px, px, frame
   * @param more variance of sums of pixels over what is expected, 1 or more
   */
  FaintFit(SpotBox box, BackgroundPlane plane, double[] start, double more) {
    this.box = box;
    excess = new double[box.value.length];
    columns = new double[box.nx * box.ny];
    wx = new double[box.nx];
    wy = new double[box.ny];
    wz = new double[box.nz];
    for (int z = 0, i = 0; z < box.nz; z++) {
      for (int y = 0; y < box.ny; y++) {
        for (int x = 0; x < box.nx; x++, i++) {
          double v = box.value[i];
          excess[i] = Double.isNaN(v) ? 0 : v - plane.at(x, y, z);
        }
      }
    }
    double least = 1.0 / Math.max(1, plane.pixels);
    double counted = plane.pixelVariance();
    variance = Math.max(more > 1 ? Math.max(counted, more * plane.mean()) : counted, least);
    // read noise adds to the variance, and nothing to the third moment
    quantum = more;
    rate = Math.max(plane.mean(), least);
    pixels = Math.max(1, plane.pixels);
    fit(start);
    double[] highest = {start[0], start[1], box.z0 + highest() + 0.5};
    if (Math.abs(highest[2] - start[2]) > ALONG[0]) {
      fit(highest);
    }
    for (int k = 0; k < fits.length; k++) {
      if (fits[k] != null) {
        fits[k] = exact(fits[k]);
        best = fits[k].signalToNoise() > best.signalToNoise() ? fits[k] : best;
      }
    }
  }

  /** Signal to noise of the shapes of each width across; 0 without any. */
  double[] byWidth() {
    double[] z = new double[fits.length];
    for (int k = 0; k < z.length; k++) {
      z[k] = fits[k] == null ? 0 : fits[k].signalToNoise();
    }
    return z;
  }

  /**
   * The signal to noise of a normal deviate as unlikely, by chance, as Σwe is: that of the saddle
   * point (H. E. Daniels, Ann. Math. Stat. 25, 631, 1954), √2(ts − K(t)) where K′(t) = s and K is
   * the cumulant generating function of counts of a Poisson distribution and normal noise.
   */
  private Fitted exact(Fitted f) {
    use(f);
    double[] sums = new double[5];
    sum(sums);
    double squares = squares(wx) * squares(wy) * squares(wz);
    double weight = total(wx) * total(wy) * total(wz);
    double s = sums[0] / Math.sqrt(1 + weight * weight / (squares * pixels));
    double normal = Math.max(0, variance - quantum * rate) * squares;
    if (s / Math.sqrt(variance * squares) < SPOT) {
      return f;
    }
    double t = s / (variance * squares);
    double low = 0;
    double high = t;
    double most = 0;
    for (int i = 0; i < SADDLE; i++) {
      double slope = normal * t;
      double curve = normal;
      double k = 0.5 * normal * t * t;
      for (double a : wz) {
        for (double b : wy) {
          for (double c : wx) {
            double u = quantum * a * b * c;
            double e = Math.expm1(t * u);
            slope += rate / quantum * u * e;
            curve += rate / quantum * u * u * (e + 1);
            k += rate / quantum * (e - t * u);
          }
        }
      }
      // ts - K(t) is largest at the saddle point
      most = Math.max(most, t * s - k);
      if (slope > s) {
        high = t;
      } else {
        low = t;
      }
      double newton = t - (slope - s) / curve;
      double next = newton > low && newton < high ? newton : 0.5 * (low + high);
      if (Math.abs(next - t) < THERE * t) {
        break;
      }
      t = next;
    }
    double z = Math.sqrt(2 * most);
    return new Fitted(z, f.place(), f.across(), f.along());
  }

  private void use(Fitted f) {
    System.arraycopy(f.place(), 0, place, 0, 3);
    weigh(f.across(), f.along());
  }

  private void fit(double[] start) {
    for (double across : ACROSS) {
      for (double along : ALONG) {
        if (along < 1 || LONG * along <= box.nz) {
          fit(across, along, start);
        }
      }
    }
  }

  /** The frame with most quanta on the component's own pixels. */
  private int highest() {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    int n = columns.length;
    for (int z = 0; z < box.nz; z++) {
      double sum = 0;
      for (int i = z * n; i < (z + 1) * n; i++) {
        sum += box.own[i] ? excess[i] : 0;
      }
      if (sum > most) {
        most = sum;
        best = z;
      }
    }
    return best;
  }

  /** Where the best shape is, px, px, frame. */
  double[] place() {
    return best.place().clone();
  }

  /** Part of the best shape's pixels that count. */
  double seen() {
    use(best);
    double all = 0;
    double counting = 0;
    for (int z = 0, i = 0; z < box.nz; z++) {
      for (int y = 0; y < box.ny; y++) {
        for (int x = 0; x < box.nx; x++, i++) {
          double w = wz[z] * wy[y] * wx[x];
          all += w * w;
          counting += Double.isNaN(box.value[i]) ? 0 : w * w;
        }
      }
    }
    return counting / all;
  }

  /**
   * Whether an end of the scan cuts the spot: it is most at the end, and long, so that its middle
   * may lie beyond. A spot of one or two frames may be whole there.
   *
   * @param frames of the sweep
   */
  boolean isCut(int frames) {
    use(best);
    double[] sums = new double[box.nz];
    double most = 0;
    for (int z = 0, i = 0; z < box.nz; z++) {
      for (int y = 0; y < box.ny; y++) {
        for (int x = 0; x < box.nx; x++, i++) {
          sums[z] += wy[y] * wx[x] * excess[i];
        }
      }
      most = Math.max(most, sums[z]);
    }
    int last = box.nz - 1;
    return last >= 2
        && (box.z0 == 0 && sums[0] > HALF * most && sums[2] > STILL * most
            || box.z0 + box.nz == frames
                && sums[last] > HALF * most
                && sums[last - 2] > STILL * most);
  }

  /** Signal to noise. */
  double signalToNoise() {
    return best.signalToNoise();
  }

  private void fit(double across, double along, double[] start) {
    System.arraycopy(start, 0, place, 0, 3);
    double[] sums = new double[5];
    for (int move = 0; move <= MOVES; move++) {
      weigh(across, along);
      sum(sums);
      if (!(sums[0] > 0)) {
        return;
      }
      if (move < MOVES) {
        // a Gaussian weighted by itself has half of the shift
        place[0] = near(place[0], box.x0 + 0.5 + sums[1] / sums[0], start[0], across);
        place[1] = near(place[1], box.y0 + 0.5 + sums[2] / sums[0], start[1], across);
      }
    }
    double squares = squares(wx) * squares(wy) * squares(wz);
    double cubes = cubes(wx) * cubes(wy) * cubes(wz);
    double noise = Math.sqrt(variance * squares);
    double weight = total(wx) * total(wy) * total(wz);
    double z = sums[0] / (noise * Math.sqrt(1 + weight * weight / (squares * pixels)));
    // the tail of Poisson counts is longer than that of a normal distribution
    double tail = quantum * quantum * rate * cubes / (noise * noise * noise);
    z -= (SPOT * SPOT - 1) / 6 * tail;
    int k = Arrays.binarySearch(ACROSS, across);
    if ((fits[k] == null || z > fits[k].signalToNoise()) && most() < HOT * sums[0]) {
      fits[k] = new Fitted(z, place.clone(), across, along);
    }
  }

  private static double near(double from, double mean, double start, double across) {
    double to = from + 2 * (mean - from);
    return Math.max(start - across, Math.min(start + across, to));
  }

  private void weigh(double across, double along) {
    gauss(wx, box.x0 + 0.5 - place[0], across);
    gauss(wy, box.y0 + 0.5 - place[1], across);
    for (int z = 0; z < wz.length; z++) {
      double from = box.z0 + z - place[2];
      wz[z] = ErrorFunction.between(from, from + 1, along);
    }
  }

  private static void gauss(double[] w, double from, double sigma) {
    double f = -0.5 / (sigma * sigma);
    for (int i = 0; i < w.length; i++) {
      double d = from + i;
      w[i] = Math.exp(f * d * d);
    }
  }

  /** Σwe, and those times x, y, z. */
  private void sum(double[] sums) {
    Arrays.fill(sums, 0);
    Arrays.fill(columns, 0);
    for (int z = 0, i = 0; z < box.nz; z++) {
      for (int y = 0, j = 0; y < box.ny; y++) {
        double w = wz[z] * wy[y];
        for (int x = 0; x < box.nx; x++, i++, j++) {
          columns[j] += w * wx[x] * excess[i];
        }
      }
    }
    for (int y = 0, j = 0; y < box.ny; y++) {
      for (int x = 0; x < box.nx; x++, j++) {
        sums[0] += columns[j];
        sums[1] += columns[j] * x;
        sums[2] += columns[j] * y;
      }
    }
  }

  private double most() {
    double most = 0;
    for (double c : columns) {
      most = Math.max(most, c);
    }
    return most;
  }

  private static double total(double[] w) {
    double s = 0;
    for (double v : w) {
      s += v;
    }
    return s;
  }

  private static double squares(double[] w) {
    double s = 0;
    for (double v : w) {
      s += v * v;
    }
    return s;
  }

  private static double cubes(double[] w) {
    double s = 0;
    for (double v : w) {
      s += v * v * v;
    }
    return s;
  }

  /**
   * The component with the pixels that are well inside of the best shape.
   *
   * @param pixels those about it
   */
  Component widened(Component c, PixelStore.Patch pixels) {
    List<int[]> all = new ArrayList<>(List.of(c.pixels()));
    double r = INSIDE * best.across();
    use(best);
    double share = 0;
    for (double w : wz) {
      share = Math.max(share, SHARE * w);
    }
    for (int z = 0, i = 0; z < box.nz; z++) {
      for (int y = 0; y < box.ny; y++) {
        for (int x = 0; x < box.nx; x++, i++) {
          double dx = box.x0 + x + 0.5 - place[0];
          double dy = box.y0 + y + 0.5 - place[1];
          boolean inside = wz[z] >= share && dx * dx + dy * dy <= r * r;
          if (inside && !box.own[i] && !Double.isNaN(box.value[i])) {
            int frame = box.z0 + z;
            int u = box.x0 + x;
            int v = box.y0 + y;
            all.add(new int[] {u, v, frame, pixels.value(frame, u, v)});
          }
        }
      }
    }
    return Component.of(c.panel, all.toArray(int[][]::new));
  }
}
