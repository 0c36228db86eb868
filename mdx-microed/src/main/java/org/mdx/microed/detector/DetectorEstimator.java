package org.mdx.microed.detector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.image.Pixels;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Estimates pedestal, gain and read noise from the frames of a sweep. Reads three consecutive
 * frames at a time, and takes mean, variance and third cumulant in time of tiles of 16 × 16 pixels,
 * without those that a Bragg peak passes. Memory is that of three frames.
 */
public final class DetectorEstimator {
  private static final int MIN_TILES = 30;

  private final NoiseOptions options;

  private DetectorEstimator(NoiseOptions options) {
    this.options = options;
  }

  /**
   * An estimator.
   *
   * @param options how to look
   * @return the estimator
   */
  public static DetectorEstimator of(NoiseOptions options) {
    return new DetectorEstimator(options);
  }

  /**
   * Which pixels of a panel count.
   *
   * @param mask pixels that do not
   * @param min lowest value that counts
   * @param max highest value that counts
   */
  public record GoodPixels(PixelMask mask, double min, double max) {}

  /**
   * Looks at a sweep.
   *
   * @param frames as recorded, without pedestal or gain taken off
   * @param good which pixels count, one entry for each panel
   * @param parallel threads to read and compute with; their number does not change the result
   * @param progress told of every three frames
   * @return the estimate
   * @throws IOException if a frame cannot be read
   * @throws IllegalArgumentException if the frames are too few, too small or too full of peaks, or
   *     all of the same brightness
   */
  public DetectorEstimate estimate(
      ImageSource frames, List<GoodPixels> good, Parallel parallel, Progress progress)
      throws IOException {
    if (good.size() != frames.panels()) {
      throw new IllegalArgumentException(good.size() + " masks for " + frames.panels() + " panels");
    }
    int run = 3;
    if (frames.frames() < run) {
      throw new IllegalArgumentException(
          frames.frames() + " frames; noise in time needs at least 3 of the same sweep");
    }
    int runs = Math.min(options.triples(), frames.frames() / run);
    Progress.Counter counter = progress.counter("look at noise", runs);
    List<NoiseTile> tiles = new ArrayList<>();
    int[][][] block = new int[run][frames.panels()][];
    for (int[][] frame : block) {
      for (int p = 0; p < frame.length; p++) {
        frame[p] = new int[Math.multiplyExact(frames.width(p), frames.height(p))];
      }
    }
    for (int r = 0; r < runs; r++) {
      int first = (int) ((long) r * (frames.frames() - run) / Math.max(1, runs - 1));
      parallel.forEach(run, f -> frames.read(first + f, block[f]));
      for (int p = 0; p < frames.panels(); p++) {
        tiles.addAll(tiles(block, p, frames.width(p), frames.height(p), good.get(p), parallel));
      }
      counter.advance();
    }
    tiles = tiles.isEmpty() ? tiles : NoiseFit.withoutPeaks(tiles);
    if (tiles.size() < MIN_TILES) {
      throw new IllegalArgumentException(
          "only "
              + tiles.size()
              + " pieces of 16 x 16 pixels are free of peaks and bad pixels, at least "
              + MIN_TILES
              + " are needed; give more frames, or check mask and trusted range");
    }
    DetectorEstimate estimate = NoiseFit.fit(tiles, options.seed());
    if (!estimate.gain().isPositive(3)) {
      throw new IllegalArgumentException(
          "the noise does not grow with the signal: gain "
              + estimate.gain()
              + " for means from "
              + estimate.darkest()
              + " to "
              + estimate.brightest()
              + "; give frames with a brighter background");
    }
    return estimate;
  }

  private static List<NoiseTile> tiles(
      int[][][] block, int panel, int width, int height, GoodPixels good, Parallel parallel) {
    int[][] frames = Arrays.stream(block).map(f -> f[panel]).toArray(int[][]::new);
    boolean[] isGood = new boolean[width * height];
    parallel.forEach(
        height,
        y -> {
          for (int x = 0; x < width; x++) {
            int i = y * width + x;
            isGood[i] = !good.mask().isMasked(x, y);
            for (int[] frame : frames) {
              boolean known = !Pixels.isMasked(frame[i]);
              isGood[i] &= known && frame[i] >= good.min() && frame[i] <= good.max();
            }
          }
        });
    int across = width / NoiseTile.SIDE;
    int down = height / NoiseTile.SIDE;
    NoiseTile[] found = new NoiseTile[across * down];
    parallel.forEach(
        found.length,
        i ->
            found[i] =
                NoiseTile.of(
                    frames,
                    isGood,
                    width,
                    i % across * NoiseTile.SIDE,
                    i / across * NoiseTile.SIDE));
    return Arrays.stream(found).filter(t -> t != null && t.pixels().value() > 0).toList();
  }
}
