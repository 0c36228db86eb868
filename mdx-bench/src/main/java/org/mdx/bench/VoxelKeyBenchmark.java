package org.mdx.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.mdx.geometry.ExactMillerIndexMap;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.internal.kernel.VoxelKernel;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
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

/** From the pixels of one frame to their voxels, without counting. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class VoxelKeyBenchmark {
  private static final int NDIV = 3;

  /** Step of the key with K; larger than twice any index times NDIV. */
  private static final int STEP = 1 << 12;

  private static final double[] PARAMETERS = {
    NDIV, NDIV, NDIV, (double) STEP * STEP, STEP, 1, (STEP + 1.0) * STEP * STEP / 2
  };

  /** Size of the frame. */
  @Param public FrameSize size;

  private Geometry geometry;
  private MillerIndexMap map;
  private double[] h;
  private double[] k;
  private double[] l;
  private double[] row;
  private double[] keys;

  /** A benchmark whose fields JMH fills. */
  public VoxelKeyBenchmark() {}

  /** Maps the frame both ways and compares. */
  @Setup(Level.Trial)
  public void setUp() {
    geometry = new SyntheticSweep(size, 1).geometry();
    map = new ExactMillerIndexMap(geometry, Parallel.of(1));
    h = new double[size.width()];
    k = new double[size.width()];
    l = new double[size.width()];
    row = new double[size.width()];
    keys = new double[size.pixels()];
    double[] expected = naive().clone();
    Arrays.fill(keys, 0);
    double[] actual = fast();
    int differing = 0;
    for (int i = 0; i < keys.length; i++) {
      differing += actual[i] == expected[i] ? 0 : 1;
    }
    // the order of additions differs, and so can an index that is half an integer to the last bit
    SetUp.require(differing <= keys.length / 100_000, differing + " of " + keys.length + " keys");
  }

  /**
   * The kernels, a row at a time.
   *
   * @return the keys
   */
  @Benchmark
  public double[] fast() {
    MillerIndexMap.Frame frame = map.frame(0);
    int width = size.width();
    for (int iy = 0; iy < size.height(); iy++) {
      frame.row(0, iy, 0, width, h, k, l);
      VoxelKernel.keys(h, k, l, width, PARAMETERS, row);
      System.arraycopy(row, 0, keys, iy * width, width);
    }
    return keys;
  }

  /**
   * A double loop over the pixels and three roundings each.
   *
   * @return the keys
   */
  @Benchmark
  public double[] naive() {
    Mat3 inverse = geometry.ub(geometry.scan().phi(0)).inverse();
    for (int iy = 0; iy < size.height(); iy++) {
      for (int ix = 0; ix < size.width(); ix++) {
        Vec3 hkl = inverse.times(geometry.scatteringVector(0, ix + 0.5, iy + 0.5));
        long voxel = ((long) Math.rint(hkl.x() * NDIV) + STEP / 2) * STEP;
        voxel = (voxel + (long) Math.rint(hkl.y() * NDIV)) * STEP;
        voxel += (long) Math.rint(hkl.z() * NDIV) + (long) STEP * STEP / 2;
        keys[iy * size.width() + ix] = voxel;
      }
    }
    return keys;
  }
}
