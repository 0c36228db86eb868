package org.mdx.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GridAxisTest {

  /** What numpy's interp(x, points, arange(n)) does, searched for in the obvious way. */
  private static double interp(double x, double[] points) {
    int n = points.length;
    if (x < points[0]) {
      return 0;
    }
    for (int j = 0; j + 1 < n; j++) {
      if (x >= points[j] && x < points[j + 1]) {
        return 1 / (points[j + 1] - points[j]) * (x - points[j]) + j;
      }
    }
    return n - 1;
  }

  @Test
  void fractionShouldEqualNumpyInterpToTheBit() {
    Random random = new Random(1);
    for (int trial = 0; trial < 200; trial++) {
      int n = 1 + random.nextInt(20);
      double[] points = new double[n];
      points[0] = random.nextGaussian();
      for (int i = 1; i < n; i++) {
        points[i] = points[i - 1] + 1e-3 + random.nextDouble() * (trial % 2 == 0 ? 1 : 30);
      }
      GridAxis axis = GridAxis.of(points);
      for (int i = 0; i < 50; i++) {
        double x = points[0] - 1 + random.nextDouble() * (points[n - 1] - points[0] + 2);
        assertThat(axis.fraction(x)).isEqualTo(interp(x, points));
      }
      for (int i = 0; i < n; i++) {
        assertThat(axis.fraction(points[i])).isEqualTo(i);
      }
    }
  }

  @Test
  void aFallingAxisShouldMirrorARisingOne() {
    GridAxis axis = GridAxis.of(3, 1, 0);
    assertThat(axis.fraction(4)).isEqualTo(0);
    assertThat(axis.fraction(2)).isEqualTo(0.5);
    assertThat(axis.fraction(0.75)).isEqualTo(1.25);
    assertThat(axis.fraction(-1)).isEqualTo(2);
  }

  @Test
  void theLastPointShouldBeReachedFromTheOneBeforeIt() {
    GridAxis axis = GridAxis.of(0, 1, 2);
    assertThat(axis.base(axis.fraction(2))).isEqualTo(1);
    assertThat(axis.base(axis.fraction(1))).isEqualTo(1);
    GridAxis single = GridAxis.of(7);
    assertThat(single.base(single.fraction(9))).isZero();
    assertThat(single.next(0)).isZero();
    assertThat(axis.fraction(Double.NaN)).isNaN();
  }

  @Test
  void linearShouldEndExactlyAtItsEnds() {
    GridAxis axis = GridAxis.linear(-0.5, 618.5, 63);
    assertThat(axis.size()).isEqualTo(63);
    assertThat(axis.get(0)).isEqualTo(-0.5);
    assertThat(axis.get(62)).isEqualTo(618.5);
    assertThat(GridAxis.linear(5, 5, 1).toArray()).containsExactly(5);
  }

  @Test
  void anAxisThatTurnsBackShouldBeRejectedNamingThePoints() {
    assertThatThrownBy(() -> GridAxis.of(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("points 1 and 2");
    assertThatThrownBy(() -> GridAxis.of(0, Double.NaN)).hasMessageContaining("point 1");
    assertThatThrownBy(GridAxis::of).hasMessageContaining("at least one");
  }
}
