package org.mdx.bragg.spots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.bragg.spots.threshold.ThresholdMethod;
import org.mdx.geometry.Probe;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelMask;
import org.mdx.mask.MaskRegion;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.table.EmptyResultException;

class SpotFinderTest {
  private static final int W = 90;
  private static final int H = 70;

  private static Spots find(ImageSeries images, SpotOptions options) {
    return SpotFinder.find(images, options, Parallel.of(2), Progress.NONE);
  }

  private static Spots find(ImageSeries images) {
    return find(images, SpotOptions.defaults());
  }

  /** A spot at 30.5, 20.5 on frames 2 to 4, brightest on 3, and one at 60.2, 50.8 on frame 6. */
  private static FakeImages two(int frames) {
    return new FakeImages(
        W,
        H,
        frames,
        f -> {
          int[] a = FakeImages.background(W, H, f, 2);
          double[] rocking = {0, 0, 0.25, 0.5, 0.25, 0, 0, 0};
          FakeImages.add(a, W, 30.5, 20.5, 1, 4000 * rocking[f % 8]);
          if (f % 8 == 6) {
            FakeImages.add(a, W, 60.2, 50.8, 1, 3000);
          }
          return a;
        });
  }

  @Test
  void spotsShouldBeWhereTheyWerePut() {
    Reflections r = find(two(8).series()).reflections();
    assertThat(r.size()).isEqualTo(2);
    double[] place = r.get(ReflectionKeys.XYZOBS_PX);
    assertThat(place[0]).isEqualTo(30.5, within(0.05));
    assertThat(place[1]).isEqualTo(20.5, within(0.05));
    assertThat(place[2]).isEqualTo(3.5, within(0.05));
    assertThat(place[3]).isEqualTo(60.2, within(0.05));
    assertThat(place[4]).isEqualTo(50.8, within(0.05));
    assertThat(place[5]).isEqualTo(6.5, within(0.05));
    double[] intensity = r.get(ReflectionKeys.INTENSITY_SUM);
    assertThat(intensity[0]).isEqualTo(4000, within(200.0));
    assertThat(intensity[1]).isEqualTo(3000, within(200.0));
    assertThat(r.isSet(0, ReflectionFlag.STRONG)).isTrue();
    int[] box = r.get(ReflectionKeys.BBOX);
    assertThat(Arrays.copyOfRange(box, 4, 6)).containsExactly(2, 5);
    assertThat(r.get(ReflectionKeys.SHOEBOX).size()).isEqualTo(2);
  }

