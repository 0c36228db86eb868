package org.mdx.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mdx.Mdx;
import org.mdx.geometry.Conventions;
import org.mdx.image.ImageSeries;
import org.mdx.map.ReciprocalMap;
import org.mdx.merge.Split;
import org.mdx.parallel.Parallel;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.stats.Correlation;
import org.mdx.stats.Shell;
import org.mdx.stats.ShellOptions;
import org.mdx.table.HKLTable;

/** The whole chain on a small simulated experiment, without a file. */
class PipelineTest {
  private static Simulation simulation;

  @BeforeAll
  static void simulate() {
    simulation =
        Simulation.of(
            SimulationOptions.demo()
                .withDetector(SimulatedDetector.flat(160, 150, 0.5, 60))
                .withFrames(24, 1, 0.1)
                .withBackground(6, 4, 0.4));
  }

  private static Sweeps sweeps(int threads) {
    return Mdx.sweeps(simulation.sweeps().get(0).series(), simulation.sweeps().get(1).series())
        .parallel(Parallel.of(threads))
        .background(simulation.background().series(), b -> b.bins(6, 10, 10));
  }

  private static MergedSweeps reduce(int threads) {
    return sweeps(threads)
        .findPeaks(p -> p.countThreshold(400))
        .maskPeaks(4)
        .integrate(i -> i.subdivide(3, 3, 3))
        .correct()
        .merge(m -> m.split(Split.RANDOM).seed(3));
  }

  @Test
  void halfSetsShouldAgreeAndTheMapShouldHaveTheSymmetryOfTheCrystal() {
    MergedSweeps merged = reduce(2);
    Shell overall = merged.statistics().overall();
    assertThat(overall.ccHalf()).isGreaterThan(0.8);
    assertThat(overall.completeness().fraction()).isBetween(0.05, 0.999);
    Shell same = merged.statistics(merged.table(), ShellOptions.defaults()).overall();
    assertThat(same.truth().ccAnisotropic()).isCloseTo(1, offset(1e-12));
    assertThat(merged.redundancy(ShellOptions.defaults()).overall().redundancy())
        .isCloseTo(merged.merged().redundancy(), offset(1e-9));
    HKLTable remainder = merged.anisotropic(ShellOptions.defaults());
    double s = merged.shellStatistics().lengths(remainder)[7];
    assertThat(remainder.column("intensity_anisotropic").get(7))
        .isCloseTo(
            remainder.column("intensity").get(7) - merged.isotropic(ShellOptions.defaults()).at(s),
            offset(1e-4 * Math.abs(remainder.column("intensity").get(7))));
    ReciprocalMap map = merged.map(-8, 8, -8, 8, -8, 8);
    assertThat(map.filled()).isPositive();
    int compared = 0;
    for (int h = -24; h <= 24; h += 5) {
      for (int k = -24; k <= 24; k += 3) {
        for (int l = -24; l <= 24; l += 7) {
          float v = map.value(h, k, l);
          // m-3: a threefold axis along the diagonal, mirrors, Friedel's law
          assertThat(Float.valueOf(map.value(k, l, h))).isEqualTo(Float.valueOf(v));
          assertThat(Float.valueOf(map.value(-h, k, l))).isEqualTo(Float.valueOf(v));
          assertThat(Float.valueOf(map.value(-h, -k, -l))).isEqualTo(Float.valueOf(v));
          compared += Float.isNaN(v) ? 0 : 1;
        }
      }
    }
    assertThat(compared).isGreaterThan(50);
  }

  @Test
  void aDetectorOfSeveralPanelsShouldBeReducedLikeOne() {
    Simulation curved =
        Simulation.of(
            SimulationOptions.demo()
                .withDetector(SimulatedDetector.curved(3, 60, 150, 0.5, 60))
                .withFrames(24, 1, 0.1)
                .withBackground(6, 4, 0.4));
    MergedSweeps merged =
        Mdx.sweeps(curved.sweeps().get(0).series(), curved.sweeps().get(1).series())
            .background(curved.background().series(), b -> b.bins(6, 10, 10))
            .findPeaks(p -> p.countThreshold(400))
            .maskPeaks(4)
            .integrate(i -> i.subdivide(3, 3, 3))
            .correct()
            .merge(m -> m.split(Split.RANDOM));
    assertThat(merged.statistics().overall().ccHalf()).isGreaterThan(0.8);
    // the same crystal on another detector: the same map
    ReciprocalMap flat = reduce(2).map(0, 8, 0, 8, 0, 8);
    ReciprocalMap other = merged.map(0, 8, 0, 8, 0, 8);
    Correlation correlation = new Correlation();
    for (int h = 0; h <= 24; h++) {
      for (int k = 0; k <= 24; k++) {
        for (int l = 0; l <= 24; l++) {
          boolean reflection = h % 3 == 0 && k % 3 == 0 && l % 3 == 0;
          float a = flat.value(h, k, l);
          float b = other.value(h, k, l);
          if (!reflection && !Float.isNaN(a) && !Float.isNaN(b)) {
            correlation.add(a, b);
          }
        }
      }
    }
    assertThat(correlation.count()).isGreaterThan(1000);
    assertThat(correlation.value()).isGreaterThan(0.9);
  }

  @Test
  void sameBitsShouldComeFromAnyNumberOfThreads() {
    HKLTable one = reduce(1).table();
    for (int threads : new int[] {2, 7}) {
      HKLTable many = reduce(threads).table();
      assertThat(many.h()).isEqualTo(one.h());
      for (String name : one.columnNames()) {
        assertThat(many.column(name)).as(name).isEqualTo(one.column(name));
      }
    }
  }

  @Test
  void peaksShouldBeCentredOnTheLatticeUnlessPixelsAreMappedAsMdx2DoesIt() {
    Sweeps sweeps = sweeps(2);
    FoundPeaks exact = sweeps.findPeaks(p -> p.countThreshold(400));
    FoundPeaks compatible =
        sweeps.conventions(Conventions.MDX2).findPeaks(p -> p.countThreshold(400));
    for (int i = 0; i < 2; i++) {
      assertThat(exact.peaks().get(i).model().r0().norm()).isCloseTo(0, offset(0.01));
      assertThat(compatible.peaks().get(i).model().r0().norm()).isGreaterThan(0.02);
    }
  }

  @Test
  void aSubdivisionThatTheSymmetryCannotCarryShouldBeRefusedBeforeTheImagesAreRead() {
    assertThatThrownBy(() -> sweeps(1).integrate(i -> i.subdivide(3, 3, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3,3,2")
        .hasMessageContaining("m-3");
  }

  @Test
  void aSweepWithoutCrystalShouldBeRefused() {
    ImageSeries blank = simulation.background().series();
    assertThatThrownBy(() -> Mdx.sweeps(blank))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no crystal");
  }
}
