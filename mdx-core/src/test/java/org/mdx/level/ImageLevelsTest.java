package org.mdx.level;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

final class ImageLevelsTest {
  private static final int IMAGES = 120;

  /** Means of so many exponential observations on each image. */
  private static ImageLevels levels(int observations, IntToDoubleFunction level, long seed) {
    Random random = new Random(seed);
    double[] n = new double[IMAGES];
    double[] mean = new double[IMAGES];
    Arrays.fill(n, observations);
    for (int f = 0; f < IMAGES; f++) {
      for (int i = 0; i < observations; i++) {
        mean[f] -= level.applyAsDouble(f) * Math.log(1 - random.nextDouble()) / observations;
      }
    }
    return ImageLevels.of(n, mean, 0);
  }

  @Test
  void halfOfTheImagesWithAFifthShouldBeToldFromTheFirstToTheLast() {
    for (int seed = 0; seed < 20; seed++) {
      ImageLevels found = levels(50, f -> f < 70 ? 1 : 0.2, seed);
      assertThat(found.groups()).isEqualTo(2);
      assertThat(found.group(69)).isZero();
      assertThat(found.group(70)).isEqualTo(1);
      assertThat(found.group(119)).isEqualTo(1);
      assertThat(found.level(1)).isCloseTo(0.2, within(0.03));
    }
    assertThat(levels(50, f -> f < 70 ? 1 : 0.2, 1).text("intensity", "", 1).orElseThrow())
        .matches("images 71 to 120 have 0\\.(19|2.) of the intensity of the others");
  }

  @Test
  void everyTenthImageShouldBeOneGroup() {
    ImageLevels found = levels(200, f -> f % 10 == 9 ? 0.3 : 1, 3);
    assertThat(found.groups()).isEqualTo(2);
    assertThat(found.level(1)).isCloseTo(0.3, within(0.03));
    for (int f = 0; f < IMAGES; f++) {
      assertThat(found.group(f)).isEqualTo(f % 10 == 9 ? 1 : 0);
    }
    assertThat(found.text("background", " of sweep 2", 1).orElseThrow())
        .startsWith("12 images (10, 20, 30, 40, 50, 60, …) of sweep 2 have 0.");
  }

  @Test
  void aJumpShouldBeToldUponASmoothDecay() {
    ImageLevels found = levels(100, f -> Math.exp(-f / 60.0) * (f < 40 ? 0.3 : 1), 5);
    assertThat(found.groups()).isEqualTo(2);
    assertThat(found.group(39)).isEqualTo(1);
    assertThat(found.group(40)).isZero();
    assertThat(found.level(1)).isCloseTo(0.3, within(0.06));
  }

  @Test
  void chanceAndSmoothChangesShouldNotBeTold() {
    int alarms = 0;
    for (int seed = 0; seed < 100; seed++) {
      int n = new int[] {8, 15, 50, 400}[seed % 4];
      alarms += levels(n, f -> 1, seed).areAlike() ? 0 : 1;
      alarms += levels(n, f -> Math.exp(-f / 75.0), seed).areAlike() ? 0 : 1;
      alarms += levels(n, f -> 1 + 0.5 * Math.sin(f / 10.0), seed).areAlike() ? 0 : 1;
    }
    assertThat(alarms).isZero();
  }

  @Test
  void arraysOfDifferentLengthsShouldBeRefused() {
    assertThatThrownBy(() -> ImageLevels.of(new double[3], new double[4], 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
