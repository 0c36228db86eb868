package org.mdx.microed.blanks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.image.PixelResponse;
import org.mdx.image.Pixels;

class TileScanTest {
  private static final BitSet NONE = new BitSet();

  private static FrameSignals.Frame frame(int[] pixels, int width, BitSet hot) {
    TileScan scan = new TileScan(6);
    scan.clear();
    scan.add(pixels, width, pixels.length / width, PixelResponse.COUNTER, hot, i -> {});
    return scan.frame();
  }

  @Test
  void peaksShouldHaveTheCountsAboveTheMedian() {
    int[] pixels = new int[40 * 40];
    Arrays.fill(pixels, 9);
    pixels[5 * 40 + 5] = 109;
    pixels[5 * 40 + 6] = 59;
    pixels[5 * 40 + 7] = 20; // 11 above, less than 6 standard deviations of 3
    pixels[39 * 40 + 39] = Pixels.MASKED;
    FrameSignals.Frame f = frame(pixels, 40, NONE);
    assertThat(f.total()).isEqualTo(1596 * 9 + 109 + 59 + 20);
    assertThat(f.peakPixels()).isEqualTo(2);
    assertThat(f.peakCounts()).isCloseTo(150, within(0.1));
    // three pixels above it move the median of equal values by half a count in all for each
    assertThat(f.aboveBackground()).isCloseTo(161, within(1.6));
  }

  @Test
  void hotPixelsShouldBelongToNoPeak() {
    int[] pixels = new int[32 * 32];
    pixels[40] = 1000;
    pixels[400] = 100;
    BitSet hot = new BitSet();
    hot.set(40);
    assertThat(frame(pixels, 32, hot).peakPixels()).isEqualTo(1);
  }

  @Test
  void noiseShouldHaveHardlyAnyPeaksAndNothingAboveBackground() {
    Random random = new Random(3);
    int[] pixels = new int[256 * 256];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (int) Math.max(0, Math.rint(100 + 10 * random.nextGaussian()));
    }
    FrameSignals.Frame f = frame(pixels, 256, NONE);
    assertThat(f.peakPixels()).isZero();
    // the mean of a tile's medians is off by 1.25 σ/√n at most a few times over
    assertThat(Math.abs(f.aboveBackground())).isLessThan(4 * 1.25 * 10 * 256);
  }

  @Test
  void framesWithoutGoodPixelsShouldHaveNoSignal() {
    int[] pixels = new int[64 * 3];
    Arrays.fill(pixels, Pixels.MASKED);
    assertThat(frame(pixels, 64, NONE)).isEqualTo(new FrameSignals.Frame(0, 0, 0, 0));
  }

  @Test
  void aCamerasFrameShouldHaveTheSignalsOfItsPhotons() {
    Random random = new Random(4);
    int[] photons = random.ints(64 * 64, 0, 12).toArray();
    for (int i = 0; i < 20; i++) {
      photons[random.nextInt(photons.length)] = 300;
    }
    TileScan counted = new TileScan(6);
    counted.add(photons, 64, 64, PixelResponse.COUNTER, new BitSet(), i -> {});
    for (double pedestal : new double[] {0, 100, -40, 1000}) {
      int[] values = Arrays.stream(photons).map(v -> (int) pedestal + 4 * v).toArray();
      TileScan scan = new TileScan(6);
      scan.add(values, 64, 64, new PixelResponse(4, pedestal, 0), new BitSet(), i -> {});
      assertThat(scan.frame().total()).isEqualTo(counted.frame().total());
      assertThat(scan.frame().peakPixels()).isEqualTo(counted.frame().peakPixels());
      // medians of values are known to a quarter of a photon
      assertThat(scan.frame().peakCounts()).isCloseTo(counted.frame().peakCounts(), within(10.0));
    }
  }
}
