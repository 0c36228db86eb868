package org.mdx.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.Corrections;
import org.mdx.geometry.Geometry;
import org.mdx.image.ImageSeries;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;

class SimulatedSweepTest {

  private static SimulationOptions small() {
    return SimulationOptions.demo()
        .withDetector(SimulatedDetector.flat(101, 83, 0.8, 80))
        .withFrames(12, 0.5, 0.04)
        .withBackground(2, 3, 0.1);
  }

  private static int[] read(SimulatedSweep sweep, int frame) {
    int[][] image = {new int[sweep.width(0) * sweep.height(0)]};
    sweep.read(frame, image);
    return image[0];
  }

  private static float[] expected(SimulatedSweep sweep, int frame) {
    float[][] image = {new float[sweep.width(0) * sweep.height(0)]};
    sweep.expected(frame, image);
    return image[0];
  }

  @Test
  void aCrystalOutOfTheBeamShouldLeaveAirAlone() {
    Simulation whole = Simulation.of(small());
    Simulation cut =
        Simulation.of(small().withAbsences(List.of(new Absence(2, 4, 6), new Absence(1, 11, 99))));
    float[] air = expected(whole.background(), 0);
    double perSecond = 0.04 / 0.1;
    for (int sweep = 0; sweep < 2; sweep++) {
      for (int f = 0; f < 12; f++) {
        float[] image = expected(cut.sweeps().get(sweep), f);
        boolean absent = sweep == 0 ? f >= 10 : f >= 3 && f <= 5;
        if (!absent) {
          assertThat(image).isEqualTo(expected(whole.sweeps().get(sweep), f));
          continue;
        }
        for (int i = 0; i < air.length; i++) {
          assertThat((double) image[i]).isCloseTo(air[i] * perSecond, within(1e-4 * air[i]));
        }
      }
    }
    assertThatThrownBy(() -> new Absence(1, 5, 4)).hasMessageContaining("images 5 to 4");
  }

  @Test
  void framesShouldBeTheSameInAnyOrderAndOnAnyNumberOfThreads() {
    SimulatedSweep sweep = Simulation.of(small()).sweeps().get(1);
    int[][] forward = new int[sweep.frames()][];
    for (int f = 0; f < forward.length; f++) {
      forward[f] = read(sweep, f);
    }
    for (int threads : new int[] {1, 2, 7}) {
      SimulatedSweep again = Simulation.of(small()).sweeps().get(1);
      Parallel.of(threads)
          .forEach(
              forward.length,
              i -> {
                int f = forward.length - 1 - i;
                assertThat(read(again, f)).isEqualTo(forward[f]);
              });
    }
    assertThat(forward[1]).isNotEqualTo(forward[0]);
    SimulatedSweep other = Simulation.of(small().withSeed(4)).sweeps().get(1);
    assertThat(read(other, 0)).isNotEqualTo(forward[0]);
  }

  @Test
  void countsShouldScatterAboutTheExpectedOnesAsPoissonDoes() {
    SimulatedSweep sweep = Simulation.of(small()).sweeps().get(0);
    double chi2 = 0;
    double difference = 0;
    double total = 0;
    int n = 0;
    for (int f = 0; f < sweep.frames(); f++) {
      int[] counts = read(sweep, f);
      float[] mean = expected(sweep, f);
      for (int i = 0; i < counts.length; i++) {
        double d = counts[i] - mean[i];
        chi2 += d * d / mean[i];
        difference += d;
        total += mean[i];
        n++;
      }
    }
    assertThat(chi2 / n).isCloseTo(1, within(0.02));
    assertThat(difference).isCloseTo(0, within(4 * Math.sqrt(total)));
  }