  @Test
  void framesShouldBeNumberedAsTheImagesAre() {
    ImageSeries from11 = two(8).series(Probe.X_RAY, 1, 0, PixelMask.none(W, H), 11);
    Spots spots = find(from11);
    assertThat(spots.reflections().get(ReflectionKeys.XYZOBS_PX)[2]).isEqualTo(13.5, within(0.05));
    assertThat(spots.frames().get(3).image()).isEqualTo(14);
    assertThat(spots.frames().get(3).spots()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void threadsShouldNotShow(int threads) {
    ImageSeries images = two(40).series();
    Reflections one =
        SpotFinder.find(images, SpotOptions.defaults(), Parallel.of(1), Progress.NONE)
            .reflections();
    Reflections many =
        SpotFinder.find(images, SpotOptions.defaults(), Parallel.of(threads), Progress.NONE)
            .reflections();
    assertThat(many).isEqualTo(one);
    assertThat(one.size()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void pedestalAndGainShouldNotShow(int filter) {
    FakeImages ideal = two(8);
    FakeImages camera =
        new FakeImages(
            W,
            H,
            8,
            f -> {
              int[] a = new int[W * H];
              int[][] into = {a};
              ideal.read(f, into);
              for (int i = 0; i < a.length; i++) {
                a[i] = 3 * a[i] + 100;
              }
              return a;
            });
    SpotOptions options =
        SpotOptions.defaults().minSpotSize(3).thresholding(t -> t.filterSize(filter));
    Reflections one = find(ideal.series(), options).reflections();
    Reflections other =
        find(
                camera.series(Probe.ELECTRON, 3, 100, PixelMask.none(W, H), 1),
                options.finiteSize(false))
            .reflections();
    assertThat(other.size()).isEqualTo(one.size());
    for (int i = 0; i < 3 * one.size(); i++) {
      assertThat(other.get(ReflectionKeys.XYZOBS_PX)[i])
          .isEqualTo(one.get(ReflectionKeys.XYZOBS_PX)[i], within(0.02));
    }
    assertThat(other.get(ReflectionKeys.INTENSITY_SUM)[0])
        .isEqualTo(one.get(ReflectionKeys.INTENSITY_SUM)[0], within(20.0));
  }

  @Test
  void wideWeakSpotsOfElectronsShouldBeFoundByTheirSum() {
    // 120 quanta over some 100 pixels: none of them stands out of a background of 2
    FakeImages faint =
        new FakeImages(
            W,
            H,
            5,
            f -> {
              Random random = new Random(f);
              int[] a = FakeImages.background(W, H, f + 9, 2);
              for (int n = 0; n < (f == 2 ? 120 : 0); n++) {
                int x = (int) Math.floor(30.5 + 2 * random.nextGaussian());
                int y = (int) Math.floor(25.5 + 2 * random.nextGaussian());
                a[y * W + x]++;
              }
              return a;
            });
    SpotOptions none = SpotOptions.defaults().thresholding(t -> t.filterSize(0));
    ImageSeries images = faint.series(Probe.ELECTRON, 1, 0, PixelMask.none(W, H), 1);
    assertThatThrownBy(() -> find(images, none)).hasMessageContaining("no spots");
    Reflections found = find(images, SpotOptions.defaults()).reflections();
    assertThat(found.size()).isEqualTo(1);
    assertThat(found.get(ReflectionKeys.XYZOBS_PX)[0]).isEqualTo(30.5, within(0.6));
    assertThat(found.get(ReflectionKeys.XYZOBS_PX)[1]).isEqualTo(25.5, within(0.6));
    assertThatThrownBy(
            () ->
                find(
                    images,
                    none.thresholding(t -> t.method(ThresholdMethod.RADIAL_PROFILE).filterSize(2))))
        .hasMessageContaining("dispersion");
  }

  @Test
  void spotsGrownTogetherShouldBeSplit() {
    FakeImages pair =
        new FakeImages(
            W,
            H,
            3,
            f -> {
              int[] a = FakeImages.background(W, H, f, 1);
              if (f == 1) {
                FakeImages.add(a, W, 40.5, 30.5, 1, 3000);
                FakeImages.add(a, W, 45.5, 30.5, 1, 2000);
              }
              return a;
            });
    Spots split = find(pair.series());
    assertThat(split.reflections().size()).isEqualTo(2);
    assertThat(split.counts().split()).isEqualTo(1);
    Spots whole = find(pair.series(), SpotOptions.defaults().split(false).maxSeparation(9));
    assertThat(whole.reflections().size()).isEqualTo(1);
  }

  @Test
  void oneRoundSpotShouldStayOne() {
    assertThat(find(two(8).series()).counts().split()).isZero();
  }

  @Test
  void aStillShouldDo() {
    FakeImages still =
        new FakeImages(
            W,
            H,
            1,
            f -> {
              int[] a = FakeImages.background(W, H, 1, 2);
              FakeImages.add(a, W, 30.5, 20.5, 1, 1000);
              return a;
            });
    Spots spots = find(still.series());
    assertThat(spots.reflections().size()).isEqualTo(1);
    assertThat(spots.reflections().get(ReflectionKeys.XYZOBS_PX)[2]).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void aHotPixelShouldBeNoSpotAndNotBeKept() {
    FakeImages hot =
        new FakeImages(
            W,
            H,
            400,
            f -> {
              int[] a = FakeImages.background(W, H, f, 1);
              a[1234] = 500;
              if (f == 200) {
                FakeImages.add(a, W, 60.5, 50.5, 1, 3000);
              }
              return a;
            });
    Spots spots = find(hot.series());
    assertThat(spots.reflections().size()).isEqualTo(1);
    assertThat(spots.counts().tooLarge()).isEqualTo(1);
  }

  @Test
  void nothingStrongShouldBeSaid() {
    FakeImages empty = new FakeImages(W, H, 4, f -> new int[W * H]);
    assertThatThrownBy(() -> find(empty.series()))
        .isInstanceOf(EmptyResultException.class)
        .hasMessageContaining("no spots: no pixel of 4 images is strong")
        .hasMessageContaining("--sigma-strong");
  }

  @Test
  void spotsThatAreTooSmallShouldBeCounted() {
    assertThatThrownBy(() -> find(two(8).series(), SpotOptions.defaults().minSpotSize(900)))
        .isInstanceOf(EmptyResultException.class)
        .hasMessageContaining("too small")
        .hasMessageContaining("--min-spot-size");
  }

  @Test
  void tooManyStrongPixelsShouldBeAnError() {
    FakeImages stripes =
        new FakeImages(
            W,
            H,
            2,
            f -> {
              int[] a = new int[W * H];
              Arrays.setAll(a, i -> i % 3 == 0 ? 1000 : 1);
              return a;
            });
    SpotOptions loose =
        SpotOptions.defaults().thresholding(t -> t.sigmaBackground(0.01).sigmaStrong(0.01));
    assertThatThrownBy(() -> find(stripes.series(), loose))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are strong, at most 25 % may be");
  }

  @Test
  void manySpotsShouldNotBeTakenForNoise() {
    int n = 240;
    int step = 12;
    FakeImages dense =
        new FakeImages(
            n,
            n,
            1,
            f -> {
              int[] a = FakeImages.background(n, n, f, 1);
              for (int y = step / 2; y < n; y += step) {
                for (int x = step / 2; x < n; x += step) {
                  FakeImages.add(a, n, x, y, 1, 300);
                }
              }
              return a;
            });
    // one spot a square of 12 pixels
    assertThat(find(dense.series()).reflections().size()).isBetween(395, 405);
  }

  @Test
  void noiseShouldBeAnError() {
    int n = 400;
    FakeImages noise = new FakeImages(n, n, 1, f -> FakeImages.background(n, n, f, 3));
    SpotOptions loose =
        SpotOptions.defaults().thresholding(t -> t.sigmaBackground(0.01).sigmaStrong(0.01));
    assertThatThrownBy(() -> find(noise.series(), loose))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("that is noise; raise the threshold (--sigma-strong");
    assertThatThrownBy(() -> find(noise.series()))
        .isInstanceOf(EmptyResultException.class)
        .hasMessageContaining("no spots");
  }

  @Test
  void aMaskOfEverythingShouldBeSaid() {
    BitSet all = new BitSet();
    all.set(0, W * H);
    ImageSeries hidden = two(2).series(Probe.X_RAY, 1, 0, PixelMask.of(W, H, all), 1);
    assertThatThrownBy(() -> find(hidden))
        .isInstanceOf(EmptyResultException.class)
        .hasMessageContaining("leaves out all 6300 pixels");
  }

  @Test
  void maskedRegionsShouldHideTheirSpots() {
    Spots spots =
        find(
            two(8).series(),
            SpotOptions.defaults().masking(m -> m.and(new MaskRegion.Circle(0, 30, 20, 12))));
    assertThat(spots.reflections().size()).isEqualTo(1);
    assertThat(spots.reflections().get(ReflectionKeys.XYZOBS_PX)[0]).isEqualTo(60.2, within(0.05));
  }

  @Test
  void blankImagesShouldBeFlagged() {
    FakeImages gap =
        new FakeImages(
            W,
            H,
            60,
            f -> {
              int[] a = FakeImages.background(W, H, f, 1);
              for (int i = 0; i < 5 && (f < 20 || f >= 40); i++) {
                FakeImages.add(a, W, 10.5 + 15 * i, 10.5 + (f * 7 + 13 * i) % 50, 1, 1000);
              }
              return a;
            });
    Spots spots = find(gap.series());
    List<Integer> blank = new ArrayList<>();
    spots.frames().stream().filter(FrameSpots::blank).forEach(f -> blank.add(f.image()));
    assertThat(blank).contains(23, 30, 38).doesNotContain(1, 18, 43, 60);
  }

  @Test
  void radialThresholdShouldFindSpotsOnASteepBackground() {
    FakeImages steep =
        new FakeImages(
            W,
            H,
            1,
            f -> {
              int[] a = FakeImages.background(W, H, 1, 5);
              FakeImages.add(a, W, 45, 35, 12, 60000);
              FakeImages.add(a, W, 70.5, 20.5, 1.2, 2000);
              return a;
            });
    ImageSeries series = steep.series(Probe.ELECTRON, 1, 0, PixelMask.none(W, H), 1);
    Spots spots =
        find(
            series,
            SpotOptions.defaults()
                .thresholding(t -> t.method(ThresholdMethod.RADIAL_PROFILE).rings(20)));
    double[] place = spots.reflections().get(ReflectionKeys.XYZOBS_PX);
    boolean found = false;
    for (int i = 0; i < place.length; i += 3) {
      found |= Math.hypot(place[i] - 70.5, place[i + 1] - 20.5) < 0.3;
    }
    assertThat(found).isTrue();
  }

  @Test
  void interruptionShouldEndIt() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> find(two(8).series())).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void progressShouldCountFrames() {
    List<Long> done = new ArrayList<>();
    SpotFinder.find(
        two(8).series(), SpotOptions.defaults(), Parallel.of(1), (stage, n, total) -> done.add(n));
    assertThat(done).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  @Test
  void optionsShouldRefuseWhatCannotBe() {
    assertThatThrownBy(() -> SpotOptions.defaults().gain(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gain 0.0, must be above 0");
    assertThatThrownBy(() -> SpotOptions.defaults().thresholding(t -> t.sigmaStrong(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sigma of strong pixels 0.0, must be above 0");
    assertThatThrownBy(() -> SpotOptions.defaults().thresholding(t -> t.sigmaBackground(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sigma of the background 0.0, must be above 0");
    assertThat(SpotOptions.defaults().minSpotSize(4).dMin(2))
        .isEqualTo(SpotOptions.defaults().dMin(2).minSpotSize(4))
        .isNotEqualTo(SpotOptions.defaults());
  }
}
