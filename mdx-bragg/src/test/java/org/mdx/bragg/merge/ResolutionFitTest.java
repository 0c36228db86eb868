package org.mdx.bragg.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolutionFitTest {
  private static final double[] D_MIN = {
    3.63, 2.90, 2.53, 2.30, 2.14, 2.01, 1.91, 1.83, 1.76, 1.70, 1.65, 1.60, 1.56, 1.52, 1.49, 1.45,
    1.42, 1.40
  };

  private static List<MergeShell> shells(double[] ccHalf) {
    List<MergeShell> shells = new ArrayList<>();
    double from = 12.25;
    for (int i = 0; i < ccHalf.length; i++) {
      double nan = Double.NaN;
      shells.add(
          new MergeShell(
              from, D_MIN[i], 90, 30, 40, 1, 1, nan, nan, nan, nan, ccHalf[i], 0, 0, 30, 30, nan,
              0));
      from = D_MIN[i];
    }
    return shells;
  }

  @Test
  void dataThatAreGoodToTheirEdgeShouldEndThere() {
    // a sweep of electrons whose CC½ does not fall: the curve that fits best lies infinitely far
    double[] flat = {
      0.999,
      0.997,
      0.989,
      0.985,
      0.993,
      0.997,
      0.993,
      0.992,
      0.974,
      0.980,
      0.990,
      0.991,
      0.984,
      0.989,
      0.997,
      0.993,
      0.994,
      Double.NaN
    };
    assertThat(ResolutionFit.of(shells(flat), 0.3)).isEqualTo(1.40);
    double[] perfect = new double[D_MIN.length];
    java.util.Arrays.fill(perfect, 1);
    assertThat(ResolutionFit.of(shells(perfect), 0.3)).isEqualTo(1.40);
  }

  @Test
  void aFallShouldBeFoundWhereTheCurveHasIt() {
    double[] falling = new double[D_MIN.length];
    double from = 12.25;
    for (int i = 0; i < falling.length; i++) {
      double s = (1 / (from * from) + 1 / (D_MIN[i] * D_MIN[i])) / 2;
      falling[i] = (1 - Math.tanh((s - 0.3) / 0.1)) / 2;
      from = D_MIN[i];
    }
    // ½(1 − tanh t) = 0.3 at t = 0.4236
    assertThat(ResolutionFit.of(shells(falling), 0.3))
        .isCloseTo(1 / Math.sqrt(0.3 + 0.1 * 0.4236), within(0.001));
  }
}
