package org.mdx.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SmoothedCurveTest {

  private static double[] parameters(int n, boolean decay) {
    double[] p = new double[n];
    for (int i = 0; i < n; i++) {
      p[i] = decay ? 0.5 * ((i * 3 + n) % 4) - 0.9 : 1 + 0.37 * ((i * 7 + n) % 5) - 0.11 * i;
    }
    return p;
  }

  /** Expected numbers: DIALS 3.12, by smoothed_curves.py beside the table. */
  @Test
  void curveShouldBeThatOfDials() throws IOException {
    List<String> rows;
    try (var in = SmoothedCurveTest.class.getResourceAsStream("smoothed_curves.csv")) {
      rows = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    }
    assertThat(rows).hasSizeGreaterThan(1000);
    for (String row : rows) {
      String[] cells = row.split(",");
      int n = Integer.parseInt(cells[2]);
      boolean decay = cells[1].equals("decay");
      double phi = Double.parseDouble(cells[3]);
      SmoothedCurve curve =
          SmoothedCurve.of(10.0 * n, 33.0 / (n < 4 ? n - 1 : n - 2), parameters(n, decay));
      BraggScale scale =
          new BraggScale(
              "physical", 10.0 * n, 10.0 * n + 33, Optional.of(curve), Optional.of(curve));
      double value = decay ? scale.decayFactor(phi, 1) : curve.at(phi);
      assertThat(value).as(row).isCloseTo(Double.parseDouble(cells[4]), within(1e-12));
    }
  }

  @Test
  void aCurveOfAFallingAngleShouldGoOnAsThatOfARisingOne() {
    double[] parameters = {1, 1.2, 0.7, 1.1, 0.9};
    SmoothedCurve rising = SmoothedCurve.of(10, 8, parameters);
    SmoothedCurve falling = SmoothedCurve.of(10, -8, parameters);
    for (double turned = 0; turned <= 24; turned += 0.5) {
      assertThat(falling.at(10 - turned)).isEqualTo(rising.at(10 + turned));
    }
    assertThat(falling.phi(4)).isEqualTo(-18);
  }

  @Test
  void parametersShouldStandWhereDialsHasThem() {
    SmoothedCurve few = SmoothedCurve.of(5, 10, 1, 2, 3);
    assertThat(few.phi(0)).isEqualTo(5);
    SmoothedCurve many = SmoothedCurve.of(5, 10, 1, 2, 3, 4).errors(0.1, 0.2, 0.3, 0.4);
    assertThat(many.phi(0)).isEqualTo(0);
    assertThat(many.phi(3)).isEqualTo(30);
    assertThat(many.error(2)).isEqualTo(0.3);
  }

  @Test
  void whatIsNoCurveShouldBeRefused() {
    assertThatThrownBy(() -> SmoothedCurve.of(0, 0, 1, 1)).hasMessageContaining("0.0°");
    assertThatThrownBy(() -> SmoothedCurve.of(0, 1, 1)).hasMessageContaining("1 parameters");
    assertThatThrownBy(() -> SmoothedCurve.of(0, 1, 1, Double.NaN)).hasMessageContaining("NaN");
  }
}
