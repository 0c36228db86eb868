package org.mdx.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mdx.geometry.PixelRectangle;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.parallel.Parallel;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

class HotPixelFinderTest {
  private static final int WIDTH = 60;
  private static final int HEIGHT = 40;

  /** The crystal's own reflections and background, and pixels that count more. */
  private record Extra(ImageSource of) implements ImageSource {
    @Override
    public int frames() {
      return of.frames();
    }

    @Override
    public int panels() {
      return 1;
    }

    @Override
    public int width(int panel) {
      return WIDTH;
    }

    @Override
    public int height(int panel) {
      return HEIGHT;
    }

    @Override
    public String describe(int frame) {
      return of.describe(frame);
    }

    @Override
    public void read(int frame, int[][] into) throws IOException {
      of.read(frame, into);
      int[] p = into[0];
      p[at(10, 5)] += 400 + frame % 7;
      // two side by side, and one whose beam is weaker on some images
      p[at(30, 20)] += 90;
      p[at(31, 20)] += 300;
      p[at(45, 30)] += frame % 10 < 3 ? 300 : 1000;
      p[at(0, 0)] += 100;
      // behind a mask
      p[at(50, 8)] += 500;
      // light that stays, and spreads
      for (int y = -2; y <= 2; y++) {
        for (int x = -2; x <= 2; x++) {
          p[at(20 + x, 30 + y)] += (int) (2000 * Math.exp(-0.5 * (x * x + y * y) / 0.5));
        }
      }
      // comes and goes
      p[at(40, 10)] += frame % 8 < 4 ? 500 : 0;
    }
  }

  private static int at(int x, int y) {
    return y * WIDTH + x;
  }

  private static ImageSeries images(int frames) {
    ImageSeries plain =
        Simulation.of(
                SimulationOptions.demo()
                    .withDetector(SimulatedDetector.flat(WIDTH, HEIGHT, 0.1, 80))
                    .withFrames(frames, 0.5, 0.04))
            .sweeps()
            .get(0)
            .series();
    PixelMask behind =
        PixelMask.none(WIDTH, HEIGHT).or(new PixelRectangle(48, 6, 52, 10)).or(plain.mask(0));
    return new ImageSeries(plain.geometry(), new Extra(plain.source()), List.of(behind));
  }

  private static int[] places(PixelMask mask) {
    return IntStream.range(0, WIDTH * HEIGHT)
        .filter(i -> mask.isMasked(i % WIDTH, i / WIDTH))
        .toArray();
  }

  @Test
  void onlyPixelsThatCountInAllFramesShouldBeFound() {
    ImageSeries images = images(40);
    PixelMask hot = HotPixelFinder.find(images, Parallel.of(1)).get(0);
    int[] found = places(hot);
    int[] expected = {at(0, 0), at(10, 5), at(30, 20), at(31, 20), at(45, 30)};
    Arrays.sort(expected);
    assertThat(found).containsExactly(expected);
    assertThat(places(HotPixelFinder.find(images, Parallel.of(7)).get(0))).isEqualTo(found);
    ImageSeries without = images.masked(List.of(hot));
    assertThat(without.mask(0).isMasked(10, 5)).isTrue();
    assertThat(without.mask(0).isMasked(50, 8)).isTrue();
    assertThat(HotPixelFinder.find(without, Parallel.of(2)).get(0).count()).isZero();
  }

  @Test
  void fewImagesShouldTellNothing() {
    assertThat(HotPixelFinder.find(images(30), Parallel.of(2)).get(0).count()).isZero();
  }
}
