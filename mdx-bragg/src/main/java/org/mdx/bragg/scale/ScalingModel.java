package org.mdx.bragg.scale;

import java.util.Arrays;

/**
 * g = L·C(φ)·exp(B(φ)/2d²)·(1 + Σ P_lm Y_lm) of every measurement, its parameters in one vector,
 * those of a sweep adjacent: C, B, P. L is 1 unless the intensity changes abruptly.
 */
final class ScalingModel {
  /** What a squared B adds to χ². */
  private static final double DECAY_RESTRAINT = 0.1;

  /** Spacing of C and B, degrees, by the range of the scan. */
  private static final double[][] SPACINGS = {
    {5, 1, 1.5}, {10, 2, 3}, {25, 4, 5}, {90, 8, 10}, {Double.POSITIVE_INFINITY, 15, 20}
  };

  /** Scans of less have no absorption surface, degrees. */
  private static final double LEAST_RANGE = 30;

  /** Scans of less are wedges, degrees. */
  private static final double WEDGE = 10;

  private final ScalingData data;
  final AbsorptionLevel level;
  final Smoother[] scale;
  final Smoother[] decay;
  final int[] scaleStart;
  final int[] decayStart;
  final int[] surfaceStart;
  final int[] surfaceSize;
  final double[] restraint;
  final double[] p;
  private final int[] scaleBase;
  private final int[] decayBase;
  private final double[] scaleWeights;
  private final double[] decayWeights;
  private final double[] harmonics;
  private final int functions;
  private final double[] c;
  private final double[] surface;
  final double[] g;

  ScalingModel(ScalingData data, boolean withDecay, AbsorptionLevel level, double[] start) {
    this(data, withDecay, level, start, Integer.MAX_VALUE);
  }

  /**
   * A model.
   *
   * @param start scale of each sweep
   * @param most intervals of the curves of wedges; 0 for one value, 1 for a value at either end
   */
  ScalingModel(
      ScalingData data, boolean withDecay, AbsorptionLevel level, double[] start, int most) {
    this.data = data;
    this.level = level;
    int n = data.sweeps();
    scale = new Smoother[n];
    decay = new Smoother[n];
    scaleStart = new int[n];
    decayStart = new int[n];
    surfaceStart = new int[n];
    surfaceSize = new int[n];
    functions = Harmonics.size(level.lmax());
    int size = 0;
    for (int s = 0; s < n; s++) {
      double[] spacing = spacing(data.range(s));
      int intervals = isWedge(data.range(s)) ? most : Integer.MAX_VALUE;
      scale[s] = Smoother.of(data.range(s), spacing[1]).atMost(intervals);
      decay[s] = withDecay ? Smoother.of(data.range(s), spacing[2]).atMost(intervals) : null;
      scaleStart[s] = size;
      decayStart[s] = scaleStart[s] + scale[s].size();
      surfaceStart[s] = decayStart[s] + (withDecay ? decay[s].size() : 0);
      surfaceSize[s] = data.range(s) > LEAST_RANGE - 1e-6 ? functions : 0;
      size = surfaceStart[s] + surfaceSize[s];
    }
    p = new double[size];
    restraint = new double[size];
    for (int s = 0; s < n; s++) {
      Arrays.fill(p, scaleStart[s], decayStart[s], start[s]);
      Arrays.fill(restraint, decayStart[s], surfaceStart[s], DECAY_RESTRAINT);
      Arrays.fill(restraint, surfaceStart[s], surfaceStart[s] + surfaceSize[s], level.weight());
    }
    scaleBase = new int[data.measured];
    decayBase = new int[data.measured];
    scaleWeights = new double[3 * data.measured];
    decayWeights = new double[withDecay ? 3 * data.measured : 0];
    for (int i = 0; i < data.measured; i++) {
      int s = data.sweep[i];
      int frames = data.geometry(s).scan().frames();
      double x = Math.max(0, Math.min(1, data.position[i] / frames)) * Smoother.END;
      scaleBase[i] = scaleStart[s] + scale[s].base(x * scale[s].intervals());
      scale[s].weights(x * scale[s].intervals(), scaleWeights, 3 * i);
      if (withDecay) {
        decayBase[i] = decayStart[s] + decay[s].base(x * decay[s].intervals());
        decay[s].weights(x * decay[s].intervals(), decayWeights, 3 * i);
      }
    }
    boolean any = Arrays.stream(surfaceSize).anyMatch(k -> k > 0);
    harmonics = any ? data.harmonics() : new double[0];
    c = new double[data.measured];
    surface = new double[data.measured];
    g = new double[data.size()];
    evaluate();
  }

  /** Takes the scales and decays of another model of the same data. */
  void startFrom(ScalingModel other) {
    for (int s = 0; s < scale.length; s++) {
      int n = surfaceStart[s] - scaleStart[s];
      System.arraycopy(other.p, other.scaleStart[s], p, scaleStart[s], n);
    }
    evaluate();
  }

  private static double[] spacing(double range) {
    return Arrays.stream(SPACINGS).filter(s -> range < s[0]).findFirst().orElseThrow();
  }

  /** Whether a scan is so short that its scale may hardly change. */
  static boolean isWedge(double range) {
    return range < WEDGE;
  }

  /** Whether a scan is long enough for an absorption surface. */
  static boolean hasSurface(double range) {
    return range > LEAST_RANGE - 1e-6;
  }

  int size() {
    return p.length;
  }

  /** Computes g; false if a factor is not above 0. */
  boolean evaluate() {
    boolean positive = true;
    for (int i = 0; i < data.measured; i++) {
      double sum = 0;
      for (int k = 0; k < 3; k++) {
        sum += weight(scaleWeights, i, k, scaleBase[i]);
      }
      c[i] = sum;
      double b = 0;
      for (int k = 0; k < 3 && decayWeights.length > 0; k++) {
        b += weight(decayWeights, i, k, decayBase[i]);
      }
      int s = data.sweep[i];
      double f = 1;
      for (int k = 0; k < surfaceSize[s]; k++) {
        f += p[surfaceStart[s] + k] * harmonics[i * ScalingData.STRIDE + k];
      }
      surface[i] = f;
      g[i] = data.level[i] * sum * Math.exp(b * data.inverse2d2[i]) * f;
      positive &= g[i] > 0;
    }
    Arrays.fill(g, data.measured, g.length, 1);
    return positive;
  }

  private double weight(double[] weights, int i, int k, int base) {
    double w = weights[3 * i + k];
    return w == 0 ? 0 : w * p[base + k];
  }

  /** Most derivatives of one measurement. */
  int derivatives() {
    return 6 + functions;
  }

  /** Derivatives of g by the parameters it depends on; returns how many. */
  int gradient(int i, int[] index, double[] value) {
    if (i >= data.measured) {
      return 0;
    }
    int n = 0;
    for (int k = 0; k < 3; k++) {
      double w = scaleWeights[3 * i + k];
      if (w != 0) {
        index[n] = scaleBase[i] + k;
        value[n++] = w * g[i] / c[i];
      }
    }
    for (int k = 0; k < 3 && decayWeights.length > 0; k++) {
      double w = decayWeights[3 * i + k];
      if (w != 0) {
        index[n] = decayBase[i] + k;
        value[n++] = w * g[i] * data.inverse2d2[i];
      }
    }
    int s = data.sweep[i];
    for (int k = 0; k < surfaceSize[s]; k++) {
      index[n] = surfaceStart[s] + k;
      value[n++] = harmonics[i * ScalingData.STRIDE + k] * g[i] / surface[i];
    }
    return n;
  }
}
