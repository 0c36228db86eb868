package org.mdx.bragg.spots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.geometry.Probe;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelMask;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;
import org.mdx.sim.bragg.TrueSpot;

class FaintSpotsTest {
  private static final int N = 160;
  private static final int FRAMES = 12;
  private static final SpotOptions STRONG_ONLY =
      SpotOptions.defaults().thresholding(t -> t.filterSize(0));

  /** Sharp, bright spots in one half, wide, weak ones of 150 quanta in the other, by frame 4. */
  private static ImageSeries mixed() {
    FakeImages images =
        new FakeImages(
            N,
            N,
            FRAMES,
            f -> {
              int[] a = FakeImages.background(N, N, 31 + f, 2);
              for (int k = 0; k < 49; k++) {
                double x = 8.3 + 10 * (k % 7);
                double y = 11.6 + 21 * (k / 7);
                if (f % 6 == k % 6) {
                  FakeImages.add(a, N, x, y, 0.8, 300 + 900 * k);
                }
              }
              Random random = new Random(f);
              for (int k = 0; k < (f == 4 ? 16 : 0); k++) {
                for (int n = 0; n < 150; n++) {
                  double x = 90.5 + 18 * (k % 4) + 2 * random.nextGaussian();
                  double y = 30.5 + 30 * (k / 4) + 2 * random.nextGaussian();
                  a[(int) Math.floor(y) * N + (int) Math.floor(x)]++;
                }
              }
              return a;
            });
    return images.series(Probe.ELECTRON, 1, 0, PixelMask.none(N, N), 1);
  }

  private static Spots find(ImageSeries images, SpotOptions options, int threads) {
    return SpotFinder.find(images, options, Parallel.of(threads), Progress.NONE);
  }

