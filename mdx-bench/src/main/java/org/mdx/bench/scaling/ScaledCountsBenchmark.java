package org.mdx.bench.scaling;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.mdx.bench.FrameSize;
import org.mdx.bench.SetUp;
import org.mdx.image.Pixels;
import org.mdx.internal.kernel.ScaledCounts;
import org.mdx.internal.kernel.VoxelCounts;
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

/** A frame of scaled pixels added to the voxels of a fine map. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class ScaledCountsBenchmark {
  private static final long SEED = 20261121;
  private static final double SECONDS = 0.1;

  /** Pixels that lie in one voxel along a row. */
  private static final int RUN = 5;

  /** Size of the frame. */
  @Param public FrameSize size;

  private int[] pixels;
  private double[] keys;
  private double[][] worth;
  private double[] sums;

  private double[] rowKeys;
  private double[][] rowWorth;
  private VoxelCounts voxels;

  /** A benchmark whose fields JMH fills. */
  public ScaledCountsBenchmark() {}

  /** Adds the frame both ways and compares. */
  @Setup(Level.Trial)
  public void setUp() {
    Random random = new Random(SEED);
    int n = size.pixels();
    int width = size.width();
    int across = width / RUN + 1;
    pixels = new int[n];
    keys = new double[n];
    worth = new double[3][n];
    for (int i = 0; i < n; i++) {
      int count = random.nextInt(20) - 1;
      pixels[i] = count < 0 ? Pixels.MASKED : count;
      keys[i] = i / width / RUN * across + (i % width + random.nextInt(2)) / RUN;
      worth[0][i] = random.nextInt(100) == 0 ? Double.NaN : random.nextDouble();
      worth[1][i] = random.nextDouble();
      worth[2][i] = random.nextDouble();
    }
    rowKeys = new double[width];
    rowWorth = new double[3][width];
    voxels = new VoxelCounts(width);
    sums = new double[(size.height() / RUN + 1) * across * ScaledCounts.SUMS];
    Map<Integer, double[]> expected = naive();
    double[] actual = fast();
    double all = 0;
    for (int v = 0; v < voxels.size(); v++) {
      int key = (int) voxels.get(v, 0) - 1;
      for (int j = 0; j < ScaledCounts.SUMS; j++) {
        double sum = actual[v * ScaledCounts.SUMS + j];
        SetUp.require(SetUp.near(sum, expected.get(key)[j]), "sum " + j + " of " + key);
        all += sum;
      }
    }
    SetUp.require(voxels.size() == expected.size(), "number of voxels");
    double total = 0;
    for (double sum : actual) {
      total += sum;
    }
    SetUp.require(SetUp.near(all, total), "sum of all voxels");
  }

  /**
   * The kernels, a row at a time. They add to what is there, as they do in the library.
   *
   * @return sums of each voxel
   */
  @Benchmark
  public double[] fast() {
    int width = size.width();
    voxels.forgetAbove();
    ScaledCounts.Row row = new ScaledCounts.Row(rowWorth[0], rowWorth[1], rowWorth[2], SECONDS);
    for (int from = 0; from < pixels.length; from += width) {
      System.arraycopy(keys, from, rowKeys, 0, width);
      for (int j = 0; j < rowWorth.length; j++) {
        System.arraycopy(worth[j], from, rowWorth[j], 0, width);
      }
      ScaledCounts.leaveOut(rowWorth[0], rowWorth[1], 0, width, pixels, from, false);
      int runs = voxels.cut(pixels, from, width, rowKeys);
      voxels.reserve(runs);
      voxels.find(runs, rowKeys);
      ScaledCounts.addRuns(runs, voxels, pixels, from, row, sums);
      voxels.endRow();
    }
    return sums;
  }

  /**
   * A hash map from voxel to sums, met once for each pixel.
   *
   * @return sums of each voxel
   */
  @Benchmark
  public Map<Integer, double[]> naive() {
    Map<Integer, double[]> map = new HashMap<>();
    for (int i = 0; i < pixels.length; i++) {
      if (!Pixels.isMasked(pixels[i]) && worth[0][i] > 0 && !Double.isNaN(worth[1][i])) {
        double[] sum = map.computeIfAbsent((int) keys[i], k -> new double[ScaledCounts.SUMS]);
        for (int j = 0; j < worth.length; j++) {
          sum[j] += worth[j][i];
        }
        sum[worth.length] += SECONDS;
      }
    }
    return map;
  }
}
