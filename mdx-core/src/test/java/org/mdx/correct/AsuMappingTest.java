package org.mdx.correct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Conventions;
import org.mdx.internal.kernel.AsuKernel;
import org.mdx.table.Subdivision;

class AsuMappingTest {
  private static final CorrectOptions DEFAULTS = CorrectOptions.defaults();

  private static int[] map(AsuKernel mapping, int... index) {
    int[] h = {index[0]};
    int[] k = {index[1]};
    int[] l = {index[2]};
    int[] op = new int[1];
    mapping.map(h, k, l, op, 0, 1);
    return new int[] {h[0], k[0], l[0], op[0]};
  }

  private static AsuKernel mapping(String hall, CorrectOptions options, int... ndiv) {
    return AsuMapping.of(
        SpaceGroup.ofHall(hall), options, new Subdivision(ndiv[0], ndiv[1], ndiv[2]));
  }

  @Test
  void indicesShouldGoToTheAsymmetricUnitOfCctbx() {
    // cctbx 2022.9: m-3 has h >= 0 and ((l >= h and k > h) or (l = h and k = h));
    // mmm has h >= 0 and k >= 0 and l >= 0
    AsuKernel cubic = mapping("I 2b 2c 3", DEFAULTS, 1, 1, 1);
    assertThat(map(cubic, 1, 2, 3)).containsExactly(1, 2, 3, 0);
    assertThat(map(cubic, -3, 1, -2)).startsWith(1, 2, 3);
    assertThat(map(cubic, 2, 2, -2)).startsWith(2, 2, 2);
    assertThat(map(cubic, 0, 0, 0)).containsExactly(0, 0, 0, 0);
    AsuKernel orthorhombic = mapping("P 2ac 2ab", DEFAULTS, 2, 3, 4);
    assertThat(map(orthorhombic, -5, 4, -3)).startsWith(5, 4, 3);
  }

  @Test
  void inP1AnIndexShouldGoToItsFriedelMateOrCompatiblyLoseTheSignOfL() {
    CorrectOptions p1 = DEFAULTS.p1(true);
    AsuKernel friedel = mapping("I 2b 2c 3", p1, 3, 2, 1);
    assertThat(map(friedel, 1, -2, 3)).containsExactly(1, -2, 3, 0);
    assertThat(map(friedel, 1, -2, -3)).containsExactly(-1, 2, 3, 1);
    AsuKernel compatible = mapping("I 2b 2c 3", p1.conventions(Conventions.MDX2), 3, 2, 1);
    assertThat(map(compatible, 1, -2, -3)).containsExactly(1, -2, 3, 1);
  }

  @Test
  void onlyIndicesThatAreExchangedNeedTheSameSubdivision() {
    assertThat(mapping("P 4", DEFAULTS, 3, 3, 5)).isNotNull();
    assertThatThrownBy(() -> mapping("P 4", DEFAULTS, 3, 5, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3,5,5")
        .hasMessageContaining("4/m")
        .hasMessageContaining("subdivide");
  }
}
