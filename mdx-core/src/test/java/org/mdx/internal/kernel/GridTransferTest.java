package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two panels of 9 × 12 points from 5 × 6. */
class GridTransferTest {
  private static final int[] FINE = {9, 12};
  private static final int[] COARSE = {5, 6};

  private final GridTransfer transfer = new GridTransfer(2, FINE, COARSE);
  private final Random random = new Random(4);

  @Test
  void planesShouldBeInterpolatedExactly() {
    double[] from = new double[60];
    double[] to = new double[216];
    for (int p = 0; p < from.length; p++) {
      from[p] = 3 + p / 30 + 0.5 * (p / 6 % 5) / 4 - 2.0 * (p % 6) / 5;
    }

    transfer.interpolate(from, to);

    for (int p = 0; p < to.length; p++) {
      double expected = 3 + p / 108 + 0.5 * (p / 12 % 9) / 8 - 2.0 * (p % 12) / 11;
      assertThat(to[p]).isCloseTo(expected, within(1e-14));
    }
  }

  @Test
  void collectingShouldBeTheTransposeOfInterpolating() {
    double[] coarse = random.doubles(60).toArray();
    double[] fine = random.doubles(216).toArray();
    double[] up = new double[216];
    double[] down = random.doubles(60).toArray();

    transfer.interpolate(coarse, up);
    transfer.collect(fine, down);

    double one = 0;
    double two = 0;
    for (int p = 0; p < up.length; p++) {
      one += up[p] * fine[p];
    }
    for (int p = 0; p < down.length; p++) {
      two += down[p] * coarse[p];
    }
    assertThat(one).isCloseTo(two, within(1e-12));
  }
}
