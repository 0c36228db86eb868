package org.mdx.bragg.internal.fit;

/**
 * A value along a scan as a smooth curve through samples (Evans &amp; Murshudov 2013, Acta Cryst.
 * D69, 1204). The scan of length n intervals has samples at −½, ½, …, n + ½; of one interval at 0,
 * 1, of two at 0, 1, 2. At x the samples have the weights exp(−((x − position)/0.7)²), normalised;
 * those of the nearest five are more than 10⁻⁵ of the whole.
 */
final class ScanSmoother {
  private static final double WIDTH = 0.7;
  private static final int NEAREST = 5;

  private final double spacing; // images
  private final int samples;
  private final double first;
  private final int window;

  /** A scan of so many images of a width in degrees, with intervals of about so many degrees. */
  ScanSmoother(int images, double width, double interval) {
    int n = Math.max(1, (int) Math.floor(images * Math.abs(width) / interval + 1e-9));
    spacing = (double) images / n;
    samples = n < 3 ? n + 1 : n + 2;
    first = n < 3 ? 0 : -0.5;
    window = Math.min(NEAREST, samples);
  }

  int samples() {
    return samples;
  }

  int window() {
    return window;
  }

  /** The first of the samples that count at a place in images from the beginning. */
  int first(double image) {
    int nearest = (int) Math.rint(image / spacing - first);
    return Math.max(0, Math.min(samples - window, nearest - window / 2));
  }

  /** The weights of the samples of the window. */
  void weights(double image, double[] out) {
    int from = first(image);
    double sum = 0;
    for (int k = 0; k < window; k++) {
      double d = (image / spacing - first - from - k) / WIDTH;
      out[k] = Math.exp(-d * d);
      sum += out[k];
    }
    for (int k = 0; k < window; k++) {
      out[k] /= sum;
    }
  }

  /** The mean weight of each sample over so many images. */
  double[] mean(int images) {
    double[] out = new double[samples];
    double[] w = new double[window];
    for (int edge = 0; edge <= images; edge++) {
      weights(edge, w);
      int from = first(edge);
      for (int k = 0; k < window; k++) {
        out[from + k] += w[k] / (images + 1);
      }
    }
    return out;
  }
}
