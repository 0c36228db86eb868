package org.mdx.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.mdx.table.HKLGroups;
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

/** Gathering the rows of a table by voxel, in the order of (H, K, L). */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class GroupBenchmark {
  /** Edge of the cube of indices: 9,261, 300,763 or 3,048,625 rows. */
  @Param({"21", "67", "145"})
  public int edge;

  private HKLTable table;

  /** A benchmark whose fields JMH fills. */
  public GroupBenchmark() {}

  /** Groups the table both ways and compares. */
  @Setup(Level.Trial)
  public void setUp() {
    table = new SyntheticTable(edge).observations();
    HKLGroups groups = fast();
    Map<Voxel, List<Integer>> twin = naive();
    SetUp.require(groups.count() == twin.size(), groups.count() + " and " + twin.size());
    int g = 0;
    for (Map.Entry<Voxel, List<Integer>> entry : twin.entrySet()) {
      Voxel voxel = new Voxel(groups.h(g), groups.k(g), groups.l(g));
      List<Integer> rows = new ArrayList<>();
      for (int i = groups.start(g); i < groups.start(g + 1); i++) {
        rows.add(groups.row(i));
      }
      SetUp.require(voxel.equals(entry.getKey()), voxel + " and " + entry.getKey());
      SetUp.require(rows.equals(entry.getValue()), rows + " and " + entry.getValue());
      g++;
    }
  }

  /**
   * The library's grouping.
   *
   * @return the groups
   */
  @Benchmark
  public HKLGroups fast() {
    return table.groups();
  }

  /**
   * A hash map from voxel to rows, then sorted.
   *
   * @return the rows of each voxel in the order of voxels
   */
  @Benchmark
  public Map<Voxel, List<Integer>> naive() {
    Map<Voxel, List<Integer>> map = new HashMap<>();
    for (int i = 0; i < table.rows(); i++) {
      Voxel voxel = new Voxel(table.h().value(i), table.k().value(i), table.l().value(i));
      map.computeIfAbsent(voxel, key -> new ArrayList<>()).add(i);
    }
    return new TreeMap<>(map);
  }
}
