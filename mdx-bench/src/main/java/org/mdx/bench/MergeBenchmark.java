package org.mdx.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merged;
import org.mdx.merge.Merger;
import org.mdx.parallel.Parallel;
import org.mdx.table.Column;
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

/** Weighted means of the observations of each voxel. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class MergeBenchmark {
  /** Edge of the cube of indices: 9,261, 300,763 or 3,048,625 rows. */
  @Param({"21", "67", "145"})
  public int edge;

  private HKLTable table;

  /** A benchmark whose fields JMH fills. */
  public MergeBenchmark() {}

  /** Merges the table both ways and compares. */
  @Setup(Level.Trial)
  public void setUp() {
    table = new SyntheticTable(edge).observations();
    HKLTable merged = fast().table();
    Map<Voxel, double[]> twin = naive();
    SetUp.require(merged.rows() == twin.size(), merged.rows() + " and " + twin.size() + " voxels");
    int i = 0;
    for (Map.Entry<Voxel, double[]> entry : twin.entrySet()) {
      Voxel voxel = new Voxel(merged.h().value(i), merged.k().value(i), merged.l().value(i));
      double[] sums = entry.getValue();
      SetUp.require(voxel.equals(entry.getKey()), voxel + " and " + entry.getKey());
      SetUp.require(merged.column(ColumnNames.COUNT).get(i) == sums[2], "count of " + voxel);
      double mean = sums[1] / sums[0];
      SetUp.require(
          SetUp.near(merged.column(ColumnNames.INTENSITY).get(i), mean), "mean of " + voxel);
      double error = 1 / Math.sqrt(sums[0]);
      SetUp.require(
          SetUp.near(merged.column(ColumnNames.INTENSITY_ERROR).get(i), error), "error " + voxel);
      i++;
    }
  }

  /**
   * The library's merging, in one thread.
   *
   * @return the merged table
   */
  @Benchmark
  public Merged fast() {
    return Merger.of(MergeOptions.defaults()).merge(List.of(table), Parallel.of(1));
  }

  /**
   * A hash map from voxel to Σw, Σw·I and number, then sorted.
   *
   * @return the sums of each voxel in the order of voxels
   */
  @Benchmark
  public Map<Voxel, double[]> naive() {
    Column intensity = table.column(ColumnNames.INTENSITY);
    Column error = table.column(ColumnNames.INTENSITY_ERROR);
    Map<Voxel, double[]> map = new HashMap<>();
    for (int i = 0; i < table.rows(); i++) {
      Voxel voxel = new Voxel(table.h().value(i), table.k().value(i), table.l().value(i));
      double[] sums = map.computeIfAbsent(voxel, key -> new double[3]);
      double w = 1 / (error.get(i) * error.get(i));
      sums[0] += w;
      sums[1] += w * intensity.get(i);
      sums[2]++;
    }
    return new TreeMap<>(map);
  }
}
