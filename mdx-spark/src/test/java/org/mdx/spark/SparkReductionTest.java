package org.mdx.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.Mdx;
import org.mdx.io.input.Images;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.io.sim.SimulationWriter;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.pipeline.Reduction;
import org.mdx.pipeline.Sweeps;
import org.mdx.scale.ScalingModel;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

/** The bytes of one machine, whatever the cluster does. */
class SparkReductionTest {
  @TempDir private static Path shared;

  private static SimulatedFiles data;
  private static Path expected;
  private static List<Path> scales;
  private static Path unscaled;
  private static SparkSession spark;

  @TempDir private Path dir;

  @BeforeAll
  static void reduceOnOneMachine() throws IOException {
    Simulation simulation =
        Simulation.of(
            SimulationOptions.demo()
                .withDetector(SimulatedDetector.flat(120, 120, 0.6, 80))
                .withFrames(12, 0.5, 0.04)
                .withBackground(4, 3, 0.04));
    data =
        SimulationWriter.write(
            simulation, shared.resolve("data"), Parallel.available(), Progress.NONE);
    Sweeps sweeps =
        Mdx.sweeps(Images.open(data.indexed().get(0)), Images.open(data.indexed().get(1)))
            .background(Images.open(data.background()), b -> b.bins(10, 10, 10));
    expected = shared.resolve("expected.nxs");
    Reduction reduction = sweeps.reduce();
    Mdx2.writeTable(expected, reduction.table());
    scales = new ArrayList<>();
    for (ScalingModel model : reduction.scaled().orElseThrow().models()) {
      scales.add(shared.resolve("expected_scales_" + scales.size() + ".nxs"));
      Mdx2.writeScales(scales.get(scales.size() - 1), model);
    }
    unscaled = shared.resolve("unscaled.nxs");
    Mdx2.writeTable(unscaled, sweeps.reduce(o -> o.withoutScaling()).table());
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.warehouse.dir", shared.resolve("warehouse").toUri().toString())
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static List<String> addresses() {
    return data.indexed().stream().map(p -> p.toUri().toString()).toList();
  }

  private SparkReduction reduction() {
    return SparkReduction.of(spark, dir.resolve("work").toUri().toString())
        .background(data.background().toUri().toString());
  }

  private void requireBytes(Path bytes, SparkReduction.Result result) throws IOException {
    Path merged = dir.resolve("merged.nxs");
    Mdx2.writeTable(merged, result.merged().table());
    assertThat(merged).hasSameBinaryContentAs(bytes);
  }

  private void requireScales(List<ScalingModel> models) throws IOException {
    assertThat(models).hasSize(scales.size());
    for (int i = 0; i < models.size(); i++) {
      Path file = dir.resolve("scales.nxs");
      Mdx2.writeScales(file, models.get(i));
      assertThat(file).hasSameBinaryContentAs(scales.get(i));
    }
  }

  @Test
  void shouldGiveTheBytesOfOneMachineWithAnyNumberOfPartitions() throws IOException {
    SparkReduction.Result result = reduction().ranges(5).reduce(addresses());

    requireBytes(expected, result);
    requireScales(result.models());
    for (int ranges : new int[] {1, 3, 32}) {
      SparkReduction.Result other = reduction().ranges(ranges).reduce(addresses());
      requireBytes(expected, other);
      requireScales(other.models());
    }
    assertThat(result.scaling().orElseThrow().models()).isEqualTo(result.models());
    assertThat(result.doubts()).isEmpty();
    assertThat(result.reindexing()).isPresent();
    assertThat(result.merged().used()).isPositive();
  }

  @Test
  void aSecondRunShouldGoOnFromTheTables() throws IOException {
    SparkReduction reduction = reduction().settings(SparkSettings.defaults().scale(false));
    requireBytes(unscaled, reduction.ranges(1).reduce(addresses()));
    Path mark = dir.resolve("work/corrected/_SUCCESS");
    Files.delete(mark); // written by whoever writes the tables

    SparkReduction.Result again = reduction.ranges(7).reduce(addresses());

    assertThat(mark).doesNotExist();
    requireBytes(unscaled, again);
    assertThat(again.models()).isEmpty();
    assertThatThrownBy(() -> reduction().reduce(addresses()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other sweeps or settings");
  }

  @Test
  void shouldRefuseASweepGivenTwiceAndNone() {
    String one = addresses().get(0);
    assertThatThrownBy(() -> reduction().reduce(List.of(one, one)))
        .hasMessageContaining("given twice");
    assertThatThrownBy(() -> reduction().reduce(List.of())).hasMessageContaining("no sweep");
    assertThatThrownBy(() -> reduction().ranges(0)).hasMessageContaining("must be 1 or more");
  }

  /** A driver of its own, whose cluster has two processes, of which one is killed. */
  @Test
  void aLostExecutorShouldNotChangeAByte() throws IOException, InterruptedException {
    Path home = Files.createDirectories(dir.resolve("spark/jars")).getParent();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Stream.of(System.getProperty("mdx.spark.opens", "").split("\\s+"))
        .filter(s -> !s.isBlank())
        .forEach(command::add);
    command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(LosesAnExecutor.class.getName(), dir.toString()));
    command.add(data.background().toUri().toString());
    command.addAll(addresses());
    Path log = dir.resolve("log.txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    int code =
        builder
            .redirectErrorStream(true)
            .redirectOutput(new File(log.toString()))
            .start()
            .waitFor();

    String text = Files.readString(log);
    assertThat(code).as(text).isZero();
    assertThat(text).contains("killed an executor").contains("an executor was lost");
    assertThat(text)
        .contains("task 3", "task 50 of scaling", "task 101 of scaling")
        .containsPattern("tasks of scaling: (1[2-9]\\d|[2-9]\\d\\d)");
    assertThat(text).contains("doubts: []"); // a loss is no lack of memory
    assertThat(dir.resolve("merged.nxs")).hasSameBinaryContentAs(expected);
    for (int i = 0; i < scales.size(); i++) {
      assertThat(dir.resolve("scales_" + i + ".nxs")).hasSameBinaryContentAs(scales.get(i));
    }
  }
}
