package org.mdx.expand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.parallel.Parallel;
import org.mdx.table.EmptyResultException;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

class MapperTest {
  private static final int[] UNIT = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  private static final int[] INVERSION = {-1, 0, 0, 0, -1, 0, 0, 0, -1};
  private static final int[] THREEFOLD = {0, 1, 0, 0, 0, 1, 1, 0, 0};
  private static final int[] TWOFOLD_Z = {-1, 0, 0, 0, -1, 0, 0, 0, 1};
  private static final int[] THREEFOLD_HEXAGONAL = {0, -1, 0, 1, -1, 0, 0, 0, 1};

  private static HKLTable table(Subdivision ndiv, List<int[]> hkl) {
    int n = hkl.size();
    int[][] c = new int[3][n];
    float[] v = new float[n];
    for (int i = 0; i < n; i++) {
      for (int a = 0; a < 3; a++) {
        c[a][i] = hkl.get(i)[a];
      }
      v[i] = i + 1;
    }
    return HKLTable.of(ndiv, IntColumn.of(c[0]), IntColumn.of(c[1]), IntColumn.of(c[2]))
        .with("intensity", FloatColumn.of(v));
  }

  private static int[] apply(int[] hkl, int[] r) {
    int[] out = new int[3];
    for (int j = 0; j < 3; j++) {
      for (int i = 0; i < 3; i++) {
        out[j] += hkl[i] * r[3 * i + j];
      }
    }
    return out;
  }

  private static int[] product(int[] p, int[] q) {
    int[] out = new int[9];
    for (int i = 0; i < 9; i++) {
      for (int j = 0; j < 3; j++) {
        out[i] += p[3 * (i / 3) + j] * q[3 * j + i % 3];
      }
    }
    return out;
  }

  private static int[][] group(int[]... generators) {
    List<List<Integer>> keys = new ArrayList<>();
    List<int[]> members = new ArrayList<>(List.of(UNIT));
    keys.add(List.of(1, 0, 0, 0, 1, 0, 0, 0, 1));
    for (int m = 0; m < members.size(); m++) {
      for (int[] g : generators) {
        int[] p = product(members.get(m), g);
        List<Integer> key = java.util.Arrays.stream(p).boxed().toList();
        if (!keys.contains(key)) {
          keys.add(key);
          members.add(p);
        }
      }
    }
    return members.toArray(new int[0][]);
  }

  @Test
  void mapShouldHoldTheRowsInsideOfTheLimits() {
    HKLTable t =
        table(
            new Subdivision(2, 1, 1),
            List.of(new int[] {-1, 0, 0}, new int[] {2, 1, 1}, new int[] {3, 0, 0}));
    ReciprocalMap m =
        Mapper.of(MapOptions.defaults().limits(-0.5, 1, 0, 1, 0, 1)).map(t, Parallel.of(1));
    assertThat(m.box()).isEqualTo(new VoxelBox(-1, 0, 0, 4, 2, 2));
    assertThat(m.value(-1, 0, 0)).isEqualTo(1);
    assertThat(m.value(2, 1, 1)).isEqualTo(2);
    assertThat(m.filled()).isEqualTo(2);
    assertThat(m.name()).isEqualTo("intensity");
  }

  @Test
  void equivalentsShouldFollowTheIndexAsARowVector() {
    // 3 along c of a hexagonal lattice: h k l, k i l, i h l with i = −h − k
    int[][] three = group(THREEFOLD_HEXAGONAL);
    assertThat(three).hasDimensions(3, 9);
    HKLTable t = table(Subdivision.NONE, List.of(new int[] {1, 2, 5}));
    ReciprocalMap m =
        Mapper.of(MapOptions.defaults().limits(-5, 5, -5, 5, 5, 5)).map(t, three, Parallel.of(1));
    assertThat(m.filled()).isEqualTo(3);
    assertThat(m.value(1, 2, 5)).isEqualTo(1);
    assertThat(m.value(2, -3, 5)).isEqualTo(1);
    assertThat(m.value(-3, 1, 5)).isEqualTo(1);
  }

  @Test
  void mapShouldEqualALookUpOfEachVoxelsEquivalents() {
    Random random = new Random(2);
    int[][][] groups = {
      {UNIT},
      group(INVERSION),
      group(THREEFOLD_HEXAGONAL, INVERSION),
      group(TWOFOLD_Z, THREEFOLD, INVERSION)
    };
    assertThat(groups[3]).hasDimensions(24, 9);
    for (int[][] group : groups) {
      for (int rows : new int[] {0, 1, 90, 600}) {
        compareWithLookUp(random, group, rows);
      }
    }
  }

  private static boolean isWithin(List<Integer> v) {
    return v.get(0) >= -4
        && v.get(0) <= 6
        && Math.abs(v.get(1)) <= 5
        && v.get(2) >= 0
        && v.get(2) <= 2;
  }

