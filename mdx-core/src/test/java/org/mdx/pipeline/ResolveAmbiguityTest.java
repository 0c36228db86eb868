package org.mdx.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.Mdx;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.table.HKLTable;

/** Simulated sweeps, some of which are indexed in other axes on purpose. */
class ResolveAmbiguityTest {
  private static final ChangeOfBasis SWAP = ChangeOfBasis.of("-z,-y,-x");
  private static final int SWEEPS = 5;

  /** Sweeps 1 and 4 in other axes, 3 in axes that are equivalent to its own. */
  private static final List<ChangeOfBasis> AXES =
      List.of(
          ChangeOfBasis.IDENTITY,
          SWAP,
          ChangeOfBasis.IDENTITY,
          ChangeOfBasis.of("y,z,x"),
          ChangeOfBasis.of("y,x,-z"));

  /** Five sweeps of 6 frames of 1°. */
  private static Simulation simulate(double exposure) {
    return Simulation.of(
        SimulationOptions.demo()
            .withDetector(SimulatedDetector.flat(100, 90, 0.7, 60))
            .withSweeps(SWEEPS)
            .withFrames(6, 1, exposure)
            .withBackground(6, 4, 0.4));
  }

  private static Corrected correct(Simulation simulation, List<ChangeOfBasis> axes) {
    List<Sweep> sweeps = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      Sweep s = Sweep.of(simulation.sweeps().get(i).series());
      sweeps.add(s.reindexed(axes.get(i), s.crystal().spaceGroup()));
    }
    BraggMask mask =
        new BraggMask(
            new PeakModel(Vec3.ZERO, Mat3.diagonal(0.06, 0.06, 0.06)), 4, 100_000, false, false);
    return Mdx.sweeps(sweeps)
        .parallel(Parallel.of(2))
        .background(simulation.background().series(), b -> b.bins(6, 10, 10))
        .mask(Collections.nCopies(axes.size(), mask))
        .integrate(i -> i.subdivide(3, 3, 3))
        .correct();
  }

  /** 0.1 s are hundreds of counts an observation, 0.0005 s a few. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.0005})
  void sweepsShouldAgreeAsIfTheyHadBeenIndexedAlike(double exposure) {
    Simulation simulation = simulate(exposure);
    Corrected resolved = correct(simulation, AXES).resolveAmbiguity();
    String report = resolved.reindexing().orElseThrow().toText();
    for (int i = 0; i < SWEEPS; i++) {
      boolean turned = i == 1 || i == 4;
      assertThat(resolved.reindexing().orElseThrow().operator(i))
          .as("sweep %d%n%s", i, report)
          .isEqualTo(turned ? SWAP : ChangeOfBasis.IDENTITY);
    }
    assertThat(resolved.reindexing().orElseThrow().isCertain()).as(report).isTrue();
    // what the sweeps give that were never turned, up to operators of the Laue group
    Corrected alike = correct(simulation, Collections.nCopies(SWEEPS, AXES.get(0)));
    HKLTable expected = alike.merge(m -> m).table();
    HKLTable merged = resolved.merge(m -> m).table();
    assertThat(merged.h()).isEqualTo(expected.h());
    assertThat(merged.k()).isEqualTo(expected.k());
    assertThat(merged.l()).isEqualTo(expected.l());
    for (int i = 0; i < merged.rows(); i++) {
      double value = expected.column("intensity").get(i);
      assertThat(merged.column("intensity").get(i))
          .isCloseTo(value, within(1e-5 * Math.abs(value) + 1e-3));
    }
  }

  @Test
  void sweepsShouldBeReindexedAsTheirTables() {
    Simulation simulation = simulate(0.1);
    Corrected resolved = correct(simulation, AXES).resolveAmbiguity(o -> o.reference(4));
    assertThat(resolved.reindexing().orElseThrow().operator(4)).isEqualTo(ChangeOfBasis.IDENTITY);
    // the images reduced again with the new geometry give the new tables
    List<Sweep> sweeps = resolved.sweeps();
    BraggMask mask =
        new BraggMask(
            new PeakModel(Vec3.ZERO, Mat3.diagonal(0.06, 0.06, 0.06)), 4, 100_000, false, false);
    Corrected again =
        Mdx.sweeps(sweeps)
            .parallel(Parallel.of(2))
            .background(simulation.background().series(), b -> b.bins(6, 10, 10))
            .mask(Collections.nCopies(SWEEPS, mask))
            .integrate(i -> i.subdivide(3, 3, 3))
            .correct();
    for (int i = 0; i < SWEEPS; i++) {
      HKLTable expected = again.tables().get(i).sorted();
      HKLTable actual = resolved.tables().get(i).sorted();
      assertThat(actual.h()).isEqualTo(expected.h());
      assertThat(actual.k()).isEqualTo(expected.k());
      assertThat(actual.l()).isEqualTo(expected.l());
      assertThat(operators(actual)).isEqualTo(operators(expected));
    }
  }

  /** How often each operator occurs in each voxel, as one number a voxel, in order of voxels. */
  private static List<Long> operators(HKLTable sorted) {
    List<Long> sums = new ArrayList<>();
    var groups = sorted.groups();
    for (int g = 0; g < groups.count(); g++) {
      long sum = 0;
      for (int i = groups.start(g); i < groups.start(g + 1); i++) {
        int op = (int) sorted.column("op").get(groups.row(i));
        sum += (op + 1L) * (op + 1L) * (op + 1L);
      }
      sums.add(sum);
    }
    return sums;
  }

  @Test
  void explicitOperatorsShouldBeApplied() {
    Simulation simulation = simulate(0.1);
    Corrected turned =
        correct(simulation, AXES.subList(0, 2)).reindex(List.of(ChangeOfBasis.IDENTITY, SWAP));
    assertThat(turned.reindexing()).isEmpty();
    Corrected alike = correct(simulation, List.of(AXES.get(0), AXES.get(0)));
    assertThat(turned.tables().get(1).sorted().h()).isEqualTo(alike.tables().get(1).sorted().h());
    assertThat(turned.sweeps().get(1).crystal().a().toRowMajor())
        .containsExactly(alike.sweeps().get(1).crystal().a().toRowMajor(), within(1e-15));
    assertThatThrownBy(() -> turned.reindex(List.of(SWAP)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 operators for 2 sweeps");
  }
}
