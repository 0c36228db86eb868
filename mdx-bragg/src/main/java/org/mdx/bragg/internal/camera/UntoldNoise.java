package org.mdx.bragg.internal.camera;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelMask;
import org.mdx.image.PixelResponse;
import org.mdx.image.Pixels;
import org.mdx.parallel.Parallel;

/**
 * The read noise of cameras whose headers do not tell it. Three consecutive frames a, b, c of which
 * a − 2b + c has 6 times the variance of one are compared in tiles of 16 × 16 pixels: what is there
 * beyond the variance of the electrons, which is their mean, is noise. Pixels of spots that come
 * and go are beyond 4 standard deviations of their tile and left out; the median of the tiles does
 * not mind what is left of them.
 */
public final class UntoldNoise {
  /** Runs of three frames, evenly spread. */
  private static final int RUNS = 4;

  private static final int RUN = 3;
  private static final int SIDE = 16;
  private static final int LEAST_TILES = 30;
  private static final double SIGMA_OF_MEDIAN = 1.4826;

  /** Standard deviations beyond which a pixel is a spot's, and how often that is looked at. */
  private static final double FAR = 4;

  private static final int ROUNDS = 4;

  /** Standard deviation of a median in that of a mean. */
  private static final double OF_MEDIAN = 1.2533;

  /** Standard deviations, and part of the mean count, beyond which there is noise. */
  private static final double CERTAIN = 5;

  private static final double LEAST_PART = 0.02;

  private final ImageSeries images;
  private final Parallel parallel;

  private UntoldNoise(ImageSeries images, Parallel parallel) {
    this.images = images;
    this.parallel = parallel;
  }

  /**
   * The images with the read noise of all panels.
   *
   * @param images frames with what headers tell of the camera
   * @param parallel threads; the result is the same for any number
   * @param notes receives what was found
   * @return the images as they are where there is nothing to find: where all pixels count photons
   *     or electrons, of which there are never less than none, or noise is told
   * @throws java.io.UncheckedIOException if a frame cannot be read
   */
  public static ImageSeries found(ImageSeries images, Parallel parallel, List<String> notes) {
    UntoldNoise noise = new UntoldNoise(images, parallel);
    boolean any = false;
    for (int p = 0; p < images.source().panels(); p++) {
      any |= noise.isUntold(p);
    }
    return any ? noise.measured(notes) : images;
  }

  private boolean isUntold(int panel) {
    PixelResponse r = images.response(panel);
    boolean below = images.geometry().detector().panels().get(panel).trustedMin() < 0;
    return r.readNoise() == 0 && (below || !r.isCounter());
  }

  private ImageSeries measured(List<String> notes) {
    if (images.frames() < RUN) {
      notes.add(
          "the read noise of the camera is not told, and "
              + images.frames()
              + " frames do not show it: standard deviations are too small where there are few"
              + " electrons; give read_noise in a profile");
      return images;
    }
    List<Panel> panels = new ArrayList<>(images.geometry().detector().panels());
    List<List<double[]>> tiles = tiles();
    double most = 0;
    for (int p = 0; p < panels.size(); p++) {
      double variance = isUntold(p) ? excess(tiles.get(p)) : 0;
      if (variance > 0) {
        Panel old = panels.get(p);
        double noise = old.gain() * Math.sqrt(variance);
        panels.set(
            p,
            old.withResponse(
                old.gain(), old.pedestal(), noise, old.trustedMin(), old.trustedMax()));
        most = Math.max(most, Math.sqrt(variance));
      }
    }
    if (most == 0) {
      return images;
    }
    notes.add(
        String.format(
            Locale.ROOT,
            "the read noise of the camera is not told; between consecutive frames it is %.3g counts"
                + " (photons or electrons) in a pixel, which is taken",
            most));
    Geometry g = images.geometry();
    return images.withGeometry(
        new Geometry(
            g.beam(), new Detector(panels), g.goniometer(), g.scan(), g.crystal().orElse(null)));
  }

