package org.mdx.bench.study;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;

/**
 * Counts of a detector that no crystal scattered: warm pixels, which count a little more in every
 * frame, and hits of cosmic rays and the like, each of a few neighbouring pixels in one frame.
 *
 * @param warmPixels their number
 * @param warmth mean of their additional counts in a frame, exponentially distributed over pixels
 * @param hits in a frame
 * @param hitCounts mean of the additional counts of a hit's pixels, exponentially distributed
 */
record Artefacts(int warmPixels, double warmth, int hits, double hitCounts) {
  static final Artefacts NONE = new Artefacts(0, 0, 0, 0);

  private static final int TRACK = 6;

  /** A series with artefacts; pixels that hold no count stay as they are. */
  ImageSeries on(ImageSeries series, int seed) {
    return warmPixels + hits == 0
        ? series
        : new ImageSeries(
            series.geometry(), new Source(series.source(), this, seed), List.of(series.mask(0)));
  }

  private record Source(ImageSource clean, Artefacts artefacts, int seed) implements ImageSource {
    @Override
    public int frames() {
      return clean.frames();
    }

    @Override
    public int panels() {
      return clean.panels();
    }

    @Override
    public int width(int panel) {
      return clean.width(panel);
    }

    @Override
    public int height(int panel) {
      return clean.height(panel);
    }

    @Override
    public void read(int frame, int[][] into) throws IOException {
      clean.read(frame, into);
      int[] counts = into[0];
      Random pixels = new Random(7);
      Random noise = new Random(1_000L * frame + seed);
      for (int i = 0; i < artefacts.warmPixels; i++) {
        int at = pixels.nextInt(counts.length);
        double mean = -artefacts.warmth * Math.log(1 - pixels.nextDouble());
        add(counts, at, (int) Math.rint(mean + Math.sqrt(mean) * noise.nextGaussian()));
      }
      for (int i = 0; i < artefacts.hits; i++) {
        int at = noise.nextInt(counts.length);
        int step = noise.nextBoolean() ? 1 : width(0);
        for (int j = 0; j < TRACK && at + j * step < counts.length; j++) {
          double extra = -artefacts.hitCounts * Math.log(1 - noise.nextDouble());
          add(counts, at + j * step, (int) Math.ceil(extra));
        }
      }
    }

    private static void add(int[] counts, int at, int extra) {
      if (counts[at] >= 0) {
        counts[at] += Math.max(0, extra);
      }
    }

    @Override
    public String describe(int frame) {
      return clean.describe(frame) + " with artefacts";
    }
  }
}
