package org.mdx.peaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.PixelMillerIndex;
import org.mdx.image.ImageSeries;
import org.mdx.integrate.RandomSweep;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.ModelParameters;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

/**
 * The threshold against Poisson's law, summed term by term, and simulations without Bragg peaks.
 */
class ThresholdFinderTest {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 130;

  private static int oracle(double lambda) {
    return oracle(lambda, 1e-7);
  }

  /** The smallest T with P(X > T) of at most some value for Poisson's law. */
  private static int oracle(double lambda, double most) {
    double beyond = 1;
    double log = -lambda;
    for (int k = 0; ; k++) {
      beyond -= Math.exp(log);
      if (beyond <= most) {
        return k;
      }
      log += Math.log(lambda / (k + 1));
    }
  }

  private static int poisson(Random random, double lambda) {
    if (lambda > 100) {
      return (int) Math.max(0, Math.rint(lambda + Math.sqrt(lambda) * random.nextGaussian()));
    }
    double limit = Math.exp(-lambda);
    double product = random.nextDouble();
    int n = 0;
    while (product > limit) {
      product *= random.nextDouble();
      n++;
    }
    return n;
  }

  /** A sweep that expects a number of counts at each column, times a gain. */
  private static RandomSweep sweep(IntToDoubleFunction expected, int gain) {
    RandomSweep sweep = new RandomSweep(1, 1, WIDTH, HEIGHT, 8, 0.5);
    Random random = new Random(3);
    for (int[][] frame : sweep.frames) {
      for (int i = 0; i < frame[0].length; i++) {
        frame[0][i] = gain * poisson(random, expected.applyAsDouble(i % WIDTH));
      }
    }
    return sweep;
  }

  private static FoundThreshold find(ImageSeries images) {
    Geometry g = images.geometry();
    Panel panel = g.detector().panels().get(0).withResponse(1, 0, 0, 0, 1000);
    Geometry counted =
        new Geometry(
            g.beam(),
            new Detector(List.of(panel)),
            g.goniometer(),
            g.scan(),
            g.crystal().orElse(null));
    return ThresholdFinder.find(images.withGeometry(counted), Parallel.of(2), Progress.NONE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.5, 3, 20, 150})
  void thresholdShouldBeWherePoissonsLawEnds(double lambda) {
    int expected = oracle(lambda);
    // tiles of 36 pixels know λ to 17 % of √λ, and the brightest of five counts
    int margin = (int) Math.ceil(1.5 + 1.2 * Math.sqrt(lambda));
    FoundThreshold plain = find(sweep(x -> lambda, 1).images());
    assertThat(plain.counts()).isBetween(expected, expected + margin);
    assertThat(plain.above()).isZero();
    assertThat(plain.typical()).isBetween(0.9 * lambda, 1.3 * lambda + 0.15);

    RandomSweep peaks = sweep(x -> lambda, 1);
    Random random = new Random(7);
    for (int[][] frame : peaks.frames) {
      for (int spot = 0; spot < 60; spot++) {
        int at = (3 + random.nextInt(HEIGHT - 6)) * WIDTH + 3 + random.nextInt(WIDTH - 6);
        for (int dy = -1; dy <= 1; dy++) {
          for (int dx = -1; dx <= 1; dx++) {
            frame[0][at + dy * WIDTH + dx] += (int) (200 + 50 * Math.sqrt(lambda));
          }
        }
      }
    }
    FoundThreshold spotted = find(peaks.images());
    assertThat(spotted.counts()).isBetween(plain.counts() - 1, plain.counts() + 1 + margin / 3);
    assertThat(spotted.above()).isGreaterThan(60);
  }

  @Test
  void theBrightestPartShouldDecide() {
    FoundThreshold t = find(sweep(x -> x < 20 ? 40 : 2, 1).images());
    // one pixel in eight expects so many
    int expected = oracle(40, 8e-7);
    assertThat(t.counts()).isBetween(expected, expected + 9);
    assertThat(t.typical()).isLessThan(3);
    assertThat(t.brightest()).isBetween(38.0, 48.0);
  }

