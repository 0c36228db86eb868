package org.mdx.bench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.mdx.geometry.ExactMillerIndexMap;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.image.ImageSeries;
import org.mdx.image.RowMask;
import org.mdx.integrate.Integration;
import org.mdx.integrate.IntegrationOptions;
import org.mdx.integrate.Integrator;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
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

/** The fused pass over frames in memory: map, mask, bin, join into observations. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class IntegrateBenchmark {
  private static final int FRAMES = 8;
  private static final int NDIV = 3;

  /** Size of the frames. */
  @Param public FrameSize size;

  private SyntheticSweep sweep;
  private ImageSeries images;
  private MillerIndexMap map;
  private double[][] s;
  private int[] half;
  private int[] pixels;
  private int[] counts;

  /** A benchmark whose fields JMH fills. */
  public IntegrateBenchmark() {}

  /** Makes the frames, integrates them in all ways and compares. */
  @Setup(Level.Trial)
  public void setUp() {
    sweep = new SyntheticSweep(size, FRAMES);
    images = sweep.series();
    map = new ExactMillerIndexMap(sweep.geometry(), Parallel.of(1));
    s = new double[3][size.pixels()];
    for (int i = 0; i < size.pixels(); i++) {
      double px = i % size.width() + 0.5;
      Vec3 v = sweep.geometry().scatteringVector(0, px, i / size.width() + 0.5);
      s[0][i] = v.x();
      s[1][i] = v.y();
      s[2][i] = v.z();
    }
    half = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      half[axis] = (int) Math.ceil(map.bounds()[axis] * NDIV) + 1;
    }
    pixels = new int[(2 * half[0] + 1) * (2 * half[1] + 1) * (2 * half[2] + 1)];
    counts = new int[pixels.length];
    compare(fast(), naive(), denseLoop());
  }

  private void compare(Integration integration, Map<Voxel, long[]> twin, int[] dense) {
    HKLTable t = integration.table();
    SetUp.require(t.rows() == twin.size(), t.rows() + " and " + twin.size() + " voxels");
    long n = 0;
    long differing = 0;
    for (int i = 0; i < t.rows(); i++) {
      int h = t.h().value(i);
      int k = t.k().value(i);
      int l = t.l().value(i);
      long[] v = twin.getOrDefault(new Voxel(h, k, l), new long[5]);
      n += v[0];
      boolean same =
          t.column(ColumnNames.PIXELS).get(i) == v[0]
              && t.column(ColumnNames.COUNTS).get(i) == v[1];
      same &= SetUp.near(t.column(ColumnNames.IX).get(i), (double) v[2] / v[0]);
      same &= SetUp.near(t.column(ColumnNames.IY).get(i), (double) v[3] / v[0]);
      same &= dense[voxel(h, k, l)] == v[1] && pixels[voxel(h, k, l)] == v[0];
      differing += same ? 0 : 1;
    }
    SetUp.require(integration.pixels() == n, integration.pixels() + " and " + n + " pixels");
    // two pixels of a million may lie half-way between voxels to the last bit
    SetUp.require(differing <= t.rows() / 10_000, differing + " of " + t.rows() + " voxels");
  }

  /**
   * The library's pass, in one thread.
   *
   * @return the observations
   */
  @Benchmark
  public Integration fast() {
    return Integrator.integrate(
        images,
        map,
        RowMask.NONE,
        IntegrationOptions.defaults().subdivide(NDIV, NDIV, NDIV).maxSpread(90),
        Parallel.of(1),
        Progress.NONE);
  }

  /**
   * The Miller index of each pixel from the geometry, and a map of voxels: pixels, counts, Σix, Σiy
   * and the sum of the frames' numbers.
   *
   * @return the voxels
   */
  @Benchmark
  public Map<Voxel, long[]> naive() {
    Map<Voxel, long[]> voxels = new HashMap<>();
    Geometry geometry = sweep.geometry();
    for (int frame = 0; frame < FRAMES; frame++) {
      Mat3 inverse = geometry.ub(geometry.scan().phi(frame)).inverse();
      for (int iy = 0; iy < size.height(); iy++) {
        for (int ix = 0; ix < size.width(); ix++) {
          int v = sweep.frame(frame)[iy * size.width() + ix];
          if (v < 0) {
            continue;
          }
          Vec3 hkl = inverse.times(geometry.scatteringVector(0, ix + 0.5, iy + 0.5));
          int h = (int) Math.rint(hkl.x() * NDIV);
          int k = (int) Math.rint(hkl.y() * NDIV);
          int l = (int) Math.rint(hkl.z() * NDIV);
          long[] sums = voxels.computeIfAbsent(new Voxel(h, k, l), key -> new long[5]);
          sums[0]++;
          sums[1] += v;
          sums[2] += ix;
          sums[3] += iy;
          sums[4] += frame;
        }
      }
    }
    return voxels;
  }

  /**
   * Less than the same result, the usual fast way: scattering vectors kept in planes, a rounding
   * and an addition to dense arrays of pixels and counts for each pixel.
   *
   * @return counts of the dense array
   */
  @Benchmark
  public int[] denseLoop() {
    Arrays.fill(pixels, 0);
    Arrays.fill(counts, 0);
    for (int frame = 0; frame < FRAMES; frame++) {
      Geometry geometry = sweep.geometry();
      double[] m = geometry.ub(geometry.scan().phi(frame)).inverse().times(NDIV).toRowMajor();
      int[] image = sweep.frame(frame);
      for (int i = 0; i < image.length; i++) {
        double h = m[0] * s[0][i] + m[1] * s[1][i] + m[2] * s[2][i];
        double k = m[3] * s[0][i] + m[4] * s[1][i] + m[5] * s[2][i];
        double l = m[6] * s[0][i] + m[7] * s[1][i] + m[8] * s[2][i];
        if (image[i] >= 0) {
          int at = voxel((int) Math.rint(h), (int) Math.rint(k), (int) Math.rint(l));
          pixels[at]++;
          counts[at] += image[i];
        }
      }
    }
    return counts;
  }

  private int voxel(int h, int k, int l) {
    int row = (h + half[0]) * (2 * half[1] + 1) + k + half[1];
    return row * (2 * half[2] + 1) + l + half[2];
  }

  /**
   * The floor: a pass over the frames that does nothing but add their pixels.
   *
   * @return the sum
   */
  @Benchmark
  public long plainPass() {
    long total = 0;
    for (int frame = 0; frame < FRAMES; frame++) {
      total += ByteOffsetBenchmark.sum(sweep.frame(frame));
    }
    return total;
  }
}