  /** Means over pixel and frame by brute force from the model and the geometry alone. */
  @Test
  void expectedCountsShouldBeTheMeanOverPixelAndFrame() {
    SimulationOptions options =
        small().withDetector(SimulatedDetector.flat(401, 333, 0.2, 80)).withSweeps(1);
    Simulation simulation = Simulation.of(options);
    SimulatedSweep sweep = simulation.sweeps().get(0);
    Geometry g = sweep.geometry();
    int frame = 5;
    double phi = g.scan().phi(frame);
    float[] counts = expected(sweep, frame);
    Random random = new Random(9);
    int bright = 0;
    double worst = 0;
    for (int i = 0; i < 1500; i++) {
      int ix = random.nextInt(401);
      int iy = random.nextInt(333);
      double simulated = counts[iy * 401 + ix];
      if (simulated < 20 && i > 250) {
        continue; // a few dark pixels and all bright ones
      }
      bright += simulated >= 20 ? 1 : 0;
      double m = 0;
      int np = 6;
      int nf = 12;
      for (int a = 0; a < np * np * nf; a++) {
        double px = ix + (a % np + 0.5) / np;
        double py = iy + (a / np % np + 0.5) / np;
        double at = phi + ((a / (np * np) + 0.5) / nf - 0.5) * g.scan().width();
        Vec3 h = g.millerIndex(0, at, px, py);
        m += simulation.model().bragg(h.x(), h.y(), h.z());
        m += simulation.model().diffuse(h.x(), h.y(), h.z());
      }
      m /= np * np * nf;
      Vec3 s = g.scatteringVector(0, ix + 0.5, iy + 0.5);
      SweepFactors f = sweep.factors();
      double sample =
          f.absorption(s, phi) * (f.scale(phi) * m + f.offset(s.norm(), phi)) + f.air(s.norm());
      CorrectionFactors c = Corrections.of(g).at(0, ix + 0.5, iy + 0.5);
      double reference =
          g.scan().exposure(frame)
              * c.solidAngle()
              * c.attenuation()
              * c.efficiency()
              * c.polarization()
              * sweep.detectorFactor(0, ix, iy)
              * sample;
      worst = Math.max(worst, Math.abs(simulated - reference) / reference);
    }
    assertThat(bright).isGreaterThan(5);
    assertThat(worst).isLessThan(0.01);
  }

  @Test
  void reflectionsShouldIntegrateToTheModelsIntensityWhereGeometryPutsThem() {
    SimulationOptions options =
        small()
            .withDetector(SimulatedDetector.flat(401, 333, 0.2, 80))
            .withEffects(SweepEffects.NONE)
            .withModel(small().model().withLevels(150, 0, 0).withHalo(0, 0.01, 0.01))
            .withFrames(16, 0.4, 0.04)
            .withSweeps(1);
    Simulation simulation = Simulation.of(options);
    SimulatedSweep sweep = simulation.sweeps().get(0);
    Geometry g = sweep.geometry();
    Corrections corrections = Corrections.of(g);
    float[][] frames = new float[sweep.frames()][];
    for (int f = 0; f < frames.length; f++) {
      frames[f] = expected(sweep, f);
    }
    double middle = (g.scan().start() + g.scan().end()) / 2;
    int found = 0;
    for (int py = 15; py < 318; py += 4) {
      for (int px = 15; px < 386; px += 4) {
        Vec3 at = g.millerIndex(0, middle, px, py);
        int h = (int) Math.rint(at.x());
        int k = (int) Math.rint(at.y());
        int l = (int) Math.rint(at.z());
        Vec3 off = at.minus(new Vec3(h, k, l));
        double s = simulation.model().s(h, k, l);
        boolean close = off.norm() < 0.1 && s > 0.12;
        if (!close
            || simulation.model().isAbsent(h, k, l)
            || corrections.at(0, px, py).inverseLorentz() < 0.6 * s * 0.9768) {
          continue;
        }
        found++;
        double sum = 0;
        double all = 0;
        double x = 0;
        double y = 0;
        double phi = 0;
        for (int f = 0; f < sweep.frames(); f++) {
          float[] counts = frames[f];
          for (int iy = py - 14; iy < py + 14; iy++) {
            for (int ix = px - 14; ix < px + 14; ix++) {
              double c = counts[iy * 401 + ix];
              Vec3 d =
                  g.millerIndex(0, g.scan().phi(f), ix + 0.5, iy + 0.5).minus(new Vec3(h, k, l));
              if (c > 0 && d.norm() < 0.5) {
                CorrectionFactors k2 = corrections.at(0, ix + 0.5, iy + 0.5);
                double seconds = g.scan().exposure(f);
                double rate =
                    c
                        / seconds
                        / (k2.solidAngle()
                            * k2.attenuation()
                            * k2.efficiency()
                            * k2.polarization());
                double volume = rate * k2.d3s();
                sum += volume;
                all += c;
                x += c * (ix + 0.5);
                y += c * (iy + 0.5);
                phi += c * g.scan().phi(f);
              }
            }
          }
        }
        double truth = simulation.model().integrated(h, k, l) * sweep.factors().scale(0);
        assertThat(sum).as("%d %d %d", h, k, l).isCloseTo(truth, within(0.01 * truth));
        Vec3 centre = g.millerIndex(0, phi / all, x / all, y / all);
        assertThat(centre.minus(new Vec3(h, k, l)).norm()).isLessThan(0.004);
      }
    }
    assertThat(found).isGreaterThan(3);
  }

