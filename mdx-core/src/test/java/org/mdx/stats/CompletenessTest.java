package org.mdx.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

class CompletenessTest {

  /** The voxels of the asymmetric unit of a box, by a look at each of them. */
  private static HKLTable asymmetric(SpaceGroup group, Subdivision n, int edge) {
    ReciprocalAsu asu = group.asu().subdivided(n.h(), n.k(), n.l());
    List<int[]> inside = new ArrayList<>();
    for (int h = -edge; h <= edge; h++) {
      for (int k = -edge; k <= edge; k++) {
        for (int l = -edge; l <= edge; l++) {
          if (asu.contains(h, k, l)) {
            inside.add(new int[] {h, k, l});
          }
        }
      }
    }
    int[][] hkl = new int[3][inside.size()];
    for (int i = 0; i < inside.size(); i++) {
      for (int a = 0; a < 3; a++) {
        hkl[a][i] = inside.get(i)[a];
      }
    }
    float[] one = new float[inside.size()];
    Arrays.fill(one, 1);
    return HKLTable.of(n, IntColumn.of(hkl[0]), IntColumn.of(hkl[1]), IntColumn.of(hkl[2]))
        .with("intensity", FloatColumn.of(one))
        .with("intensity_error", FloatColumn.of(one));
  }

  private static HKLTable withHoles(HKLTable t, IntPredicate hole) {
    float[] intensity = new float[t.rows()];
    for (int i = 0; i < intensity.length; i++) {
      intensity[i] = hole.test(i) ? Float.NaN : 1;
    }
    return t.with("intensity", FloatColumn.of(intensity));
  }

  @ParameterizedTest
  @EnumSource(Voxels.class)
  void completenessShouldBeTheFractionOfVoxelsThatAreThere(Voxels voxels) {
    SpaceGroup group = SpaceGroup.ofHermannMauguin("I 21 3");
    UnitCell cubic = new UnitCell(10, 10, 10, 90, 90, 90);
    // all voxels up to s = 1.2/3, of which every third is a hole
    HKLTable all = asymmetric(group, new Subdivision(3, 3, 3), 12);
    ShellStatistics statistics = ShellStatistics.of(cubic, group);
    HKLTable t = withHoles(all, i -> i % 3 == 1);
    ShellOptions options = ShellOptions.defaults().width(0.09).range(0.05, 0.397).voxels(voxels);
    ShellTable shells = statistics.compute(t, options);
    assertThat(statistics.completenessObstacle(t, options)).isEmpty();
    double[] s = statistics.lengths(all);
    long measured = 0;
    long possible = 0;
    for (Shell shell : shells.shells()) {
      long there = 0;
      long count = 0;
      for (int i = 0; i < s.length; i++) {
        boolean inside = s[i] >= shell.sMin() && s[i] < shell.sMax();
        if (inside && statistics.isAmong(all, i, voxels)) {
          count++;
          there += i % 3 == 1 ? 0 : 1;
        }
      }
      measured += there;
      possible += count;
      assertThat(shell.completeness())
          .isEqualTo(new Completeness(there, count, measured, possible));
      assertThat(shell.completeness().fraction())
          .isEqualTo(Double.valueOf(count == 0 ? Double.NaN : (double) there / count));
    }
    assertThat(possible).isPositive();
    assertThat(shells.overall().completeness())
        .isEqualTo(new Completeness(measured, possible, measured, possible));
  }

  @Test
  void completenessShouldBeUnknownWhereRowsAreNotThoseOfAnAsymmetricUnit() {
    SpaceGroup group = SpaceGroup.ofHermannMauguin("P 4");
    UnitCell cell = new UnitCell(10, 10, 12, 90, 90, 90);
    ShellStatistics statistics = ShellStatistics.of(cell, group);
    ShellOptions o = ShellOptions.defaults().count(2);
    HKLTable good = asymmetric(group, Subdivision.NONE, 3);
    assertThat(statistics.completenessObstacle(good, o)).isEmpty();
    HKLTable backwards =
        good.select(IntStream.range(0, good.rows()).map(i -> good.rows() - 1 - i).toArray());
    assertThat(statistics.completenessObstacle(backwards, o)).isEmpty();

    HKLTable twice = HKLTable.concatenate(List.of(good, good.select(new int[] {5})));
    assertThat(statistics.completenessObstacle(twice, o).orElseThrow())
        .contains(twice.rows() + " rows share " + good.rows());
    HKLTable outside = asymmetric(SpaceGroup.ofNumber(1), Subdivision.NONE, 2);
    assertThat(statistics.completenessObstacle(outside, o).orElseThrow())
        .contains("row 0 (H,K,L = -2,-2,1)");
    HKLTable uneven = asymmetric(SpaceGroup.ofNumber(1), new Subdivision(2, 1, 1), 2);
    assertThat(statistics.completenessObstacle(uneven, o).orElseThrow()).contains("2,1,1", "4/m");
    assertThat(ShellStatistics.of(cell).completenessObstacle(good, o)).isPresent();
    HKLTable fine =
        HKLTable.of(new Subdivision(1000, 1000, 1000), good.h(), good.k(), good.l())
            .with("intensity", good.column("intensity"))
            .with("intensity_error", good.column("intensity_error"));
    assertThat(statistics.completenessObstacle(fine, o.range(0, 1)).orElseThrow())
        .contains("smaller range");
    for (HKLTable t : List.of(twice, outside, uneven, fine)) {
      Shell overall = statistics.compute(t, o.range(0, 1)).overall();
      assertThat(overall.completeness().fraction()).isNaN();
      assertThat(overall.completeness().possible()).isEqualTo(-1);
      assertThat(overall.voxels()).isEqualTo(overall.completeness().measured()).isPositive();
    }
  }
}