  /** Mean and variance in counts of the tiles of each panel, panel by panel. */
  private List<List<double[]>> tiles() {
    int panels = images.source().panels();
    List<List<double[]>> all = new ArrayList<>();
    for (int p = 0; p < panels; p++) {
      all.add(new ArrayList<>());
    }
    FrameBuffer.Pool pool = new FrameBuffer.Pool(images);
    int runs = Math.min(RUNS, images.frames() / RUN);
    FrameBuffer[] frames = new FrameBuffer[RUN];
    for (int r = 0; r < runs; r++) {
      int first = (int) ((long) r * (images.frames() - RUN) / Math.max(1, runs - 1));
      Arrays.setAll(frames, i -> pool.take());
      try {
        parallel.forEach(RUN, i -> frames[i].read(first + i));
        for (int p = 0; p < panels; p++) {
          if (isUntold(p)) {
            all.get(p).addAll(tiles(frames, p));
          }
        }
      } finally {
        for (FrameBuffer f : frames) {
          f.close();
        }
      }
    }
    return all;
  }

  private List<double[]> tiles(FrameBuffer[] frames, int panel) {
    int across = images.source().width(panel) / SIDE;
    double[][] found = new double[across * (images.source().height(panel) / SIDE)][];
    int[][] values = new int[RUN][];
    Arrays.setAll(values, i -> frames[i].pixels(panel));
    parallel.forEach(
        found.length, i -> found[i] = tile(values, panel, i % across * SIDE, i / across * SIDE));
    return Arrays.stream(found).filter(t -> t != null).toList();
  }

  /** Mean and variance of a pixel, null where half of them do not count. */
  private double[] tile(int[][] frames, int panel, int left, int top) {
    PixelMask mask = images.mask(panel);
    int width = images.source().width(panel);
    double[] sums = new double[SIDE * SIDE];
    double[] differences = new double[SIDE * SIDE];
    int n = 0;
    for (int y = top; y < top + SIDE; y++) {
      for (int x = left; x < left + SIDE; x++) {
        int i = y * width + x;
        int a = frames[0][i];
        int b = frames[1][i];
        int c = frames[2][i];
        boolean bad = Pixels.isMasked(a) || Pixels.isMasked(b) || Pixels.isMasked(c);
        if (!bad && !mask.isMasked(x, y)) {
          sums[n] = (double) a + b + c;
          differences[n++] = (double) a - 2.0 * b + c;
        }
      }
    }
    return n < SIDE * SIDE / 2 ? null : moments(sums, differences, n, images.response(panel));
  }

  private static double[] moments(
      double[] sums, double[] differences, int pixels, PixelResponse response) {
    double middle = 0;
    double limit = Double.POSITIVE_INFINITY;
    for (int round = 0; ; round++) {
      double sum = 0;
      double first = 0;
      double second = 0;
      int n = 0;
      for (int i = 0; i < pixels; i++) {
        double d = differences[i];
        if (Math.abs(d - middle) <= limit) {
          sum += sums[i];
          first += d;
          second += d * d;
          n++;
        }
      }
      double variance = n > 1 ? (second - first * first / n) / (n - 1) : 0;
      if (round == ROUNDS || n < SIDE) {
        double gain = response.gain();
        double mean = n == 0 ? 0 : response.counts(sum, RUN * (double) n) / (RUN * n);
        return new double[] {mean, variance / (6 * gain * gain)};
      }
      middle = first / n;
      limit = FAR * Math.sqrt(Math.max(0, variance));
    }
  }

  /** Variance beyond the mean, counts²; 0 where it is not certain that there is any. */
  private static double excess(List<double[]> tiles) {
    if (tiles.size() < LEAST_TILES) {
      return 0;
    }
    double[] excess = tiles.stream().mapToDouble(t -> t[1] - Math.max(0, t[0])).toArray();
    double middle = median(excess);
    double mean = median(tiles.stream().mapToDouble(t -> t[0]).toArray());
    double spread = median(Arrays.stream(excess).map(e -> Math.abs(e - middle)).toArray());
    double error = OF_MEDIAN * SIGMA_OF_MEDIAN * spread / Math.sqrt(excess.length);
    return middle > Math.max(CERTAIN * error, LEAST_PART * mean) ? middle : 0;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
