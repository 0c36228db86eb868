package org.mdx.bench.guard;

import java.util.List;
import org.mdx.bench.AsuBenchmark;
import org.mdx.bench.ByteOffsetBenchmark;
import org.mdx.bench.CbfFileBenchmark;
import org.mdx.bench.DispersionBenchmark;
import org.mdx.bench.GroupBenchmark;
import org.mdx.bench.IntegrateBenchmark;
import org.mdx.bench.MergeBenchmark;
import org.mdx.bench.VoxelKeyBenchmark;
import org.mdx.bench.WindowExcessBenchmark;
import org.mdx.bench.scaling.InterpolateBenchmark;
import org.mdx.bench.scaling.NormalBenchmark;
import org.mdx.bench.scaling.RefineBenchmark;
import org.mdx.bench.scaling.SolverBenchmark;

/**
 * A kernel that the guard watches.
 *
 * @param name in the baseline and in messages
 * @param benchmark class of the benchmark
 * @param fast its method that runs the kernel
 * @param twin its method that the kernel is compared with: the naive twin, or a plain pass over the
 *     pixels
 * @param parameters values of the benchmark's parameters, {@code name=value}
 */
public record GuardedKernel(
    String name, Class<?> benchmark, String fast, String twin, List<String> parameters) {

  /** What the library's refinement works on at a time. */
  private static final String BLOCK = "observations=16384";

  /**
   * All that are watched, at a size between cache and memory. Decompression is so near to the speed
   * of memory that it is compared with that.
   */
  public static final List<GuardedKernel> ALL =
      List.of(
          of("cbf-decode", ByteOffsetBenchmark.class, "plainPass", "size=PILATUS_300K"),
          of("cbf-file", CbfFileBenchmark.class, "naive", "size=PILATUS_300K", "file=plain"),
          of("cbf-gz-file", CbfFileBenchmark.class, "naive", "size=PILATUS_300K", "file=gz"),
          of("dispersion", DispersionBenchmark.class, "naive", "size=PILATUS_300K"),
          of("window-excess", WindowExcessBenchmark.class, "naive", "size=PILATUS_300K"),
          of("pixel-to-voxel", VoxelKeyBenchmark.class, "naive", "size=PILATUS_300K"),
          of("integrate", IntegrateBenchmark.class, "naive", "size=PILATUS_300K"),
          of("asu-mapping", AsuBenchmark.class, "naive", "edge=67"),
          of("grouping", GroupBenchmark.class, "naive", "edge=67"),
          of("merging", MergeBenchmark.class, "naive", "edge=67"),
          of("interpolate-plane", InterpolateBenchmark.class, "naive", BLOCK, "term=DETECTOR"),
          of("interpolate-space", InterpolateBenchmark.class, "naive", BLOCK, "term=ABSORPTION"),
          of("normal-plane", NormalBenchmark.class, "naive", BLOCK, "term=DETECTOR"),
          of("normal-space", NormalBenchmark.class, "naive", BLOCK, "term=ABSORPTION"),
          of("solver", SolverBenchmark.class, "naive", "edge=40"),
          of("refinement", RefineBenchmark.class, "naive", "observations=3000"));

  private static GuardedKernel of(
      String name, Class<?> benchmark, String twin, String... parameters) {
    return new GuardedKernel(name, benchmark, "fast", twin, List.of(parameters));
  }
}
