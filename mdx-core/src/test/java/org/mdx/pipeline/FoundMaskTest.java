package org.mdx.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mdx.Mdx;
import org.mdx.geometry.Conventions;
import org.mdx.peaks.FoundCutoff;
import org.mdx.sim.DiffuseModel;
import org.mdx.sim.ModelParameters;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.table.Column;
import org.mdx.table.HKLTable;

/**
 * Reductions without a number given, of wide peaks without halos, against the simulator's truth.
 */
class FoundMaskTest {
  private static final double LOW = 0.25;

  private static Simulation simulation;
  private static Sweeps sweeps;

  @BeforeAll
  static void simulate() {
    SimulationOptions o =
        SimulationOptions.demo()
            .withDetector(SimulatedDetector.flat(160, 160, 0.5, 80))
            .withFrames(16, 0.5, 0.04);
    ModelParameters m = o.model();
    simulation =
        Simulation.of(
            o.withModel(
                m.withPeakSigma(m.peakSigma() * 0.08 / 0.055)
                    .withHalo(0, m.haloWidth(), m.haloRadius())));
    List<Sweep> list = new ArrayList<>();
    for (SimulatedSweep s : simulation.sweeps()) {
      list.add(Sweep.of(s.series()));
    }
    sweeps = Mdx.sweeps(list).background(simulation.background().series());
  }

  /** Correlation with the truth of voxels off the reflections at low resolution. */
  private static double correlation(HKLTable merged) {
    DiffuseModel model = simulation.model();
    Column intensity = merged.column("intensity");
    double[] sums = new double[6];
    for (int i = 0; i < merged.rows(); i++) {
      int h = merged.h().value(i);
      int k = merged.k().value(i);
      int l = merged.l().value(i);
      boolean reflection = h % 3 == 0 && k % 3 == 0 && l % 3 == 0;
      double x = intensity.get(i);
      if (!reflection && Double.isFinite(x) && model.s(h / 3.0, k / 3.0, l / 3.0) < LOW) {
        double y = model.voxel(h, k, l, merged.ndiv(), 0, 3);
        double[] add = {1, x, y, x * x, y * y, x * y};
        for (int a = 0; a < 6; a++) {
          sums[a] += add[a];
        }
      }
    }
    double n = sums[0];
    return (sums[5] - sums[1] * sums[2] / n)
        / Math.sqrt((sums[3] - sums[1] * sums[1] / n) * (sums[4] - sums[2] * sums[2] / n));
  }

  @Test
  void foundThresholdAndCutoffShouldComeCloserToTheTruthThanThreeStandardDeviations() {
    List<FoundCutoff> told = new ArrayList<>();
    Reduction found =
        sweeps.reduce(
            ReductionOptions.standard(),
            new ReductionListener() {
              @Override
              public void cutoff(int sweep, FoundCutoff cutoff) {
                told.add(cutoff);
              }
            });
    Reduction three = sweeps.reduce(o -> o.sigmaCutoff(3));
    for (int i = 0; i < 2; i++) {
      ReducedSweep s = found.sweeps().get(i);
      assertThat(s.peaks().foundThreshold()).isPresent();
      assertThat(s.foundCutoff()).contains(told.get(i));
      assertThat(s.sigmaCutoff()).isEqualTo(told.get(i).cutoff()).isBetween(3.25, 5.0);
      assertThat(three.sweeps().get(i).foundCutoff()).isEmpty();
      assertThat(three.sweeps().get(i).sigmaCutoff()).isEqualTo(3);
    }
    double best = correlation(found.table());
    assertThat(1 - best).isLessThan(0.8 * (1 - correlation(three.table())));
    double five = correlation(sweeps.reduce(o -> o.sigmaCutoff(5)).table());
    assertThat(1 - best).isLessThan(1.2 * (1 - five));
  }

  @Test
  void stagesShouldMaskAsReductionsDo() {
    FoundPeaks peaks = sweeps.findPeaks();
    Masked masked = peaks.maskPeaks();
    assertThat(peaks.peaks().get(0).foundThreshold()).isPresent();
    assertThat(masked.masks().get(0).orElseThrow().cutoff())
        .isEqualTo(masked.cutoffs().get(0).orElseThrow().cutoff());
    assertThat(peaks.maskPeaks(4).cutoffs()).allMatch(c -> c.isEmpty());
    assertThat(sweeps.findPeaks(p -> p.countThreshold(90)).peaks().get(0).countThreshold())
        .isEqualTo(90);
  }

  @Test
  void reductionsThatFollowMdx2ShouldTakeItsNumbers() {
    ReductionOptions.Bragg b = ReductionOptions.mdx2().bragg();
    assertThat(b.countThreshold()).hasValue(20);
    assertThat(b.sigmaCutoff()).hasValue(3);
    FoundPeaks peaks = sweeps.conventions(Conventions.MDX2).findPeaks();
    assertThat(peaks.peaks().get(0).countThreshold()).isEqualTo(20);
    assertThat(peaks.maskPeaks().masks().get(0).orElseThrow().cutoff()).isEqualTo(3);
  }
}
