package org.mdx.bragg.internal.intensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.UnitCell;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

class RepeatedSweepsTest {
  private static final RowFilter ALL = new RowFilter(0, -100, false);

  /** Two electrons in every reflection, each of which a whole turn meets twice. */
  @Test
  void equalCountsAtOtherAnglesShouldNotBeTakenForRepeatedRows() {
    SimulatedCrystal crystal =
        new SimulatedCrystal("P 2 2 2", new UnitCell(8, 9, 12, 90, 90, 90), 1.5, 1);
    SimulatedCrystal.Sweep sweep =
        crystal.measure(
            new SimulatedCrystal.Measuring().scan(0, 360, 360),
            0,
            ChangeOfBasis.IDENTITY,
            crystal.group(),
            1);
    double[] two = new double[sweep.reflections().size()];
    Arrays.fill(two, 2);
    Reflections once =
        sweep
            .reflections()
            .with(ReflectionKeys.INTENSITY_PRF, two)
            .with(ReflectionKeys.INTENSITY_PRF_VARIANCE, two);
    Measurements m =
        Measurements.of(List.of(sweep.geometry()), once, IntensityKind.PROFILE_ELSE_SUM, ALL);
    assertThat(m.size()).isEqualTo(two.length).isGreaterThan(500);

    int[] rows = new int[2 * two.length];
    Arrays.setAll(rows, i -> i / 2);
    assertThatThrownBy(
            () ->
                Measurements.of(
                    List.of(sweep.geometry()),
                    once.select(rows),
                    IntensityKind.PROFILE_ELSE_SUM,
                    ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(two.length + " of " + rows.length + " reflections are in the table");
  }
}
