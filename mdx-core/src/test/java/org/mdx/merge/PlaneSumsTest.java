package org.mdx.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.parallel.Parallel;
import org.mdx.table.ColumnNames;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.MemoryTables;
import org.mdx.table.Subdivision;

/** Planes that are merged apart, with what all of them say to expect. */
class PlaneSumsTest {
  private static final Parallel TWO = Parallel.of(2);
  private static final Merger MERGER =
      Merger.of(MergeOptions.defaults().outlier(4).split(Split.RANDOM));

  private static HKLTable table(long seed) {
    Random random = new Random(seed);
    int n = 3000;
    int[][] index = new int[3][n];
    float[][] columns = new float[5][n];
    for (int i = 0; i < n; i++) {
      for (int[] axis : index) {
        axis[i] = random.nextInt(9);
      }
      double s = 0.05 * Math.sqrt(index[0][i] + index[1][i] + index[2][i]);
      columns[0][i] = (float) (5 + 3 * random.nextGaussian());
      columns[1][i] = 3;
      columns[2][i] = (float) (0.5 + random.nextDouble());
      columns[3][i] = (float) (0.5 + random.nextDouble());
      columns[4][i] = (float) s;
    }
    return HKLTable.of(
            new Subdivision(3, 3, 3),
            IntColumn.of(index[0]),
            IntColumn.of(index[1]),
            IntColumn.of(index[2]))
        .with(ColumnNames.INTENSITY, FloatColumn.of(columns[0]))
        .with(ColumnNames.INTENSITY_ERROR, FloatColumn.of(columns[1]))
        .with(ColumnNames.BACKGROUND_VARIANCE, FloatColumn.of(columns[2]))
        .with(ColumnNames.VARIANCE_PER_INTENSITY, FloatColumn.of(columns[3]))
        .with(ColumnNames.S, FloatColumn.of(columns[4]));
  }

  @Test
  void planesApartShouldGiveTheBitsOfAllTogether() {
    List<HKLTable> tables = List.of(table(1), table(2));
    Merged whole = MERGER.merge(tables, TWO);
    MemoryTables store = new MemoryTables();
    tables.forEach(store::add);
    int[][] ranges = {{0, 1}, {2, 2}, {3, 8}};
    List<PlaneSums> planes = new ArrayList<>();
    for (int[] r : ranges) {
      planes.addAll(MERGER.planeSums(store.rows(2, r[0], r[1]), Parallel.of(1)));
    }
    assertThat(planes).extracting(PlaneSums::h).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);

    List<HKLTable> parts = new ArrayList<>();
    long outliers = 0;
    for (int[] r : ranges) {
      Merged part = MERGER.merge(store.rows(2, r[0], r[1]), planes, TWO);
      parts.add(part.table());
      outliers += part.outliers();
    }

    HKLTable joined = HKLTable.concatenate(parts);
    assertThat(outliers).isEqualTo(whole.outliers()).isPositive();
    for (String name : whole.table().columnNames()) {
      assertThat(joined.column(name)).isEqualTo(whole.table().column(name));
    }
    assertThat(joined.l()).isEqualTo(whole.table().l());
  }

  @Test
  void shouldRefusePlanesOutOfOrder() {
    HKLTable table = table(1);
    List<PlaneSums> planes = new ArrayList<>(MERGER.planeSums(table, TWO));
    planes.add(planes.remove(0));
    assertThatThrownBy(() -> MERGER.merge(table, planes, TWO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rising order");
  }
}
