package org.mdx.reintegrate;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.mdx.table.Subdivision;

/** Options for making a fine map. Immutable: each method that takes a value returns new options. */
public final class ReintegrateOptions {
  private final Subdivision ndiv;
  private final Region region;
  private final HalfSets split;
  private final long seed;
  private final double outlier;
  private final double maxSpread;
  private final long memory;
  private final boolean mdx2Compatible;

  private ReintegrateOptions(
      Subdivision ndiv,
      Region region,
      HalfSets split,
      long seed,
      double outlier,
      double maxSpread,
      long memory,
      boolean mdx2Compatible) {
    Objects.requireNonNull(ndiv, "ndiv");
    Objects.requireNonNull(split, "split");
    if (!(outlier > 0)) {
      throw new IllegalArgumentException(
          "outlier cutoff " + outlier + ", must be above 0 standard errors");
    }
    if (!(maxSpread > 0)) {
      throw new IllegalArgumentException("maximum spread " + maxSpread + "°, must be above 0");
    }
    if (memory < LEAST_MEMORY) {
      throw new IllegalArgumentException(
          "memory of " + memory + " bytes for a tile, must be " + LEAST_MEMORY + " or more");
    }
    this.ndiv = ndiv;
    this.region = region;
    this.split = split;
    this.seed = seed;
    this.outlier = outlier;
    this.maxSpread = maxSpread;
    this.memory = memory;
    this.mdx2Compatible = mdx2Compatible;
  }

  /** The least memory that a tile can do with. */
  private static final long LEAST_MEMORY = 1 << 18;

