package org.mdx.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mdx.table.Subdivision;

class ReciprocalMapTest {
  private static final Subdivision NDIV = new Subdivision(2, 3, 1);

  private static ReciprocalMap numbered(VoxelBox box) {
    float[] v = new float[(int) box.voxels()];
    for (int i = 0; i < v.length; i++) {
      v[i] = i;
    }
    return ReciprocalMap.of("intensity", NDIV, box, v);
  }

  @Test
  void valueShouldBeFoundByIndexWithLFastest() {
    ReciprocalMap map = numbered(new VoxelBox(-1, 2, -3, 2, 3, 4));
    assertThat(map.value(-1, 2, -3)).isEqualTo(0);
    assertThat(map.value(-1, 2, 0)).isEqualTo(3);
    assertThat(map.value(-1, 3, -3)).isEqualTo(4);
    assertThat(map.value(0, 2, -3)).isEqualTo(12);
    assertThat(map.value(0, 4, 0)).isEqualTo(23);
    assertThat(map.value(1, 2, -3)).isNaN();
    assertThat(map.value(-1, 2, 1)).isNaN();
    assertThat(map.value(Integer.MAX_VALUE, 2, Integer.MIN_VALUE)).isNaN();
  }

  @Test
  void limitsShouldRoundToTheNearestVoxelAsMdx2Does() {
    // numpy: np.round([-1.26*2, 1.25*2, 0.5*3, 1.5*3, ...])
    VoxelBox box = VoxelBox.ofLimits(NDIV, -1.26, 1.25, 0.5, 1.5, -2, 2);
    assertThat(box).isEqualTo(new VoxelBox(-3, 2, -2, 6, 3, 5));
  }

  @Test
  void limitsInTheWrongOrderShouldBeRejectedWithTheirNumbers() {
    assertThatThrownBy(() -> VoxelBox.ofLimits(NDIV, 0, 1, 3, 2, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3.0 to 2.0 of k");
    assertThatThrownBy(() -> VoxelBox.ofLimits(NDIV, Double.NaN, 1, 2, 3, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sliceShouldHoldTheValuesOfThePlane() {
    ReciprocalMap map = numbered(new VoxelBox(-1, 2, -3, 2, 3, 4));
    for (Axis axis : Axis.values()) {
      double[] x = map.coordinates(axis);
      for (double at : x) {
        ReciprocalMap plane = map.slice(axis, at);
        VoxelBox b = plane.box();
        assertThat(plane.length(axis)).isEqualTo(1);
        assertThat(plane.size() * x.length).isEqualTo(map.size());
        for (int h = b.h0(); h < b.h0() + b.nh(); h++) {
          for (int k = b.k0(); k < b.k0() + b.nk(); k++) {
            for (int l = b.l0(); l < b.l0() + b.nl(); l++) {
              assertThat(plane.value(h, k, l)).isEqualTo(map.value(h, k, l));
            }
          }
        }
      }
    }
    assertThatThrownBy(() -> map.slice(Axis.L, 1))
        .hasMessageContaining("l = 1.0")
        .hasMessageContaining("-3.0 to 0.0");
  }

  @Test
  void coordinatesShouldBeIndicesOverNdiv() {
    ReciprocalMap map = numbered(new VoxelBox(-1, 2, -3, 2, 3, 4));
    assertThat(map.coordinates(Axis.H)).containsExactly(-0.5, 0);
    assertThat(map.coordinates(Axis.K)).containsExactly(2 / 3.0, 1, 4 / 3.0);
    assertThat(map.max(Axis.K)).isEqualTo(4 / 3.0);
    assertThat(map.toString()).contains("2 x 3 x 4", "24 with data");
  }

  @Test
  void wrongNumberOfValuesShouldBeRejected() {
    assertThatThrownBy(
            () -> ReciprocalMap.of("x", NDIV, new VoxelBox(0, 0, 0, 2, 2, 2), new float[7]))
        .hasMessage("7 values for a map of 2 x 2 x 2");
  }
}
