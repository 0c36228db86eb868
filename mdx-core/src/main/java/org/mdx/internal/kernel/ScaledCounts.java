package org.mdx.internal.kernel;

/**
 * Counts of scaled pixels per voxel: beside the whole numbers of {@link VoxelCounts}, sums of what
 * a pixel is worth. Each run of pixels is added up by itself, so that its sums do not depend on
 * what else is in the row. Checks nothing.
 */
public final class ScaledCounts {

  /** Real sums of a voxel while frames are added: scale, background, multiplicity, seconds. */
  public static final int SUMS = 4;

  /**
   * Sums of a voxel of the map: pixels, counts, observations, scale, background, variance of the
   * background and of the reading, multiplicity.
   */
  public static final int TOTALS = 7;

  /**
   * What the pixels of a row are worth. Holds the arrays themselves.
   *
   * @param scale of each pixel of the row
   * @param background of each pixel of the row
   * @param multiplicity of each pixel of the row
   * @param seconds exposure of the frame
   */
  public record Row(double[] scale, double[] background, double[] multiplicity, double seconds) {}

  private ScaledCounts() {}

  /**
   * Leaves out the pixels that no intensity follows from: those without a scale above 0 or without
   * a background.
   *
   * @param scale expected counts for each unit of intensity; NaN if unknown
   * @param background expected counts without intensity; NaN if unknown
   * @param at place of the first pixel in both
   * @param n number of pixels
   * @param pixels counts; receives {@link PixelMark#MASKED} where one is left out
   * @param from place of the first pixel in {@code pixels}
   * @param negative whether a scale below 0 counts like any other
   */
  public static void leaveOut(
      double[] scale,
      double[] background,
      int at,
      int n,
      int[] pixels,
      int from,
      boolean negative) {
    for (int i = 0; i < n; i++) {
      boolean scaled = scale[at + i] > 0 | negative & scale[at + i] < 0;
      boolean usable = scaled & background[at + i] == background[at + i];
      int out = usable ? 0 : -1;
      pixels[from + i] = pixels[from + i] & ~out | PixelMark.MASKED & out;
    }
  }

  /**
   * Adds the runs of a row to their voxels.
   *
   * @param runs number of runs
   * @param voxels where the runs have been found
   * @param pixels counts, {@link PixelMark#MASKED} where a pixel does not count
   * @param from place of the row's first pixel
   * @param row what its pixels are worth
   * @param sums SUMS numbers a voxel, voxels in the order of the list
   */
  public static void addRuns(
      int runs, VoxelCounts voxels, int[] pixels, int from, Row row, double[] sums) {
    int[] begin = voxels.begin;
    long[] counted = voxels.sums;
    int[] place = voxels.places();
    double[] scale = row.scale;
    double[] background = row.background;
    double[] multiplicity = row.multiplicity;
    double seconds = row.seconds;
    for (int r = 0; r < runs; r++) {
      long n = (counted[r + 1] - counted[r]) & 0xFFFFF;
      if (n == 0) {
        continue;
      }
      double s = 0;
      double b = 0;
      double m = 0;
      for (int i = begin[r]; i < begin[r + 1]; i++) {
        if (pixels[from + i] != PixelMark.MASKED) {
          s += scale[i];
          b += background[i];
          m += multiplicity[i];
        }
      }
      int at = place[r] / VoxelCounts.STRIDE * SUMS;
      sums[at] += s;
      sums[at + 1] += b;
      sums[at + 2] += m;
      sums[at + 3] += n * seconds;
    }
  }

  /**
   * Smallest and largest of some values.
   *
   * @param v one value or more
   * @param n how many
   * @param range receives both
   */
  public static void range(double[] v, int n, double[] range) {
    double lo = v[0];
    double hi = v[0];
    for (int i = 1; i < n; i++) {
      lo = Math.min(lo, v[i]);
      hi = Math.max(hi, v[i]);
    }
    range[0] = lo;
    range[1] = hi;
  }
}
