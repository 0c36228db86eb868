package org.mdx.merge;

import java.util.Arrays;
import org.mdx.internal.kernel.ExpectedVariance;
import org.mdx.parallel.Parallel;
import org.mdx.table.HKLGroups;

/** Mean and variance of the true intensities in shells of resolution, from all voxels. */
final class Shells {
  private double[] sums = new double[0];

  private Shells() {}

  /** Of all voxels, added in their order. */
  static Shells of(Observations observations, HKLGroups groups, Parallel parallel) {
    int blocks = MergedColumns.blocks(groups.count());
    Shells[] parts = new Shells[blocks];
    parallel.forEach(
        blocks,
        b -> {
          parts[b] = new Shells();
          int to = MergedColumns.blockEnd(b, groups.count());
          for (int g = b * MergedColumns.BLOCK; g < to; g++) {
            parts[b].add(observations, groups, g);
          }
        });
    Shells all = new Shells();
    for (Shells part : parts) {
      all.grow(part.sums.length);
      for (int i = 0; i < part.sums.length; i++) {
        all.sums[i] += part.sums[i];
      }
    }
    return all;
  }

  private void add(Observations observations, HKLGroups groups, int g) {
    double exposure = 0;
    double counts = 0;
    double background = 0;
    for (int i = groups.start(g); i < groups.start(g + 1); i++) {
      int row = groups.row(i);
      if (observations.isValid(row)) {
        double v1 = observations.v1.get(row);
        exposure += 1 / v1;
        counts += observations.intensity.get(row) / v1;
        background += observations.v0.get(row) / (v1 * v1);
      }
    }
    if (exposure > 0) {
      int shell = shell(observations, groups, g);
      grow(ExpectedVariance.SUMS * (shell + 1));
      ExpectedVariance.addGroup(sums, shell, exposure, counts, background);
    }
  }

  private void grow(int length) {
    if (length > sums.length) {
      sums = Arrays.copyOf(sums, length);
    }
  }

  /** The shell of a voxel: that of its first row. */
  static int shell(Observations observations, HKLGroups groups, int g) {
    return observations.s == null
        ? 0
        : ExpectedVariance.shell(observations.s.get(groups.row(groups.start(g))));
  }

  double mean(int shell) {
    return ExpectedVariance.shellMean(sums, shell);
  }

  double variance(int shell) {
    return ExpectedVariance.shellVariance(sums, shell);
  }
}
