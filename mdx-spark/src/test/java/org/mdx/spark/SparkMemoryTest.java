package org.mdx.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.io.sim.SimulationWriter;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

/** Executors without room for the observations. */
class SparkMemoryTest {
  @TempDir private Path dir;

  private static SparkSession session(Path dir, String memory) {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.testing.memory", memory)
        .config("spark.testing.reservedMemory", "0")
        .config("spark.sql.warehouse.dir", dir.resolve("warehouse").toUri().toString())
        .getOrCreate();
  }

  private SparkReduction.Result reduce(SimulatedFiles data, String memory) throws IOException {
    SparkSession spark = session(dir, memory);
    try {
      List<String> sweeps = data.indexed().stream().map(p -> p.toUri().toString()).toList();
      return SparkReduction.of(spark, dir.resolve("work").toUri().toString())
          .ranges(4)
          .reduce(sweeps);
    } finally {
      spark.stop();
    }
  }

  @Test
  void shouldSayOnceThatObservationsDoNotFitIntoTheExecutors() throws IOException {
    SimulatedFiles data =
        SimulationWriter.write(
            Simulation.of(
                SimulationOptions.demo()
                    .withDetector(SimulatedDetector.flat(120, 120, 0.6, 80))
                    .withFrames(12, 0.5, 0.04)),
            dir.resolve("data"),
            Parallel.available(),
            Progress.NONE);

    SparkReduction.Result without = reduce(data, "4000000");
    SparkReduction.Result with = reduce(data, "400000000");

    assertThat(without.doubts())
        .singleElement()
        .asString()
        .contains("do not fit into the memory of the executors")
        .containsPattern("in \\d+ of \\d+ passes up to \\d+ lanes")
        .contains("--executor-memory", "4 partitions", "--ranges");
    assertThat(with.doubts()).isEmpty();
    assertThat(with.models()).isEqualTo(without.models());
  }
}
