package org.mdx.microed.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.image.PixelMask;
import org.mdx.microed.detector.DetectorEstimator.GoodPixels;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

class DetectorEstimatorTest {
  private static DetectorEstimate estimate(SimulatedCamera camera, int threads) throws IOException {
    PixelMask none = PixelMask.none(camera.size(), camera.size());
    return DetectorEstimator.of(NoiseOptions.defaults())
        .estimate(
            camera,
            List.of(new GoodPixels(none, Integer.MIN_VALUE, Integer.MAX_VALUE)),
            Parallel.of(threads),
            Progress.NONE);
  }

  private static void check(Measured found, double truth, double allowance) {
    assertThat(found.value()).isCloseTo(truth, within(4 * found.error() + allowance));
  }

  @Test
  void cameraWithBrightQuantaShouldBeKnownWell() throws IOException {
    DetectorEstimate e = estimate(new SimulatedCamera(256, 48, -40, 26, 6, 0, 20), 2);
    check(e.gain(), 26, 0);
    check(e.pedestal(), -40, 0);
    check(e.readNoise(), 6, 0);
    assertThat(e.gain().error()).isLessThan(0.6);
    assertThat(e.pedestal().error()).isLessThan(1);
    assertThat(e.readNoise().error()).isLessThan(1);
    assertThat(e.scatter()).isBetween(0.8, 1.3);
  }

  @Test
  void blurShouldLowerTheGainOfPixelsButNotThatOfQuanta() throws IOException {
    DetectorEstimate e = estimate(new SimulatedCamera(256, 48, 100, 20, 3, 0.4, 20), 2);
    check(e.gain(), 20, 0);
    // neighbours that vary together take 20 / 10.4 of 1/256 off with the mean of the tile, twice
    check(e.pixelGain(), 20 * (0.6 * 0.6 + 0.4 * 0.4), 0.02 * 10.4);
    check(e.pedestal(), 100, 3);
  }

  @Test
  void photonCounterShouldHaveGainOneAndNothingElse() throws IOException {
    DetectorEstimate e = estimate(new SimulatedCamera(256, 40, 0, 1, 0, 0, 60), 2);
    check(e.gain(), 1, 0);
    check(e.pixelGain(), 1, 0);
    check(e.pedestal(), 0, 0.05);
    assertThat(e.pedestal().error()).isLessThan(0.2);
    assertThat(e.readNoise().value()).isLessThan(0.5);
  }

  @Test
  void valuesWhoseSumsExceedAnIntegerShouldCount() throws IOException {
    // three pixels of this pedestal add up to the largest int
    DetectorEstimate e = estimate(new SimulatedCamera(256, 48, 715_827_882, 26, 6, 0, 20), 2);
    check(e.gain(), 26, 0);
    check(e.pedestal(), 715_827_882, 0);
  }

  @Test
  void threadsShouldNotChangeTheEstimate() throws IOException {
    SimulatedCamera camera = new SimulatedCamera(128, 32, 10, 5, 2, 0, 30);
    assertThat(estimate(camera, 3)).isEqualTo(estimate(camera, 1));
  }

  @Test
  void evenlyDarkFramesShouldBeRefused() {
    assertThatThrownBy(() -> estimate(new SimulatedCamera(256, 16, 7, 5, 2, 0, 0), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the noise does not grow with the signal");
  }

  @Test
  void tooFewFramesShouldBeRefused() {
    assertThatThrownBy(() -> estimate(new SimulatedCamera(256, 2, 7, 5, 2, 0, 10), 1))
        .hasMessageContaining("2 frames; noise in time needs at least 3");
  }
}
