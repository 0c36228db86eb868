package org.mdx.scaling;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** Observations of voxels with known intensities and known factors, without a diffractometer. */
final class SyntheticSweep {
  private static final Subdivision NDIV = new Subdivision(2, 2, 2);

  /** What is known of an observation before its noise. */
  interface Factors {
    /** a·d·(b·M + c) of a place, an angle and a voxel of intensity m. */
    double expected(int panel, double ix, double iy, double phi, double s, double m);
  }

  private final Random random;
  private final int voxels;
  private final IntToDoubleFunction truth;
  double phiFrom = 0;
  double phiTo = 20;
  int panels = 1;
  int width = 100;
  int height = 80;
  double noise = 0.05;

  SyntheticSweep(long seed, int voxels, IntToDoubleFunction truth) {
    this.random = new Random(seed);
    this.voxels = voxels;
    this.truth = truth;
  }

  /** Intensities of voxels between 60 and 140. */
  static double cloudy(int voxel) {
    return 100 + 40 * Math.sin(voxel * 0.7);
  }

  /** Length of s of a voxel. */
  static double length(int voxel, int voxels) {
    return 0.1 + 0.4 * voxel / voxels;
  }

  HKLTable observe(int rows, Factors factors) {
    int[] h = new int[rows];
    int[] panel = new int[rows];
    float[][] x = new float[6][rows];
    for (int i = 0; i < rows; i++) {
      int v = random.nextInt(voxels);
      h[i] = v;
      panel[i] = random.nextInt(panels);
      x[0][i] = (float) (phiFrom + (phiTo - phiFrom) * random.nextDouble());
      x[1][i] = (float) length(v, voxels);
      x[2][i] = random.nextInt(width);
      x[3][i] = random.nextInt(height);
      double m = truth.applyAsDouble(v);
      double expected = factors.expected(panel[i], x[2][i], x[3][i], x[0][i], x[1][i], m);
      x[5][i] = (float) (noise * 100);
      x[4][i] = (float) (expected + x[5][i] * random.nextGaussian());
    }
    IntColumn zero = IntColumn.of(new int[rows]);
    HKLTable table =
        HKLTable.of(NDIV, IntColumn.of(h), zero, zero)
            .with("phi", FloatColumn.of(x[0]))
            .with("s", FloatColumn.of(x[1]))
            .with("ix", FloatColumn.of(x[2]))
            .with("iy", FloatColumn.of(x[3]))
            .with("intensity", FloatColumn.of(x[4]))
            .with("intensity_error", FloatColumn.of(x[5]));
    return panels > 1 ? table.with("panel", IntColumn.of(panel)) : table;
  }
}
