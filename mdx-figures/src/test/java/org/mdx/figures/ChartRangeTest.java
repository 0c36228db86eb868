package org.mdx.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.mdx.figures.axes.ChartAxis;

class ChartRangeTest {
  private static double[] y(double... values) {
    double[] x = new double[values.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    return ChartRange.y(
        LineChart.of("", ChartAxis.of("x", ""), ChartAxis.of("y", ""), Series.of("s", x, values)));
  }

  @Test
  void pointsAtTheEndsOfTheirRangeShouldNotBeCut() {
    double[] decay = y(0, -0.05, -0.1, -0.25);
    assertThat(decay[0]).isLessThan(-0.26);
    assertThat(decay[1]).isGreaterThan(0.01);
    double[] relative = y(0.1, 0.5, 1);
    assertThat(relative[1]).isGreaterThan(1.05);
  }

  @Test
  void amountsShouldBeginAtZero() {
    assertThat(y(0, 3, 7)[0]).isZero();
    assertThat(y(0.01, 3, 7)[0]).isZero();
  }

  /** Angles of a cubic cell at scan points differ by rounding alone. */
  @Test
  void roundingNoiseShouldBeNoRange() {
    double[] angles = y(90, 90.00000000000001, 89.99999999999999);
    assertThat(angles[0]).isBetween(89.0, 89.95);
    assertThat(angles[1]).isBetween(90.05, 91.0);
    assertThat(y(0, 0, 0)[1]).isGreaterThan(0);
  }

  @Test
  void labelsShouldBeAsFineAsTheirRange() {
    assertThat(ChartPainter.number(29.99721, 5e-5)).isEqualTo("29.99721");
    assertThat(ChartPainter.number(29.99722, 5e-5)).isEqualTo("29.99722");
    assertThat(ChartPainter.number(0.30000000000000004, 1)).isEqualTo("0.3");
    assertThat(ChartPainter.number(-1e-17, 0.5)).isEqualTo("0");
    assertThat(ChartPainter.number(2e7, 1e8)).isEqualTo("2e7");
    assertThat(ChartPainter.number(1e-7, 1e-7)).isEqualTo("1e-7");
    assertThat(Double.parseDouble(ChartPainter.number(1234.5678, 10)))
        .isCloseTo(1234.5678, within(1e-4));
  }
}
