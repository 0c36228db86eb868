package org.mdx.cli.reduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.Mdx;
import org.mdx.integrate.Integration;
import org.mdx.merge.MergeOptions;
import org.mdx.parallel.Parallel;
import org.mdx.pipeline.Corrected;
import org.mdx.pipeline.Integrated;
import org.mdx.pipeline.Sweep;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.sim.SweepEffects;
import org.mdx.stats.Correlation;
import org.mdx.table.HKLTable;

class DemoTruthTest {

  /** Where many photons are counted, the counts themselves tell the noise. */
  @Test
  void predictedNoiseShouldBeTheEstimatedErrorWhereCountsAreHigh() {
    Simulation simulation =
        Simulation.of(
            SimulationOptions.demo()
                .withDetector(SimulatedDetector.flat(160, 160, 0.6, 80))
                .withEffects(SweepEffects.NONE)
                .withSweeps(1)
                .withFrames(40, 0.5, 0.1));
    Integrated integrated =
        Mdx.sweeps(List.of(Sweep.of(simulation.sweeps().get(0).series())))
            .findPeaks(p -> p.countThreshold(600))
            .maskPeaks(6)
            .integrate(i -> i.subdivide(2, 2, 2));
    Integration counts = integrated.integrations().get(0);
    Corrected corrected = integrated.correct();
    HKLTable merged = corrected.merge(m -> MergeOptions.defaults()).table();
    DemoTruth known = new DemoTruth(simulation);
    known.add(counts, corrected.tables().get(0));
    HKLTable truth = known.table(merged, 0, Parallel.available());

    Correlation same = new Correlation();
    double[] ratio = new double[truth.rows()];
    for (int i = 0; i < ratio.length; i++) {
      ratio[i] = truth.column("noise").get(i) / merged.column("intensity_error").get(i);
      same.add(merged.column("intensity").get(i), truth.column("intensity").get(i));
    }
    Arrays.sort(ratio);
    assertThat(ratio.length).isGreaterThan(5000);
    assertThat(ratio[ratio.length / 2]).isBetween(0.97, 1.03);
    assertThat(ratio[ratio.length / 20]).isGreaterThan(0.8);
    assertThat(same.value()).isGreaterThan(0.98);
  }
}
