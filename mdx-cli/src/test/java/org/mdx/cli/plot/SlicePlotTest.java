package org.mdx.cli.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.UnitCell;
import org.mdx.map.Axis;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.table.Subdivision;

class SlicePlotTest {
  private static final UnitCell CUBIC = new UnitCell(10, 10, 10, 90, 90, 90);
  private static final int LEFT = 84;
  private static final int TOP = 56;
  private static final int UNMEASURED = 0xFFDADADA;
  private static final int LOWEST = 0xFF440154;
  private static final int HIGHEST = 0xFFFDE725;

  private static ReciprocalMap plane(int nh, int nk, float... values) {
    return ReciprocalMap.of(
        "intensity", Subdivision.NONE, new VoxelBox(0, 0, 0, nh, nk, 1), values);
  }

  @Test
  void firstIndexShouldRunToTheRightAndSecondUpwards() {
    // (h, k) = (0, 0) lowest, (1, 0) highest, (1, 1) without data
    BufferedImage image =
        SlicePlot.of(plane(2, 2, 0, 0, 100, Float.NaN), Axis.L, CUBIC).draw("l = 0");

    assertThat(image.getRGB(LEFT + 225, TOP + 675)).isEqualTo(LOWEST);
    assertThat(image.getRGB(LEFT + 675, TOP + 675)).isEqualTo(HIGHEST);
    assertThat(image.getRGB(LEFT + 675, TOP + 225)).isEqualTo(UNMEASURED);
  }

  @Test
  void planeShouldHaveTheAngleOfTheReciprocalAxes() {
    // γ* = 60°: b* points up and to the right, so k = 1 lies right of k = 0
    PlaneGeometry hexagonal = PlaneGeometry.of(Axis.L, new UnitCell(10, 10, 20, 90, 90, 120));

    assertThat(hexagonal.x(0, 1) / hexagonal.x(1, 0)).isCloseTo(0.5, within(1e-12));
    assertThat(hexagonal.y(1) / hexagonal.x(1, 0)).isCloseTo(Math.sqrt(3) / 2, within(1e-12));
    double x = hexagonal.x(3, -2);
    double y = hexagonal.y(-2);
    assertThat(hexagonal.u(x, y)).isCloseTo(3, within(1e-12));
    assertThat(hexagonal.v(y)).isCloseTo(-2, within(1e-12));
  }

  private static org.assertj.core.data.Offset<Double> within(double tolerance) {
    return org.assertj.core.data.Offset.offset(tolerance);
  }

  @Test
  void planesAcrossEachAxisShouldBeDrawn() {
    for (Axis normal : Axis.values()) {
      VoxelBox box =
          switch (normal) {
            case H -> new VoxelBox(2, 0, 0, 1, 3, 2);
            case K -> new VoxelBox(0, 2, 0, 3, 1, 2);
            case L -> new VoxelBox(0, 0, 2, 3, 2, 1);
          };
      ReciprocalMap map = ReciprocalMap.of("x", Subdivision.NONE, box, 1, 2, 3, 4, 5, 6);
      BufferedImage image = SlicePlot.of(map, normal, CUBIC).draw("plane");
      assertThat(image.getRGB(LEFT + 10, TOP + 590)).isEqualTo(LOWEST);
      assertThat(image.getRGB(LEFT + 890, TOP + 10)).isEqualTo(HIGHEST);
    }
  }

  @Test
  void mapWithoutDataShouldBeGrey() {
    BufferedImage image = SlicePlot.of(plane(1, 1, Float.NaN), Axis.L, CUBIC).draw("nothing");
    assertThat(image.getRGB(LEFT + 450, TOP + 450)).isEqualTo(UNMEASURED);
  }

  @Test
  void pictureShouldEndWhereTheDataDo() {
    float[] values = new float[21 * 11];
    java.util.Arrays.fill(values, Float.NaN);
    values[4 * 11 + 5] = 1;
    values[4 * 11 + 6] = 2;
    BufferedImage image = SlicePlot.of(plane(21, 11, values), Axis.L, CUBIC).draw("two voxels");
    assertThat(image.getRGB(LEFT + 10, TOP + 890)).isEqualTo(LOWEST);
    assertThat(image.getRGB(LEFT + 440, TOP + 10)).isEqualTo(HIGHEST);
  }

  @Test
  void thickMapShouldBeRefused() {
    ReciprocalMap map =
        ReciprocalMap.of("x", Subdivision.NONE, new VoxelBox(0, 0, 0, 1, 1, 2), 1, 2);
    assertThatThrownBy(() -> SlicePlot.of(map, Axis.L, CUBIC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 voxels thick along L");
  }

  @Test
  void ticksShouldBeRoundNumbersWithinTheRange() {
    Ticks t = Ticks.of(-21.5, 21.5, 11, 1);
    assertThat(t).isEqualTo(new Ticks(-4, 4, 5));
    assertThat(t.label(-4)).isEqualTo("-20");
    Ticks small = Ticks.of(0, 0.9, 11, 0);
    assertThat(small.step()).isEqualTo(0.1);
    assertThat(small.label(3)).isEqualTo("0.3");
    assertThat(Ticks.of(-0.5, 0.5, 11, 1)).isEqualTo(new Ticks(0, 0, 1));
  }

  @Test
  void coloursShouldGoThroughTheControlPointsOfViridis() {
    assertThat(ColourMap.colour(0, false)).isEqualTo(0x440154);
    assertThat(ColourMap.colour(0.5, false)).isEqualTo(0x21918C);
    assertThat(ColourMap.colour(1, false)).isEqualTo(0xFDE725);
    assertThat(ColourMap.colour(-3, false)).isEqualTo(0x440154);
    assertThat(ColourMap.colour(7, false)).isEqualTo(0xFDE725);
  }

  /** Differences are white at 0 and of one strength on both sides; noise does not count as sign. */
  @Test
  void valuesOfBothSignsShouldBeShownAroundZero() {
    float[] values = new float[101];
    for (int i = 0; i < values.length; i++) {
      values[i] = i - 30;
    }
    ColourScale scale = ColourScale.of(line(values));
    assertThat(scale.diverging()).isTrue();
    assertThat(scale.min()).isEqualTo(-scale.max()).isEqualTo(-70);
    assertThat(ColourMap.colour(scale.fraction(0), true)).isEqualTo(0xFFFFFF);
    for (int i = 0; i < values.length; i++) {
      values[i] = i - 5;
    }
    assertThat(ColourScale.of(line(values)).diverging()).isFalse();
    for (int i = 0; i < values.length; i++) {
      values[i] = -1 - i;
    }
    assertThat(ColourScale.of(line(values)).max()).isEqualTo(101);
  }

  private static ReciprocalMap line(float[] values) {
    return ReciprocalMap.of(
        "difference", new Subdivision(1, 1, 1), new VoxelBox(0, 0, 0, values.length, 1, 1), values);
  }
}
