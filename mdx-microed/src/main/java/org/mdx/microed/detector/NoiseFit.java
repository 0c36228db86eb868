package org.mdx.microed.detector;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.mdx.microed.detector.NoiseTile.Variance;

/** The line of variance against mean, and what follows from it. */
final class NoiseFit {
  private static final int RESAMPLES = 200;
  private static final int ROUNDS = 12;

  /** Tukey's constant: 95 % efficient where there are no outliers. */
  private static final double BIWEIGHT = 4.685;

  /** Noise reaches this many standard deviations and quanta above the mean in one of 1e8 pixels. */
  private static final double SIGMAS = 6;

  private static final double QUANTA = 4;

  private NoiseFit() {}

  /** A line of variance against mean, with its root mean square residual in standard errors. */
  private record Line(double intercept, double slope, double scatter) {
    double at(NoiseTile tile) {
      return intercept + slope * tile.mean();
    }
  }

  private record Parameters(double pedestal, double gain, double pixelGain, double noise) {}

  /** Tiles without Bragg peaks: none of the pixels is higher than noise and quanta explain. */
  static List<NoiseTile> withoutPeaks(List<NoiseTile> tiles) {
    // peaks take little off most tiles' variance, so that a first line through all of them will do
    double gain = line(tiles.toArray(NoiseTile[]::new), NoiseTile::pixels).slope;
    return tiles.stream()
        .filter(
            t -> t.most() <= SIGMAS * Math.sqrt(t.pixels().value()) + QUANTA * Math.max(0, gain))
        .toList();
  }

  static DetectorEstimate fit(List<NoiseTile> tiles, long seed) {
    NoiseTile[] all = tiles.toArray(NoiseTile[]::new);
    Parameters best = parameters(all);
    Random random = new Random(seed);
    double[][] samples = new double[4][RESAMPLES];
    NoiseTile[] some = new NoiseTile[all.length];
    for (int k = 0; k < RESAMPLES; k++) {
      for (int i = 0; i < some.length; i++) {
        some[i] = all[random.nextInt(all.length)];
      }
      Parameters p = parameters(some);
      samples[0][k] = p.pedestal;
      samples[1][k] = p.gain;
      samples[2][k] = p.pixelGain;
      samples[3][k] = p.noise;
    }
    double[] means = Arrays.stream(all).mapToDouble(NoiseTile::mean).sorted().toArray();
    return new DetectorEstimate(
        new Measured(best.pedestal, deviation(samples[0])),
        new Measured(best.gain, deviation(samples[1])),
        new Measured(best.pixelGain, deviation(samples[2])),
        new Measured(best.noise, deviation(samples[3])),
        means[means.length / 100],
        means[means.length - 1 - means.length / 100],
        all.length,
        line(all, NoiseTile::large).scatter);
  }

  private static Parameters parameters(NoiseTile[] tiles) {
    Line pixels = line(tiles, NoiseTile::pixels);
    Line small = line(tiles, NoiseTile::small);
    Line large = line(tiles, NoiseTile::large);
    // cells lose parts of quanta in proportion to edge over area: the limit of very large cells
    double gain = 2 * large.slope - small.slope;
    // of a quantum shared as f and 1 − f, variance loses 2 f (1 − f) and the third cumulant 3 f (1
    // − f)
    double kept = 1 - 1.5 * (1 - large.slope / gain);
    double pedestal = pedestal(tiles, large, kept * gain * gain);
    if (gain > 0) {
      // not below where the line reaches no variance at all
      pedestal = Math.max(pedestal, -pixels.intercept / pixels.slope);
    }
    double noise = Math.sqrt(Math.max(0, pixels.intercept + pixels.slope * pedestal));
    return new Parameters(pedestal, gain, pixels.slope, noise);
  }

  /** Weighted mean of mean − κ₃/square, where the error of κ₃ goes with variance to the 3/2. */
  private static double pedestal(NoiseTile[] tiles, Line large, double square) {
    double sum = 0;
    double weights = 0;
    double floor = floor(tiles, large);
    for (NoiseTile t : tiles) {
      double v = Math.max(floor, large.at(t));
      double w = t.large().freedom() / (v * v * v);
      sum += w * (t.mean() - t.third() / square);
      weights += w;
    }
    return sum / weights;
  }

  /** A thousandth of the line's largest variance; where there is less, noise of rounding rules. */
  private static double floor(NoiseTile[] tiles, Line line) {
    return 1e-3 * Arrays.stream(tiles).mapToDouble(line::at).max().orElseThrow();
  }

  /**
   * A line through all tiles, those far off left out softly (iterated weights, Tukey's biweight).
   */
  private static Line line(NoiseTile[] tiles, Function<NoiseTile, Variance> variance) {
    int n = tiles.length;
    double[] soft = new double[n];
    Arrays.fill(soft, 1);
    double[] model = Arrays.stream(tiles).mapToDouble(t -> variance.apply(t).value()).toArray();
    double[] off = new double[n];
    double floor = 1e-3 * Arrays.stream(model).max().orElseThrow();
    Line line = null;
    for (int round = 0; round < ROUNDS; round++) {
      line = weighted(tiles, variance, model, soft, floor);
      for (int i = 0; i < n; i++) {
        model[i] = Math.max(floor, line.at(tiles[i]));
        // the cube root of χ² is normal (Wilson & Hilferty, PNAS 17, 684, 1931)
        Variance v = variance.apply(tiles[i]);
        double spread = 2 / (9 * v.freedom());
        off[i] = (Math.cbrt(v.value() / model[i]) - (1 - spread)) / Math.sqrt(spread);
      }
      line = new Line(line.intercept, line.slope, 1.4826 * medianOfAbsolutes(off));
      for (int i = 0; i < n; i++) {
        double u = off[i] / (BIWEIGHT * Math.max(1e-12, line.scatter));
        soft[i] = Math.abs(u) < 1 ? (1 - u * u) * (1 - u * u) : 0;
      }
    }
    return line;
  }

  private static Line weighted(
      NoiseTile[] tiles,
      Function<NoiseTile, Variance> variance,
      double[] model,
      double[] soft,
      double floor) {
    double sw = 0;
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double sxy = 0;
    for (int i = 0; i < tiles.length; i++) {
      Variance y = variance.apply(tiles[i]);
      double v = Math.max(floor, model[i]);
      double w = soft[i] * y.freedom() / (2 * v * v);
      double x = tiles[i].mean();
      sw += w;
      sx += w * x;
      sy += w * y.value();
      sxx += w * x * x;
      sxy += w * x * y.value();
    }
    double slope = (sw * sxy - sx * sy) / (sw * sxx - sx * sx);
    return new Line((sy - slope * sx) / sw, slope, 1);
  }

  private static double medianOfAbsolutes(double[] values) {
    double[] sorted = Arrays.stream(values).map(Math::abs).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double sum = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(sum / (values.length - 1));
  }
}
