package org.mdx.peaks;

import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.image.Pixels;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Finds the count above which a pixel belongs to a Bragg peak: the smallest that the noise of the
 * diffuse scattering practically never exceeds.
 *
 * <p>Some frames are cut into tiles of 6 × 6 pixels. What a tile expects, λ, is the mean of its
 * pixels without those far above it, so that Bragg peaks do not count; a tile that lies within a
 * wide peak shows by a λ far above the median of 7 × 7 tiles, of which it gets three times.
 * Neighbouring tiles may be brighter, so a pixel expects at most the greatest λ of its tile and
 * those beside it. The threshold T is the smallest for which Poisson noise would lift one in ten
 * million pixels above it: Σ P(X &gt; T | λ) ≤ 10⁻⁷ N. Where neighbouring pixels scatter more than
 * Poisson's law allows (a gain, a charge shared by pixels), counts are taken in units of that
 * dispersion.
 *
 * <p>The read noise of a camera, of variance σ² in photons or electrons, makes its pixels scatter
 * about λ with the variance λ + σ², as Poisson's law of λ + σ² does about its mean: σ² is added to
 * all pixels, and taken off the threshold in the end. Where it is not known it is what the dimmest
 * tiles scatter beyond Poisson's law.
 */
final class ThresholdFinder {
  private static final int TILE = 6;

  /** Counts below this are put in order by how many there are of each. */
  private static final int SMALL = 64;

  /** Tiles with fewer pixels that count say nothing. */
  private static final int FEWEST = 16;

  /** How far a pixel lies below the median that so many are below, by Gauss's law one σ. */
  private static final double BELOW = 0.1587;

  /** Medians from which on that is told from Poisson's law. */
  private static final int TOLD_FROM = 4;

  /** Tiles on each side of one that tell whether it lies in a peak. */
  private static final int AROUND = 3;

  /** A tile brighter than this many times those around it lies in a peak. */
  private static final double CONTRAST = 3;

  private static final int MOST_FRAMES = 16;
  private static final int FEWEST_FRAMES = 6;

  /** Pixels of diffuse scattering above the threshold, of all. */
  private static final double FALSE_RATE = 1e-7;

  /** Classes of λ: equal steps of its logarithm from 0.01 up. */
  private static final int CLASSES = 512;

  private static final double FIRST = 0.01;
  private static final double STEP = Math.log(1e8) / CLASSES;

  /** Counts up to this are told apart when the pixels above a threshold are counted. */
  private static final int TOLD_APART = 1 << 16;

  private final ImageSeries images;
  private final FrameBuffer.Pool buffers;
  private CountedPixels counted;

  private ThresholdFinder(ImageSeries images) {
    this.images = images;
    this.buffers = new FrameBuffer.Pool(images);
  }

  /** What one frame says. */
  private static final class Tally {
    /** Pixels that expect at most the λ of a class. */
    final long[] expecting = new long[CLASSES];

    /** Pixels of each count, the last place for all above. */
    final long[] counts = new long[TOLD_APART + 1];

    double variance;
    double mean;

    void add(Tally other) {
      for (int i = 0; i < CLASSES; i++) {
        expecting[i] += other.expecting[i];
      }
      for (int i = 0; i < counts.length; i++) {
        counts[i] += other.counts[i];
      }
      variance += other.variance;
      mean += other.mean;
    }
  }

  /**
   * Finds the threshold of a sweep from 6 to 16 of its frames, a twentieth of them between these.
   *
   * @param images the frames
   * @param parallel threads; the result does not depend on them
   * @param progress told of every frame
   * @return threshold and what decided it
   * @throws IllegalArgumentException if hardly a pixel of these frames counts
   */
  public static FoundThreshold find(ImageSeries images, Parallel parallel, Progress progress) {
    return new ThresholdFinder(images).run(parallel, progress);
  }

  private FoundThreshold run(Parallel parallel, Progress progress) {
    int all = images.frames();
    parallel.forEach(1, i -> counted = new CountedPixels(images, buffers, all / 2));
    double shift = counted.shift();
    int n = Math.min(all, Math.max(FEWEST_FRAMES, Math.min(MOST_FRAMES, all / 20)));
    Tally[] tallies = new Tally[n];
    Progress.Counter counter = progress.counter("find count threshold", n);
    parallel.forEach(
        n,
        i -> {
          tallies[i] = look((int) ((2L * i + 1) * all / (2L * n)));
          counter.advance();
        });
    Tally sum = tallies[0];
    for (int i = 1; i < n; i++) {
      sum.add(tallies[i]);
    }
    long pixels = Arrays.stream(sum.expecting).sum();
    if (pixels == 0) {
      throw new IllegalArgumentException(
          "no part of "
              + n
              + " frames has pixels that count side by side: the count threshold cannot be found;"
              + " give it");
    }
    double dispersion = sum.mean > 0 ? Math.max(1, sum.variance / sum.mean) : 1;
    int threshold = threshold(sum.expecting, pixels, dispersion);
    long above = 0;
    for (int c = Math.min(threshold, TOLD_APART - 1) + 1; c <= TOLD_APART; c++) {
      above += sum.counts[c];
    }
    return new FoundThreshold(
        Math.max(0, threshold - (int) Math.rint(shift)),
        n,
        pixels,
        Math.max(0, quantile(sum.expecting, pixels / 2) - shift),
        Math.max(0, quantile(sum.expecting, pixels - 1) - shift),
        dispersion,
        above);
  }

