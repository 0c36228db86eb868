package org.mdx.microed.detector;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.mdx.microed.detector.NoiseTile.Variance;

/** The line of variance against mean, and what follows from it. */
final class NoiseFit {
  private static final int RESAMPLES = 50;
  private static final int ROUNDS = 14;
  private static final int REFINE_ROUNDS = 3;
  private static final int PEDESTAL_ROUNDS = 8;

  /** Fraction of the largest variance below which a line is not trusted to weigh tiles. */
  private static final double FLOOR = 1e-3;

  /**
   * Scattering that changes only adds variance: the line starts low, and rises to where most are.
   */
  private static final int LOW_ROUNDS = 6;

  private static final double LOW = 0.05;

  /** Tukey's constant: 95 % efficient where there are no outliers. */
  private static final double BIWEIGHT = 4.685;

  /** For third cumulants, whose own distribution is skewed: a narrow one would move the mean. */
  private static final double WIDE = 16;

  /** Noise reaches this many standard deviations and quanta above the mean in one of 1e8 pixels. */
  private static final double SIGMAS = 6;

  private static final double QUANTA = 4;
  private static final int PEAK_ROUNDS = 10;

  private NoiseFit() {}

  /** A line of variance against mean, and how far tiles lie below it, in standard errors. */
  private record Line(double intercept, double slope, double scatter) {
    double at(NoiseTile tile) {
      return intercept + slope * tile.mean();
    }
  }

  private record Parameters(double pedestal, double gain, double pixelGain, double noise) {}

  /** Tiles without Bragg peaks: none of the pixels changes more than noise and quanta explain. */
  static List<NoiseTile> withoutPeaks(List<NoiseTile> tiles) {
    List<NoiseTile> kept = tiles;
    for (int round = 0; round < PEAK_ROUNDS && !kept.isEmpty(); round++) {
      Line pixels = line(kept.toArray(NoiseTile[]::new), NoiseTile::pixels);
      double quanta = QUANTA * Math.max(0, pixels.slope);
      List<NoiseTile> fewer =
          kept.stream()
              .filter(t -> t.most() <= SIGMAS * Math.sqrt(Math.max(0, pixels.at(t))) + quanta)
              .toList();
      if (fewer.size() == kept.size()) {
        break;
      }
      kept = fewer;
    }
    return kept;
  }

  static DetectorEstimate fit(List<NoiseTile> tiles, long seed) {
    NoiseTile[] all = tiles.toArray(NoiseTile[]::new);
    Lines lines =
        new Lines(
            line(all, NoiseTile::pixels), line(all, NoiseTile::small), line(all, NoiseTile::large));
    Parameters best = parameters(all, lines);
    Random random = new Random(seed);
    double[][] samples = new double[4][RESAMPLES];
    NoiseTile[] some = new NoiseTile[all.length];
    for (int k = 0; k < RESAMPLES; k++) {
      for (int i = 0; i < some.length; i++) {
        some[i] = all[random.nextInt(all.length)];
      }
      Parameters p = parameters(some, lines.refined(some));
      samples[0][k] = p.pedestal;
      samples[1][k] = p.gain;
      samples[2][k] = p.pixelGain;
      samples[3][k] = p.noise;
    }
    // where the line does not describe the tiles, cells may vary more than pixels by scattering
    double scatter = Math.max(1, lines.large.scatter);
    double doubt = 1 - 1 / (scatter * scatter);
    double ofGain = doubt * (best.gain - best.pixelGain);
    double ofPedestal = doubt * (best.pedestal + lines.pixels.intercept / lines.pixels.slope);
    double[] means = Arrays.stream(all).mapToDouble(NoiseTile::mean).sorted().toArray();
    return new DetectorEstimate(
        new Measured(best.pedestal, Math.hypot(ofPedestal, deviation(samples[0]))),
        new Measured(best.gain, Math.hypot(ofGain, deviation(samples[1]))),
        new Measured(best.pixelGain, deviation(samples[2])),
        new Measured(best.noise, deviation(samples[3])),
        means[means.length / 100],
        means[means.length - 1 - means.length / 100],
        all.length,
        lines.large.scatter);
  }

  private static Parameters parameters(NoiseTile[] tiles, Lines lines) {
    Line pixels = lines.pixels;
    // cells lose parts of quanta in proportion to edge over area: the limit of very large cells
    double gain = 2 * lines.large.slope - lines.small.slope;
    // a quantum shared as f and 1 − f takes 2 f (1 − f) off the variance, 3 f (1 − f) off κ₃
    double kept = 1 - 1.5 * (1 - lines.small.slope / gain);
    double lowest = -pixels.intercept / pixels.slope; // where the line reaches no variance at all
    double highest = Arrays.stream(tiles).mapToDouble(NoiseTile::mean).min().orElseThrow();
    double pedestal = pedestal(tiles, lines.small, kept * gain * gain);
    pedestal = Math.max(lowest, Math.min(highest, pedestal));
    double noise = Math.sqrt(Math.max(0, pixels.intercept + pixels.slope * pedestal));
    return new Parameters(pedestal, gain, pixels.slope, noise);
  }

