package org.mdx.microed.detector;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.mdx.image.ImageSource;
import org.mdx.image.Pixels;
import org.mdx.microed.detector.DetectorEstimator.GoodPixels;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * The values of a frame, as recorded.
 *
 * @param frame its number, from 0
 * @param pixels that are neither masked nor outside of the trusted range
 * @param minimum least value; NaN without pixels
 * @param median value that half of the pixels have at most; the mean of the two in the middle
 * @param rms root of the mean square deviation from the mean
 */
public record FrameStatistics(int frame, int pixels, double minimum, double median, double rms) {

  /**
   * Looks at every frame.
   *
   * @param frames as recorded, without pedestal or gain taken off
   * @param good which pixels count, one entry for each panel
   * @param parallel threads; their number does not change the result
   * @param progress told of every frame
   * @return one for each frame, in order
   * @throws IllegalArgumentException if there is not one entry for each panel
   * @throws java.io.UncheckedIOException if a frame cannot be read
   */
  public static List<FrameStatistics> of(
      ImageSource frames, List<GoodPixels> good, Parallel parallel, Progress progress) {
    if (good.size() != frames.panels()) {
      throw new IllegalArgumentException(good.size() + " masks for " + frames.panels() + " panels");
    }
    FrameStatistics[] all = new FrameStatistics[frames.frames()];
    Progress.Counter done = progress.counter("look at frames", all.length);
    parallel.forEach(
        all.length,
        f -> {
          all[f] = of(frames, good, f);
          done.advance();
        });
    return List.of(all);
  }

  private static FrameStatistics of(ImageSource frames, List<GoodPixels> good, int frame)
      throws IOException {
    int[][] panels = new int[frames.panels()][];
    int size = 0;
    for (int p = 0; p < panels.length; p++) {
      panels[p] = new int[Math.multiplyExact(frames.width(p), frames.height(p))];
      size = Math.addExact(size, panels[p].length);
    }
    frames.read(frame, panels);
    int[] values = new int[size];
    int n = 0;
    for (int p = 0; p < panels.length; p++) {
      GoodPixels g = good.get(p);
      int width = frames.width(p);
      for (int i = 0; i < panels[p].length; i++) {
        int v = panels[p][i];
        boolean counts = !Pixels.isMasked(v) && v >= g.min() && v <= g.max();
        if (counts && !g.mask().isMasked(i % width, i / width)) {
          values[n++] = v;
        }
      }
    }
    return of(frame, Arrays.copyOf(values, n));
  }

  /** The statistics of values, which are sorted in place. */
  static FrameStatistics of(int frame, int[] values) {
    int n = values.length;
    if (n == 0) {
      return new FrameStatistics(frame, 0, Double.NaN, Double.NaN, Double.NaN);
    }
    Arrays.sort(values);
    double median = 0.5 * ((double) values[(n - 1) / 2] + values[n / 2]);
    double sum = 0;
    for (int v : values) {
      sum += v;
    }
    double mean = sum / n;
    double squares = 0;
    for (int v : values) {
      squares += (v - mean) * (v - mean);
    }
    return new FrameStatistics(frame, n, values[0], median, Math.sqrt(squares / n));
  }
}
