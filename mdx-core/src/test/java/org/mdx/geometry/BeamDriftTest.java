package org.mdx.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.prediction.DiffractedRay;
import org.mdx.prediction.Prediction;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;

/** A beam that changes its direction during the scan, from prediction to Miller indices. */
class BeamDriftTest {
  private static final Geometry STILL =
      SpotSweep.of(SweepKind.DEMO.options(1)).trueGeometries().get(0);

  private static Geometry drifting() {
    int frames = STILL.scan().frames();
    List<Vec3> points = new ArrayList<>();
    for (int i = 0; i <= frames; i++) {
      double x = (double) i / frames;
      points.add(
          Mat3.rotation(new Vec3(0, 1, 0), 0.1 * x)
              .times(Mat3.rotation(new Vec3(1, 0, 0), 0.05 * x * x))
              .times(STILL.beam().s0()));
    }
    return new Geometry(
        STILL.beam().withScanPoints(points),
        STILL.detector(),
        STILL.goniometer(),
        STILL.scan(),
        STILL.crystal().orElseThrow());
  }

  @Test
  void predictedRaysShouldLieOnTheSphereOfTheBeamAtTheirAngle() {
    Geometry g = drifting();
    Prediction prediction = Prediction.of(g);
    int rays = 0;
    for (int h = -6; h <= 6; h++) {
      for (int l = -6; l <= 6; l++) {
        for (DiffractedRay ray : prediction.rays(h, 3, l)) {
          Vec3 s0 = g.beam().s0(g.scan().position(ray.phi()));
          Vec3 s = g.ub(ray.phi()).times(new Vec3(h, 3, l));
          assertThat(ray.s1().minus(s0).minus(s).norm()).isLessThan(1e-9);
          assertThat(ray.s1().norm()).isCloseTo(s0.norm(), within(1e-9));
          rays++;
        }
      }
    }
    assertThat(rays).isGreaterThan(20);
  }

  @Test
  void indicesOfPixelsShouldBeThoseOfTheBeamOfTheirFrame() {
    Geometry g = drifting();
    MillerIndexMap exact = new ExactMillerIndexMap(g, Parallel.of(1));
    PixelMillerIndex pixels = PixelMillerIndex.exact(g);
    MillerIndexGrid grid = MillerIndexGrid.sample(g, 0, 0.5, 5, 5, 0.5);
    double[] h = new double[1];
    double[] k = new double[1];
    double[] l = new double[1];
    int last = g.scan().frames() - 1;
    for (int frame : new int[] {0, 7, last}) {
      double phi = g.scan().phi(frame);
      Vec3 s0 = g.beam().s0(frame + 0.5);
      Vec3 x = g.detector().panels().get(0).position(100.5, 200.5);
      Vec3 s = x.unit().times(1 / g.beam().wavelength()).minus(s0);
      Vec3 wanted = g.ub(phi).inverse().times(s);
      assertThat(g.millerIndex(0, phi, 100.5, 200.5).minus(wanted).norm()).isLessThan(1e-9);
      assertThat(pixels.frame(frame).at(0, 200, 100).minus(wanted).norm()).isLessThan(1e-9);
      exact.frame(frame).row(0, 200, 100, 1, h, k, l);
      assertThat(new Vec3(h[0], k[0], l[0]).minus(wanted).norm()).isLessThan(1e-9);
      assertThat(grid.interpolate(phi, 200, 100).minus(wanted).norm()).isLessThan(2e-3);
    }
    Vec3 off = STILL.millerIndex(0, STILL.scan().phi(last), 100.5, 200.5);
    assertThat(off.minus(g.millerIndex(0, g.scan().phi(last), 100.5, 200.5)).norm())
        .isGreaterThan(0.01);
  }

  @Test
  void scanPointsThatDoNotMatchShouldBeRefused() {
    Beam beam = STILL.beam();
    Vec3 s0 = beam.s0();
    Beam two = beam.withScanPoints(List.of(s0, s0));
    assertThatThrownBy(
            () -> new Geometry(two, STILL.detector(), STILL.goniometer(), STILL.scan(), null))
        .hasMessageContaining("beam has 2 scan points");
    assertThatThrownBy(() -> beam.withScanPoints(List.of(s0, s0.times(1.5))))
        .hasMessageContaining("far from");
  }
}
