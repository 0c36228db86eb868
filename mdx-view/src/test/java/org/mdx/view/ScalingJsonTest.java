package org.mdx.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mdx.math.GridAxis;
import org.mdx.scale.ControlGrid;
import org.mdx.scale.ScaleTerm;
import org.mdx.scale.ScalingModel;

/** What the page of scaling models is told. */
class ScalingJsonTest {

  @Test
  void curvesShouldNameTheirChart() {
    double[] phi = {0, 1};
    ScalingModel model =
        ScalingModel.of(new ScaleTerm(ControlGrid.of(List.of(GridAxis.of(0, 1)), 1, 2)));
    List<ScalingCurve> curves =
        List.of(
            new ScalingCurve(ScalingCurve.Chart.SCALE, "DIALS", phi, new double[] {3, 4}),
            new ScalingCurve(ScalingCurve.Chart.DECAY, "DIALS", phi, new double[] {-1, -2}),
            new ScalingCurve(ScalingCurve.Chart.RESIDUALS, "mean z²", phi, new double[] {1, 9}));
    JsonNode json =
        ScalingJson.of(new ViewedScaling("s", model, Optional.empty(), curves, WatchedFiles.NONE));
    assertThat(json.at("/curves"))
        .extracting(c -> c.get("chart").asText())
        .containsExactly("scale", "decay", "residuals");
    assertThat(json.at("/curves/1/value/1").asDouble()).isEqualTo(-2);
    assertThat(json.at("/curves/2/label").asText()).isEqualTo("mean z²");
    assertThatThrownBy(() -> new ScalingCurve(ScalingCurve.Chart.SCALE, "x", phi, new double[] {1}))
        .hasMessageContaining("curve x has 2 angles and 1 values");
  }
}
