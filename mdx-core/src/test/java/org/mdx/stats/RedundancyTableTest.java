package org.mdx.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.UnitCell;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

class RedundancyTableTest {
  private static final ShellStatistics STATISTICS =
      ShellStatistics.of(new UnitCell(10, 10, 10, 90, 90, 90));

  private static HKLTable table() {
    IntColumn zero = IntColumn.of(new int[8]);
    // s = 0.1, …, 0.8; the fourth has no intensity
    return HKLTable.of(Subdivision.NONE, IntColumn.of(1, 2, 3, 4, 5, 6, 7, 8), zero, zero)
        .with("intensity", FloatColumn.of(1, 1, 1, Float.NaN, 1, 1, 1, 1))
        .with("count", IntColumn.of(4, 1, 9, 0, 1, 2, 2, 30));
  }

  @Test
  void shellsShouldTellTheDistribution() {
    RedundancyTable t = STATISTICS.redundancy(table(), ShellOptions.defaults().width(0.45));
    assertThat(t.shells()).hasSize(2);
    // 1 4 9
    assertThat(t.shells().get(0))
        .isEqualTo(new RedundancyShell(0, 0.45, 3, 14, 14 / 3.0, 1, 1, 1, 4, 9, 9));
    // 1 2 2 30
    assertThat(t.shells().get(1))
        .isEqualTo(new RedundancyShell(0.45, 0.9, 4, 35, 8.75, 1, 1, 1, 2, 2, 30));
    assertThat(t.overall().redundancy()).isCloseTo(7, within(1e-12));
    assertThat(t.overall().median()).isEqualTo(2);
    assertThat(t.histogram())
        .containsExactly(
            new RedundancyTable.Bar(1, 2),
            new RedundancyTable.Bar(2, 2),
            new RedundancyTable.Bar(4, 1),
            new RedundancyTable.Bar(9, 1),
            new RedundancyTable.Bar(30, 1));
  }

  @Test
  void valuesShouldHaveTheirNames() {
    RedundancyTable t = STATISTICS.redundancy(table(), ShellOptions.defaults().width(0.45));
    assertThat(t.toCsv().lines().toList())
        .containsExactly(
            "s_min,s_max,voxels,observations,redundancy,single,min,quartile_1,median,quartile_3,max",
            "0.00000,0.450000,3,14,4.66667,1,1,1,4,9,9",
            "0.450000,0.900000,4,35,8.75000,1,1,1,2,2,30",
            "0.00000,0.900000,7,49,7.00000,2,1,1,2,9,30");
    assertThat(t.histogramCsv()).startsWith("observations,voxels,fraction\n1,2,0.285714\n");
    assertThat(t.toText().lines()).hasSize(4);
  }

  @Test
  void emptyShellsShouldBeLeftEmpty() {
    RedundancyTable t = STATISTICS.redundancy(table(), ShellOptions.defaults().range(0.31, 0.39));
    assertThat(t.overall().voxels()).isZero();
    assertThat(t.histogram()).isEmpty();
    List<String> csv = t.toCsv().lines().toList();
    assertThat(csv.get(csv.size() - 1)).isEqualTo("0.310000,0.390000,0,0,,0,,,,,");
    assertThatThrownBy(
            () -> STATISTICS.redundancy(table().without("count"), ShellOptions.defaults()))
        .hasMessageContaining("count");
  }
}