  private Tally look(int frame) throws java.io.IOException {
    Tally tally = new Tally();
    try (FrameBuffer buffer = buffers.take()) {
      buffer.read(frame);
      for (int p = 0; p < images.source().panels(); p++) {
        int width = images.source().width(p);
        look(counted.counts(p, buffer.pixels(p)), width, images.source().height(p), tally);
      }
    }
    return tally;
  }

  private static void look(int[] pixels, int width, int height, Tally tally) {
    int across = (width + TILE - 1) / TILE;
    int down = (height + TILE - 1) / TILE;
    double[] lambda = new double[across * down];
    int[] valid = new int[across * down];
    int[][] tiles = new int[across * down][];
    double[] medians = new double[tiles.length];
    for (int t = 0; t < tiles.length; t++) {
      tiles[t] = sorted(pixels, width, height, t % across * TILE, t / across * TILE, tally);
      valid[t] = tiles[t].length;
      medians[t] = valid[t] < FEWEST ? -1 : tiles[t][valid[t] / 2];
    }
    double dispersion = dispersion(tiles, medians);
    for (int t = 0; t < tiles.length; t++) {
      lambda[t] = valid[t] < FEWEST ? -1 : expected(tiles[t], dispersion);
    }
    double dim = dim(lambda);
    for (int t = 0; t < tiles.length; t++) {
      if (lambda[t] >= 0 && lambda[t] <= dim) {
        addScatter(tiles[t], lambda[t], dispersion, tally);
      }
    }
    double[] diffuse = withoutPeaks(lambda, across, down);
    for (int t = 0; t < tiles.length; t++) {
      double most = brightestBeside(diffuse, t % across, t / across, across, down);
      if (most >= 0) {
        tally.expecting[classOf(most)] += valid[t];
      }
    }
  }

  /** The pixels of a tile that count, from the smallest up. */
  private static int[] sorted(int[] pixels, int width, int height, int x0, int y0, Tally tally) {
    int[] values = new int[TILE * TILE];
    int n = 0;
    for (int iy = y0; iy < Math.min(height, y0 + TILE); iy++) {
      for (int ix = x0; ix < Math.min(width, x0 + TILE); ix++) {
        int v = pixels[iy * width + ix];
        if (!Pixels.isMasked(v)) {
          tally.counts[Math.min(v, TOLD_APART)]++;
          values[n++] = v;
        }
      }
    }
    return sorted(values, n);
  }

  /** A copy of the first values from the smallest up: small counts are told by their number. */
  private static int[] sorted(int[] values, int n) {
    int most = 0;
    for (int i = 0; i < n; i++) {
      most = Math.max(most, values[i]);
    }
    int[] sorted = Arrays.copyOf(values, n);
    if (most >= SMALL) {
      Arrays.sort(sorted);
      return sorted;
    }
    int[] before = new int[SMALL + 1];
    for (int i = 0; i < n; i++) {
      before[values[i] + 1]++;
    }
    for (int v = 0; v < most; v++) {
      before[v + 1] += before[v];
    }
    for (int i = 0; i < n; i++) {
      sorted[before[values[i]]++] = values[i];
    }
    return sorted;
  }

  /** λ of each tile, but no more than three times the median of those around it. */
  private static double[] withoutPeaks(double[] lambda, int across, int down) {
    double[] out = new double[lambda.length];
    double[] around = new double[(2 * AROUND + 1) * (2 * AROUND + 1)];
    for (int t = 0; t < lambda.length; t++) {
      int n = 0;
      double least = Double.POSITIVE_INFINITY;
      int x1 = Math.min(across - 1, t % across + AROUND);
      int y1 = Math.min(down - 1, t / across + AROUND);
      for (int y = Math.max(0, t / across - AROUND); y <= y1; y++) {
        for (int x = Math.max(0, t % across - AROUND); x <= x1; x++) {
          if (lambda[y * across + x] >= 0) {
            least = Math.min(least, lambda[y * across + x]);
            around[n++] = lambda[y * across + x];
          }
        }
      }
      if (n > 0 && lambda[t] <= CONTRAST * least + 1) {
        out[t] = lambda[t]; // all the more below what the median allows
      } else {
        Arrays.sort(around, 0, n);
        out[t] = n == 0 ? -1 : Math.min(lambda[t], CONTRAST * around[n / 2] + 1);
      }
    }
    return out;
  }

