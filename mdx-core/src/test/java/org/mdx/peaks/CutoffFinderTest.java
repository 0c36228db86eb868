package org.mdx.peaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.geometry.ExactMillerIndexMap;
import org.mdx.geometry.PixelMillerIndex;
import org.mdx.image.ImageSeries;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.ModelParameters;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

/** The cutoff against the true width of simulated peaks, with halos and without. */
class CutoffFinderTest {
  private static final Parallel TWO = Parallel.of(2);
  private static final Map<String, Found> FOUND = new HashMap<>();

  private record Found(Peaks peaks, FoundCutoff cutoff, ImageSeries images, double trueSigma) {
    /** The radius that is masked, in true standard deviations of the peaks on the detector. */
    double radius() {
      double[] a = peaks.model().semiAxes();
      return cutoff.cutoff() * (a[0] + a[1] + a[2]) / 3 / trueSigma;
    }

    FoundCutoff again(int threads) {
      return find(images, peaks.model(), Parallel.of(threads));
    }
  }

  private static FoundCutoff find(ImageSeries images, PeakModel model, Parallel parallel) {
    return CutoffFinder.find(
        images,
        new ExactMillerIndexMap(images.geometry(), parallel),
        model,
        images.geometry().crystal().orElseThrow().spaceGroup(),
        parallel,
        Progress.NONE);
  }

  /** Peaks of some width, in mean distances of lattice points, with halos of some height. */
  private static Found found(double sigma, double halo, double bragg) {
    return FOUND.computeIfAbsent(
        sigma + " " + halo + " " + bragg,
        key -> {
          SimulationOptions o =
              SimulationOptions.demo()
                  .withDetector(SimulatedDetector.flat(230, 230, 0.36, 80))
                  .withFrames(26, 0.5, 0.04);
          ModelParameters m = o.model();
          double unit = m.peakSigma() / 0.055;
          o =
              o.withModel(
                  m.withPeakSigma(sigma * unit)
                      .withLevels(bragg, m.cloudLevel(), m.isotropicLevel())
                      .withHalo(halo, m.haloWidth(), m.haloRadius()));
          ImageSeries images = Simulation.of(o).sweeps().get(0).series();
          Peaks peaks =
              PeakFinder.find(
                  images,
                  PixelMillerIndex.exact(images.geometry()),
                  PeakOptions.defaults(),
                  TWO,
                  Progress.NONE);
          // a pixel is 0.36 mm / 80 mm / λ wide
          double pixel = 0.36 / 80 / o.wavelength() * 30;
          double smeared = Math.hypot(sigma, pixel / Math.sqrt(12));
          return new Found(peaks, find(images, peaks.model(), TWO), images, smeared);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "0.055, 0, 150",
    "0.055, 0.012, 150",
    "0.085, 0, 150",
    "0.085, 0.012, 150",
    "0.055, 0.001, 2000"
  })
  void peaksShouldBeMaskedToWhereTheirTailsEndWhateverTheModelsWidth(
      double sigma, double halo, double bragg) {
    Found f = found(sigma, halo, bragg);
    // a Gaussian is down to 6e-3 at 3.2 and to 3e-5 at 4.6 standard deviations
    assertThat(f.radius()).as(f.cutoff() + " " + f.peaks()).isBetween(3.2, 4.6);
    assertThat(f.cutoff().cutoff()).isGreaterThanOrEqualTo(CutoffFinder.LEAST);
    double[] a = f.peaks().model().semiAxes();
    double width = f.cutoff().width() * (a[0] + a[1] + a[2]) / 3;
    assertThat(width).isBetween(0.85 * f.trueSigma(), 1.15 * f.trueSigma());
  }

  @Test
  void halosShouldStay() {
    for (double sigma : new double[] {0.055, 0.085}) {
      Found with = found(sigma, 0.012, 150);
      Found without = found(sigma, 0, 150);
      assertThat(with.radius()).isCloseTo(without.radius(), within(0.35));
      FoundCutoff.Shell outer =
          with.cutoff().shells().stream()
              .filter(s -> s.from() >= with.cutoff().cutoff() + 0.25)
              .findFirst()
              .orElseThrow();
      // what grows with the reflection there is the halo, not the tail
      assertThat(outer.slope()).isGreaterThan(5 * outer.error());
      assertThat(outer.tail()).isLessThan(outer.slope() / 5);
      FoundCutoff.Shell none =
          without.cutoff().shells().stream()
              .filter(s -> s.from() >= outer.from())
              .findFirst()
              .orElseThrow();
      assertThat(none.slope()).isLessThan(outer.slope() / 2);
    }
  }

  @Test
  void theTableShouldTellWhatIsKept() {
    FoundCutoff c = found(0.085, 0, 150).cutoff();
    assertThat(c.table()).hasSize(c.shells().size() + 1);
    for (int i = 0; i < c.shells().size(); i++) {
      FoundCutoff.Shell s = c.shells().get(i);
      assertThat(c.table().get(i + 1).endsWith("kept")).isEqualTo(s.from() >= c.cutoff());
      if (s.from() >= c.cutoff()) {
        assertThat(s.share()).isLessThan(0.15);
      }
    }
    assertThat(c.toString()).contains("mask cutoff " + c.cutoff());
  }

  @Test
  void anyNumberOfThreadsShouldFindTheSame() {
    Found f = found(0.085, 0.012, 150);
    assertThat(f.again(1)).isEqualTo(f.cutoff());
    assertThat(f.again(7)).isEqualTo(f.cutoff());
  }

  @Test
  void withoutReflectionsTheLeastCutoffShouldDo() {
    Found f = found(0.055, 0, 150);
    ImageSeries images =
        Simulation.of(
                SimulationOptions.demo()
                    .withDetector(SimulatedDetector.flat(40, 40, 0.1, 800))
                    .withFrames(3, 0.5, 0.04))
            .sweeps()
            .get(0)
            .series();
    FoundCutoff c = find(images, f.peaks().model(), TWO);
    assertThat(c.cutoff()).isEqualTo(CutoffFinder.LEAST);
    assertThat(c.shells()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.12, 0.13, 0.14, 0.15, 0.16, 0.165, 0.17, 0.2, 0.3})
  void peaksWithoutRoomAroundThemShouldGetTheLeast(double width) {
    Found f = found(0.055, 0, 150);
    PeakModel wide = new PeakModel(Vec3.ZERO, Mat3.diagonal(width, width, width));
    FoundCutoff c = find(f.images(), wide, TWO);
    assertThat(c.cutoff()).isBetween(CutoffFinder.LEAST, Math.max(3, 0.42 / width));
    assertThat(c.toString()).doesNotContain("NaN");
  }
}
