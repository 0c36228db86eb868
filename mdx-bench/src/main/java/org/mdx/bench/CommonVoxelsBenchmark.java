package org.mdx.bench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.mdx.internal.kernel.ReindexKernel;
import org.mdx.internal.kernel.VoxelKeys;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The voxels of two sweeps together, and sums over those that both have. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class CommonVoxelsBenchmark {
  private static final long SEED = 20261121;

  /** Voxels of each sweep. */
  @Param({"10000", "300000", "3000000"})
  public int voxels;

  private long[][] key;
  private float[][] value;
  private byte[] block;
  private int[] place;

  /** A benchmark whose fields JMH fills. */
  public CommonVoxelsBenchmark() {}

  /** Joins both ways and compares. */
  @Setup(Level.Trial)
  public void setUp() {
    Random random = new Random(SEED);
    key = new long[2][voxels];
    value = new float[2][voxels];
    for (int t = 0; t < 2; t++) {
      long next = 0;
      for (int i = 0; i < voxels; i++) {
        next += 1 + random.nextInt(3);
        key[t][i] = VoxelKeys.pack((int) (next >> 12), (int) (next >> 6 & 63), (int) (next & 63));
        value[t][i] = (float) random.nextGaussian();
      }
    }
    block = new byte[voxels];
    random.nextBytes(block);
    for (int i = 0; i < voxels; i++) {
      block[i] &= 3;
    }
    place = new int[voxels];
    double[] actual = fast();
    double[] expected = naive();
    for (int i = 0; i < expected.length; i++) {
      SetUp.require(
          Math.abs(actual[i] - expected[i]) < 1e-6 * voxels, i + ": " + Arrays.toString(actual));
    }
  }

  /**
   * The kernels: union of both lists, the places of the second in it, and the sums of what is in
   * both.
   *
   * @return number of voxels, last place, sums of four blocks
   */
  @Benchmark
  public double[] fast() {
    long[] all = VoxelKeys.union(key[0], key[1]);
    VoxelKeys.places(all, key[1], place);
    double[] sums = new double[4 * ReindexKernel.SUMS];
    ReindexKernel.addCommon(key[0], value[0], key[1], value[1], block, sums);
    return result(all.length, place[voxels - 1], sums);
  }

  /**
   * A sorted set of all voxels, a hash map to the places in it, and one to the values.
   *
   * @return the same
   */
  @Benchmark
  public double[] naive() {
    TreeSet<Long> all = new TreeSet<>();
    Map<Long, Float> first = new HashMap<>();
    for (int i = 0; i < voxels; i++) {
      all.add(key[0][i]);
      all.add(key[1][i]);
      first.put(key[0][i], value[0][i]);
    }
    Map<Long, Integer> places = new HashMap<>();
    for (long k : all) {
      places.put(k, places.size());
    }
    double[] sums = new double[4 * ReindexKernel.SUMS];
    for (int i = 0; i < voxels; i++) {
      place[i] = places.get(key[1][i]);
      Float x = first.get(key[1][i]);
      if (x != null) {
        double y = value[1][i];
        double[] terms = {1, x, y, x * x, y * y, x * y};
        for (int j = 0; j < terms.length; j++) {
          sums[ReindexKernel.SUMS * block[i] + j] += terms[j];
        }
      }
    }
    return result(all.size(), place[voxels - 1], sums);
  }

  private static double[] result(int count, int last, double[] sums) {
    double[] all = Arrays.copyOf(new double[] {count, last}, 2 + sums.length);
    System.arraycopy(sums, 0, all, 2, sums.length);
    return all;
  }
}
