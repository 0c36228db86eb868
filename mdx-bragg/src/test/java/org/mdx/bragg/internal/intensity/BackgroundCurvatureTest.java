package org.mdx.bragg.internal.intensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackgroundCurvatureTest {
  private static List<BackgroundCurvature> many(int n, double spread, long seed) {
    Random random = new Random(seed);
    List<BackgroundCurvature> list = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double mean = 1 + 9 * random.nextDouble();
      double error = 0.01 + 0.03 * random.nextDouble();
      double relative = spread * random.nextGaussian() + error * random.nextGaussian();
      list.add(
          new BackgroundCurvature(mean * relative, Math.pow(mean * error, 2), mean, 0, 1, 2, 0, 0));
    }
    return list;
  }

  @Test
  void spreadShouldBeThatBeyondErrors() {
    for (double spread : new double[] {0.02, 0.05, 0.2}) {
      double found = Math.sqrt(BackgroundCurvature.spread(many(4000, spread, 1)));
      assertThat(found).isCloseTo(spread, within(0.1 * spread));
    }
  }

  @Test
  void fewReflectionsThatDoNotBelongShouldNotMatter() {
    List<BackgroundCurvature> list = many(4000, 0.05, 2);
    for (int i = 0; i < 200; i++) {
      list.add(new BackgroundCurvature(1000, 1, 1, 0, 1, 2, 0, 0));
    }
    assertThat(Math.sqrt(BackgroundCurvature.spread(list))).isCloseTo(0.05, within(0.01));
  }

  @Test
  void chanceShouldBeNoSpread() {
    int found = 0;
    for (int seed = 0; seed < 200; seed++) {
      found += BackgroundCurvature.spread(many(300, 0, seed)) > 0 ? 1 : 0;
    }
    assertThat(found).isLessThanOrEqualTo(2);
    assertThat(BackgroundCurvature.spread(many(49, 1, 1))).isZero();
    assertThat(BackgroundCurvature.spread(List.of())).isZero();
  }

  /** Least squares between what was measured and 0, which is what is known beforehand. */
  @Test
  void partShouldMakeTheMeanSquareOfErrorsLeast() {
    Random random = new Random(3);
    double spread = 0.05;
    double[] squares = new double[3];
    for (int i = 0; i < 20000; i++) {
      double error = 0.02 + 0.1 * random.nextDouble();
      double truth = spread * random.nextGaussian();
      double found = truth + error * random.nextGaussian();
      double part =
          new BackgroundCurvature(found, error * error, 1, 0, 1, 2, 0, 0).part(spread * spread);
      for (int j = 0; j < 3; j++) {
        double taken = part * (0.8 + 0.2 * j) * found;
        squares[j] += (taken - truth) * (taken - truth);
      }
    }
    assertThat(squares[1]).isLessThan(squares[0]).isLessThan(squares[2]);
  }

  @Test
  void leverShouldFollowTheSquareOfTheDistance() {
    // pixels of 1° about the prediction in the middle of 3 × 3, a foreground of 2°
    double[] corners = new double[32];
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        corners[2 * (4 * y + x)] = x - 1.5;
        corners[2 * (4 * y + x) + 1] = y - 1.5;
      }
    }
    double[] expected = {0.5, 0.25, 0.5, 0.25, 0, 0.25, 0.5, 0.25, 0.5};
    for (int i = 0; i < 9; i++) {
      assertThat(BackgroundCurvature.square(corners, 3, i, i / 3, 4)).isEqualTo(expected[i]);
    }
    BackgroundCurvature c = new BackgroundCurvature(1, 1, 1, 0, 4, 2, 0.1, -0.2);
    assertThat(c.lever(0.5, 3, 4)).isCloseTo(0.5 - 2 - 0.3 + 0.8, within(1e-12));
  }
}
