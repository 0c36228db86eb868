package org.mdx.cli.intensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mdx.scale.BraggScale;
import org.mdx.scale.SmoothedCurve;

class ReportScalesTest {
  private static double[] scale(double end) {
    SmoothedCurve c = SmoothedCurve.of(10, (end - 10) / 2, 1, 1.2, 0.9);
    BraggScale s = new BraggScale("physical", 10, end, Optional.of(c), Optional.empty());
    Map<?, ?> figure =
        (Map<?, ?>) ReportScales.of(List.of(Optional.of(s))).get("smooth_scale_model_0");
    Map<?, ?> line = (Map<?, ?>) ((List<?>) figure.get("data")).get(0);
    return ((List<?>) line.get("y")).stream().mapToDouble(v -> (Double) v).toArray();
  }

  @Test
  void curvesOfFallingAnglesShouldHaveThePointsOfRisingOnes() {
    assertThat(scale(26)).hasSize(161);
    assertThat(scale(-6)).containsExactly(scale(26), within(1e-9));
  }
}