  /** The greatest λ of a tile and the four beside it, below 0 if none is known. */
  private static double brightestBeside(double[] lambda, int tx, int ty, int across, int down) {
    double most = lambda[ty * across + tx];
    most = tx > 0 ? Math.max(most, lambda[ty * across + tx - 1]) : most;
    most = tx + 1 < across ? Math.max(most, lambda[ty * across + tx + 1]) : most;
    most = ty > 0 ? Math.max(most, lambda[(ty - 1) * across + tx]) : most;
    return ty + 1 < down ? Math.max(most, lambda[(ty + 1) * across + tx]) : most;
  }

  /** A value that three quarters of the tiles do not exceed; Bragg peaks are in others mostly. */
  private static double dim(double[] values) {
    double[] known = Arrays.stream(values).filter(v -> v >= 0).sorted().toArray();
    return known.length == 0 ? -1 : known[3 * (known.length - 1) / 4];
  }

  /** Variance over mean, from how far the lower pixels of dim tiles lie below the median. */
  private static double dispersion(int[][] tiles, double[] medians) {
    double dim = dim(medians);
    double squares = 0;
    double sum = 0;
    for (int t = 0; t < tiles.length; t++) {
      if (medians[t] >= TOLD_FROM && medians[t] <= dim) {
        double d = medians[t] - tiles[t][(int) Math.rint(BELOW * tiles[t].length)];
        squares += d * d;
        sum += medians[t];
      }
    }
    return sum > 0 ? Math.max(1, squares / sum) : 1;
  }

  /** Adds variance and mean of a tile without a pixel far above the others. */
  private static void addScatter(int[] values, double mean, double dispersion, Tally tally) {
    int n = values.length;
    if (values[n - 1] <= mean + 3 * Math.sqrt(dispersion * mean) + 2 * dispersion) {
      double squares = 0;
      for (int v : values) {
        squares += (v - mean) * (v - mean);
      }
      tally.variance += squares / (n - 1);
      tally.mean += mean;
    }
  }

  /** Mean of a tile without the pixels that lie far above it, from the median up. */
  private static double expected(int[] values, double dispersion) {
    int n = values.length;
    double mean = values[n / 2];
    int kept = -1;
    for (int round = 0; round < 10; round++) {
      double limit = mean + 3 * Math.sqrt(dispersion * mean) + 2 * dispersion;
      int k = n;
      while (k > 0 && values[k - 1] > limit) {
        k--;
      }
      if (k == kept) {
        break;
      }
      kept = k;
      double sum = 0;
      for (int i = 0; i < kept; i++) {
        sum += values[i];
      }
      mean = sum / kept;
    }
    return mean;
  }

  private static int classOf(double lambda) {
    double c = Math.ceil(Math.log(Math.max(lambda, FIRST) / FIRST) / STEP);
    return (int) Math.min(CLASSES - 1.0, c);
  }

  private static double lambda(int c) {
    return FIRST * Math.exp(c * STEP);
  }

  private static double quantile(long[] expecting, long rank) {
    long seen = 0;
    for (int c = 0; c < CLASSES; c++) {
      seen += expecting[c];
      if (seen > rank) {
        return lambda(c);
      }
    }
    return lambda(CLASSES - 1);
  }

  private static int threshold(long[] expecting, long pixels, double dispersion) {
    int low = 0;
    int high = 1;
    while (falsePixels(expecting, high, dispersion) > FALSE_RATE * pixels && high < 1 << 30) {
      low = high;
      high *= 2;
    }
    while (high - low > 1) {
      int middle = low + (high - low) / 2;
      if (falsePixels(expecting, middle, dispersion) <= FALSE_RATE * pixels) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /** Σ P(X > T | λ), counts in units of the dispersion. */
  private static double falsePixels(long[] expecting, int threshold, double dispersion) {
    double sum = 0;
    for (int c = 0; c < CLASSES; c++) {
      if (expecting[c] > 0) {
        double beyond = (threshold + 1) / dispersion;
        sum += expecting[c] * Gamma.regularizedGammaP(beyond, lambda(c) / dispersion, 1e-12, 10000);
      }
    }
    return sum;
  }
}