  private static void compareWithLookUp(Random random, int[][] group, int rows) {
    Map<List<Integer>, Integer> owner = new HashMap<>();
    List<int[]> kept = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int[] hkl = {random.nextInt(13) - 6, random.nextInt(13) - 6, random.nextInt(13) - 6};
      if (!owner.containsKey(List.of(hkl[0], hkl[1], hkl[2]))) {
        kept.add(hkl);
        for (int[] r : group) {
          int[] e = apply(hkl, r);
          owner.put(List.of(e[0], e[1], e[2]), kept.size());
        }
      }
    }
    HKLTable t = table(new Subdivision(2, 2, 2), kept);
    MapOptions options = MapOptions.defaults().limits(-2, 3, -2.5, 2.5, 0, 1);
    if (owner.keySet().stream().noneMatch(MapperTest::isWithin)) {
      assertThatThrownBy(() -> Mapper.of(options).map(t, group, Parallel.of(1)))
          .isInstanceOf(EmptyResultException.class)
          .hasMessageContaining("none of the " + kept.size() + " voxels");
      return;
    }
    ReciprocalMap m = Mapper.of(options).map(t, group, Parallel.of(1));
    assertThat(Mapper.of(options).map(t, group, Parallel.of(7))).isEqualTo(m);
    for (int h = -4; h <= 6; h++) {
      for (int k = -5; k <= 5; k++) {
        for (int l = 0; l <= 2; l++) {
          Integer want = owner.get(List.of(h, k, l));
          if (want == null) {
            assertThat(m.value(h, k, l)).isNaN();
          } else {
            assertThat(m.value(h, k, l)).isEqualTo(want.floatValue());
          }
        }
      }
    }
  }

  @Test
  void equivalentRowsShouldBeRefusedByName() {
    HKLTable t =
        table(
            Subdivision.NONE,
            List.of(new int[] {1, 2, 3}, new int[] {0, 0, 1}, new int[] {-1, -2, -3}));
    Mapper mapper = Mapper.of(MapOptions.defaults());
    assertThat(mapper.map(t, Parallel.of(1)).filled()).isEqualTo(2);
    assertThatThrownBy(() -> mapper.map(t, group(INVERSION), Parallel.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows 0 and 2 are the same voxel, (1,2,3) and (-1,-2,-3)");
    HKLTable far = table(Subdivision.NONE, List.of(new int[] {Integer.MIN_VALUE, 2, 3}));
    assertThatThrownBy(() -> mapper.map(far, Parallel.of(1))).hasMessageContaining("row 0");
  }

  @Test
  void subdivisionThatTheSymmetryCannotCarryShouldBeRefused() {
    HKLTable t = table(new Subdivision(3, 3, 2), List.of(new int[] {1, 2, 3}));
    Mapper mapper = Mapper.of(MapOptions.defaults());
    assertThat(mapper.map(t, group(TWOFOLD_Z), Parallel.of(1)).filled()).isEqualTo(1);
    assertThatThrownBy(() -> mapper.map(t, group(THREEFOLD), Parallel.of(1)))
        .hasMessageContaining("subdivision 3,3,2")
        .hasMessageContaining("mixes");
  }

  @Test
  void laueGroupShouldGiveAllEquivalentsOfTheAsymmetricUnit() {
    SpaceGroup group = SpaceGroup.ofHall("I 2b 2c 3");
    ReciprocalAsu asu = group.asu().subdivided(3, 3, 3);
    Random random = new Random(4);
    Map<List<Integer>, Integer> rows = new HashMap<>();
    List<int[]> kept = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      ReciprocalAsu.Mapped m =
          asu.map(random.nextInt(15) - 7, random.nextInt(15) - 7, random.nextInt(15) - 7);
      if (rows.putIfAbsent(List.of(m.h(), m.k(), m.l()), kept.size() + 1) == null) {
        kept.add(new int[] {m.h(), m.k(), m.l()});
      }
    }
    ReciprocalMap map =
        Mapper.of(MapOptions.defaults().limits(-2, 2, -2, 2, -2, 2))
            .map(table(new Subdivision(3, 3, 3), kept), group.laueGroup(), Parallel.of(2));
    for (int h = -6; h <= 6; h++) {
      for (int k = -6; k <= 6; k++) {
        for (int l = -6; l <= 6; l++) {
          ReciprocalAsu.Mapped m = asu.map(h, k, l);
          Integer want = rows.get(List.of(m.h(), m.k(), m.l()));
          Float expected = want == null ? Float.NaN : want.floatValue();
          assertThat(Float.valueOf(map.value(h, k, l))).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void operatorShouldActOnSubdividedIndices() {
    // h' = h + 2k, k' = −k: with h in halves and k whole, H' = H + 4K
    int[] shear = {1, 0, 0, 2, -1, 0, 0, 0, -1};
    HKLTable t = table(new Subdivision(2, 1, 1), List.of(new int[] {1, 2, 3}));
    ReciprocalMap m =
        Mapper.of(MapOptions.defaults().limits(0, 9, -9, 9, -9, 9))
            .map(t, group(shear), Parallel.of(1));
    assertThat(m.filled()).isEqualTo(2);
    assertThat(m.value(9, -2, -3)).isEqualTo(1);
  }

  @Test
  void mapThatIsTooLargeShouldBeRefusedWithItsSize() {
    HKLTable t = table(new Subdivision(10, 10, 10), List.of(new int[] {1, 2, 3}));
    assertThatThrownBy(
            () ->
                Mapper.of(MapOptions.defaults().limits(-100, 100, -100, 100, -100, 100))
                    .map(t, Parallel.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2001 x 2001 x 2001 voxels takes 32.05 GB");
    assertThatThrownBy(() -> Mapper.checkMemory(new VoxelBox(0, 0, 0, 10, 10, 10), 3999))
        .hasMessageContaining("10 x 10 x 10");
    Mapper.checkMemory(new VoxelBox(0, 0, 0, 10, 10, 10), 4000);
  }

  @Test
  void missingColumnShouldBeNamed() {
    HKLTable t = table(Subdivision.NONE, List.of(new int[] {1, 2, 3}));
    assertThatThrownBy(
            () -> Mapper.of(MapOptions.defaults().signal("counts")).map(t, Parallel.of(1)))
        .hasMessageContaining("no column 'counts'");
  }
}
