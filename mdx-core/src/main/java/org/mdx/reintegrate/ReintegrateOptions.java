package org.mdx.reintegrate;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.mdx.geometry.Conventions;
import org.mdx.internal.options.Draft;
import org.mdx.table.Subdivision;

/** Options for making a fine map. Immutable: each method that takes a value returns new options. */
public final class ReintegrateOptions {
  private final Fields f;

  /** What the options say; it does not change once they hold it. */
  private static final class Fields extends Draft<Fields> {
    private Subdivision ndiv = Subdivision.NONE;
    private Region region;
    private HalfSets split = HalfSets.NONE;
    private long seed;
    private double outlier = Double.POSITIVE_INFINITY;
    private double maxSpread = 1;
    private long memory = Math.max(LEAST_MEMORY, Runtime.getRuntime().maxMemory() / 3);
    private Conventions conventions = Conventions.STANDARD;
  }

  private ReintegrateOptions(Fields f) {
    Objects.requireNonNull(f.ndiv, "ndiv");
    Objects.requireNonNull(f.split, "split");
    if (!(f.outlier > 0)) {
      throw new IllegalArgumentException(
          "outlier cutoff " + f.outlier + ", must be above 0 standard errors");
    }
    if (!(f.maxSpread > 0)) {
      throw new IllegalArgumentException("maximum spread " + f.maxSpread + "°, must be above 0");
    }
    if (f.memory < LEAST_MEMORY) {
      throw new IllegalArgumentException(
          "memory of " + f.memory + " bytes for a tile, must be " + LEAST_MEMORY + " or more");
    }
    this.f = f;
  }

  private ReintegrateOptions with(Consumer<Fields> change) {
    return new ReintegrateOptions(f.with(change));
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
    return new ReintegrateOptions(new Fields());
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
    return with(o -> o.ndiv = new Subdivision(h, k, l));
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
    return with(o -> o.region = new Region(h1, h2, k1, k2, l1, l2));
  }

  /**
   * Maps two groups of observations apart as well.
   *
   * @param value how they are chosen
   * @return new options
   */
  public ReintegrateOptions split(HalfSets value) {
    return with(o -> o.split = value);
  }

  /**
   * Chooses other random halves.
   *
   * @param value any number
   * @return new options
   */
  public ReintegrateOptions seed(long value) {
    return with(o -> o.seed = value);
  }

  /**
   * Rejects outliers.
   *
   * @param cutoff in standard errors of the observation, above 0; infinite to keep all
   * @return new options
   */
  public ReintegrateOptions outlier(double cutoff) {
    return with(o -> o.outlier = cutoff);
  }

  /**
   * With another largest rotation of an observation.
   *
   * @param degrees above 0
   * @return new options
   */
  public ReintegrateOptions maxSpread(double degrees) {
    return with(o -> o.maxSpread = degrees);
  }

  /**
   * With another limit of memory.
   *
   * @param bytes that the sums of voxels may take, 256 KiB or more
   * @return new options
   */
  public ReintegrateOptions memory(long bytes) {
    return with(o -> o.memory = bytes);
  }

  /**
   * By other conventions.
   *
   * @param value whose
   * @return new options
   */
  public ReintegrateOptions conventions(Conventions value) {
    return with(o -> o.conventions = value);
  }

  /**
   * Voxels per unit of h, k and l.
   *
   * @return the value
   */
  public Subdivision ndiv() {
    return f.ndiv;
  }

  /**
   * Which voxels to map.
   *
   * @return the region; empty for all that the data reach
   */
  public Optional<Region> region() {
    return Optional.ofNullable(f.region);
  }

  /**
   * Groups to map apart as well.
   *
   * @return the value
   */
  public HalfSets split() {
    return f.split;
  }

  /**
   * Of the random halves.
   *
   * @return the value
   */
  public long seed() {
    return f.seed;
  }

  /**
   * Observations further than this many standard errors from the voxel's mean are left out;
   * infinite to keep all. Needs a second pass over the images.
   *
   * @return the value
   */
  public double outlier() {
    return f.outlier;
  }

  /**
   * Rotation that one observation of a voxel spans at most, degrees.
   *
   * @return the value
   */
  public double maxSpread() {
    return f.maxSpread;
  }

  /**
   * Bytes that the sums of voxels may take; a region that needs more is mapped in several passes
   * over the images, with the same result.
   *
   * @return the value
   */
  public long memory() {
    return f.memory;
  }

  /**
   * Whose conventions to follow: by those of mdx2 errors come from the counts themselves,
   * √counts/scale, and a scale below 0 counts like any other.
   *
   * @return the value
   */
  public Conventions conventions() {
    return f.conventions;
  }

  private List<Object> values() {
    return List.of(
        f.ndiv, region(), f.split, f.seed, f.outlier, f.maxSpread, f.memory, f.conventions);
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
        + f.ndiv
        + ", "
        + (f.region == null ? "everywhere" : f.region)
        + (f.split == HalfSets.NONE ? "" : ", halves " + f.split + " with seed " + f.seed)
        + (f.outlier < Double.POSITIVE_INFINITY ? ", outliers beyond " + f.outlier : "")
        + ", observations of "
        + f.maxSpread
        + "°, "
        + (f.memory >> 20)
        + " MiB"
        + (f.conventions.isMdx2() ? ", as mdx2 does" : "")
        + "]";
  }
}
