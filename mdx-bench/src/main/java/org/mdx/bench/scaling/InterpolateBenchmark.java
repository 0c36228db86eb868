package org.mdx.bench.scaling;

import java.util.concurrent.TimeUnit;
import org.mdx.bench.SetUp;
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

/** The value of one term of a scaling model at many observations. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class InterpolateBenchmark {
  /** The term. */
  @Param public ControlTerm term;

  /** Observations: one block of the library, 8 and 64. */
  @Param({"16384", "131072", "1048576"})
  public int observations;

  private SyntheticObservations data;
  private double[] out;

  /** A benchmark whose fields JMH fills. */
  public InterpolateBenchmark() {}

  /** Interpolates both ways and compares. */
  @Setup(Level.Trial)
  public void setUp() {
    data = new SyntheticObservations(term, observations);
    out = new double[observations];
    double[] expected = naive().clone();
    double[] actual = fast();
    for (int i = 0; i < observations; i++) {
      SetUp.require(SetUp.near(actual[i], expected[i]), "observation " + i + " of " + term);
    }
  }

  /**
   * The kernel, a block at a time.
   *
   * @return value of each observation
   */
  @Benchmark
  public double[] fast() {
    data.interpolate(out);
    return out;
  }

  /**
   * Each observation's row of the design matrix times the values at the points.
   *
   * @return value of each observation
   */
  @Benchmark
  public double[] naive() {
    for (int i = 0; i < observations; i++) {
      out[i] = data.row(i).times(data.values);
    }
    return out;
  }
}
