package org.mdx.bench.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/** Normal equations of one term of a scaling model. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class NormalBenchmark {
  /** The term. */
  @Param public ControlTerm term;

  /** Observations: one block of the library, 8 and 64. */
  @Param({"16384", "131072", "1048576"})
  public int observations;

  private SyntheticObservations data;
  private double[] aa;
  private double[] ay;

  /** A benchmark whose fields JMH fills. */
  public NormalBenchmark() {}

  /** Sets the equations up both ways and compares. */
  @Setup(Level.Trial)
  public void setUp() {
    data = new SyntheticObservations(term, observations);
    aa = new double[term.elements() * term.points()];
    ay = new double[term.points()];
    SymmetricMatrix expected = naive();
    double[] right = ay.clone();
    Arrays.fill(ay, 0);
    fast();
    int[] offset = term.offsets();
    for (int p = 0; p < term.points(); p++) {
      SetUp.require(SetUp.near(ay[p], right[p]), "right side of point " + p + " of " + term);
      double sum = 0;
      for (int k = 0; k < offset.length; k++) {
        double actual = aa[offset.length * p + k];
        double twin = expected.get(p, p + offset[k]);
        SetUp.require(SetUp.near(actual, twin), "element " + k + " of point " + p + " of " + term);
        sum += twin;
      }
      double all = expected.rowSum(p);
      SetUp.require(SetUp.near(sum, all), "elements of point " + p + " of " + term);
    }
  }

  /**
   * The kernel, a block at a time. It adds to what is there, as it does in the library.
   *
   * @return AᵀA, as the kernel keeps it
   */
  @Benchmark
  public double[] fast() {
    data.addNormal(aa, ay);
    return aa;
  }

  /**
   * The design matrix as a list of rows, then the products of each row with itself.
   *
   * @return AᵀA, on and above the diagonal
   */
  @Benchmark
  public SymmetricMatrix naive() {
    List<SparseRow> rows = new ArrayList<>();
    double[] y = new double[observations];
    for (int i = 0; i < observations; i++) {
      double perSigma = Math.sqrt(data.egr[0][i]);
      rows.add(data.row(i).times(data.egr[1][i] * perSigma));
      y[i] = data.egr[2][i] * perSigma;
    }
    ay = SparseRow.project(rows, y, term.points());
    return SymmetricMatrix.square(rows, term.points());
  }
}
