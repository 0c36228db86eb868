package org.mdx.merge;

import java.util.Arrays;
import java.util.List;
import org.mdx.internal.kernel.ExpectedVariance;
import org.mdx.parallel.Parallel;
import org.mdx.table.HKLGroups;

/**
 * Mean and variance of the true intensities in shells of resolution, from all voxels. Sums are
 * taken plane of H by plane, so that they are the same, to the bit, for any ranges of planes that
 * are added one after the other.
 */
final class Shells {
  /** Planes whose sums are held at once. */
  private static final int AT_ONCE = 64;

  private double[] sums = new double[0];

  /** Adds voxels that lie behind all that were added before. */
  void add(Observations observations, HKLGroups groups, Parallel parallel) {
    int[] starts = planes(groups);
    for (int from = 0; from < starts.length - 1; from += AT_ONCE) {
      int to = Math.min(from + AT_ONCE, starts.length - 1);
      for (PlaneSums plane : planes(observations, groups, starts, from, to, parallel)) {
        add(plane);
      }
    }
  }

  /** Adds the sums of a plane that lies behind all that were added before. */
  void add(PlaneSums plane) {
    double[] part = plane.sums();
    grow(part.length);
    for (int i = 0; i < part.length; i++) {
      sums[i] += part[i];
    }
  }

  /** The sums of each plane by itself. */
  static List<PlaneSums> planes(Observations observations, HKLGroups groups, Parallel parallel) {
    int[] starts = planes(groups);
    return planes(observations, groups, starts, 0, starts.length - 1, parallel);
  }

  private static List<PlaneSums> planes(
      Observations observations,
      HKLGroups groups,
      int[] starts,
      int from,
      int to,
      Parallel parallel) {
    PlaneSums[] parts = new PlaneSums[to - from];
    parallel.forEach(
        parts.length,
        p -> {
          Shells plane = new Shells();
          for (int g = starts[from + p]; g < starts[from + p + 1]; g++) {
            plane.add(observations, groups, g);
          }
          parts[p] = new PlaneSums(groups.h(starts[from + p]), plane.sums);
        });
    return List.of(parts);
  }

  /** First group of each plane, and the number of groups. */
  private static int[] planes(HKLGroups groups) {
    int[] starts = new int[groups.count() + 1];
    int n = 0;
    for (int g = 0; g < groups.count(); g++) {
      if (g == 0 || groups.h(g) != groups.h(g - 1)) {
        starts[n++] = g;
      }
    }
    starts[n] = groups.count();
    return Arrays.copyOf(starts, n + 1);
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
