package org.mdx.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.math.GridAxis;

class BinnedImageSeriesTest {
  private static final double[] PHI = {1, 3, 4};
  private static final double[] IY = {4.5, 14.5};
  private static final double[] IX = {2, 7, 11, 15};

  private static double[] random(long seed) {
    return new Random(seed).doubles(24, 1, 2).toArray();
  }

  /** Σ over all bins of the product of hat functions, to a power, times the value. */
  private static double naive(double[] v, int power, double phi, double iy, double ix) {
    double sum = 0;
    for (int i = 0; i < 24; i++) {
      double w = hat(PHI, i / 8, phi) * hat(IY, i / 4 % 2, iy) * hat(IX, i % 4, ix);
      sum += Math.pow(w, power) * v[i];
    }
    return sum;
  }

  private static double hat(double[] axis, int i, double x) {
    return Math.max(0, 1 - Math.abs(GridAxis.of(axis).fraction(x) - i));
  }

  @Test
  void rateAndVarianceShouldEqualTheSumOverHatFunctions() {
    double[] rate = random(1);
    double[] variance = random(2);
    BinnedImageSeries.Bins bins = BinnedImageSeries.Bins.of(PHI, IY, IX, rate, variance);
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      double phi = 6 * random.nextDouble() - 1;
      double iy = 25 * random.nextDouble() - 2;
      double ix = 20 * random.nextDouble() - 2;
      assertThat(bins.rate(phi, iy, ix)).isCloseTo(naive(rate, 1, phi, iy, ix), within(1e-12));
      assertThat(bins.variance(phi, iy, ix))
          .isCloseTo(naive(variance, 2, phi, iy, ix), within(1e-12));
    }
  }

  @Test
  void aSingleBinShouldServeEverywhere() {
    double[] one = {0};
    BinnedImageSeries.Bins bins = BinnedImageSeries.Bins.of(one, one, one, new double[] {3}, null);
    assertThat(bins.rate(5, -1, 2)).isEqualTo(3);
    assertThat(bins.hasVariance()).isFalse();
    assertThat(bins.variance(5, -1, 2)).isZero();
  }

  @Test
  void aMissingBinShouldSpreadToItsNeighboursAlsoWithWeightZero() {
    double[] rate = random(1);
    rate[1] = Double.NaN;
    BinnedImageSeries.Bins bins = BinnedImageSeries.Bins.of(PHI, IY, IX, rate, null);
    assertThat(bins.missing()).isOne();
    assertThat(bins.rate(1, 4.5, 2)).isNaN();
    assertThat(bins.rate(2, 10, 5)).isNaN();
    assertThat(bins.rate(3.5, 10, 5)).isFinite();
    assertThat(bins.rate(1, 4.5, 11)).isFinite();
  }

  @Test
  void wrongShapesShouldBeRejected() {
    assertThatThrownBy(() -> BinnedImageSeries.Bins.of(PHI, IY, IX, new double[23], null))
        .hasMessage("3 x 2 x 4 bins with 23 rates");
    assertThatThrownBy(() -> new BinnedImageSeries(List.of())).hasMessageContaining("panel");
  }
}