  /**
   * Robust mean of mean − κ₃/square. The error of κ₃ is √(6/n) of the variance to the power 3/2.
   */
  private static double pedestal(NoiseTile[] tiles, Line small, double square) {
    int n = tiles.length;
    double floor = FLOOR * Arrays.stream(tiles).mapToDouble(small::at).max().orElseThrow();
    double[] values = new double[n];
    double[] errors = new double[n];
    for (int i = 0; i < n; i++) {
      NoiseTile t = tiles[i];
      double v = Math.max(floor, small.at(t));
      values[i] = t.mean() - t.third() / square;
      errors[i] = Math.sqrt(6 / t.small().freedom()) * v * Math.sqrt(v) * NoiseTile.SMALL / square;
    }
    double mean = 0;
    double width = Double.POSITIVE_INFINITY;
    for (int round = 0; round < PEDESTAL_ROUNDS; round++) {
      double sum = 0;
      double weights = 0;
      double[] off = new double[n];
      for (int i = 0; i < n; i++) {
        off[i] = Math.abs(values[i] - mean) / errors[i];
        double w = biweight(off[i] / width) / (errors[i] * errors[i]);
        sum += w * values[i];
        weights += w;
      }
      mean = sum / weights;
      width = WIDE * 1.4826 * median(off);
    }
    return mean;
  }

  /** The three lines of one detector. */
  private record Lines(Line pixels, Line small, Line large) {
    /** The lines of other tiles of the same detector. */
    Lines refined(NoiseTile[] tiles) {
      return new Lines(
          NoiseFit.refined(tiles, NoiseTile::pixels, pixels, REFINE_ROUNDS),
          NoiseFit.refined(tiles, NoiseTile::small, small, REFINE_ROUNDS),
          NoiseFit.refined(tiles, NoiseTile::large, large, REFINE_ROUNDS));
    }
  }

  /**
   * A line through the tiles that vary least, those far off left out softly (iterated weights,
   * Tukey's biweight, whose width is that of the tiles below the line).
   */
  private static Line line(NoiseTile[] tiles, Function<NoiseTile, Variance> variance) {
    int n = tiles.length;
    double[] y = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = variance.apply(tiles[i]).value();
    }
    double largest = Arrays.stream(y).max().orElseThrow();
    Arrays.fill(weights, 1);
    Line line = weighted(tiles, y, weights);
    double[] off = new double[n];
    for (int round = 0; round < LOW_ROUNDS + ROUNDS; round++) {
      residuals(tiles, variance, line, FLOOR * largest, off, y, weights);
      double scatter = 1.4826 * medianBelow(off);
      for (int i = 0; i < n; i++) {
        weights[i] *=
            round < LOW_ROUNDS
                ? off[i] < 0 ? 1 : LOW
                : biweight(off[i] / (BIWEIGHT * Math.max(1e-12, scatter)));
      }
      Line next = weighted(tiles, y, weights);
      line = new Line(next.intercept, next.slope, scatter);
    }
    return line;
  }

  /** A line near a given one, with the same width. */
  private static Line refined(
      NoiseTile[] tiles, Function<NoiseTile, Variance> variance, Line from, int rounds) {
    int n = tiles.length;
    double[] off = new double[n];
    double[] y = new double[n];
    double[] weights = new double[n];
    double floor = FLOOR * Arrays.stream(tiles).mapToDouble(from::at).max().orElseThrow();
    Line line = from;
    for (int round = 0; round < rounds; round++) {
      residuals(tiles, variance, line, floor, off, y, weights);
      for (int i = 0; i < n; i++) {
        weights[i] *= biweight(off[i] / (BIWEIGHT * Math.max(1e-12, from.scatter)));
      }
      Line next = weighted(tiles, y, weights);
      line = new Line(next.intercept, next.slope, from.scatter);
    }
    return line;
  }

  /**
   * Distances from a line in standard errors, of cube roots, which are normal where χ² is not
   * (Wilson and Hilferty, PNAS 17, 684, 1931); the values that have them on a straight scale; and
   * weights.
   */
  private static void residuals(
      NoiseTile[] tiles,
      Function<NoiseTile, Variance> variance,
      Line line,
      double floor,
      double[] off,
      double[] y,
      double[] weights) {
    for (int i = 0; i < tiles.length; i++) {
      Variance v = variance.apply(tiles[i]);
      double model = Math.max(floor, line.at(tiles[i]));
      double spread = 2 / (9 * v.freedom());
      double relative = (Math.cbrt(v.value() / model) - (1 - spread)) / (1 - spread);
      off[i] = relative * (1 - spread) / Math.sqrt(spread);
      y[i] = model * (1 + 3 * relative);
      weights[i] = v.freedom() / (2 * model * model);
    }
  }

  private static double biweight(double u) {
    return u < 1 && u > -1 ? (1 - u * u) * (1 - u * u) : 0;
  }

  /** The weighted line, about the mean of the means: pedestals may be far larger than signals. */
  private static Line weighted(NoiseTile[] tiles, double[] y, double[] weights) {
    double sw = 0;
    double sx = 0;
    double sy = 0;
    for (int i = 0; i < tiles.length; i++) {
      sw += weights[i];
      sx += weights[i] * tiles[i].mean();
      sy += weights[i] * y[i];
    }
    double x0 = sx / sw;
    double y0 = sy / sw;
    double sxx = 0;
    double sxy = 0;
    for (int i = 0; i < tiles.length; i++) {
      double x = tiles[i].mean() - x0;
      sxx += weights[i] * x * x;
      sxy += weights[i] * x * (y[i] - y0);
    }
    double slope = sxy / sxx;
    return new Line(y0 - slope * x0, slope, 1);
  }

  /** Median distance of the values below 0. */
  private static double medianBelow(double[] values) {
    return median(Arrays.stream(values).filter(v -> v < 0).map(v -> -v).toArray());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double sum = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(sum / (values.length - 1));
  }
}
