package org.mdx.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.Mdx;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.geometry.Conventions;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;
import org.mdx.scale.ScalingModel;
import org.mdx.scaling.ScalingOptions;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.stats.Correlation;
import org.mdx.table.HKLTable;

/**
 * Three crystals, the second indexed the other way, every factor on: images to merged map, against
 * the truth of the simulation.
 */
class ScalingTruthTest {
  private static final ChangeOfBasis OTHER_WAY = ChangeOfBasis.of("-z,-y,-x");
  private static final double[] SHELLS = {0.15, 0.25, 0.35, 0.45, 0.55};
  private static final double MASKED = 4;

  private final Parallel parallel = Parallel.of(2);

  private static Simulation simulate(double exposure) {
    return Simulation.of(
        SimulationOptions.demo()
            .withDetector(SimulatedDetector.flat(120, 110, 0.7, 60))
            .withSweeps(3)
            .withFrames(12, 1.5, exposure)
            .withBackground(8, 4, 4 * exposure));
  }

  private Corrected correct(Simulation simulation, boolean compatible) {
    List<Sweep> sweeps = new ArrayList<>();
    for (SimulatedSweep s : simulation.sweeps()) {
      Sweep sweep = Sweep.of(s.series());
      boolean turned = sweeps.size() == 1;
      sweeps.add(turned ? sweep.reindexed(OTHER_WAY, sweep.crystal().spaceGroup()) : sweep);
    }
    double sigma = simulation.model().parameters().peakSigma() * 30;
    BraggMask mask =
        new BraggMask(
            new PeakModel(Vec3.ZERO, Mat3.diagonal(sigma, sigma, sigma)),
            MASKED,
            Integer.MAX_VALUE,
            false,
            false);
    Corrected corrected =
        Mdx.sweeps(sweeps)
            .parallel(parallel)
            .conventions(compatible ? Conventions.MDX2 : Conventions.STANDARD)
            .background(simulation.background().series(), b -> b.bins(8, 10, 10))
            .mask(Collections.nCopies(sweeps.size(), mask))
            .integrate(i -> i.subdivide(3, 3, 3))
            .correct()
            .resolveAmbiguity();
    for (int t = 0; t < sweeps.size(); t++) {
      assertThat(corrected.reindexing().orElseThrow().operator(t))
          .isEqualTo(t == 1 ? OTHER_WAY : ChangeOfBasis.IDENTITY);
    }
    return corrected;
  }

  private static ScalingOptions options() {
    return ScalingOptions.mca2020()
        .detector(t -> t.points(40, 40))
        .absorption(t -> t.points(8, 8).stepPhi(8));
  }

  /** Correlation of merged and true intensities in each shell, of voxels that both maps have. */
  private static double[][] correlations(Simulation simulation, HKLTable one, HKLTable two) {
    Correlation[][] c = new Correlation[2][SHELLS.length - 1];
    for (Correlation[] row : c) {
      Arrays.setAll(row, i -> new Correlation());
    }
    double excluded = MASKED * simulation.model().parameters().peakSigma();
    int[] other = one.rowsIn(two);
    for (int i = 0; i < one.rows(); i++) {
      int h = one.h().value(i);
      int k = one.k().value(i);
      int l = one.l().value(i);
      int at = Arrays.binarySearch(SHELLS, simulation.model().s(h / 3.0, k / 3.0, l / 3.0));
      int shell = at < 0 ? -at - 2 : at;
      if (shell < 0 || shell >= SHELLS.length - 1 || other[i] < 0) {
        continue;
      }
      double first = one.column("intensity").get(i);
      double second = two.column("intensity").get(other[i]);
      double truth = simulation.model().voxel(h, k, l, one.ndiv(), excluded, 2);
      if (!Double.isNaN(first + second + truth)) {
        c[0][shell].add(first, truth);
        c[1][shell].add(second, truth);
      }
    }
    double[][] out = new double[2][];
    for (int m = 0; m < 2; m++) {
      out[m] = Arrays.stream(c[m]).mapToDouble(Correlation::value).toArray();
    }
    return out;
  }

  /** A hundred counts an observation, and a few. */
  @ParameterizedTest
  @ValueSource(doubles = {0.004, 0.0004})
  void defaultShouldBeNearerToTheTruthThanMdx2sWayInEveryShell(double exposure) {
    Simulation simulation = simulate(exposure);
    Corrected corrected = correct(simulation, false);
    Scaled scaled = corrected.scale(options());
    HKLTable merged = scaled.merge(m -> m.outlier(5)).table();
    HKLTable compatible =
        correct(simulation, true).scale(options()).merge(m -> m.outlier(5)).table();

    double[][] cc = correlations(simulation, merged, compatible);

    for (int s = 0; s < cc[0].length; s++) {
      assertThat(cc[0][s])
          .as("shell %d: %s and %s", s, Arrays.toString(cc[0]), Arrays.toString(cc[1]))
          .isGreaterThan(cc[1][s]);
    }
    for (int i = 0; i < merged.rows(); i++) {
      assertThat(merged.column("intensity").get(i)).isFinite();
      assertThat(merged.column("intensity_error").get(i)).isFinite().isPositive();
    }
    double before = scaleError(simulation, corrected, null);
    double after = scaleError(simulation, corrected, scaled.models());
    double fixed =
        scaleError(simulation, corrected, corrected.scale(options().adaptive(false)).models());
    assertThat(before).isGreaterThan(0.1);
    assertThat(after).isLessThan(0.04).isLessThan(0.8 * fixed);
  }

  /** Standard deviation of ln(refined/true) of a·b·d over all observations. */
  private static double scaleError(
      Simulation simulation, Corrected corrected, List<ScalingModel> models) {
    double sum = 0;
    double squares = 0;
    long n = 0;
    for (int t = 0; t < corrected.tables().size(); t++) {
      HKLTable table = corrected.tables().get(t);
      SimulatedSweep sweep = simulation.sweeps().get(t);
      ScalingModel model = models == null ? ScalingModel.IDENTITY : models.get(t);
      for (int i = 0; i < table.rows(); i++) {
        double phi = table.column("phi").get(i);
        double ix = table.column("ix").get(i);
        double iy = table.column("iy").get(i);
        Vec3 s = sweep.geometry().scatteringVector(0, ix + 0.5, iy + 0.5);
        double truth =
            sweep.factors().absorption(s, phi)
                * sweep.factors().scale(phi)
                * sweep.detectorFactor(0, (int) Math.rint(ix), (int) Math.rint(iy));
        double refined = model.a(0, ix, iy, phi) * model.b(phi) * model.d(0, ix, iy);
        double x = Math.log(refined / truth);
        sum += x;
        squares += x * x;
        n++;
      }
    }
    return Math.sqrt(squares / n - (sum / n) * (sum / n));
  }
}
