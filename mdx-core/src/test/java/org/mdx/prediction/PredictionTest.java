package org.mdx.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.geometry.Sensor;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Against a search along the scan for changes of sign of |s0 + r| − |s0|, and bisection. */
class PredictionTest {

  /** A tilted beam, four tilted panels with parallax, a kappa goniometer, a triclinic cell. */
  private static Geometry geometry(long seed, int frames, double width, boolean drifting) {
    Random random = new Random(seed);
    double wavelength = 0.7 + random.nextDouble();
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Mat3 turn = Mat3.rotation(new Vec3(1, random.nextGaussian(), 0.2), 20 * random.nextDouble());
      panels.add(
          new Panel(
              "p" + i,
              new Vec3(-40 + (i % 2) * 41, 38 - (i / 2) * 40, -50),
              turn.times(new Vec3(1, 0, 0)),
              turn.times(new Vec3(0, -1, 0)),
              0.1,
              0.1,
              400,
              390,
              0,
              1e6,
              new Sensor("Si", 0.32, 3, true),
              1,
              0,
              List.of(),
              0,
              0,
              0));
    }
    Mat3 axes =
        Mat3.rotation(new Vec3(1, random.nextGaussian(), random.nextGaussian()), 77)
            .times(new Mat3(12, 0, 0, 2, 14, 0, -1, 3, 17).transpose())
            .transpose();
    Crystal crystal = Crystal.ofRealSpaceAxes(axes, SpaceGroup.ofHall("P 1"));
    if (drifting) {
      List<Mat3> points = new ArrayList<>();
      for (int i = 0; i <= frames; i++) {
        double f = (double) i / frames;
        Mat3 turn = Mat3.rotation(new Vec3(1, 2, 3), 0.6 * f + 0.3 * Math.sin(6 * f));
        points.add(turn.times(crystal.a()).times(1 + 0.003 * f));
      }
      crystal = crystal.withScanPoints(points);
    }
    double[] exposures = new double[frames];
    Arrays.fill(exposures, 1);
    return new Geometry(
        new Beam(Probe.X_RAY, wavelength, new Vec3(0.02, -0.03, 1), 1, new Vec3(0, 1, 0)),
        new Detector(panels),
        new Goniometer(
            new Vec3(0.1, 1, -0.2),
            Mat3.rotation(new Vec3(1, 1, 0), 35),
            Mat3.rotation(new Vec3(0, 1, 2), 50)),
        new Scan(17, -20, width, exposures),
        crystal);
  }

  private static double off(Geometry g, Vec3 h, double phi) {
    Vec3 s1 = g.beam().s0().plus(g.ub(phi).times(h));
    return s1.norm() - 1 / g.beam().wavelength();
  }

  private static List<Double> bisected(Geometry g, Vec3 h) {
    List<Double> found = new ArrayList<>();
    double low = Math.min(g.scan().start(), g.scan().end());
    double high = Math.max(g.scan().start(), g.scan().end());
    int steps = (int) Math.ceil((high - low) / 0.25);
    for (int i = 0; i < steps; i++) {
      double a = low + (high - low) * i / steps;
      double b = low + (high - low) * (i + 1) / steps;
      double fa = off(g, h, a);
      if (fa * off(g, h, b) >= 0) {
        continue;
      }
      for (int n = 0; n < 60; n++) {
        double middle = (a + b) / 2;
        if (fa * off(g, h, middle) > 0) {
          a = middle;
        } else {
          b = middle;
        }
      }
      found.add((a + b) / 2);
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anglesShouldBeThoseOfASearch(long seed) {
    boolean drifting = seed % 2 == 0;
    Geometry g = geometry(seed, 80, seed == 3 ? -10 : 10, drifting);
    Prediction p = Prediction.of(g);
    Random random = new Random(seed);
    int count = 0;
    for (int i = 0; i < 60; i++) {
      int h = random.nextInt(17) - 8;
      int k = random.nextInt(17) - 8;
      int l = random.nextInt(17) - 8;
      List<DiffractedRay> rays = p.rays(h, k, l);
      List<Double> expected = bisected(g, new Vec3(h, k, l));
      assertThat(rays).as(h + " " + k + " " + l).hasSameSizeAs(expected);
      for (int n = 0; n < rays.size(); n++) {
        DiffractedRay ray = rays.get(n);
        assertThat(ray.phi()).isCloseTo(expected.get(n), within(1e-8));
        assertThat(ray.s1().norm() * g.beam().wavelength()).isCloseTo(1, within(1e-11));
        double before = off(g, new Vec3(h, k, l), ray.phi() - 1e-4);
        assertThat(ray.entering()).isEqualTo(before > 0);
        DiffractedRay same = p.nearest(h, k, l, ray.phi() + 1e-3).orElseThrow();
        assertThat(same.phi()).isCloseTo(ray.phi(), within(1e-8));
        count++;
      }
    }
    assertThat(count).isGreaterThan(100);
  }

  @Test
  void theOriginShouldHaveNoRays() {
    assertThat(Prediction.of(geometry(1, 10, 1, false)).rays(0, 0, 0)).isEmpty();
  }

  @Test
  void aMarginShouldReachBeyondTheScan() {
    Prediction all = Prediction.of(geometry(5, 40, 1, false));
    Prediction part = Prediction.of(geometry(5, 38, 1, false));
    for (int h = -6; h < 6; h++) {
      for (int k = -6; k < 6; k++) {
        assertThat(part.rays(h, k, 3, 2))
            .containsAll(all.rays(h, k, 3))
            .containsAll(part.rays(h, k, 3));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void allReflectionsShouldBePredictedWhereThePixelSaysTheirIndex(boolean drifting) {
    Geometry g = geometry(7, 60, 0.5, drifting);
    Reflections r = Prediction.of(g).predictAll(1.1, 0);
    assertThat(r.size()).isGreaterThan(100);
    double[] px = r.get(ReflectionKeys.XYZCAL_PX);
    double[] mm = r.get(ReflectionKeys.XYZCAL_MM);
    int[] index = r.get(ReflectionKeys.MILLER_INDEX);
    for (int i = 0; i < r.size(); i++) {
      int panel = r.integer(ReflectionKeys.PANEL, i, 0);
      double phi = Math.toDegrees(mm[3 * i + 2]);
      assertThat(px[3 * i + 2]).isCloseTo(16 + (phi + 20) / 0.5, within(1e-9));
      Vec3 h = g.millerIndex(panel, phi, px[3 * i], px[3 * i + 1]);
      assertThat(h.x()).isCloseTo(index[3 * i], within(1e-7));
      assertThat(h.y()).isCloseTo(index[3 * i + 1], within(1e-7));
      assertThat(h.z()).isCloseTo(index[3 * i + 2], within(1e-7));
      Panel.Point at = g.detector().panels().get(panel).mm(px[3 * i], px[3 * i + 1]);
      assertThat(at.x()).isCloseTo(mm[3 * i], within(1e-9));
      assertThat(at.y()).isCloseTo(mm[3 * i + 1], within(1e-9));
      assertThat(r.isSet(i, ReflectionFlag.PREDICTED)).isTrue();
    }
  }

  @Test
  void noReflectionShouldBeMissing() {
    Geometry g = geometry(8, 60, 0.5, true);
    List<String> expected = new ArrayList<>();
    for (int h = -11; h <= 11; h++) {
      for (int k = -13; k <= 13; k++) {
        for (int l = -16; l <= 16; l++) {
          Vec3 index = new Vec3(h, k, l);
          if (g.crystal().orElseThrow().a().times(index).norm() > 1 / 1.3) {
            continue;
          }
          for (double phi : bisected(g, index)) {
            Vec3 s1 = g.beam().s0().plus(g.ub(phi).times(index));
            if (g.detector().intersect(s1).isPresent()) {
              expected.add("%d %d %d at %.6f".formatted(h, k, l, phi));
            }
          }
        }
      }
    }
    Reflections r = Prediction.of(g).predictAll(1.3, 0);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < r.size(); i++) {
      found.add(
          "%d %d %d at %.6f"
              .formatted(
                  r.integer(ReflectionKeys.MILLER_INDEX, i, 0),
                  r.integer(ReflectionKeys.MILLER_INDEX, i, 1),
                  r.integer(ReflectionKeys.MILLER_INDEX, i, 2),
                  Math.toDegrees(r.value(ReflectionKeys.XYZCAL_MM, i, 2))));
    }
    assertThat(expected).hasSizeGreaterThan(150);
    assertThat(found).containsExactlyElementsOf(expected);
  }

  @Test
  void absentReflectionsShouldNotBePredicted() {
    Geometry g = geometry(9, 90, 1, false);
    Crystal cubic =
        Crystal.ofRealSpaceAxes(Mat3.diagonal(14, 14, 14), SpaceGroup.ofHall("I 2b 2c 3"));
    Reflections r = Prediction.of(g.withCrystal(cubic)).predictAll(1.2, 0);
    assertThat(r.size()).isGreaterThan(100);
    int[] h = r.get(ReflectionKeys.MILLER_INDEX);
    for (int i = 0; i < r.size(); i++) {
      assertThat((h[3 * i] + h[3 * i + 1] + h[3 * i + 2]) % 2).isZero();
    }
  }

  @Test
  void indexedReflectionsShouldGetTheNearestPrediction() {
    Geometry g = geometry(10, 900, 1, false);
    Prediction p = Prediction.of(g);
    Reflections all = p.predictAll(2, 0);
    int[] index = all.get(ReflectionKeys.MILLER_INDEX);
    index[0] = 0;
    index[1] = 0;
    index[2] = 0;
    double[] observed = all.get(ReflectionKeys.XYZCAL_PX);
    for (int i = 0; i < all.size(); i++) {
      observed[3 * i + 2] += 0.1;
    }
    Reflections spots =
        Reflections.builder(all.size())
            .set(ReflectionKeys.MILLER_INDEX, index)
            .set(ReflectionKeys.PANEL, all.get(ReflectionKeys.PANEL))
            .set(ReflectionKeys.XYZOBS_PX, observed)
            .build();
    Reflections r = p.predict(spots);
    assertThat(r.isSet(0, ReflectionFlag.PREDICTED)).isFalse();
    assertThat(r.value(ReflectionKeys.XYZCAL_PX, 0, 0)).isZero();
    for (int i = 1; i < all.size(); i++) {
      for (int c = 0; c < 3; c++) {
        assertThat(r.value(ReflectionKeys.XYZCAL_PX, i, c))
            .isCloseTo(all.value(ReflectionKeys.XYZCAL_PX, i, c), within(1e-7));
      }
      assertThat(r.isSet(i, ReflectionFlag.PREDICTED)).isTrue();
    }
  }

  @Test
  void wrongArgumentsShouldBeNamed() {
    Geometry g = geometry(1, 10, 1, false);
    assertThatThrownBy(() -> Prediction.of(g.withCrystal(null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("index the sweep");
    assertThatThrownBy(() -> Prediction.of(g).predictAll(0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("resolution 0.0 Å");
    assertThatThrownBy(() -> Prediction.of(g).predictAll(1e-6, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("indices up to");
  }
}