  /**
   * A box in h, k, l; voxels with an equivalent inside of it are mapped. Limits are included; one
   * between two voxels is rounded to the nearer, half to even.
   *
   * @param hMin lowest h
   * @param hMax highest h
   * @param kMin lowest k
   * @param kMax highest k
   * @param lMin lowest l
   * @param lMax highest l
   */
  public record Region(
      double hMin, double hMax, double kMin, double kMax, double lMin, double lMax) {

    public Region {
      check("h", hMin, hMax);
      check("k", kMin, kMax);
      check("l", lMin, lMax);
    }

    private static void check(String axis, double min, double max) {
      if (!(Math.abs(min) <= 1e6 && Math.abs(max) <= 1e6 && min <= max)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "limits %s to %s of %s: give the lower limit first, both within ±1000000",
                min,
                max,
                axis));
      }
    }

    @Override
    public String toString() {
      return "h " + hMin + " to " + hMax + ", k " + kMin + " to " + kMax + ", l " + lMin + " to "
          + lMax;
    }
  }

  /**
   * One voxel for each integer index, everything that the data reach, no half-sets, no outlier
   * rejection, observations of 1°, a third of the memory that this JVM may use.
   *
   * @return the defaults
   */
  public static ReintegrateOptions defaults() {
    return new ReintegrateOptions(
        Subdivision.NONE,
        null,
        HalfSets.NONE,
        0,
        Double.POSITIVE_INFINITY,
        1,
        Math.max(LEAST_MEMORY, Runtime.getRuntime().maxMemory() / 3),
        false);
  }

  /**
   * With another subdivision.
   *
   * @param h voxels per unit of h
   * @param k voxels per unit of k
   * @param l voxels per unit of l
   * @return new options
   */
  public ReintegrateOptions subdivide(int h, int k, int l) {
    return new ReintegrateOptions(
        new Subdivision(h, k, l), region, split, seed, outlier, maxSpread, memory, mdx2Compatible);
  }

  /**
   * Maps a part of reciprocal space; equal limits give a plane.
   *
   * @param h1 lowest h, included
   * @param h2 highest h, included
   * @param k1 lowest k, included
   * @param k2 highest k, included
   * @param l1 lowest l, included
   * @param l2 highest l, included
   * @return new options
   * @throws IllegalArgumentException if a limit is not finite or beyond 1,000,000, or a lowest
   *     exceeds its highest
   */
  public ReintegrateOptions limits(
      double h1, double h2, double k1, double k2, double l1, double l2) {
    return new ReintegrateOptions(
        ndiv,
        new Region(h1, h2, k1, k2, l1, l2),
        split,
        seed,
        outlier,
        maxSpread,
        memory,
        mdx2Compatible);
  }

  /**
   * Maps two groups of observations apart as well.
   *
   * @param value how they are chosen
   * @return new options
   */
  public ReintegrateOptions split(HalfSets value) {
    return new ReintegrateOptions(
        ndiv, region, value, seed, outlier, maxSpread, memory, mdx2Compatible);
  }

  /**
   * Chooses other random halves.
   *
   * @param value any number
   * @return new options
   */
  public ReintegrateOptions seed(long value) {
    return new ReintegrateOptions(
        ndiv, region, split, value, outlier, maxSpread, memory, mdx2Compatible);
  }

  /**
   * Rejects outliers.
   *
   * @param cutoff in standard errors of the observation, above 0; infinite to keep all
   * @return new options
   */
  public ReintegrateOptions outlier(double cutoff) {
    return new ReintegrateOptions(
        ndiv, region, split, seed, cutoff, maxSpread, memory, mdx2Compatible);
  }

  /**
   * With another largest rotation of an observation.
   *
   * @param degrees above 0
   * @return new options
   */
  public ReintegrateOptions maxSpread(double degrees) {
    return new ReintegrateOptions(
        ndiv, region, split, seed, outlier, degrees, memory, mdx2Compatible);
  }

  /**
   * With another limit of memory.
   *
   * @param bytes that the sums of voxels may take, 256 KiB or more
   * @return new options
   */
  public ReintegrateOptions memory(long bytes) {
    return new ReintegrateOptions(
        ndiv, region, split, seed, outlier, maxSpread, bytes, mdx2Compatible);
  }

  /**
   * With or without mdx2's errors.
   *
   * @param compatible whether errors follow from the counts themselves
   * @return new options
   */
  public ReintegrateOptions mdx2Compatible(boolean compatible) {
    return new ReintegrateOptions(
        ndiv, region, split, seed, outlier, maxSpread, memory, compatible);
  }

  /**
   * Voxels per unit of h, k and l.
   *
   * @return the value
   */
  public Subdivision ndiv() {
    return ndiv;
  }

  /**
   * Which voxels to map.
   *
   * @return the region; empty for all that the data reach
   */
  public Optional<Region> region() {
    return Optional.ofNullable(region);
  }

  /**
   * Groups to map apart as well.
   *
   * @return the value
   */
  public HalfSets split() {
    return split;
  }

  /**
   * Of the random halves.
   *
   * @return the value
   */
  public long seed() {
    return seed;
  }

  /**
   * Observations further than this many standard errors from the voxel's mean are left out;
   * infinite to keep all. Needs a second pass over the images.
   *
   * @return the value
   */
  public double outlier() {
    return outlier;
  }

  /**
   * Rotation that one observation of a voxel spans at most, degrees.
   *
   * @return the value
   */
  public double maxSpread() {
    return maxSpread;
  }

  /**
   * Bytes that the sums of voxels may take; a region that needs more is mapped in several passes
   * over the images, with the same result.
   *
   * @return the value
   */
  public long memory() {
    return memory;
  }

  /**
   * Errors from the counts themselves, √counts/scale, as mdx2 has it.
   *
   * @return the value
   */
  public boolean mdx2Compatible() {
    return mdx2Compatible;
  }

  private List<Object> values() {
    return List.of(ndiv, region(), split, seed, outlier, maxSpread, memory, mdx2Compatible);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ReintegrateOptions other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "ReintegrateOptions[subdivision "
        + ndiv
        + ", "
        + (region == null ? "everywhere" : region)
        + (split == HalfSets.NONE ? "" : ", halves " + split + " with seed " + seed)
        + (outlier < Double.POSITIVE_INFINITY ? ", outliers beyond " + outlier : "")
        + ", observations of "
        + maxSpread
        + "°, "
        + (memory >> 20)
        + " MiB"
        + (mdx2Compatible ? ", as mdx2 does" : "")
        + "]";
  }
}
