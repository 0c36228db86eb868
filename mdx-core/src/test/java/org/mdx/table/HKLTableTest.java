package org.mdx.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HKLTableTest {
  private static final Subdivision THIRDS = new Subdivision(3, 3, 3);

  /** Voxels (2, 0, 0), (0, 1, 1), (2, 0, −3), and their numbers as intensities. */
  private static HKLTable table() {
    return HKLTable.of(THIRDS, IntColumn.of(2, 0, 2), IntColumn.of(0, 1, 0), IntColumn.of(0, 1, -3))
        .with(ColumnNames.INTENSITY, FloatColumn.of(10f, 11.5f, Float.NaN))
        .with(ColumnNames.N, IntColumn.of(0, 1, 2));
  }

  @Test
  void columnsOfAnotherLengthShouldBeRefused() {
    assertThatThrownBy(() -> HKLTable.of(THIRDS, IntColumn.of(1), IntColumn.of(1), IntColumn.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> table().with("x", FloatColumn.of(1f, 2f)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x");
    assertThatThrownBy(() -> table().reindexed(IntColumn.of(1), IntColumn.of(1), IntColumn.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 indices for 3 rows");
  }

  @Test
  void aMissingColumnShouldBeNamedWithThoseThatAreThere() {
    assertThatThrownBy(() -> table().column("phi"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("phi")
        .hasMessageContaining("intensity");
    assertThatThrownBy(() -> table().intensityError(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("intensity_error");
  }

  @Test
  void withAndWithoutShouldLeaveTheTableAsItWas() {
    HKLTable t = table();
    assertThat(t.without(ColumnNames.N).columnNames()).containsExactly("intensity");
    assertThat(t.with("x", IntColumn.of(1, 2, 3)).has("x")).isTrue();
    assertThat(t.has("x")).isFalse();
    assertThat(t.columnNames()).containsExactly("intensity", "n");
    assertThat(t.intensity(1)).isEqualTo(11.5);
  }

  @Test
  void sortedRowsShouldRiseByVoxel() {
    HKLTable t = table().sorted();
    assertThat(t.h().toIntArray()).containsExactly(0, 2, 2);
    assertThat(t.k().toIntArray()).containsExactly(1, 0, 0);
    assertThat(t.l().toIntArray()).containsExactly(1, -3, 0);
    assertThat(((IntColumn) t.column(ColumnNames.N)).toIntArray()).containsExactly(1, 2, 0);
  }

  @Test
  void selectShouldTakeRowsInTheOrderGivenAndMoreThanOnce() {
    HKLTable t = table().select(new int[] {2, 0, 2});
    assertThat(((IntColumn) t.column(ColumnNames.N)).toIntArray()).containsExactly(2, 0, 2);
    assertThat(t.l().toIntArray()).containsExactly(-3, 0, -3);
    assertThat(table().select(new int[0]).rows()).isZero();
  }

  @Test
  void concatenationShouldKeepTheOrderOfTablesAndRows() {
    HKLTable both = HKLTable.concatenate(List.of(table(), table().select(new int[] {1})));
    assertThat(both.rows()).isEqualTo(4);
    assertThat(both.intensity(3)).isEqualTo(11.5);
    HKLTable other =
        HKLTable.of(Subdivision.NONE, IntColumn.of(1), IntColumn.of(1), IntColumn.of(1));
    assertThatThrownBy(() -> HKLTable.concatenate(List.of(table(), other)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HKLTable.concatenate(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rowsOfAnotherTableShouldBeFoundByVoxel() {
    HKLTable voxels = table().sorted();
    assertThat(table().rowsIn(voxels)).containsExactly(2, 0, 1);
    HKLTable fewer = voxels.select(new int[] {1});
    assertThat(table().rowsIn(fewer)).containsExactly(-1, -1, 0);
    assertThat(voxels.find(2, 0, -3)).isEqualTo(1);
    assertThat(voxels.find(2, 0, -4)).isEqualTo(-1);
    assertThatThrownBy(
            () ->
                table()
                    .rowsIn(
                        HKLTable.of(
                            Subdivision.NONE, IntColumn.of(), IntColumn.of(), IntColumn.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fingerprintsShouldTellColumnsThatDifferInOneValue() {
    HKLTable t = table();
    long print = t.fingerprint(ColumnNames.N);
    assertThat(table().fingerprint(ColumnNames.N)).isEqualTo(print);
    assertThat(t.with(ColumnNames.N, IntColumn.of(0, 1, 3)).fingerprint(ColumnNames.N))
        .isNotEqualTo(print);
    assertThat(t.with(ColumnNames.N, IntColumn.of(1, 0, 2)).fingerprint(ColumnNames.N))
        .isNotEqualTo(print);
    assertThatThrownBy(() -> t.fingerprint("phi")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textsShouldGiveRangesAsFractions() {
    assertThat(table().ranges()).isEqualTo("h 0 to 0.666667, k 0 to 0.333333, l -1 to 0.333333");
    assertThat(table())
        .hasToString(
            "HKLTable[3 rows, " + table().ranges() + ", ndiv " + THIRDS + "; intensity n]");
    assertThat(table().select(new int[0]).ranges()).isEqualTo("no voxels");
    String head = table().head(2).toString();
    assertThat(head).contains("0.667").contains("11.5").endsWith("… 1 more");
    assertThatThrownBy(() -> table().head(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
