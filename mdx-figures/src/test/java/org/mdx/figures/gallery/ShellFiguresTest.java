package org.mdx.figures.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.figures.Figure;
import org.mdx.figures.Panel;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

class ShellFiguresTest {
  private static final int ROWS = 60;

  /**
   * Voxels of which the first index is this number modulo 2: 0 for halos, 1 for what lies between.
   */
  private static HaloAndRest voxels(int first) {
    int[] h = new int[ROWS];
    int[] zero = new int[ROWS];
    float[] intensity = new float[ROWS];
    float[] error = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      h[i] = 2 * (i % 20) + first;
      zero[i] = 2 * (i / 20);
      intensity[i] = 10 + i * 7 % 13;
      error[i] = 1;
    }
    HKLTable table =
        HKLTable.of(
                new Subdivision(2, 2, 2), IntColumn.of(h), IntColumn.of(zero), IntColumn.of(zero))
            .with("intensity", FloatColumn.of(intensity))
            .with("intensity_error", FloatColumn.of(error))
            .with("group_0_intensity", FloatColumn.of(intensity))
            .with("group_0_intensity_error", FloatColumn.of(error))
            .with("group_1_intensity", FloatColumn.of(intensity))
            .with("group_1_intensity_error", FloatColumn.of(error));
    ShellStatistics statistics =
        ShellStatistics.of(new UnitCell(40, 50, 60, 90, 90, 90), SpaceGroup.ofNumber(1));
    return HaloAndRest.of("t", statistics, table, ShellOptions.defaults());
  }

  /** The mask of strong peaks can leave no voxel that is centred on a reflection. */
  @Test
  void aPanelWithoutAValueShouldBeLeftOutAndNamed() {
    Figure rest = ShellFigures.redundancy(List.of(voxels(1)));
    assertThat(rest.panels()).extracting(Panel::title).noneMatch(t -> t.startsWith("halos"));
    assertThat(rest.toString() + rest.svg()).contains("no voxel of the halos");
    Figure halos = ShellFigures.correlations(voxels(0), null, null);
    assertThat(halos.panels()).extracting(Panel::title).noneMatch(t -> t.startsWith("rest"));
    assertThat(halos.svg()).contains("no voxel of the rest");
  }
}
