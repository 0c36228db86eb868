package org.mdx.io.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.Mdx;
import org.mdx.image.ImageSeries;
import org.mdx.parallel.Parallel;
import org.mdx.pipeline.Reduction;
import org.mdx.pipeline.ReductionListener;
import org.mdx.pipeline.ReductionOptions;
import org.mdx.pipeline.Sweeps;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

class ScratchSpaceTest {

  private static HKLTable unordered() {
    return HKLTable.of(
            new Subdivision(3, 3, 3),
            IntColumn.of(new int[] {5, -2, 5, 0}),
            IntColumn.of(new int[] {1, 2, 0, 4}),
            IntColumn.of(new int[] {0, 0, 7, 1}))
        .with("count", IntColumn.of(new int[] {4, 3, 2, 1}));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  @Test
  void keptTablesShouldComeBackInTheirOrder(@TempDir Path folder) throws IOException {
    try (ScratchSpace space = ScratchSpace.in(folder, 10)) {
      Supplier<HKLTable> first = space.keep(unordered());
      Supplier<HKLTable> second = space.keep(unordered().select(new int[] {3}));

      assertThat(first.get().h().toArray()).containsExactly(5, -2, 5, 0);
      assertThat(first.get().column("count").get(1)).isEqualTo(3);
      assertThat(first.get().ndiv()).isEqualTo(new Subdivision(3, 3, 3));
      assertThat(second.get().l().toArray()).containsExactly(1);
    }
    assertThat(files(folder)).isEmpty();
  }

  @Test
  void noRowInMemoryShouldBeRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> ScratchSpace.in(folder, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be 1 or more");
  }

  /** Two sweeps, the second indexed the other way, so that a table is turned and put away anew. */
  @Test
  void spilledReductionShouldHaveTheBitsOfOneInMemory(@TempDir Path folder) throws IOException {
    Simulation simulation =
        Simulation.of(
            SimulationOptions.demo()
                .withDetector(SimulatedDetector.flat(70, 60, 1.1, 60))
                .withSweeps(2)
                .withFrames(6, 1.5, 0.01)
                .withBackground(4, 4, 0.04));
    ImageSeries[] images =
        simulation.sweeps().stream().map(SimulatedSweep::series).toArray(ImageSeries[]::new);
    Sweeps sweeps =
        Mdx.sweeps(images).parallel(Parallel.of(2)).background(simulation.background().series());
    ReductionOptions options =
        ReductionOptions.standard()
            .countThreshold(60)
            .sigmaCutoff(3)
            .scale(
                s -> s.detector(t -> t.points(20, 20)).absorption(t -> t.points(6, 6).stepPhi(8)));
    Reduction inMemory = sweeps.reduce(options, ReductionListener.NONE);

    try (ScratchSpace space = ScratchSpace.in(folder, 2000)) {
      Reduction spilled = sweeps.scratch(space).reduce(options, ReductionListener.NONE);

      HKLTable table = spilled.table();
      assertThat(table.rows()).isGreaterThan(2000);
      assertThat(table.h().toArray()).isEqualTo(inMemory.table().h().toArray());
      for (String column : inMemory.table().columnNames()) {
        assertThat(table.column(column).toArray())
            .as(column)
            .isEqualTo(inMemory.table().column(column).toArray());
      }
      assertThat(spilled.scaled().orElseThrow().models())
          .isEqualTo(inMemory.scaled().orElseThrow().models());
      assertThat(spilled.corrected().tables()).hasSize(2);
    }
    assertThat(files(folder)).isEmpty();
  }

  /** Keeps a table and waits to be killed. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws Exception {
      ScratchSpace space = ScratchSpace.in(Path.of(args[0]), 10);
      space.keep(unordered());
      space.tables().add(unordered());
      System.out.println("kept");
      System.out.flush();
      TimeUnit.MINUTES.sleep(1);
      space.close();
    }
  }

  @Test
  void scratchOfAKilledProcessShouldGoWithTheNext(@TempDir Path folder) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(child.inputReader().readLine()).isEqualTo("kept");
    child.destroyForcibly().waitFor();
    List<Path> left = files(folder);
    assertThat(left).hasSize(1);

    try (ScratchSpace next = ScratchSpace.in(folder, 10)) {
      assertThat(files(folder)).hasSize(1).doesNotContainAnyElementsOf(left);
      next.keep(unordered());
    }
    assertThat(files(folder)).isEmpty();
  }
}
