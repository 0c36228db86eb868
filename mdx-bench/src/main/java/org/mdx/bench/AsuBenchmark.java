package org.mdx.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.internal.kernel.AsuKernel;
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

/** Mapping a table of indices into the asymmetric unit of Laue group m-3. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class AsuBenchmark {
  /** Edge of the cube of indices: 9,261, 300,763 or 3,048,625 rows. */
  @Param({"21", "67", "145"})
  public int edge;

  private SyntheticTable table;
  private ReciprocalAsu asu;
  private AsuKernel kernel;
  private int[][] operators;
  private int[][] out;

  /** A benchmark whose fields JMH fills. */
  public AsuBenchmark() {}

  /** Maps all rows both ways and compares. */
  @Setup(Level.Trial)
  public void setUp() {
    table = new SyntheticTable(edge);
    asu = SyntheticTable.asu();
    kernel = new AsuKernel(asu.signForms(), asu.operatorTable(), asu.operatorMatrices());
    LaueGroup group = asu.laueGroup();
    operators = new int[group.order()][];
    for (int n = 0; n < operators.length; n++) {
      operators[n] = group.operator(n);
    }
    out = new int[4][table.h.length];
    int[][] expected = Arrays.stream(naive()).map(int[]::clone).toArray(int[][]::new);
    SetUp.require(Arrays.deepEquals(expected, fast()), "indices or operators of a row");
  }

  /**
   * The kernel, in place on a copy of the indices.
   *
   * @return h, k, l and operator of each row
   */
  @Benchmark
  public int[][] fast() {
    int rows = table.h.length;
    System.arraycopy(table.h, 0, out[0], 0, rows);
    System.arraycopy(table.k, 0, out[1], 0, rows);
    System.arraycopy(table.l, 0, out[2], 0, rows);
    kernel.map(out[0], out[1], out[2], out[3], 0, rows);
    return out;
  }

  /**
   * One operator after the other, until one leads into the asymmetric unit.
   *
   * @return h, k, l and operator of each row
   */
  @Benchmark
  public int[][] naive() {
    for (int i = 0; i < table.h.length; i++) {
      int h = table.h[i];
      int k = table.k[i];
      int l = table.l[i];
      for (int n = 0; n < operators.length; n++) {
        int[] r = operators[n];
        int x = h * r[0] + k * r[3] + l * r[6];
        int y = h * r[1] + k * r[4] + l * r[7];
        int z = h * r[2] + k * r[5] + l * r[8];
        if (asu.contains(x, y, z)) {
          out[0][i] = x;
          out[1][i] = y;
          out[2][i] = z;
          out[3][i] = n;
          break;
        }
      }
    }
    return out;
  }
}
