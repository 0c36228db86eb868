package org.mdx.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HKLGroupsTest {

  private static HKLTable table(int[] h, int[] k, int[] l) {
    return HKLTable.of(Subdivision.NONE, IntColumn.of(h), IntColumn.of(k), IntColumn.of(l));
  }

  @Test
  void groupsShouldBeInOrderOfHThenKThenLWithRowsInTableOrder() {
    HKLTable t =
        table(new int[] {1, 0, 1, 0, 1}, new int[] {0, 5, 0, -5, 0}, new int[] {2, 7, 1, 7, 2});
    HKLGroups g = t.groups();
    assertThat(g.order()).containsExactly(3, 1, 2, 0, 4);
    assertThat(g.count()).isEqualTo(4);
    assertThat(g.size(3)).isEqualTo(2);
    assertThat(g.largest()).isEqualTo(2);
    assertThat(g.find(1, 0, 2)).isEqualTo(3);
    assertThat(g.find(0, 5, 7)).isEqualTo(1);
    assertThat(g.find(0, 5, 8)).isEqualTo(-1);
    assertThat(t.find(1, 0, 2)).isZero();
    assertThat(t.find(9, 9, 9)).isEqualTo(-1);
    assertThat(t.sorted().l().toIntArray()).containsExactly(7, 7, 1, 2, 2);
  }

  @Test
  void textOfATableShouldGiveRowsRangesAndColumns() {
    HKLTable t =
        HKLTable.of(
                new Subdivision(2, 4, 1),
                IntColumn.of(-3, 1),
                IntColumn.of(2, 2),
                IntColumn.of(0, 7))
            .with("counts", IntColumn.of(1, 2));
    assertThat(t.toString())
        .isEqualTo("HKLTable[2 rows, h -1.5 to 0.5, k 0.5 to 0.5, l 0 to 7, ndiv 2,4,1; counts]");
  }

  @Test
  void noRowsShouldGiveNoGroups() {
    HKLTable t = table(new int[0], new int[0], new int[0]);
    assertThat(t.groups().count()).isZero();
    assertThat(t.groups().largest()).isZero();
    assertThat(t.groups().find(0, 0, 0)).isEqualTo(-1);
    assertThat(t.sorted().rows()).isZero();
  }

  @Test
  void groupsShouldEqualThoseOfASortedMap() {
    Random random = new Random(7);
    int[] widths = {1, 2, 3, 17, 400, 1_000_000, Integer.MAX_VALUE};
    for (int trial = 0; trial < 120; trial++) {
      int n = trial < 40 ? trial : 1 + random.nextInt(3000);
      int wh = widths[random.nextInt(widths.length)];
      int wk = widths[random.nextInt(widths.length)];
      int wl = widths[random.nextInt(widths.length)];
      int[] h = new int[n];
      int[] k = new int[n];
      int[] l = new int[n];
      for (int i = 0; i < n; i++) {
        h[i] = spread(random, wh);
        k[i] = spread(random, wk);
        l[i] = spread(random, wl);
      }
      compareWithMap(h, k, l);
    }
  }

  private static int spread(Random random, int width) {
    return width == Integer.MAX_VALUE ? random.nextInt() : random.nextInt(width) - width / 2;
  }

  /** The slow way: a tree of boxed keys. */
  private static void compareWithMap(int[] h, int[] k, int[] l) {
    Map<List<Integer>, List<Integer>> slow =
        new TreeMap<>(
            (a, b) -> {
              for (int i = 0; i < 3; i++) {
                int c = Integer.compare(a.get(i), b.get(i));
                if (c != 0) {
                  return c;
                }
              }
              return 0;
            });
    for (int i = 0; i < h.length; i++) {
      slow.computeIfAbsent(List.of(h[i], k[i], l[i]), key -> new ArrayList<>()).add(i);
    }
    HKLGroups g = table(h, k, l).groups();
    assertThat(g.count()).isEqualTo(slow.size());
    int at = 0;
    for (Map.Entry<List<Integer>, List<Integer>> e : slow.entrySet()) {
      assertThat(List.of(g.h(at), g.k(at), g.l(at))).isEqualTo(e.getKey());
      List<Integer> rows = new ArrayList<>();
      for (int i = g.start(at); i < g.start(at + 1); i++) {
        rows.add(g.row(i));
      }
      assertThat(rows).isEqualTo(e.getValue());
      assertThat(g.find(g.h(at), g.k(at), g.l(at))).isEqualTo(at);
      at++;
    }
  }

  @Test
  void rowsInShouldFindTheFirstRowOfTheSameVoxel() {
    Random random = new Random(3);
    int[][] a = new int[3][200];
    int[][] b = new int[3][150];
    for (int axis = 0; axis < 3; axis++) {
      for (int i = 0; i < a[axis].length; i++) {
        a[axis][i] = random.nextInt(6) - 3;
      }
      for (int i = 0; i < b[axis].length; i++) {
        b[axis][i] = random.nextInt(6) - 3;
      }
    }
    HKLTable ta = table(a[0], a[1], a[2]);
    HKLTable tb = table(b[0], b[1], b[2]);
    int[] found = ta.rowsIn(tb);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isEqualTo(tb.find(a[0][i], a[1][i], a[2][i]));
    }
  }

  @Test
  void rowsInShouldRejectAnotherSubdivision() {
    HKLTable a = table(new int[] {0}, new int[] {0}, new int[] {0});
    HKLTable b = HKLTable.of(new Subdivision(3, 3, 3), a.h(), a.k(), a.l());
    assertThatThrownBy(() -> a.rowsIn(b))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1,1,1 and 3,3,3");
  }
}
