package org.mdx.microed.blanks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mdx.geometry.Scan;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelResponse;
import org.mdx.io.dials.ImageRange;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Measures how much each frame of a sweep diffracts, from its images alone: no spots, no indexing.
 * Peaks are pixels more than 6 standard deviations above the median of the 32 × 32 pixels around
 * them, except those that are so in half of the frames (hot pixels, the edge of a beam stop).
 * Memory is that of a frame for each thread.
 *
 * @param images of the scan
 * @param frames one for each image, in order
 */
public record FrameSignals(ImageRange images, List<Frame> frames) {
  private static final double CUTOFF = 6;
  private static final int SAMPLED = 40;
  private static final int FEWEST_SAMPLED = 6;

  /** A frame with fewer pixels in peaks shows no diffraction. */
  static final int MIN_PEAK_PIXELS = 10;

  /**
   * One frame, in photons or electrons. Pixels that are masked or not trusted count nowhere.
   *
   * @param total sum of all counts
   * @param aboveBackground sum of all counts less the local medians
   * @param peakCounts counts above the local median in pixels of peaks
   * @param peakPixels number of those pixels
   */
  public record Frame(long total, double aboveBackground, double peakCounts, int peakPixels) {}

  public FrameSignals {
    frames = List.copyOf(frames);
    if (frames.size() != images.length()) {
      throw new IllegalArgumentException(frames.size() + " frames for images " + images);
    }
  }

  /**
   * Looks at all frames of a sweep.
   *
   * @param series the sweep
   * @param parallel threads to read with; their number does not change the result
   * @param progress told of each frame
   * @return the signals
   * @throws IOException if a frame cannot be read
   */
  public static FrameSignals of(ImageSeries series, Parallel parallel, Progress progress)
      throws IOException {
    int n = series.frames();
    List<BitSet> hot = hotPixels(series, parallel);
    Progress.Counter counter = progress.counter("look at frames", n);
    Frame[] frames = new Frame[n];
    FrameBuffer.Pool pool = new FrameBuffer.Pool(series);
    ConcurrentLinkedQueue<TileScan> scans = new ConcurrentLinkedQueue<>();
    parallel.forEach(
        n,
        frame -> {
          TileScan scan = scans.poll();
          scan = scan == null ? new TileScan(CUTOFF) : scan;
          scan.clear();
          try (FrameBuffer buffer = pool.take()) {
            buffer.read(frame);
            for (int p = 0; p < hot.size(); p++) {
              ImageSource source = series.source();
              int width = source.width(p);
              int height = source.height(p);
              PixelResponse response = series.response(p);
              scan.add(buffer.pixels(p), width, height, response, hot.get(p), i -> {});
            }
          }
          frames[frame] = scan.frame();
          scans.add(scan);
          counter.advance();
        });
    int first = series.geometry().scan().firstImage();
    return new FrameSignals(new ImageRange(first, first + n - 1), Arrays.asList(frames));
  }

  /** Pixels that seem to be in a peak in half of the frames, by a sample of frames. */
  private static List<BitSet> hotPixels(ImageSeries series, Parallel parallel) {
    ImageSource source = series.source();
    int n = series.frames();
    int sampled = Math.min(n, SAMPLED);
    List<short[]> times = new ArrayList<>();
    List<BitSet> hot = new ArrayList<>();
    for (int p = 0; p < source.panels(); p++) {
      times.add(new short[source.width(p) * source.height(p)]);
      hot.add(new BitSet());
    }
    if (n < FEWEST_SAMPLED) {
      return hot;
    }
    FrameBuffer.Pool pool = new FrameBuffer.Pool(series);
    BitSet none = new BitSet();
    parallel.forEach(
        sampled,
        k -> {
          TileScan scan = new TileScan(CUTOFF);
          try (FrameBuffer buffer = pool.take()) {
            buffer.read((int) ((long) k * n / sampled));
            for (int p = 0; p < times.size(); p++) {
              short[] t = times.get(p);
              BitSet found = new BitSet();
              int width = source.width(p);
              int height = source.height(p);
              PixelResponse response = series.response(p);
              scan.add(buffer.pixels(p), width, height, response, none, found::set);
              synchronized (t) {
                found.stream().forEach(i -> t[i]++);
              }
            }
          }
        });
    for (int p = 0; p < times.size(); p++) {
      short[] t = times.get(p);
      for (int i = 0; i < t.length; i++) {
        if (2 * t[i] >= sampled) {
          hot.get(p).set(i);
        }
      }
    }
    return hot;
  }

  /**
   * Finds blank frames: those whose counts in peaks per second of exposure, as a running median
   * over the bin of the options, are at most a fraction of the best frame's, or that have fewer
   * than 10 pixels in peaks.
   *
   * @param scan exposures and angles of the frames
   * @param options the bin and {@link BlankOptions#countsFractionalLoss()}
   * @return the criterion {@code peaks}, with a bin for each frame
   */
  public BlankCriterion criterion(Scan scan, BlankOptions options) {
    int n = frames.size();
    int half = options.imagesPerBin(Math.abs(scan.width())) / 2;
    double[] rate = new double[n];
    double[] pixels = new double[n];
    for (int i = 0; i < n; i++) {
      rate[i] = frames.get(i).peakCounts() / scan.exposure(i);
      pixels[i] = frames.get(i).peakPixels();
    }
    double[] smooth = new double[n];
    for (int i = 0; i < n; i++) {
      boolean peaks = median(pixels, i, half) >= MIN_PEAK_PIXELS;
      smooth[i] = peaks ? median(rate, i, half) : 0;
    }
    return BlankCriterion.of("peaks", 0, n, smooth, options.countsFractionalLoss());
  }

  /**
   * The longest stretch of frames that are not blank.
   *
   * @param identifier of the experiment; may be empty
   * @param scan exposures and angles of the frames
   * @param options when frames are blank
   * @return the verdict
   */
  public SweepVerdict verdict(String identifier, Scan scan, BlankOptions options) {
    return SweepVerdict.of(identifier, images, List.of(criterion(scan, options)));
  }

  /** The lower median of a window, cut at the ends. */
  private static double median(double[] values, int at, int half) {
    double[] window =
        Arrays.copyOfRange(values, Math.max(0, at - half), Math.min(values.length, at + half + 1));
    Arrays.sort(window);
    return window[(window.length - 1) / 2];
  }
}
