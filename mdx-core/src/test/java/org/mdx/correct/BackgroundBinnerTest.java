package org.mdx.correct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.geometry.Conventions;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.ImageSeries;
import org.mdx.image.Pixels;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

class BackgroundBinnerTest {

  private static BinnedImageSeries bin(ImageSeries images, BackgroundOptions options, int threads) {
    return BackgroundBinner.bin(images, options, Parallel.of(threads), Progress.NONE);
  }

  private static MemoryImages random(Random random, int frames, int[] widths, int[] heights) {
    int[][][] images = new int[frames][widths.length][];
    for (int f = 0; f < frames; f++) {
      for (int p = 0; p < widths.length; p++) {
        images[f][p] = random.ints((long) widths[p] * heights[p], -2, 12).toArray();
      }
    }
    return new MemoryImages(images, widths);
  }

  /** First of n things in part i of {@code numpy.array_split(arange(n), parts)}. */
  private static int start(int n, int parts, int i) {
    int at = 0;
    for (int j = 0; j < i; j++) {
      at += n / parts + (j < n % parts ? 1 : 0);
    }
    return at;
  }

  @Test
  void ratesShouldBeMeanValidCountsPerMeanExposureOfEqualSections() {
    Random random = new Random(1);
    int[][] shapes = {{7, 13, 9}, {1, 1, 1}, {5, 4, 21}, {8, 10, 10}, {3, 11, 1}};
    for (int[] shape : shapes) {
      MemoryImages source =
          random(random, shape[0], new int[] {shape[2], 4}, new int[] {shape[1], 3});
      BackgroundOptions options =
          BackgroundOptions.defaults().bins(3, 4, 5).validRange(1, 9).conventions(Conventions.MDX2);
      BinnedImageSeries binned = bin(source.series(), options, 1);
      assertThat(binned.panels()).hasSize(2);
      for (int p = 0; p < 2; p++) {
        BinnedImageSeries.Bins bins = binned.panels().get(p);
        int width = source.width(p);
        int[] n = {shape[0], source.height(p), width};
        int[] parts = {(n[0] + 2) / 3, (n[1] + 3) / 4, (n[2] + 4) / 5};
        double[] rate = bins.rate();
        double[] variance = bins.variance().orElseThrow();
        assertThat(rate).hasSize(parts[0] * parts[1] * parts[2]);
        for (int b = 0; b < rate.length; b++) {
          int bf = b / (parts[1] * parts[2]);
          int by = b / parts[2] % parts[1];
          int bx = b % parts[2];
          double sum = 0;
          int pixels = 0;
          for (int f = start(n[0], parts[0], bf); f < start(n[0], parts[0], bf + 1); f++) {
            for (int y = start(n[1], parts[1], by); y < start(n[1], parts[1], by + 1); y++) {
              for (int x = start(n[2], parts[2], bx); x < start(n[2], parts[2], bx + 1); x++) {
                int v = source.images()[f][p][y * width + x];
                if (v >= 1 && v <= 9) {
                  sum += v;
                  pixels++;
                }
              }
            }
          }
          if (pixels == 0) {
            assertThat(rate[b]).isNaN();
          } else {
            assertThat(rate[b]).isCloseTo(sum / pixels / 0.5, within(1e-12));
            assertThat(variance[b]).isCloseTo(sum / (pixels * 0.5 * pixels * 0.5), within(1e-12));
          }
          double centre = (start(n[1], parts[1], by) + start(n[1], parts[1], by + 1) - 1) / 2.0;
          assertThat(bins.iy().get(by)).isEqualTo(centre);
        }
        assertThat(bins.phi().get(0)).isCloseTo(start(n[0], parts[0], 1) / 2.0, within(1e-12));
      }
    }
  }

  @Test
  void anyNumberOfThreadsShouldGiveTheSameBits() {
    ImageSeries images = random(new Random(2), 23, new int[] {31}, new int[] {17}).series();
    BackgroundOptions options = BackgroundOptions.defaults().bins(4, 5, 6);
    BinnedImageSeries one = bin(images, options, 1);
    assertThat(bin(images, options, 2)).isEqualTo(one);
    assertThat(bin(images, options, 7)).isEqualTo(one);
  }

  @Test
  void binsWithoutDataShouldTakeTheMeanOfTheirNeighboursUnlessCompatible() {
    int[] image = new int[25];
    Arrays.setAll(image, i -> i % 5);
    image[12] = Pixels.MASKED;
    image[0] = -1; // below the trusted range
    ImageSeries images = new MemoryImages(new int[][][] {{image}}, new int[] {5}).series();
    BackgroundOptions options = BackgroundOptions.defaults().bins(1, 1, 1);
    double[] filled = bin(images, options, 1).panels().get(0).rate();
    assertThat(filled[12]).isCloseTo(2 / 0.5, within(1e-12));
    assertThat(filled[0]).isCloseTo((1 + 1 + 0) / 3.0 / 0.5, within(1e-12));
    BinnedImageSeries.Bins empty =
        bin(images, options.conventions(Conventions.MDX2), 1).panels().get(0);
    assertThat(empty.missing()).isEqualTo(2);
  }

  @Test
  void wideGapsShouldBeFilledRingByRingAndEmptyPlanesFromTheNearest() {
    double nan = Double.NaN;
    double[] rate = {nan, nan, nan, nan, nan, 1, nan, nan, nan, nan, 2, nan, nan, nan, nan};
    double[] variance = rate.clone();
    MissingBins.fill(rate, variance, 3, 1, 5);
    assertThat(rate).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2);
    assertThat(variance).containsExactly(rate);
    double[] none = {nan, nan};
    MissingBins.fill(none, none.clone(), 1, 1, 2);
    assertThat(none).containsOnly(nan);
  }

  @Test
  void zeroCountsShouldHaveTheVarianceOfOneCount() {
    ImageSeries images = new MemoryImages(new int[][][] {{new int[4]}}, new int[] {2}).series();
    BinnedImageSeries.Bins bins = bin(images, BackgroundOptions.defaults(), 1).panels().get(0);
    assertThat(bins.rate()).containsExactly(0);
    assertThat(bins.variance().orElseThrow()).containsExactly(1 / 4.0);
  }

  @Test
  void aBackgroundWithoutValidPixelsShouldBeRejectedWithItsRange() {
    ImageSeries images = random(new Random(3), 2, new int[] {4}, new int[] {4}).series();
    assertThatThrownBy(() -> bin(images, BackgroundOptions.defaults().validRange(500, 600), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("500 to 600");
    assertThatThrownBy(() -> BackgroundOptions.defaults().bins(0, 1, 1))
        .hasMessageContaining("1 or more");
    assertThatThrownBy(() -> BackgroundOptions.defaults().validRange(5, 4))
        .hasMessageContaining("5 to 4");
  }
}
