package org.mdx.reintegrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;
import org.mdx.math.GridAxis;

class ExtendedAxisTest {

  @Test
  void endValuesShouldHoldForOneIntervalAndNoFurther() {
    GridAxis axis = GridAxis.linear(10, 20, 6); // every 2
    assertThat(ExtendedAxis.fraction(axis, 8)).isZero();
    assertThat(ExtendedAxis.fraction(axis, 7.999)).isNaN();
    assertThat(ExtendedAxis.fraction(axis, 22)).isEqualTo(5);
    assertThat(ExtendedAxis.fraction(axis, 22.001)).isNaN();
    assertThat(ExtendedAxis.fraction(axis, 13)).isCloseTo(1.5, offset(1e-12));
    assertThat(ExtendedAxis.fraction(axis, Double.NaN)).isNaN();
  }

  @Test
  void oneControlPointShouldHoldEverywhere() {
    assertThat(ExtendedAxis.fraction(GridAxis.linear(3, 3, 1), -1e9)).isZero();
  }

  @Test
  void partsShouldAddUpToTheFraction() {
    GridAxis axis = GridAxis.linear(0, 3, 4);
    double[] split = ExtendedAxis.split(axis, 1.25);
    assertThat(split).containsExactly(new double[] {1, 0.25}, offset(1e-12));
    assertThat(ExtendedAxis.split(axis, 9)[1]).isNaN();
  }
}
