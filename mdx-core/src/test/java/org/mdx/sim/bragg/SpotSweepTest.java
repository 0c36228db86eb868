package org.mdx.sim.bragg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Scan;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.sim.SimulatedDetector;

class SpotSweepTest {
  private static final double WAVELENGTH = 0.9768;

  /** A small cell on a small detector: its spots lie far apart. */
  private static BraggOptions small() {
    UnitCell cell = new UnitCell(14, 17, 20, 84, 97, 102);
    Mat3 a = Mat3.rotation(new Vec3(1, 2, 3), 77).times(cell.reciprocal());
    Crystal crystal = Crystal.ofRealSpaceAxes(a.inverse(), SpaceGroup.parse("P 1"));
    double[] exposures = new double[40];
    Arrays.fill(exposures, 0.1);
    Scan scan = new Scan(1, -10, 0.5, exposures);
    return BraggOptions.xRays(
            SimulatedDetector.flat(300, 280, 0.172, 60),
            WAVELENGTH,
            scan,
            List.of(new Lattice(crystal, 1, 0.15, 0.3)))
        .withBackground(Background.flat(0));
  }

  /** All expected photons of a sweep of one panel, frame by frame. */
  private static float[][] frames(SpotSweep sweep) {
    float[][] all = new float[sweep.frames()][];
    for (int f = 0; f < all.length; f++) {
      all[f] = sweep.expected(f)[0];
    }
    return all;
  }

  /** Spots with no other within ten pixels and ten frames, far from all borders. */
  private static List<TrueSpot> alone(SpotSweep sweep) {
    List<TrueSpot> list = new ArrayList<>();
    for (TrueSpot s : sweep.spots()) {
      double reach = 5.5 * Math.sqrt(s.shape().zz());
      boolean inside =
          s.px() > 15
              && s.py() > 15
              && s.px() < sweep.width(0) - 15
              && s.py() < sweep.height(0) - 15
              && s.frame() > reach
              && s.frame() < sweep.frames() - reach;
      boolean free =
          sweep.spots().stream()
              .noneMatch(
                  o ->
                      o != s
                          && Math.abs(o.px() - s.px()) < 16
                          && Math.abs(o.py() - s.py()) < 16
                          && Math.abs(o.frame() - s.frame())
                              < reach + 5.5 * Math.sqrt(o.shape().zz()));
      if (inside && free) {
        list.add(s);
      }
    }
    return list;
  }

  @Test
  void countsAndCentroidsShouldBeTheTruthOfASpotWithoutNoise() {
    SpotSweep sweep = SpotSweep.of(small());
    float[][] frames = frames(sweep);
    List<TrueSpot> alone = alone(sweep);
    assertThat(alone.size()).isGreaterThan(30);
    for (TrueSpot s : alone) {
      double sum = 0;
      double x = 0;
      double y = 0;
      double z = 0;
      double xx = 0;
      double xy = 0;
      double zz = 0;
      int reach = (int) Math.ceil(5 * Math.sqrt(s.shape().zz())) + 1;
      for (int f = (int) s.frame() - reach; f <= (int) s.frame() + reach; f++) {
        for (int iy = (int) s.py() - 10; iy <= s.py() + 10; iy++) {
          for (int ix = (int) s.px() - 10; ix <= s.px() + 10; ix++) {
            double c = f < 0 || f >= frames.length ? 0 : frames[f][iy * sweep.width(0) + ix];
            double dx = ix + 0.5 - s.px();
            double dy = iy + 0.5 - s.py();
            double dz = f + 0.5 - s.frame();
            sum += c;
            x += c * dx;
            y += c * dy;
            z += c * dz;
            xx += c * dx * dx;
            xy += c * dx * dy;
            zz += c * dz * dz;
          }
        }
      }
      assertThat(sum).isCloseTo(s.counts(), within(2e-5 * s.counts()));
      assertThat(s.recorded()).isCloseTo(s.counts(), within(2e-5 * s.counts()));
      assertThat(x / sum).isCloseTo(0, within(0.002));
      assertThat(y / sum).isCloseTo(0, within(0.002));
      assertThat(z / sum).isCloseTo(0, within(0.002));
      // a pixel and a frame add 1/12 each (Sheppard)
      assertThat(xx / sum)
          .isCloseTo(s.shape().xx() + 1 / 12.0, within(0.004 * (1 + s.shape().xx())));
      assertThat(xy / sum).isCloseTo(s.shape().xy(), within(0.004));
      assertThat(zz / sum)
          .isCloseTo(s.shape().zz() + 1 / 12.0, within(0.004 * (1 + s.shape().zz())));
    }
  }