  @Test
  void countsOfManyUnitsForAPhotonShouldBeTakenInThoseUnits() {
    FoundThreshold t = find(sweep(x -> 8, 10).images());
    assertThat(t.dispersion()).isBetween(9.0, 11.0);
    assertThat(t.counts()).isBetween(9 * oracle(8), 12 * (oracle(8) + 4));
    assertThat(find(sweep(x -> 8, 1).images()).dispersion()).isBetween(1.0, 1.05);
  }

  @Test
  void diffuseScatteringOfASimulationShouldStayBelowAndBraggPeaksNot() {
    SimulationOptions o =
        SimulationOptions.demo()
            .withDetector(SimulatedDetector.flat(230, 230, 0.36, 80))
            .withFrames(12, 0.5, 0.04);
    FoundThreshold t = find(Simulation.of(o).sweeps().get(0).series());
    ModelParameters m = o.model();
    SimulatedSweep diffuse =
        Simulation.of(o.withModel(m.withLevels(0, m.cloudLevel(), m.isotropicLevel())))
            .sweeps()
            .get(0);
    int[] pixels = new int[230 * 230];
    int most = 0;
    for (int f = 0; f < 12; f++) {
      diffuse.read(f, new int[][] {pixels});
      for (int i = 0; i < pixels.length; i++) {
        if (!diffuse.mask(0).isMasked(i % 230, i / 230)) {
          most = Math.max(most, pixels[i]);
        }
      }
    }
    assertThat(t.counts()).isBetween(most, most + most / 2);
    assertThat(t.above()).isGreaterThan(100);
    assertThat(t.toString()).contains("count threshold " + t.counts());
  }

  @Test
  void anyNumberOfThreadsShouldFindTheSame() {
    ImageSeries images = sweep(x -> 5, 1).images();
    FoundThreshold one = ThresholdFinder.find(images, Parallel.of(1), Progress.NONE);
    for (int threads : new int[] {2, 7}) {
      assertThat(ThresholdFinder.find(images, Parallel.of(threads), Progress.NONE)).isEqualTo(one);
    }
  }

  @Test
  void peaksShouldBeSoughtAboveTheThresholdUnlessOneIsGiven() {
    RandomSweep sweep = sweep(x -> 3, 1);
    for (int f = 0; f < 8; f++) {
      sweep.frames[f][0][40 * WIDTH + 10 * f] = 900;
      sweep.frames[f][0][90 * WIDTH + 10 * f + 5] = 30;
    }
    PixelMillerIndex index =
        f ->
            (panel, iy, ix) -> new Vec3(1 + 0.01 * Math.sin(f), 0.02 * Math.cos(f), 0.01 * (f % 3));
    Peaks found =
        PeakFinder.find(
            sweep.images(), index, PeakOptions.defaults(), Parallel.of(2), Progress.NONE);
    assertThat(found.countThreshold()).isEqualTo(found.foundThreshold().orElseThrow().counts());
    assertThat(found.positions().size()).isEqualTo(16 - masked(sweep));
    Peaks given =
        PeakFinder.find(
            sweep.images(),
            index,
            PeakOptions.defaults().countThreshold(100),
            Parallel.of(2),
            Progress.NONE);
    assertThat(given.foundThreshold()).isEmpty();
    assertThat(given.countThreshold()).isEqualTo(100);
    assertThatThrownBy(
            () ->
                PeakFinder.find(
                    sweep(x -> 3, 1).images(),
                    index,
                    PeakOptions.defaults(),
                    Parallel.of(2),
                    Progress.NONE))
        .hasMessageContaining("where the noise of the diffuse scattering ends");
  }

  private static int masked(RandomSweep sweep) {
    int n = 0;
    for (int f = 0; f < 8; f++) {
      n += sweep.masks.get(0).isMasked(10 * f, 40) ? 1 : 0;
      n += sweep.masks.get(0).isMasked(10 * f + 5, 90) ? 1 : 0;
    }
    return n;
  }

  @Test
  void framesWithoutPixelsThatCountShouldBeRefused() {
    RandomSweep sweep = sweep(x -> 3, 1);
    for (int[][] frame : sweep.frames) {
      Arrays.fill(frame[0], -1);
    }
    assertThatThrownBy(() -> find(sweep.images()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("count threshold cannot be found");
  }
}
