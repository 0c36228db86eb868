package org.mdx.bragg.internal.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.bragg.internal.algebra.ArrowMatrix;
import org.mdx.geometry.Geometry;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.GeometryOffset;

/** Beams that change their direction along the scan. */
class BeamDriftTest {
  private static final Variation DRIFT = new Variation(true, false, 5).beam(2);

  private static Reflections observed(Geometry truth, double dMin, int most, double error) {
    Random random = new Random(11);
    Reflections all = Prediction.of(truth).predictAll(dMin, 0);
    int[] rows = random.ints(0, all.size()).distinct().limit(Math.min(most, all.size())).toArray();
    Reflections r = all.select(rows);
    double[] px = r.get(ReflectionKeys.XYZCAL_PX);
    for (int i = 0; i < px.length; i++) {
      px[i] += error * random.nextGaussian();
    }
    double[] variance = new double[px.length];
    Arrays.fill(variance, 1e-6);
    return r.with(ReflectionKeys.XYZOBS_PX, px).with(ReflectionKeys.XYZOBS_PX_VARIANCE, variance);
  }

  private static Geometry drifting(Geometry header, double mrad) {
    return GeometryOffset.NONE.withBeamDrift(mrad).truth(header);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void derivativesShouldBeThoseOfTheCost(int which) {
    Geometry g = FitGeometries.all().get(which);
    FitModel model =
        new FitModel(
            List.of(g),
            Sharing.oneInstrument(1),
            new ModelForm(new Variation(which % 2 == 0, which == 1, 12).beam(6), List.of()));
    Random random = new Random(which);
    double[] p = new double[model.entries().size()];
    int[] drifts =
        IntStream.range(0, p.length)
            .filter(i -> model.entries().get(i).kind() == FitParameter.BEAM_DRIFT)
            .toArray();
    for (int i : drifts) {
      p[i] = random.nextGaussian();
    }
    assertThat(drifts.length).isGreaterThan(4);
    Reflections r = observed(g, which == 2 ? 1 : 1.8, 300, 0);
    Centroids data = new Centroids(model, r, 0);
    int[] all = IntStream.range(0, p.length).toArray();
    FitProblem problem = new FitProblem(model, data, false, all, Parallel.of(1));
    problem.floors(1, 1);
    ArrowMatrix normal = problem.matrix();
    double[] gradient = new double[p.length];
    problem.linearise(p, gradient, normal);
    double most = Arrays.stream(drifts).mapToDouble(i -> Math.abs(gradient[i])).max().orElse(0);
    for (int i : drifts) {
      double[] up = p.clone();
      double[] down = p.clone();
      up[i] += 1e-3;
      down[i] -= 1e-3;
      double finite = (problem.cost(up) - problem.cost(down)) / 4e-3;
      assertThat(gradient[i]).isCloseTo(finite, within(1e-6 * most));
    }
  }

  @Test
  void aDriftShouldBeFoundWithinItsUncertainty() {
    Geometry header = FitGeometries.electrons();
    Geometry truth = drifting(header, 1.5);
    Reflections r = observed(truth, 0.7, 3000, 0.1);
    FitResult fit =
        GeometryFit.refine(header, r, FitOptions.of(header.beam().probe()).variation(DRIFT));
    assertThat(fit.converged()).isTrue();
    Geometry found = fit.geometry();
    assertThat(found.beam().scanPoints()).hasSize(101);
    Vec3[] axes = new BeamBlock(header.beam(), header.goniometer().laboratoryAxis()).turnAxes();
    double squares = 0;
    int n = 0;
    for (CrystalState s : fit.states()) {
      for (int k = 0; k < 2; k++) {
        double wanted = turn(truth, s.position(), axes[k]);
        assertThat(s.beam().get(k)).isCloseTo(wanted, within(5 * s.beamSigmas().get(k)));
        // what is written is what is told
        assertThat(turn(found, s.position(), axes[k])).isCloseTo(s.beam().get(k), within(2e-3));
        assertThat(s.beamSigmas().get(k)).isLessThan(0.1);
        double off = (s.beam().get(k) - wanted) / s.beamSigmas().get(k);
        squares += off * off;
        n++;
      }
    }
    assertThat(Math.sqrt(squares / n)).isBetween(0.3, 1.6);
  }

  /** Turn of the beam about an axis from that of the whole scan, mrad. */
  private static double turn(Geometry g, double position, Vec3 axis) {
    Vec3 mean = g.beam().s0().unit();
    return 1e3 * mean.cross(g.beam().s0(position).unit()).dot(axis.unit());
  }

  @Test
  void aBeamThatStaysShouldNotGetScanPoints() {
    Geometry header = FitGeometries.electrons();
    FitResult fit =
        GeometryFit.refine(
            header,
            observed(header, 0.7, 1500, 0.1),
            FitOptions.of(header.beam().probe()).variation(DRIFT));
    assertThat(fit.geometry().beam().isVarying()).isFalse();
  }
}