  @Test
  void gapsAndFaultsShouldReadNegativeOrBeMasked() {
    SimulationOptions options =
        small().withDetector(SimulatedDetector.pilatus300K(80, 0.9768)).withFrames(1, 0.5, 0.04);
    Simulation simulation = Simulation.of(options);
    SimulatedSweep sweep = simulation.sweeps().get(0);
    ImageSeries series = sweep.series();
    int[] counts = read(sweep, 0);
    int gaps = 0;
    int dead = 0;
    for (int i = 0; i < counts.length; i++) {
      boolean masked = series.mask(0).isMasked(i % 487, i / 487);
      gaps += counts[i] == -1 ? 1 : 0;
      dead += counts[i] == -2 ? 1 : 0;
      assertThat(counts[i] >= 0 || masked).isTrue();
    }
    assertThat(gaps).isEqualTo(2 * 17 * 487);
    assertThat(dead).isEqualTo(60);
    // beamstop: about π·(2.4/0.172)² pixels and an arm of 8 or 9 columns down to the edge
    assertThat(series.mask(0).count() - gaps - dead - 8).isBetween(2200, 3400);
    float[] mean = expected(simulation.background(), 0);
    int x = 246;
    int y = 303;
    assertThat(mean[y * 487 + x]).isLessThan(0.05f * mean[y * 487 + x + 20]);
  }

  @Test
  void valuesShouldEndAtTheDetectorsCutoff() {
    SimulatedDetector flat = SimulatedDetector.flat(101, 83, 0.8, 80);
    SimulatedDetector low = new SimulatedDetector("low", flat.detector(), 0, 0, 0, 0, 50);
    SimulatedSweep sweep = Simulation.of(small().withDetector(low)).sweeps().get(0);
    int max = 0;
    for (int c : read(sweep, 3)) {
      max = Math.max(max, c);
    }
    assertThat(max).isEqualTo(50);
  }

  @Test
  void panelsShouldSeeOneSignal() {
    SimulationOptions options =
        small().withDetector(SimulatedDetector.curved(3, 40, 60, 0.8, 80)).withSweeps(1);
    SimulatedSweep sweep = Simulation.of(options).sweeps().get(0);
    assertThat(sweep.series().source().panels()).isEqualTo(3);
    float[][] images = {new float[2400], new float[2400], new float[2400]};
    sweep.expected(2, images);
    for (float[] image : images) {
      for (float c : image) {
        assertThat(c).isPositive().isFinite();
      }
    }
    int[][] counts = {new int[2400], new int[2400], new int[2400]};
    sweep.read(2, counts);
    assertThat(counts[0]).isNotEqualTo(counts[2]);
  }

  @Test
  void wrongFramesAndArraysShouldBeRefused() {
    SimulatedSweep sweep = Simulation.of(small()).sweeps().get(0);
    assertThatThrownBy(() -> sweep.read(12, new int[1][101 * 83]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("12 frames");
    assertThatThrownBy(() -> sweep.read(0, new int[1][100]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8383 pixels");
  }

  @Test
  void otherCellsAndGroupsShouldWork() {
    UnitCell cell = new UnitCell(21, 34, 28, 77, 101, 65);
    SimulationOptions options = small().withCrystal(cell, SpaceGroup.ofHall("P 1"));
    List<SimulatedSweep> sweeps = Simulation.of(options).sweeps();
    assertThat(sweeps).hasSize(2);
    assertThat(sweeps.get(0).geometry().crystal().orElseThrow().a())
        .isNotEqualTo(sweeps.get(1).geometry().crystal().orElseThrow().a());
    assertThat(sweeps.get(1).geometry().scan().start()).isEqualTo(6);
    assertThat(sweeps.get(1).describe(3)).isEqualTo("simulated xtal2 frame 4");
  }
}
