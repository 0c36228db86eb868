package org.mdx.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.mdx.crystal.UnitCell;
import org.mdx.figures.axes.PlaneGeometry;
import org.mdx.figures.axes.Ticks;
import org.mdx.figures.gallery.MapDifference;
import org.mdx.figures.gallery.MapFigures;
import org.mdx.map.Axis;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.table.Subdivision;

class PlaneTest {
  private static final UnitCell CUBIC = new UnitCell(10, 10, 10, 90, 90, 90);

  private static ReciprocalMap plane(int nh, int nk, float... values) {
    return ReciprocalMap.of(
        "intensity", Subdivision.NONE, new VoxelBox(0, 0, 0, nh, nk, 1), values);
  }

  private static Plane panel(ReciprocalMap map, Axis normal) {
    return MapFigures.panel(map, normal, CUBIC, Quantity.INTENSITY)
        .coloured(Colours.of("I", "", Quantity.INTENSITY).range(ColourRange.of(0, 100)));
  }

  @Test
  void firstIndexShouldRunToTheRightAndSecondUpwards() {
    // (h, k) = (0, 0) lowest, (1, 0) highest, (1, 1) without data
    Plane p = panel(plane(2, 2, 0, 0, 100, Float.NaN), Axis.L);
    double[] box = p.bounds();
    assertThat(p.rgb(box[0] + 0.01, box[2] + 0.01)).isEqualTo(0x440154);
    assertThat(p.rgb(box[1] - 0.01, box[2] + 0.01)).isEqualTo(0xFDE725);
    assertThat(p.rgb(box[1] - 0.01, box[3] - 0.01)).isEqualTo(ColourMap.VIRIDIS.unmeasured());
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

  @Test
  void planesAcrossEachAxisShouldBeDrawn() {
    for (Axis normal : Axis.values()) {
      VoxelBox box =
          switch (normal) {
            case H -> new VoxelBox(2, 0, 0, 1, 3, 2);
            case K -> new VoxelBox(0, 2, 0, 3, 1, 2);
            case L -> new VoxelBox(0, 0, 2, 3, 2, 1);
          };
      Plane p = panel(ReciprocalMap.of("x", Subdivision.NONE, box, 0, 20, 40, 60, 80, 100), normal);
      double[] b = p.bounds();
      assertThat(p.rgb(b[0] + 0.01, b[2] + 0.01)).isEqualTo(0x440154);
      assertThat(p.rgb(b[1] - 0.01, b[3] - 0.01)).isEqualTo(0xFDE725);
    }
  }

  @Test
  void pictureShouldEndWhereTheDataDo() {
    float[] values = new float[21 * 11];
    java.util.Arrays.fill(values, Float.NaN);
    values[4 * 11 + 5] = 0;
    values[4 * 11 + 6] = 100;
    double[] b = panel(plane(21, 11, values), Axis.L).bounds();
    assertThat(new double[] {b[0] * 10, b[1] * 10, b[2] * 10, b[3] * 10})
        .containsExactly(new double[] {3.5, 4.5, 4.5, 6.5}, within(1e-12));
  }

  @Test
  void thickMapShouldBeRefused() {
    ReciprocalMap map =
        ReciprocalMap.of("x", Subdivision.NONE, new VoxelBox(0, 0, 0, 1, 1, 2), 1, 2);
    assertThatThrownBy(() -> MapFigures.panel(map, Axis.L, CUBIC, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 voxels thick along L");
  }

  @Test
  void titleShouldNameThePlaneThatIsDrawn() {
    ReciprocalMap map =
        ReciprocalMap.of(
            "x", new Subdivision(1, 1, 3), new VoxelBox(0, 0, -1, 1, 1, 4), 1, 2, 3, 4);
    Figure f = MapFigures.plane(map, Axis.L, 0.5, CUBIC, null);
    assertThat(f.panels().get(0).title()).isEqualTo("l = 2/3");
    assertThat(MapFigures.name(Axis.L, -1 / 3.0, map.ndiv())).isEqualTo("l = -1/3");
    assertThat(MapFigures.name(Axis.H, 4, map.ndiv())).isEqualTo("h = 4");
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

  /** Maps that overlap in one voxel of l and two of h; one of these was not measured in a map. */
  @Test
  void differenceShouldBeVoxelByVoxel() {
    ReciprocalMap a =
        ReciprocalMap.of("x", Subdivision.NONE, new VoxelBox(0, 0, 0, 3, 1, 1), 1, 2, 4);
    ReciprocalMap b =
        ReciprocalMap.of("x", Subdivision.NONE, new VoxelBox(1, 0, 0, 3, 1, 1), 10, Float.NaN, 30);
    ReciprocalMap c = MapDifference.of(a, b);
    assertThat(c.box()).isEqualTo(new VoxelBox(1, 0, 0, 2, 1, 1));
    assertThat(c.value(1, 0, 0)).isEqualTo(8);
    assertThat(c.value(2, 0, 0)).isNaN();
    Figure f = MapFigures.difference(a, b, Axis.L, 0, CUBIC);
    assertThat(f.panels()).hasSize(3);
    ColourScale first = ((Plane) f.panels().get(0)).scale();
    assertThat(((Plane) f.panels().get(2)).scale()).isEqualTo(first);
    assertThat(first.min()).isEqualTo(-first.max());
    assertThatThrownBy(
            () ->
                MapDifference.of(
                    a,
                    ReciprocalMap.of(
                        "x", new Subdivision(2, 1, 1), new VoxelBox(0, 0, 0, 1, 1, 1), 1)))
        .hasMessageContaining("subdivisions");
  }
}
