package org.mdx.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.geometry.Conventions;
import org.mdx.math.GridAxis;
import org.mdx.parallel.Parallel;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

class ScalingModelTest {
  private static final GridAxis PHI = GridAxis.linear(0, 10, 3);
  private static final GridAxis X = GridAxis.linear(0, 100, 2);
  private static final GridAxis Y = GridAxis.linear(0, 50, 2);
  private static final GridAxis S = GridAxis.linear(0.1, 0.5, 2);

  private final ScaleTerm b = new ScaleTerm(ControlGrid.of(List.of(PHI), 1, 3, 2));
  private final OffsetTerm c = new OffsetTerm(ControlGrid.of(List.of(S, PHI), 0, 0, 0, 8, 8, 8));
  private final DetectorTerm d =
      new DetectorTerm(ControlGrid.ofPanels(List.of(X, Y), 2, 1, 1, 2, 2, 5, 5, 5, 5));
  private final AbsorptionTerm a =
      new AbsorptionTerm(ControlGrid.of(List.of(X, Y, PHI), 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 4));

  @Test
  void termsShouldBeLinearBetweenTheirPoints() {
    ScalingModel m = ScalingModel.of(a, b, c, d);
    assertThat(m.b(2.5)).isEqualTo(2);
    assertThat(m.b(10)).isEqualTo(2);
    assertThat(m.c(0.2, 7)).isCloseTo(2, within(1e-12));
    assertThat(m.d(0, 50, 13)).isEqualTo(1.5);
    assertThat(m.d(1, 50, 13)).isEqualTo(5);
    assertThat(m.a(0, 25, 10, 3)).isEqualTo(1.25);
    assertThat(m.a(0, 100, 50, 7.5)).isEqualTo(3);
    assertThat(m.a(0, 100, 25, 7.5)).isEqualTo(2.5);
  }

  @Test
  void missingTermsShouldChangeNothing() {
    assertThat(ScalingModel.IDENTITY.a(3, 1e9, 1, 1)).isEqualTo(1);
    assertThat(ScalingModel.IDENTITY.c(1, 1)).isZero();
    assertThat(ScalingModel.of(b, d).without(ScaleTerm.class)).isEqualTo(ScalingModel.of(d));
    assertThat(ScalingModel.of(b).with(new ScaleTerm(ControlGrid.of(List.of(PHI), 1, 1, 1))).b(5))
        .isEqualTo(1);
  }

  @Test
  void outsideThePointsThereShouldBeNoValue() {
    ScalingModel m = ScalingModel.of(a, b, c, d);
    assertThat(m.b(10.01)).isNaN();
    assertThat(m.c(0.6, 5)).isNaN();
    assertThat(m.d(2, 5, 5)).isNaN();
    assertThat(m.a(0, -0.1, 5, 5)).isNaN();
  }

  @Test
  void tablesShouldBePutOnTheMergedScale() {
    HKLTable t = table(0.2f, 2.5f);
    HKLTable scaled = ScalingModel.of(b, c).apply(t, Parallel.of(2));

    // I = 2·(M + 2/2): 100 = 2·(49 + 1)
    assertThat(scaled.column("intensity").get(0)).isEqualTo(49);
    assertThat(scaled.column("intensity_error").get(0)).isEqualTo(3);
    // variance 7 + 0.5·I = 7 + 0.5·2·(M + 1) = 8 + M; on the merged scale a quarter of it
    assertThat(scaled.column("background_variance").get(0)).isEqualTo(2);
    assertThat(scaled.column("variance_per_intensity").get(0)).isEqualTo(0.25);
    assertThat(ScalingModel.of(b, c).apply(table(0.2f, 11), Parallel.of(1)).column("intensity"))
        .isEqualTo(FloatColumn.of(Float.NaN));
  }

  @Test
  void scalesBelowZeroShouldBeLeftOutAndToldUnlessCompatible() {
    HKLTable t = table(0.2f, 2.5f);
    ScaleTerm minus = new ScaleTerm(ControlGrid.of(List.of(PHI), -2, -2, -2));
    ScalingModel model = ScalingModel.of(minus);
    HKLTable left = model.apply(t, Parallel.of(1));
    assertThat(left.column("intensity").get(0)).isNaN();
    assertThat(model.withoutPositiveScale(t)).isEqualTo(1);
    // mdx2 divides by the scale whatever its sign: 100/-2 and 6/-2
    HKLTable kept = model.apply(t, Parallel.of(1), Conventions.MDX2);
    assertThat(kept.column("intensity").get(0)).isEqualTo(-50);
    assertThat(kept.column("intensity_error").get(0)).isEqualTo(-3);
    assertThat(ScalingModel.of(b, c).withoutPositiveScale(t)).isZero();
    assertThat(ScalingModel.of(b).withoutPositiveScale(table(0.2f, 11))).isZero();
    assertThat(ScalingModel.IDENTITY.withoutPositiveScale(t)).isZero();
  }

  @Test
  void wrongPartsShouldBeRefused() {
    assertThatThrownBy(() -> new OffsetTerm(b.grid()))
        .hasMessage("the offset c(s, phi) has 2 axes, the grid 1");
    assertThatThrownBy(() -> ScalingModel.of(b, b)).hasMessageContaining("two terms of one kind");
    assertThatThrownBy(() -> ControlGrid.of(List.of(PHI), 1, Double.NaN, 1))
        .hasMessage("value 1 of a control grid is NaN");
    assertThatThrownBy(() -> ControlGrid.of(List.of(PHI), 1, 1))
        .hasMessage("2 values for 3 control points");
    assertThatThrownBy(() -> ControlGrid.of(List.of(GridAxis.of(3, 2)), 1, 1))
        .hasMessageContaining("must rise");
  }

  private static HKLTable table(float s, float phi) {
    IntColumn one = IntColumn.of(1);
    return HKLTable.of(Subdivision.NONE, one, one, one)
        .with("s", FloatColumn.of(s))
        .with("phi", FloatColumn.of(phi))
        .with("ix", FloatColumn.of(3))
        .with("iy", FloatColumn.of(3))
        .with("intensity", FloatColumn.of(100))
        .with("intensity_error", FloatColumn.of(6))
        .with("background_variance", FloatColumn.of(7))
        .with("variance_per_intensity", FloatColumn.of(0.5f));
  }
}
