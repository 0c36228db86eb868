package org.mdx.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.Mdx;
import org.mdx.parallel.Parallel;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

class ReductionPlanTest {

  @ParameterizedTest
  @CsvSource({"24, 1, 3", "60, 0.25, 2", "7, 0.5, 4"})
  void observationsAndVoxelsShouldBeThoseOfTheReduction(int frames, double width, int ndiv) {
    Simulation simulation =
        Simulation.of(
            SimulationOptions.demo()
                .withDetector(SimulatedDetector.flat(160, 150, 0.5, 60))
                .withFrames(frames, width, 0.1));
    List<Sweep> sweeps = simulation.sweeps().stream().map(s -> Sweep.of(s.series())).toList();
    ReductionOptions options = ReductionOptions.standard().subdivide(ndiv, ndiv, ndiv);
    ReductionPlan plan = ReductionPlan.of(sweeps, options, Parallel.of(2));
    MergedSweeps merged =
        Mdx.sweeps(sweeps).integrate(i -> i.subdivide(ndiv, ndiv, ndiv)).correct().merge();
    long rows = merged.merged().rows();
    assertThat((double) plan.observations()).isCloseTo(rows, withinPercentage(8));
    assertThat(merged.table().rows())
        .isBetween((int) (0.5 * plan.voxels()), (int) (1.1 * plan.voxels()));
    assertThat(plan.heap()).isGreaterThan(plan.mergeHeap());
    assertThat(plan.sweeps()).hasSize(2).allMatch(s -> s.frames() == frames && s.seconds() > 0);
  }

  @Test
  void nothingShouldBeRefused() {
    assertThatThrownBy(
            () -> ReductionPlan.of(List.of(), ReductionOptions.standard(), Parallel.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no sweep");
  }
}
