package org.mdx.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class Mat3Test {

  @Test
  void rotationAboutZShouldCarryXToY() {
    Vec3 y = Mat3.rotation(new Vec3(0, 0, 5), 90).times(new Vec3(1, 0, 0));
    assertThat(y.minus(new Vec3(0, 1, 0)).norm()).isLessThan(1e-15);
  }

  @Test
  void rotationAboutTheDiagonalBy120DegreesShouldPermuteTheAxes() {
    Mat3 r = Mat3.rotation(new Vec3(1, 1, 1), 120);
    assertThat(r.times(new Vec3(1, 0, 0)).minus(new Vec3(0, 1, 0)).norm()).isLessThan(1e-15);
    assertThat(r.times(new Vec3(0, 1, 0)).minus(new Vec3(0, 0, 1)).norm()).isLessThan(1e-15);
  }

  @Test
  void inverseShouldUndo() {
    Mat3 m = new Mat3(2, -1, 0.5, 3, 4, -2, 0.1, 7, 5);
    double[] product = m.times(m.inverse()).toRowMajor();
    for (int i = 0; i < 9; i++) {
      assertThat(product[i]).isCloseTo(i % 4 == 0 ? 1 : 0, offset(1e-14));
    }
    // by hand: 2(20 + 14) + 1(15 + 0.2) + 0.5(21 − 0.4)
    assertThat(m.determinant()).isCloseTo(68 + 15.2 + 10.3, offset(1e-12));
  }

  @Test
  void aSingularMatrixShouldHaveNoInverse() {
    assertThatThrownBy(() -> new Mat3(1, 2, 3, 2, 4, 6, 0, 0, 1).inverse())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("determinant 0.0");
  }

  @Test
  void aNullVectorShouldHaveNoDirection() {
    assertThatThrownBy(() -> Vec3.ZERO.unit())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(0.0, 0.0, 0.0)");
  }

  @Test
  void crossProductShouldBeRightHanded() {
    assertThat(new Vec3(1, 0, 0).cross(new Vec3(0, 1, 0))).isEqualTo(new Vec3(0, 0, 1));
  }
}
