package org.mdx.peaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Panel;
import org.mdx.geometry.PixelMillerIndex;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.geometry.Sensor;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

class PeakFinderTest {
  private static final int WIDTH = 7;
  private static final int HEIGHT = 5;

  private final int[][] frames = new int[6][WIDTH * HEIGHT];

  private ImageSeries images() {
    Panel panel =
        new Panel(
            "p",
            new Vec3(-1, 1, -100),
            new Vec3(1, 0, 0),
            new Vec3(0, -1, 0),
            0.1,
            0.1,
            WIDTH,
            HEIGHT,
            0,
            1000,
            Sensor.IDEAL,
            1,
            0,
            List.of(),
            0,
            0,
            0);
    double[] exposures = new double[frames.length];
    Arrays.fill(exposures, 1);
    Geometry geometry =
        new Geometry(
            new Beam(Probe.X_RAY, 1, new Vec3(0, 0, 1), 1, new Vec3(0, 1, 0)),
            new Detector(List.of(panel)),
            new Goniometer(new Vec3(1, 0, 0), Mat3.IDENTITY, Mat3.IDENTITY),
            new Scan(1, 0, 1, exposures),
            null);
    ImageSource source =
        new ImageSource() {
          @Override
          public int frames() {
            return frames.length;
          }

          @Override
          public int panels() {
            return 1;
          }

          @Override
          public int width(int p) {
            return WIDTH;
          }

          @Override
          public int height(int p) {
            return HEIGHT;
          }

          @Override
          public void read(int frame, int[][] into) {
            System.arraycopy(frames[frame], 0, into[0], 0, WIDTH * HEIGHT);
          }

          @Override
          public String describe(int frame) {
            return "frame " + frame;
          }
        };
    BitSet masked = new BitSet();
    masked.set(3 * WIDTH + 1);
    return new ImageSeries(geometry, source, List.of(PixelMask.of(WIDTH, HEIGHT, masked)));
  }

  @Test
  void searchShouldFindPixelsAboveTheThresholdInOrderAndNoneThatDoNotCount() {
    frames[4][2 * WIDTH + 6] = 41;
    frames[1][4 * WIDTH] = 1000;
    frames[1][3] = 50;
    frames[0][0] = 40; // not above the threshold
    frames[2][5] = 1001; // beyond the trusted range
    frames[3][3 * WIDTH + 1] = 99; // masked
    PeakPositions p = PeakFinder.search(images(), 40, Parallel.of(3), Progress.NONE);
    assertThat(p.size()).isEqualTo(3);
    int[][] expected = {{1, 0, 3}, {1, 4, 0}, {4, 2, 6}};
    for (int i = 0; i < 3; i++) {
      assertThat(new int[] {p.frame(i), p.iy(i), p.ix(i)}).isEqualTo(expected[i]);
      assertThat(p.panel(i)).isZero();
    }
  }

  @Test
  void searchShouldFindLonePixelsOfLongRowsOfPixelsThatDoNotCount() {
    for (int[] frame : frames) {
      Arrays.fill(frame, Integer.MIN_VALUE);
    }
    frames[2][WIDTH * HEIGHT - 1] = 41;
    frames[5][0] = 41;
    PeakPositions p = PeakFinder.search(images(), 40, Parallel.of(1), Progress.NONE);
    assertThat(p.size()).isEqualTo(2);
    assertThat(new int[] {p.frame(0), p.iy(0), p.ix(0)}).containsExactly(2, HEIGHT - 1, WIDTH - 1);
    assertThat(new int[] {p.frame(1), p.iy(1), p.ix(1)}).containsExactly(5, 0, 0);
  }

  @Test
  void findShouldFitTheResidualsOfTheStrongPixels() {
    for (int f = 0; f < 6; f++) {
      frames[f][f * WIDTH % (WIDTH * HEIGHT) + 2] = 100;
    }
    double[][] r = {
      {0.01, 0, 0}, {-0.01, 0, 0}, {0, 0.02, 0}, {0, -0.02, 0}, {0, 0, 0.03}, {0, 0, -0.03}
    };
    PixelMillerIndex index = f -> (panel, iy, ix) -> new Vec3(5 + r[f][0], -3 + r[f][1], r[f][2]);
    Peaks peaks =
        PeakFinder.find(
            images(),
            index,
            PeakOptions.defaults().countThreshold(40),
            Parallel.of(2),
            Progress.NONE);
    assertThat(peaks.positions().size()).isEqualTo(6);
    assertThat(peaks.outliers().size()).isZero();
    assertThat(peaks.model().r0().norm()).isLessThan(1e-15);
    assertThat(peaks.model().semiAxes()[0]).isBetween(0.0173, 0.0174); // 0.03/√3
  }

  @Test
  void noPixelAboveTheThresholdShouldBeAnErrorThatNamesIt() {
    assertThatThrownBy(
            () ->
                PeakFinder.find(
                    images(),
                    f -> (panel, iy, ix) -> Vec3.ZERO,
                    PeakOptions.defaults().countThreshold(40),
                    Parallel.of(2),
                    Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("40 counts")
        .hasMessageContaining("lower the count threshold");
  }
}
