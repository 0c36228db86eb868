package org.mdx.scaling;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** Observations of a few counts each, with the columns that tell their variances. */
final class PoissonSweep {
  private PoissonSweep() {}

  /** About four counts an observation, one of them of a known background. */
  static HKLTable observe(int seed, int rows, int voxels, DoubleUnaryOperator scale) {
    Random random = new Random(seed);
    Well19937c generator = new Well19937c(seed);
    int[] h = new int[rows];
    float[][] x = new float[8][rows];
    for (int i = 0; i < rows; i++) {
      int v = random.nextInt(voxels);
      h[i] = v;
      double phi = 20 * random.nextDouble();
      double factor = 20 + 20 * random.nextDouble();
      double signal = scale.applyAsDouble(phi) * SyntheticSweep.cloudy(v);
      double background = 1;
      int counts =
          new PoissonDistribution(generator, signal / factor + background, 1e-12, 10_000).sample();
      x[0][i] = (float) phi;
      x[1][i] = (float) SyntheticSweep.length(v, voxels);
      x[2][i] = random.nextInt(100);
      x[3][i] = random.nextInt(80);
      x[4][i] = (float) ((counts - background) * factor);
      x[5][i] = (float) (factor * Math.sqrt(Math.max(1, counts)));
      x[6][i] = (float) (factor * factor * background);
      x[7][i] = (float) factor;
    }
    IntColumn zero = IntColumn.of(new int[rows]);
    return HKLTable.of(new Subdivision(2, 2, 2), IntColumn.of(h), zero, zero)
        .with("phi", FloatColumn.of(x[0]))
        .with("s", FloatColumn.of(x[1]))
        .with("ix", FloatColumn.of(x[2]))
        .with("iy", FloatColumn.of(x[3]))
        .with("intensity", FloatColumn.of(x[4]))
        .with("intensity_error", FloatColumn.of(x[5]))
        .with("background_variance", FloatColumn.of(x[6]))
        .with("variance_per_intensity", FloatColumn.of(x[7]));
  }
}