  private static List<String> rows(Reflections r) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < r.size(); i++) {
      rows.add(
          Arrays.toString(Arrays.copyOfRange(r.get(ReflectionKeys.BBOX), 6 * i, 6 * i + 6))
              + Arrays.toString(
                  Arrays.copyOfRange(r.get(ReflectionKeys.XYZOBS_PX), 3 * i, 3 * i + 3))
              + Arrays.toString(
                  Arrays.copyOfRange(r.get(ReflectionKeys.XYZOBS_PX_VARIANCE), 3 * i, 3 * i + 3))
              + r.get(ReflectionKeys.N_SIGNAL)[i]
              + " "
              + r.get(ReflectionKeys.INTENSITY_SUM)[i]
              + " "
              + r.get(ReflectionKeys.INTENSITY_SUM_VARIANCE)[i]);
    }
    return rows;
  }

  @Test
  void spotsOfStrongPixelsShouldStayOneByOneAndFaintOnesBeAdded() {
    ImageSeries images = mixed();
    Spots before = find(images, STRONG_ONLY, 2);
    Spots after = find(images, SpotOptions.defaults(), 2);
    assertThat(before.reflections().size()).isGreaterThan(90);
    assertThat(rows(after.reflections())).containsAll(rows(before.reflections()));
    assertThat(after.counts().faint())
        .isEqualTo(after.reflections().size() - before.reflections().size())
        .isBetween(14L, 17L);
    assertThat(before.counts().faint()).isZero();
    assertThat(after.counts().spots()).isEqualTo(after.reflections().size());
  }

  @Test
  void threadsShouldNotShowInFaintSpots() {
    ImageSeries images = mixed();
    Reflections one = find(images, SpotOptions.defaults(), 1).reflections();
    assertThat(find(images, SpotOptions.defaults(), 2).reflections()).isEqualTo(one);
    assertThat(find(images, SpotOptions.defaults(), 7).reflections()).isEqualTo(one);
  }

  @Test
  void noiseHotPixelsAndPatternsOfTheCameraShouldBeNoFaintSpots() {
    int n = 300;
    FakeImages noise =
        new FakeImages(
            n,
            n,
            20,
            f -> {
              int[] a = FakeImages.background(n, n, 100 + f, 3);
              a[70 * n + 90] += 40;
              if (f == 10) {
                FakeImages.add(a, n, 40.5, 250.5, 1, 3000);
              }
              for (int i = 0; i < 25; i++) {
                a[(100 + i / 5) * n + 200 + i % 5] += 3;
              }
              return a;
            });
    ImageSeries images = noise.series(Probe.ELECTRON, 1, 0, PixelMask.none(n, n), 1);
    Reflections found = find(images, SpotOptions.defaults(), 2).reflections();
    // the bright spot, and by chance perhaps one in two million pixels
    assertThat(found.size()).isBetween(1, 2);
    double[] place = found.get(ReflectionKeys.XYZOBS_PX);
    for (int i = 0; i < found.size(); i++) {
      double x = place[3 * i];
      double y = place[3 * i + 1];
      assertThat(Math.hypot(x - 90.5, y - 70.5)).isGreaterThan(6);
      assertThat(Math.hypot(x - 202.5, y - 102.5)).isGreaterThan(6);
    }
  }

  /** A pixel of +18 in seven of twenty frames. */
  @ParameterizedTest
  @CsvSource({"ELECTRON, 1, 0", "X_RAY, 2, 100"})
  void aHotPixelShouldBeNoSpotOfACamera(Probe probe, double gain, double pedestal) {
    int n = 120;
    FakeImages hot =
        new FakeImages(
            n,
            n,
            20,
            f -> {
              int[] a = FakeImages.background(n, n, 500 + f, 1);
              a[60 * n + 60] += f >= 6 && f < 13 ? 18 : 0;
              if (f == 10) {
                FakeImages.add(a, n, 20.5, 90.5, 1, 3000);
              }
              return Arrays.stream(a).map(v -> (int) (gain * v + pedestal)).toArray();
            });
    ImageSeries images = hot.series(probe, gain, pedestal, PixelMask.none(n, n), 1);
    double[] place =
        find(images, SpotOptions.defaults(), 2).reflections().get(ReflectionKeys.XYZOBS_PX);
    int near = 0;
    for (int i = 0; i < place.length; i += 3) {
      near += Math.hypot(place[i] - 60.5, place[i + 1] - 60.5) < 3 ? 1 : 0;
    }
    assertThat(near).isZero();
  }

  /** Reflections near the rotation axis whose strong pixels come and go. */
  @Test
  void piecesOfALongReflectionShouldBeOneSpot() {
    int n = 150;
    FakeImages wavering =
        new FakeImages(
            n,
            n,
            60,
            f -> {
              int[] a = FakeImages.background(n, n, 700 + f, 1);
              Random random = new Random(f);
              for (int k = 0; k < 25; k++) {
                for (int q = 0; q < (f < 3 || f > 16 ? 0 : 26); q++) {
                  double x = 25.5 + 25 * (k % 5) + 0.8 * random.nextGaussian();
                  double y = 25.5 + 25 * (k / 5) + 0.8 * random.nextGaussian();
                  a[(int) Math.floor(y) * n + (int) Math.floor(x)]++;
                }
              }
              return a;
            });
    ImageSeries images = wavering.series(Probe.ELECTRON, 1, 0, PixelMask.none(n, n), 1);
    Reflections found = find(images, SpotOptions.defaults(), 2).reflections();
    assertThat(found.size()).isBetween(25, 27);
  }

  /** Without joining, 0.70 of these spots are reflections and 0.803 of the strong are found. */
  @Test
  void piecesOfReflectionsInFineSlicesOfXRaysShouldBeJoinedAndNotBeLost() {
    SpotSweep sweep = SweepKind.FINE_SLICES.sweep(3);
    Reflections found = find(sweep.series(), SpotOptions.defaults(), 2).reflections();
    double[] at = found.get(ReflectionKeys.XYZOBS_PX);
    int first = sweep.header().scan().firstImage() - 1;
    int real = 0;
    Set<TrueSpot> seen = new HashSet<>();
    for (int i = 0; i < at.length; i += 3) {
      TrueSpot near = null;
      for (TrueSpot t : sweep.spots()) {
        double r = Math.hypot(t.px() - at[i], t.py() - at[i + 1]) / 2;
        if (t.recorded() > 0 && Math.hypot(r, (t.frame() - at[i + 2] + first) / 1.5) < 1) {
          near = t;
        }
      }
      real += near == null ? 0 : 1;
      seen.add(near);
    }
    List<TrueSpot> strong =
        sweep.spots().stream().filter(t -> t.isFull() && t.signalToNoise() > 5).toList();
    assertThat((double) real / found.size()).isGreaterThan(0.88);
    assertThat((double) strong.stream().filter(seen::contains).count() / strong.size())
        .isGreaterThan(0.81);
  }

  /** Of 25 wide spots in frames 6 and 7; the saddle point of so many quanta on so few is far. */
  @ParameterizedTest
  @CsvSource({"0.05, 2.5, 150", "0.1, 3, 250", "0.3, 3, 400", "1, 3, 600"})
  void brightWideSpotsOnLittleBackgroundShouldBeFound(double rate, double sigma, int quanta) {
    int n = 210;
    FakeImages wide =
        new FakeImages(
            n,
            n,
            12,
            f -> {
              int[] a = FakeImages.background(n, n, 900 + f, rate);
              Random random = new Random(f);
              for (int k = 0; k < (f == 6 || f == 7 ? 25 * quanta : 0); k++) {
                double x = 25.5 + 40 * (k % 5) + sigma * random.nextGaussian();
                double y = 25.5 + 40 * (k / 5 % 5) + sigma * random.nextGaussian();
                a[(int) Math.floor(y) * n + (int) Math.floor(x)]++;
              }
              return a;
            });
    ImageSeries images = wide.series(Probe.ELECTRON, 1, 0, PixelMask.none(n, n), 1);
    double[] place =
        find(images, SpotOptions.defaults(), 2).reflections().get(ReflectionKeys.XYZOBS_PX);
    int near = 0;
    for (int k = 0; k < 25; k++) {
      boolean seen = false;
      for (int i = 0; i < place.length; i += 3) {
        double dx = place[i] - 25.5 - 40 * (k % 5);
        double dy = place[i + 1] - 25.5 - 40 * (k / 5);
        seen |= Math.hypot(dx, dy) < 2 && Math.abs(place[i + 2] - 7) < 1;
      }
      near += seen ? 1 : 0;
    }
    assertThat(near).isEqualTo(25);
  }

  /** The next point of a lattice row, in the same place a few frames later, stays another spot. */
  @ParameterizedTest
  @CsvSource({"ELECTRON", "X_RAY"})
  void reflectionsInOnePlaceWithNothingBetweenShouldStayTwo(Probe probe) {
    int n = 100;
    FakeImages two =
        new FakeImages(
            n,
            n,
            18,
            f -> {
              int[] a = FakeImages.background(n, n, 700 + f, 6);
              FakeImages.add(
                  a, n, 50.5, 40.5, 1.5, f == 6 || f == 7 || f == 10 || f == 11 ? 500 : 0);
              return a;
            });
    ImageSeries images = two.series(probe, 1, 0, PixelMask.none(n, n), 1);
    assertThat(find(images, SpotOptions.defaults(), 2).reflections().size()).isEqualTo(2);
  }

  /** With 3 values a count and pixels that share them, single pixels vary less than expected. */
  @ParameterizedTest
  @CsvSource({"0.5, 3", "0.7, 3", "1, 3", "1.5, 26"})
  void aWrongGainAndSharedCountsShouldMakeNoFaintSpots(double sigma, int gain) {
    int n = 300;
    FakeImages noise =
        new FakeImages(
            n,
            n,
            20,
            f -> {
              int[] a = shared(FakeImages.background(n, n, 1000 + f, 3), n, sigma, gain);
              if (f == 10) {
                FakeImages.add(a, n, 40.5, 250.5, 1, 3000 * gain);
              }
              return a;
            });
    ImageSeries images = noise.series(Probe.ELECTRON, 1, 0, PixelMask.none(n, n), 1);
    Spots found = find(images, SpotOptions.defaults(), 2);
    // 150 to 740 if the noise is taken to be that of counts
    assertThat(found.counts().faint()).isLessThanOrEqualTo(1);
    assertThat(found.reflections().size()).isPositive();
  }

  /** A point spread function over the edges of the image, and a gain. */
  private static int[] shared(int[] counts, int n, double sigma, int gain) {
    int half = (int) Math.ceil(3 * sigma);
    double[] weight = new double[2 * half + 1];
    for (int k = -half; k <= half; k++) {
      weight[k + half] = Math.exp(-0.5 * k * k / (sigma * sigma));
    }
    double all = Arrays.stream(weight).sum();
    double[] rows = new double[n * n];
    double[] both = new double[n * n];
    for (int i = 0; i < n * n; i++) {
      for (int k = -half; k <= half; k++) {
        rows[i] += weight[k + half] / all * counts[i / n * n + Math.floorMod(i + k, n)];
      }
    }
    for (int i = 0; i < n * n; i++) {
      for (int k = -half; k <= half; k++) {
        both[i] += weight[k + half] / all * rows[Math.floorMod(i + k * n, n * n)];
      }
    }
    return Arrays.stream(both).mapToInt(v -> (int) Math.rint(gain * v)).toArray();
  }
}
