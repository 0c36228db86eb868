package org.mdx.bench;

import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;
import org.mdx.bragg.internal.kernel.RealTransform;
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

/** Fourier transform of a sparse cube, as indexing makes it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms3g", "-Xmx3g", "-XX:+UseSerialGC"})
public class TransformBenchmark {
  private static final int POINTS = 1000;

  /** Edge of the cube. */
  @Param({"32", "64", "128"})
  public int edge;

  private final FastFourierTransformer textbook =
      new FastFourierTransformer(DftNormalization.STANDARD);
  private RealTransform transform;
  private int[] points;
  private float[] values;

  /** A benchmark whose fields JMH fills. */
  public TransformBenchmark() {}

  /** Makes points and compares both ways. */
  @Setup(Level.Trial)
  public void setUp() {
    Random random = new Random(1);
    TreeSet<Integer> set = new TreeSet<>();
    while (set.size() < POINTS) {
      set.add(random.nextInt(edge * edge * edge));
    }
    points = set.stream().mapToInt(Integer::intValue).toArray();
    values = new float[POINTS];
    for (int i = 0; i < POINTS; i++) {
      values[i] = random.nextFloat();
    }
    transform = new RealTransform(edge);
    Complex[] expected = naive();
    float[] actual = fast();
    int half = edge / 2 + 1;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      int x = i % edge;
      if (x < half) {
        worst = Math.max(worst, Math.abs(actual[i / edge * half + x] - expected[i].getReal()));
      }
    }
    SetUp.require(worst < 0.01, "transforms differ by " + worst);
  }

  /**
   * The kernel.
   *
   * @return real parts of half the cube
   */
  @Benchmark
  public float[] fast() {
    transform.run(points, values, (n, task) -> IntStream.range(0, n).forEach(task));
    return transform.real();
  }

  /**
   * Commons Math, line by line along the three axes of the whole cube.
   *
   * @return the cube
   */
  @Benchmark
  public Complex[] naive() {
    Complex[] cube = new Complex[edge * edge * edge];
    java.util.Arrays.fill(cube, Complex.ZERO);
    for (int i = 0; i < points.length; i++) {
      cube[points[i]] = new Complex(values[i]);
    }
    Complex[] line = new Complex[edge];
    for (int stride = 1; stride < cube.length; stride *= edge) {
      for (int start = 0; start < cube.length; start++) {
        if (start / stride % edge == 0) {
          for (int i = 0; i < edge; i++) {
            line[i] = cube[start + i * stride];
          }
          Complex[] out = textbook.transform(line, TransformType.FORWARD);
          for (int i = 0; i < edge; i++) {
            cube[start + i * stride] = out[i];
          }
        }
      }
    }
    return cube;
  }
}