  /** An oracle that knows nothing of prediction: each spot must satisfy Laue and Ewald. */
  @Test
  void spotsShouldLieWhereTheGeometrySaysSo() {
    BraggOptions o =
        small()
            .withOffset(
                GeometryOffset.of(3, -2, 1.5)
                    .withTilts(1, -2, 0.5)
                    .withAxis(0.4, -0.3)
                    .withWavelength(0.001));
    Crystal still = o.lattices().get(0).crystal();
    Crystal drifting = new Drift(new Vec3(0.3, -0.2, 0.4), 0.004, -0.003, 0.002, 0.1).of(still, 40);
    for (Crystal c : List.of(still, drifting)) {
      SpotSweep sweep = SpotSweep.of(o.withLattices(List.of(new Lattice(c, 1, 0.1, 0.3))));
      Geometry g = sweep.trueGeometries().get(0);
      double step = 1e-4;
      for (TrueSpot s : sweep.spots()) {
        double phi = g.scan().start() + s.frame() * g.scan().width();
        Vec3 hkl = g.millerIndex(s.panel(), phi, s.px(), s.py());
        assertThat(hkl.minus(new Vec3(s.h(), s.k(), s.l())).norm()).isLessThan(1e-6);
        assertThat(s.s1().norm()).isCloseTo(1 / g.beam().wavelength(), within(1e-8));
        // entering: just before, the reflection is outside of the sphere
        Vec3 before = g.beam().s0().plus(g.ub(phi - step).times(new Vec3(s.h(), s.k(), s.l())));
        assertThat(before.norm() > s.s1().norm()).isEqualTo(s.entering());
      }
      assertThat(sweep.spots().size()).isGreaterThan(100);
    }
  }

  @Test
  void parallaxShouldMoveSpotsToWhereThePanelPutsThem() {
    BraggOptions o = small();
    SpotSweep sweep =
        SpotSweep.of(
            BraggOptions.xRays(
                SimulatedDetector.pilatus300K(60, WAVELENGTH),
                WAVELENGTH,
                sweepScan(4),
                o.lattices()));
    Panel panel = sweep.trueGeometry().detector().panels().get(0);
    assertThat(panel.sensor().parallax()).isTrue();
    for (TrueSpot s : sweep.spots()) {
      assertThat(panel.position(s.px(), s.py()).unit().minus(s.s1().unit()).norm())
          .isLessThan(1e-9);
    }
  }

  private static Scan sweepScan(int frames) {
    double[] exposures = new double[frames];
    Arrays.fill(exposures, 1);
    return new Scan(1, 0, 0.5, exposures);
  }

  @Test
  void noiseShouldBePoissonAboutTheExpectation() {
    SpotSweep sweep = SpotSweep.of(small().withBackground(new Background(2, 0.3, 0)));
    int[][] image = {new int[300 * 280]};
    double chi2 = 0;
    long n = 0;
    double excess = 0;
    double total = 0;
    for (int f = 0; f < sweep.frames(); f++) {
      sweep.read(f, image);
      float[] mean = sweep.expected(f)[0];
      for (int i = 0; i < mean.length; i++) {
        double d = image[0][i] - mean[i];
        chi2 += d * d / mean[i];
        excess += d;
        total += mean[i];
        n++;
      }
    }
    // (x − μ)²/μ has the mean 1 and the variance 2 + 1/μ
    assertThat(chi2 / n).isCloseTo(1, within(6 * Math.sqrt(3.0 / n)));
    assertThat(excess / Math.sqrt(total)).isBetween(-5.0, 5.0);
  }

  @Test
  void aCameraShouldHaveItsGainPedestalAndNoise() {
    Camera camera = new Camera(Camera.Values.INT16, 3, 100, 2);
    SpotSweep sweep =
        SpotSweep.of(
            small()
                .withLattices(List.of())
                .withCamera(camera)
                .withBackground(Background.flat(0.5)));
    Panel panel = sweep.header().detector().panels().get(0);
    assertThat(panel.gain()).isEqualTo(3);
    assertThat(panel.pedestal()).isEqualTo(100);
    assertThat(panel.trustedMin()).isNegative();
    int[][] image = {new int[300 * 280]};
    double sum = 0;
    double squares = 0;
    long n = 0;
    for (int f = 0; f < 10; f++) {
      sweep.read(f, image);
      for (int v : image[0]) {
        sum += v;
        squares += (double) v * v;
        n++;
      }
    }
    double mean = sum / n;
    double variance = squares / n - mean * mean;
    // rounding adds 1/12
    double expected = 9 * (0.5 + 4) + 1 / 12.0;
    assertThat(mean).isCloseTo(101.5, within(5 * Math.sqrt(expected / n)));
    assertThat(variance).isCloseTo(expected, within(0.02 * expected));
  }

  @Test
  void theSameBitsShouldComeInAnyOrderAndFromAnyThread() {
    BraggOptions options = SweepKind.WEDGE.options(3);
    SpotSweep one = SpotSweep.of(options);
    SpotSweep other = SpotSweep.of(options);
    int[][][] images = new int[4][1][one.width(0) * one.height(0)];
    Parallel.of(3).forEach(4, f -> one.read(20 - f, images[f]));
    for (int f = 3; f >= 0; f--) {
      int[][] again = {new int[one.width(0) * one.height(0)]};
      other.read(20 - f, again);
      assertThat(again[0]).isEqualTo(images[f][0]);
    }
    assertThat(other.spots()).isEqualTo(one.spots());
  }

  @Test
  void aDriftThatBreaksSymmetryShouldBeRefused() {
    UnitCell cell = new UnitCell(30, 30, 40, 90, 90, 90);
    Crystal crystal =
        Crystal.ofRealSpaceAxes(cell.reciprocal().inverse(), SpaceGroup.parse("P 41 21 2"));
    assertThatThrownBy(() -> new Drift(Vec3.ZERO, 0.01, 0, 0, 0).of(crystal, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("edges a and b alike");
  }
}
