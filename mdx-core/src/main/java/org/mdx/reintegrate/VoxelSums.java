package org.mdx.reintegrate;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.Arrays;
import org.mdx.internal.kernel.ExpectedVariance;
import org.mdx.internal.kernel.ScaledCounts;

/**
 * The sums of a tile's voxels: pages of 256 voxels with consecutive numbers, made where something
 * is measured. Ranges of pages can be used by different threads.
 */
final class VoxelSums {
  /** Binary logarithm of the voxels a page. */
  static final int PAGE_BITS = 8;

  private static final int VOXELS = 1 << PAGE_BITS;
  private static final int TOTALS = ScaledCounts.TOTALS;

  private final int groups;
  private final VoxelSums means;
  private final double outlier;
  private final long[] outliers = new long[SlabObservations.RANGES];
  private final Long2ObjectOpenHashMap<double[]>[] pages;

  /**
   * Empty sums.
   *
   * @param groups 1, or 2 for half-sets
   * @param means sums of all observations to judge them by, or null to take all
   * @param outlier standard errors from the mean beyond which an observation is left out
   */
  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of maps of one kind
  VoxelSums(int groups, VoxelSums means, double outlier) {
    this.groups = groups;
    this.means = means;
    this.outlier = outlier;
    pages = new Long2ObjectOpenHashMap[SlabObservations.RANGES];
    for (int r = 0; r < pages.length; r++) {
      pages[r] = new Long2ObjectOpenHashMap<>();
    }
  }

  /** Bytes that a page takes, its place in the hash map included. */
  static long pageBytes(int groups) {
    return (long) VOXELS * TOTALS * groups * Double.BYTES + 64;
  }

  /** Adds the observations of one range that lie below the end of the tile. */
  void add(SlabObservations o, int range, long tileEnd) {
    for (int i = o.start[range]; i < o.start[range + 1]; i++) {
      long voxel = o.voxel[i];
      if (voxel >= tileEnd) {
        continue;
      }
      if (means != null && means.isOutlier(o, i, range, outlier)) {
        outliers[range]++;
        continue;
      }
      double[] page =
          pages[range].computeIfAbsent(
              voxel >>> PAGE_BITS, p -> new double[VOXELS * TOTALS * groups]);
      int at = (o.group[i] * VOXELS + (int) (voxel & (VOXELS - 1))) * TOTALS;
      for (int j = 0; j < TOTALS; j++) {
        page[at + j] += o.sums[i * TOTALS + j];
      }
    }
  }

  /**
   * Whether an observation's counts are too far from what the mean of its voxel lets expect, by the
   * root of the Poisson deviance. The expectation is not less than one count in the whole voxel.
   */
  private boolean isOutlier(SlabObservations o, int i, int range, double cutoff) {
    double[] page = pages[range].get(o.voxel[i] >>> PAGE_BITS);
    int v = (int) (o.voxel[i] & (VOXELS - 1)) * TOTALS;
    double mean = Math.max(page[v + 1] - page[v + 4], 1) / page[v + 3];
    int at = i * TOTALS;
    double counts = 1 / o.sums[at + 3];
    double fixed = (Math.max(0, o.sums[at + 4]) + o.sums[at + 5]) * counts * counts;
    double intensity = (o.sums[at + 1] - o.sums[at + 4]) * counts;
    return Math.abs(ExpectedVariance.deviation(fixed, counts, intensity, mean)) > cutoff;
  }

  /** Number of pages. */
  int size() {
    int n = 0;
    for (Long2ObjectOpenHashMap<double[]> p : pages) {
      n += p.size();
    }
    return n;
  }

  /** Observations left out as outliers. */
  long outliers() {
    return Arrays.stream(outliers).sum();
  }

  /** Numbers of the pages, rising. */
  long[] pageNumbers() {
    long[] numbers = new long[size()];
    int n = 0;
    for (Long2ObjectOpenHashMap<double[]> range : pages) {
      for (long number : range.keySet()) {
        numbers[n++] = number;
      }
    }
    Arrays.sort(numbers);
    return numbers;
  }

  /** The sums of a page, groups one behind the other. */
  double[] page(long number) {
    return pages[SlabObservations.range(number << PAGE_BITS)].get(number);
  }

  /** Forgets a page. */
  void remove(long number) {
    Long2ObjectOpenHashMap<double[]> range = pages[SlabObservations.range(number << PAGE_BITS)];
    range.remove(number);
  }
}
