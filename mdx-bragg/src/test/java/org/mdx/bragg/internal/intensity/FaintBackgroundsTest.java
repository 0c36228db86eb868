package org.mdx.bragg.internal.intensity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaintBackgroundsTest {
  private static final int N = 4000;
  private static final int IMAGES = 120;

  /** Those at places from 0 to 1 along a ring of which a part is in a shadow. */
  @ParameterizedTest
  @ValueSource(strings = {"alike", "half", "tenth", "few"})
  void weakImagesShouldNotBeTakenForAShadow(String kind) {
    Random random = new Random(kind.hashCode());
    int n = kind.equals("few") ? 300 : N;
    double[] angle = random.doubles(n).toArray();
    double[] image = random.doubles(n, 0, IMAGES).toArray();
    double[] ring = random.doubles(n).toArray();
    double[] mean = new double[n];
    double[] sigma = new double[n];
    for (int i = 0; i < n; i++) {
      double part = ring[i] < 0.02 && angle[i] < 0.2 ? 0.1 : 1;
      mean[i] = part * level(kind, (int) image[i]) * (40 - 30 * angle[i]);
      sigma[i] = Math.sqrt(mean[i]) / 10;
      mean[i] += sigma[i] * random.nextGaussian();
    }
    int[] expected = IntStream.range(0, n).filter(i -> ring[i] < 0.02 && angle[i] < 0.2).toArray();
    assertThat(expected).isNotEmpty();
    int[] found = FaintBackgrounds.find(angle, mean, sigma, image);
    if (n == N) {
      assertThat(found).isEqualTo(expected);
    } else {
      // what is usual is less sure
      assertThat(expected).contains(found);
    }
  }

  private static double level(String kind, int image) {
    return switch (kind) {
      case "half", "few" -> image < IMAGES / 2 ? 0.2 : 1;
      case "tenth" -> image % 10 == 0 ? 0.15 : 1;
      default -> 1;
    };
  }
}
