package org.mdx.bragg.process;

import java.util.function.UnaryOperator;
import org.mdx.bragg.merge.MergeOptions;
import org.mdx.bragg.scale.ScaleOptions;
import org.mdx.bragg.symmetry.CosymOptions;

/**
 * How crystals are processed and merged. Immutable.
 *
 * @param crystal what is done with each
 * @param symmetry how they are brought into agreement; a space group that is known is that of
 *     {@code crystal.indexing()}
 * @param scale how they are scaled
 * @param merge how they are merged
 * @param memory bytes for the crystals that are processed at a time
 * @param deltaCcHalf robust standard deviations of ΔCC½ below the median beyond which a sweep is
 *     not of the best subset; 0 for no such subset
 * @param rounds most rounds of scaling in which sweeps leave the best subset
 * @param clusters most clusters that are merged by themselves
 */
public record ProcessOptions(
    CrystalOptions crystal,
    CosymOptions symmetry,
    ScaleOptions scale,
    MergeOptions merge,
    long memory,
    double deltaCcHalf,
    int rounds,
    int clusters) {
  private static final double LEAVE = 4;
  private static final int ROUNDS = 6;
  private static final int CLUSTERS = 9;

  public ProcessOptions {
    if (memory < 1) {
      throw new IllegalArgumentException("memory of " + memory + " bytes, must be above 0");
    }
    if (!(deltaCcHalf >= 0)) {
      throw new IllegalArgumentException("limit of ΔCC½ of " + deltaCcHalf + " σ, 0 or more");
    }
    if (rounds < 0 || clusters < 0) {
      throw new IllegalArgumentException(
          rounds + " rounds and " + clusters + " clusters, must be 0 or more");
    }
  }

  /**
   * The defaults of all stages, half of the memory that Java may use, ΔCC½ 4 σ below the median in
   * 6 rounds, 9 clusters.
   *
   * @return the defaults
   */
  public static ProcessOptions defaults() {
    return new ProcessOptions(
        CrystalOptions.defaults(),
        CosymOptions.defaults(),
        ScaleOptions.defaults(),
        MergeOptions.defaults(),
        Runtime.getRuntime().maxMemory() / 2,
        LEAVE,
        ROUNDS,
        CLUSTERS);
  }

  /**
   * With other options of each crystal.
   *
   * @param change of them
   * @return new options
   */
  public ProcessOptions crystal(UnaryOperator<CrystalOptions> change) {
    return new ProcessOptions(
        change.apply(crystal), symmetry, scale, merge, memory, deltaCcHalf, rounds, clusters);
  }

  /**
   * With other options of the symmetry.
   *
   * @param change of them
   * @return new options
   */
  public ProcessOptions symmetry(UnaryOperator<CosymOptions> change) {
    return new ProcessOptions(
        crystal, change.apply(symmetry), scale, merge, memory, deltaCcHalf, rounds, clusters);
  }

  /**
   * With other options of the scales.
   *
   * @param change of them
   * @return new options
   */
  public ProcessOptions scale(UnaryOperator<ScaleOptions> change) {
    return new ProcessOptions(
        crystal, symmetry, change.apply(scale), merge, memory, deltaCcHalf, rounds, clusters);
  }

  /**
   * With other options of merging.
   *
   * @param change of them
   * @return new options
   */
  public ProcessOptions merge(UnaryOperator<MergeOptions> change) {
    return new ProcessOptions(
        crystal, symmetry, scale, change.apply(merge), memory, deltaCcHalf, rounds, clusters);
  }

  /**
   * With another limit of memory.
   *
   * @param bytes above 0
   * @return new options
   */
  public ProcessOptions memory(long bytes) {
    return new ProcessOptions(
        crystal, symmetry, scale, merge, bytes, deltaCcHalf, rounds, clusters);
  }

  /**
   * With another limit of ΔCC½.
   *
   * @param sigmas robust standard deviations below the median, 0 for no best subset
   * @return new options
   */
  public ProcessOptions deltaCcHalf(double sigmas) {
    return new ProcessOptions(crystal, symmetry, scale, merge, memory, sigmas, rounds, clusters);
  }

  /**
   * With another number of clusters.
   *
   * @param most that are merged by themselves, 0 or more
   * @return new options
   */
  public ProcessOptions clusters(int most) {
    return new ProcessOptions(crystal, symmetry, scale, merge, memory, deltaCcHalf, rounds, most);
  }
}
