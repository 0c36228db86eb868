package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Kernels that say they allocate nothing, by what the JVM says of the thread. */
class KernelAllocationTest {
  private static final int N = 4000;
  private static final int ROUNDS = 50;

  /** What the JVM itself may allocate in the meantime; one array of a kernel would be N bytes. */
  private static final long NOISE = N;

  private final Random random = new Random(1);

  /** Bytes that this thread has allocated so far. */
  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static void requireNone(Runnable kernel) {
    assumeThat(ManagementFactory.getThreadMXBean())
        .as("only HotSpot counts what a thread allocates")
        .isInstanceOf(com.sun.management.ThreadMXBean.class);
    // twice, because room is made for the voxels there are and a row of others
    kernel.run();
    kernel.run();
    allocated();
    long before = allocated();
    for (int i = 0; i < ROUNDS; i++) {
      kernel.run();
    }
    assertThat(allocated() - before).isLessThan(NOISE);
  }

  private double[] doubles() {
    return random.doubles(N, 0, 5).toArray();
  }

  private float[] floats() {
    float[] out = new float[N];
    for (int i = 0; i < N; i++) {
      out[i] = random.nextFloat() * 3;
    }
    return out;
  }

  private int[] ints(int from, int to) {
    return random.ints(N, from, to).toArray();
  }

  @Test
  void theTestItselfShouldSeeAnArray() {
    long before = allocated();
    double[] seen = new double[N];
    assertThat(allocated() - before).isGreaterThanOrEqualTo(8L * seen.length);
  }

  @Test
  void voxelKernelsShouldAllocateNothing() {
    double[][] s = {doubles(), doubles(), doubles()};
    double[][] out = {new double[N], new double[N], new double[N]};
    double[][] row = new double[3][N];
    double[] m = random.doubles(9).toArray();
    int[] pixels = ints(-1, 40);
    requireNone(() -> VoxelKernel.rotateRow(s, 0, N, m, row, out[0], out[1], out[2]));
    requireNone(() -> VoxelKernel.keys(s[0], s[1], s[2], N, m, out[0]));
    requireNone(() -> VoxelKernel.peakDistance(s[0], s[1], s[2], N, m, out[1]));
    requireNone(() -> VoxelKernel.select(out[1], 1, pixels, 0, N, 30));
  }

  @Test
  void countingVoxelsShouldAllocateNothingOnceThereIsRoom() {
    VoxelCounts voxels = new VoxelCounts(N);
    int[] pixels = ints(-1, 40);
    double[] keys = random.ints(N, 0, 900).asDoubleStream().toArray();
    ScaledCounts.Row row = new ScaledCounts.Row(doubles(), doubles(), doubles(), 1);
    double[] sums = new double[ScaledCounts.SUMS * N];
    requireNone(
        () -> {
          int runs = voxels.cut(pixels, 0, N, keys);
          voxels.reserve(runs);
          voxels.find(runs, keys);
          voxels.add(runs, pixels, 0, 7);
          ScaledCounts.addRuns(runs, voxels, pixels, 0, row, sums);
          voxels.endRow();
        });
  }

  @Test
  void interpolationAndItsNormalEquationsShouldAllocateNoArray() {
    Coordinates at = new Coordinates(null, floats(), floats(), floats());
    Equations equations = new Equations(doubles(), doubles(), doubles());
    double[] axis = {0, 1, 4, 0, 1, 4, 0, 1, 4};
    double[] u = random.doubles(64).toArray();
    double[] out = new double[N];
    double[] aa = new double[NormalKernel.SPACE * 64];
    NormalKernel normal = new NormalKernel(axis, aa, new double[64]);
    requireNone(() -> ControlKernel.line(at, 0, N, axis, u, out));
    requireNone(() -> ControlKernel.plane(at, 0, N, axis, u, out));
    requireNone(() -> ControlKernel.space(at, 0, N, axis, u, out));
    requireNone(() -> normal.line(at, equations, 0, N));
    requireNone(() -> normal.plane(at, equations, 0, N));
    requireNone(() -> normal.space(at, equations, 0, N));
  }

  @Test
  void kernelsOfIndicesShouldAllocateNothing() {
    int[] h = ints(-9, 9);
    int[] k = ints(-9, 9);
    int[] l = ints(-9, 9);
    int[] op = new int[N];
    int[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    AsuKernel asu = new AsuKernel(new int[] {0, 0, 1}, new byte[3], identity);
    requireNone(() -> asu.map(h, k, l, op, 0, N));
    requireNone(() -> ReindexKernel.turn(h, k, l, op, 0, N, identity));
    float[] value = floats();
    float[] box = new float[1000];
    int[] origin = {-5, -5, -5};
    int[] shape = {10, 10, 10};
    requireNone(() -> ExpandKernel.expand(h, k, l, value, identity, origin, shape, box));
    long[] count = new long[20];
    AsuCountKernel inShells =
        new AsuCountKernel(new int[] {0, 0, 1}, new byte[3], new double[9], 0, 0.1, 2);
    double[] p = new double[3];
    int[] cuts = new int[4];
    int[] parts = new int[8];
    requireNone(() -> inShells.parts(1, 2, -N, N, cuts, parts));
    requireNone(() -> inShells.count(p, -N, N, 3, count));
    long[] sums = new long[N];
    requireNone(() -> BinKernel.addRow(h, 0, new int[] {0, N}, 0, 9, sums, op, 0));
  }
}
