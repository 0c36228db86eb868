package org.mdx.spark;

import java.io.Serializable;
import java.util.Objects;
import org.mdx.correct.BackgroundOptions;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Split;
import org.mdx.pipeline.ReductionOptions;

/**
 * How sweeps are reduced, as the machines of a cluster are told: the options of {@code mdx reduce}
 * with its defaults. Immutable: each method that takes a value returns new settings.
 *
 * @param subdivision voxels along each unit of h, k and l
 * @param countThreshold pixels with more counts are strong; below 0 to find it from the images
 * @param sigmaCutoff standard deviations of the peak model that are masked; below 0 to find it
 * @param bins frames, pixels along y and pixels along x of a bin of the background
 * @param scaled whether all four terms of the scaling model are refined, or none
 * @param reindexed whether sweeps that were indexed differently are found and reindexed
 * @param merging weights, outliers, half-sets
 */
public record SparkSettings(
    int[] subdivision,
    int countThreshold,
    double sigmaCutoff,
    int[] bins,
    boolean scaled,
    boolean reindexed,
    Merging merging)
    implements Serializable {

  /**
   * How observations are merged.
   *
   * @param outlier standard errors beyond which an observation is left out, or infinite
   * @param split which halves are merged apart
   * @param seed of random halves
   */
  public record Merging(double outlier, Split split, long seed) implements Serializable {

    /** Refuses what {@link MergeOptions} does not take. */
    public Merging {
      Objects.requireNonNull(split, "split");
      MergeOptions.defaults().outlier(outlier);
    }

    MergeOptions options() {
      return MergeOptions.defaults().outlier(outlier).split(split).seed(seed);
    }
  }

  /** Refuses what {@link ReductionOptions} does not take. */
  public SparkSettings {
    subdivision = subdivision.clone();
    bins = bins.clone();
    if (subdivision.length != 3 || bins.length != 3) {
      throw new IllegalArgumentException(
          subdivision.length + " subdivisions and " + bins.length + " sizes of bins, must be 3");
    }
    Objects.requireNonNull(merging, "merging");
  }

  /**
   * The settings of {@code mdx reduce} without options.
   *
   * @return threshold and cutoff from the images, 3,3,3, all four terms, random halves
   */
  public static SparkSettings defaults() {
    ReductionOptions o = ReductionOptions.standard();
    MergeOptions m = o.combination().merging();
    return new SparkSettings(
        new int[] {
          o.integration().ndiv().h(), o.integration().ndiv().k(), o.integration().ndiv().l()
        },
        -1,
        -1,
        new int[] {10, 10, 10},
        true,
        true,
        new Merging(m.outlier(), m.split(), m.seed()));
  }

  /**
   * With another subdivision.
   *
   * @param h voxels along each unit of h
   * @param k of k
   * @param l of l
   * @return new settings
   */
  public SparkSettings subdivide(int h, int k, int l) {
    return new SparkSettings(
        new int[] {h, k, l}, countThreshold, sigmaCutoff, bins, scaled, reindexed, merging);
  }

  /**
   * With a mask that is not found from the images.
   *
   * @param threshold pixels with more counts are strong; below 0 to find it
   * @param sigmas standard deviations of the peak model that are masked; below 0 to find it
   * @return new settings
   */
  public SparkSettings bragg(int threshold, double sigmas) {
    return new SparkSettings(subdivision, threshold, sigmas, bins, scaled, reindexed, merging);
  }

  /**
   * With other bins of the background.
   *
   * @param frames of a bin
   * @param y pixels along y
   * @param x pixels along x
   * @return new settings
   */
  public SparkSettings bins(int frames, int y, int x) {
    return new SparkSettings(
        subdivision,
        countThreshold,
        sigmaCutoff,
        new int[] {frames, y, x},
        scaled,
        reindexed,
        merging);
  }

  /**
   * With or without a scaling model.
   *
   * @param yes whether all four terms are refined
   * @return new settings
   */
  public SparkSettings scale(boolean yes) {
    return new SparkSettings(
        subdivision, countThreshold, sigmaCutoff, bins, yes, reindexed, merging);
  }

  /**
   * With or without a look at how the sweeps were indexed.
   *
   * @param yes whether sweeps that were indexed differently are reindexed
   * @return new settings
   */
  public SparkSettings reindex(boolean yes) {
    return new SparkSettings(subdivision, countThreshold, sigmaCutoff, bins, scaled, yes, merging);
  }

  /**
   * With another way of merging.
   *
   * @param other outliers, half-sets
   * @return new settings
   */
  public SparkSettings merge(Merging other) {
    return new SparkSettings(
        subdivision, countThreshold, sigmaCutoff, bins, scaled, reindexed, other);
  }

  /** The same for the library; also refuses what it does not take. */
  ReductionOptions reduction() {
    ReductionOptions o =
        ReductionOptions.standard()
            .subdivide(subdivision[0], subdivision[1], subdivision[2])
            .merge(m -> merging.options());
    o = countThreshold < 0 ? o : o.countThreshold(countThreshold);
    o = sigmaCutoff < 0 ? o : o.sigmaCutoff(sigmaCutoff);
    o = scaled ? o : o.withoutScaling();
    return reindexed ? o : o.reindex(false);
  }

  BackgroundOptions background(BackgroundOptions standard) {
    return standard.bins(bins[0], bins[1], bins[2]);
  }

  @Override
  public String toString() {
    return "SparkSettings[" + reduction() + "]";
  }
}
