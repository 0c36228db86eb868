package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Values at and between control points, worked out by hand or by a function they sample. */
class ControlKernelTest {

  @Test
  void aPointBetweenTwoShouldTakeFromBothByDistance() {
    double[] axis = {10, 0.5, 3}; // points at 10, 12, 14
    double[] u = {1, 5, -3};
    float[] x = {10, 11, 12, 13.5f, 14};
    double[] out = new double[5];
    ControlKernel.line(new Coordinates(null, x, null, null), 0, 5, axis, u, out);
    assertThat(out).containsExactly(1, 3, 5, -1, -3);
  }

  @Test
  void oneControlPointShouldHoldEverywhere() {
    double[] axis = {4, 0, 1};
    double[] out = new double[2];
    Coordinates at = new Coordinates(null, new float[] {-7, 900}, null, null);
    ControlKernel.line(at, 0, 2, axis, new double[] {2.5}, out);
    assertThat(out).containsExactly(2.5, 2.5);
  }

  @Test
  void interpolationShouldReproduceAProductOfLinearFunctionsOnEachPanel() {
    Random random = new Random(2);
    int n = 200;
    char[] panel = new char[n];
    float[][] at = new float[3][n];
    for (int i = 0; i < n; i++) {
      panel[i] = (char) random.nextInt(2);
      at[0][i] = random.nextFloat() * 3;
      at[1][i] = random.nextFloat() * 2;
      at[2][i] = random.nextFloat() * 4;
    }
    double[] axis = {0, 1, 4, 0, 1, 3, 0, 1, 5};
    double[] u = new double[2 * 4 * 3 * 5];
    double[] flat = new double[2 * 4 * 3];
    for (int i = 0; i < u.length; i++) {
      u[i] = function(i / 60, i / 15 % 4, i / 5 % 3, i % 5);
      flat[i / 5] = function(i / 60, i / 15 % 4, i / 5 % 3, 0);
    }
    double[] space = new double[n];
    double[] plane = new double[n];
    Coordinates x = new Coordinates(panel, at[0], at[1], at[2]);
    ControlKernel.space(x, 3, n, axis, u, space);
    ControlKernel.plane(x, 3, n, axis, flat, plane);
    for (int i = 0; i < n; i++) {
      double expected = i < 3 ? 0 : function(panel[i], at[0][i], at[1][i], at[2][i]);
      assertThat(space[i]).isCloseTo(expected, offset(1e-5));
      expected = i < 3 ? 0 : function(panel[i], at[0][i], at[1][i], 0);
      assertThat(plane[i]).isCloseTo(expected, offset(1e-5));
    }
  }

  private static double function(int panel, double x, double y, double z) {
    return (panel + 1) * (2 - x) * (0.5 + y) * (3 + 0.25 * z);
  }
}
