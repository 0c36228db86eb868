package org.mdx.reindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.parallel.Parallel;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

class TableReindexerTest {
  private static final Parallel ONE = Parallel.of(1);

  /** Indices as measured, among them many on planes and axes of symmetry. */
  private static int[][] measured(int rows, long seed) {
    Random random = new Random(seed);
    int[][] hkl = new int[3][rows];
    for (int i = 0; i < rows; i++) {
      for (int c = 0; c < 3; c++) {
        hkl[c][i] = random.nextInt(7) - 3;
      }
    }
    return hkl;
  }

  private static HKLTable table(int[][] hkl, Subdivision n) {
    return HKLTable.of(n, IntColumn.of(hkl[0]), IntColumn.of(hkl[1]), IntColumn.of(hkl[2]));
  }

  /** What correcting gives of indices as measured. */
  private static HKLTable corrected(int[][] hkl, SpaceGroup group, Subdivision n) {
    ReciprocalAsu asu = group.asu().subdivided(n.h(), n.k(), n.l());
    int rows = hkl[0].length;
    int[][] mapped = new int[4][rows];
    float[] intensity = new float[rows];
    for (int i = 0; i < rows; i++) {
      ReciprocalAsu.Mapped m = asu.map(hkl[0][i], hkl[1][i], hkl[2][i]);
      mapped[0][i] = m.h();
      mapped[1][i] = m.k();
      mapped[2][i] = m.l();
      mapped[3][i] = m.op();
      intensity[i] = i;
    }
    return table(mapped, n)
        .with("intensity", FloatColumn.of(intensity))
        .with("op", IntColumn.of(mapped[3]))
        .with("n", IntColumn.of(new int[rows]));
  }

  /** h' of each measured h from the triplet in h, k, l. */
  private static int[][] turned(int[][] hkl, int[] rows) {
    int[][] out = new int[3][hkl[0].length];
    for (int i = 0; i < out[0].length; i++) {
      for (int c = 0; c < 3; c++) {
        for (int j = 0; j < 3; j++) {
          out[c][i] += rows[3 * c + j] * hkl[j][i];
        }
      }
    }
    return out;
  }

  private static void assertSame(HKLTable actual, HKLTable expected) {
    assertThat(actual.h()).isEqualTo(expected.h());
    assertThat(actual.k()).isEqualTo(expected.k());
    assertThat(actual.l()).isEqualTo(expected.l());
    assertThat(actual.columnNames()).isEqualTo(expected.columnNames());
    for (String name : expected.columnNames()) {
      assertThat(actual.column(name)).as(name).isEqualTo(expected.column(name));
    }
  }

  /** The last column is h', k', l' in terms of h, k, l, three factors each. */
  @ParameterizedTest
  @CsvSource({
    "I 2b 2c 3,  '-z,-y,-x', 3, 3, 3, '0 0 -1  0 -1 0  -1 0 0'",
    "I 2b 2c 3,  'y,-x,z',   2, 2, 2, '0 1 0  -1 0 0  0 0 1'",
    "P 4cw,      '-y,-x,-z', 3, 3, 2, '0 -1 0  -1 0 0  0 0 -1'",
    "R 3,        'y,x,-z',   3, 3, 1, '0 1 0  1 0 0  0 0 -1'",
    "P 31,       'x-y,x,z',  3, 3, 2, '0 -1 0  1 1 0  0 0 1'",
    "P 2c 2,     'y,z,x',    2, 2, 2, '0 1 0  0 0 1  1 0 0'",
    "P 1,        '-z,x,-y',  4, 4, 4, '0 0 -1  1 0 0  0 -1 0'",
    "P 2yb,      'x,-y,-z',  1, 2, 3, '1 0 0  0 -1 0  0 0 -1'"
  })
  void tableShouldBeWhatCorrectingInTheOtherAxesGives(
      String hall, String operator, int nh, int nk, int nl, String rows) {
    SpaceGroup group = SpaceGroup.ofHall(hall);
    Subdivision n = new Subdivision(nh, nk, nl);
    int[][] hkl = measured(2000, 17);
    int[] factors = new int[9];
    for (int i = 0; i < 9; i++) {
      factors[i] = Integer.parseInt(rows.strip().split(" +")[i]);
    }
    TableReindexer reindexer = TableReindexer.of(ChangeOfBasis.of(operator), group);
    HKLTable expected = corrected(turned(hkl, factors), group, n);
    assertSame(reindexer.apply(corrected(hkl, group, n), ONE), expected);
    HKLTable before = table(hkl, n).with("counts", IntColumn.of(new int[2000]));
    HKLTable after = reindexer.apply(before, ONE);
    assertThat(after.h().toIntArray()).isEqualTo(turned(hkl, factors)[0]);
    assertThat(after.k().toIntArray()).isEqualTo(turned(hkl, factors)[1]);
    assertThat(after.l().toIntArray()).isEqualTo(turned(hkl, factors)[2]);
  }

  @Test
  void theWayBackShouldRestoreTheTableOnAnyNumberOfThreads() {
    SpaceGroup group = SpaceGroup.ofNumber(146);
    Subdivision n = new Subdivision(2, 2, 1);
    HKLTable table = corrected(measured(200_000, 3), group, n);
    TableReindexer there = TableReindexer.of(ChangeOfBasis.of("y,x,-z"), group);
    HKLTable one = there.apply(table, ONE);
    assertSame(there.apply(table, Parallel.of(5)), one);
    assertThat(one.h()).isNotEqualTo(table.h());
    assertSame(there.apply(one, Parallel.of(2)), table);
  }

  @Test
  void whatCannotBeReindexedShouldBeRefused() {
    SpaceGroup cubic = SpaceGroup.ofNumber(199);
    SpaceGroup tetragonal = SpaceGroup.ofNumber(76);
    ChangeOfBasis swap = ChangeOfBasis.of("-z,-y,-x");
    assertThatThrownBy(() -> TableReindexer.of(ChangeOfBasis.of("z,y,x"), cubic))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("all signs changed");
    assertThatThrownBy(() -> TableReindexer.of(ChangeOfBasis.of("2*x,y,z"), cubic))
        .hasMessageContaining("volume");
    assertThatThrownBy(() -> TableReindexer.of(ChangeOfBasis.of("x+1/4,y,z"), cubic))
        .hasMessageContaining("origin");
    TableReindexer reindexer = TableReindexer.of(swap, tetragonal);
    HKLTable uneven = corrected(measured(10, 1), tetragonal, new Subdivision(3, 3, 2));
    assertThatThrownBy(() -> reindexer.apply(uneven, ONE))
        .hasMessageContaining("3,3,2")
        .hasMessageContaining("integrate again");
    HKLTable even = corrected(measured(10, 1), tetragonal, new Subdivision(2, 2, 2));
    assertThatThrownBy(() -> reindexer.apply(even.without("op"), ONE))
        .hasMessageContaining("merge them again");
    int[][] outside = {{-5}, {1}, {2}};
    HKLTable unmapped = table(outside, new Subdivision(2, 2, 2)).with("op", IntColumn.of(0));
    assertThatThrownBy(() -> reindexer.apply(unmapped, ONE))
        .hasMessageContaining("-5,1,2")
        .hasMessageContaining("4/m");
    assertThatThrownBy(
            () ->
                reindexer.apply(
                    even.with("op", IntColumn.of(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})), ONE))
        .hasMessageContaining("row 8: op=8");
  }
}
