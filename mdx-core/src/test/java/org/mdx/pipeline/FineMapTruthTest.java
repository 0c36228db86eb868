package org.mdx.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.Mdx;
import org.mdx.correct.CorrectOptions;
import org.mdx.geometry.Geometry;
import org.mdx.image.BinnedImageSeries;
import org.mdx.math.GridAxis;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;
import org.mdx.reintegrate.HalfSets;
import org.mdx.reintegrate.Reintegration;
import org.mdx.scale.AbsorptionTerm;
import org.mdx.scale.ControlGrid;
import org.mdx.scale.DetectorTerm;
import org.mdx.scale.OffsetTerm;
import org.mdx.scale.ScaleTerm;
import org.mdx.scale.ScalingModel;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.stats.Correlation;
import org.mdx.table.HKLTable;
import org.mdx.table.Subdivision;

/** Fine maps of simulated sweeps, reduced with the true factors, against the true intensities. */
class FineMapTruthTest {
  private static final Subdivision NDIV = new Subdivision(4, 4, 4);
  private static final int SIZE = 150;

  /** Radius of the Bragg mask in standard deviations of the peaks. */
  private static final double CUTOFF = 5;

  /** The true factors of a sweep, sampled on grids fine enough to interpolate. */
  private static ScalingModel truth(SimulatedSweep sweep) {
    Geometry g = sweep.geometry();
    double start = g.scan().start();
    double end = g.scan().end();
    GridAxis phi = GridAxis.linear(start, end, 25);
    GridAxis coarse = GridAxis.linear(0, SIZE - 1, 20);
    GridAxis fine = GridAxis.linear(0, SIZE - 1, SIZE);
    GridAxis s = GridAxis.linear(0, 1, 101);
    double[] a = new double[20 * 20 * 25];
    double[] b = new double[25];
    double[] c = new double[101 * 25];
    double[] d = new double[SIZE * SIZE];
    for (int f = 0; f < 25; f++) {
      b[f] = sweep.factors().scale(phi.get(f));
      for (int i = 0; i < 101; i++) {
        c[i * 25 + f] = sweep.factors().offset(s.get(i), phi.get(f));
      }
      for (int x = 0; x < 20; x++) {
        for (int y = 0; y < 20; y++) {
          Vec3 at = g.scatteringVector(0, coarse.get(x) + 0.5, coarse.get(y) + 0.5);
          a[(x * 20 + y) * 25 + f] = sweep.factors().absorption(at, phi.get(f));
        }
      }
    }
    for (int x = 0; x < SIZE; x++) {
      for (int y = 0; y < SIZE; y++) {
        d[x * SIZE + y] = sweep.detectorFactor(0, x, y);
      }
    }
    return ScalingModel.of(
        new AbsorptionTerm(ControlGrid.of(List.of(coarse, coarse, phi), a)),
        new ScaleTerm(ControlGrid.of(List.of(phi), b)),
        new OffsetTerm(ControlGrid.of(List.of(s, phi), c)),
        new DetectorTerm(ControlGrid.of(List.of(fine, fine), d)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.0005})
  void intensitiesShouldBeUnbiasedAndAsFarFromTheTruthAsTheirErrorsSay(double exposure) {
    Simulation simulation =
        Simulation.of(
            SimulationOptions.demo()
                .withDetector(SimulatedDetector.flat(SIZE, SIZE, 0.5, 60))
                .withFrames(60, 0.5, exposure)
                .withBackground(6, 5, 2));
    BinnedImageSeries blank =
        Mdx.sweeps(simulation.sweeps().get(0).series())
            .background(simulation.background().series(), b -> b.bins(6, 5, 5))
            .background()
            .orElseThrow();
    double sigma = simulation.model().parameters().peakSigma();
    double radius = CUTOFF * sigma * simulation.model().cell().a();
    BraggMask mask =
        new BraggMask(
            new PeakModel(
                new Vec3(0, 0, 0), Mat3.diagonal(radius, radius, radius).times(1 / CUTOFF)),
            CUTOFF,
            1 << 20,
            false,
            false);
    List<FineMaps.Input> inputs = new ArrayList<>();
    for (SimulatedSweep sweep : simulation.sweeps()) {
      inputs.add(
          FineMaps.Input.of(Sweep.of(sweep.series()))
              .mask(mask)
              .background(blank)
              .model(truth(sweep)));
    }
    Reintegration fine =
        FineMaps.of(
            inputs,
            o -> o.subdivide(4, 4, 4).split(HalfSets.RANDOM),
            CorrectOptions.defaults(),
            Parallel.available(),
            Progress.NONE);
    HKLTable t = fine.table();
    Random pick = new Random(1);
    double found = 0;
    double expected = 0;
    double variance = 0;
    double chi2 = 0;
    int n = 0;
    Correlation correlation = new Correlation();
    for (int i = 0; i < t.rows(); i++) {
      // voxels well filled, so that their mean is that of the whole voxel; some of them, for speed
      if (t.column("pixels").get(i) < 30 || pick.nextInt(16) > 0) {
        continue;
      }
      double truth =
          simulation
              .model()
              .voxel(t.h().value(i), t.k().value(i), t.l().value(i), NDIV, CUTOFF * sigma, 4);
      double scale = t.column("scale").get(i);
      double error = t.column("intensity_error").get(i);
      double intensity = t.column("intensity").get(i);
      if (Double.isNaN(truth)) {
        continue;
      }
      found += scale * intensity;
      expected += scale * truth;
      variance += scale * scale * error * error;
      chi2 += (intensity - truth) * (intensity - truth) / (error * error);
      correlation.add(intensity, truth);
      n++;
    }
    // a mean of four standard errors at most from the truth, and what sampling 4 x 4 x 4 points of
    // a voxel whose pixels lie elsewhere may cost
    assertThat(n).isGreaterThan(1000);
    assertThat(found / expected).isCloseTo(1, offset(0.001 + 4 * Math.sqrt(variance) / expected));
    assertThat(chi2 / n).isBetween(0.9, 1.15);
    assertThat(correlation.value()).isGreaterThan(0.9);
  }
}
