package org.mdx.io.dials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.reflection.ReflectionFlag;

class ReflectionTableTest {
  private static final ReflectionTable TABLE =
      ReflectionTable.of(
          5,
          Map.of(0L, "a", 1L, "b", 2L, "c"),
          Map.of(
              "id",
              ReflectionColumn.ofIntegers(ColumnType.INT, 0, 2, -1, 1, 2),
              "flags",
              ReflectionColumn.ofIntegers(ColumnType.SIZE_T, 4, 256, 512, 768, 1 << 13 | 4),
              "d",
              ReflectionColumn.ofDoubles(ColumnType.DOUBLE, 10, 11, 12, 13, 14)));

  private static List<Double> d(ReflectionTable t) {
    List<Double> d = new ArrayList<>();
    for (int i = 0; i < t.rows(); i++) {
      d.add(t.column("d").value(i, 0));
    }
    return d;
  }

  private static List<Long> ids(ReflectionTable t) {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < t.rows(); i++) {
      ids.add(t.column("id").integer(i));
    }
    return ids;
  }

  @Test
  void flagsShouldSelectByNameAndAnyBitOfSeveral() {
    assertThat(d(TABLE.whereFlagged(ReflectionFlag.INDEXED))).containsExactly(10d, 14d);
    assertThat(d(TABLE.whereFlagged(ReflectionFlag.of("integrated"))))
        .containsExactly(11d, 12d, 13d);
    assertThat(d(TABLE.whereFlagged(ReflectionFlag.INTEGRATED_SUM, ReflectionFlag.INTEGRATED_PRF)))
        .containsExactly(13d);
    assertThat(d(TABLE.whereFlagged(ReflectionFlag.of("bad-spot")))).containsExactly(14d);
    assertThat(d(TABLE.whereNotFlagged(ReflectionFlag.INDEXED, ReflectionFlag.INTEGRATED_PRF)))
        .containsExactly(11d);
    assertThatThrownBy(() -> ReflectionFlag.of("bad"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no flag 'bad'; there are predicted, observed, indexed");
  }

  @Test
  void experimentsShouldBeNumberedAnewInTheOrderGiven() {
    ReflectionTable t = TABLE.whereExperiments(2, 0);
    assertThat(d(t)).containsExactly(11d, 14d, 10d);
    assertThat(ids(t)).containsExactly(0L, 0L, 1L);
    assertThat(t.identifiers()).isEqualTo(Map.of(0L, "c", 1L, "a"));
    assertThat(TABLE.whereExperiments(7).rows()).isZero();
    assertThatThrownBy(() -> TABLE.whereExperiments(1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tablesShouldBeConcatenatedWithZerosForWhatIsMissing() throws IOException {
    ReflectionTable other =
        ReflectionTable.of(
            2,
            Map.of(3L, "x"),
            Map.of(
                "n",
                ReflectionColumn.ofIntegers(ColumnType.INT6, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2)));
    ReflectionTable t = ReflectionTable.concatenate(List.of(TABLE, other));
    assertThat(t.rows()).isEqualTo(7);
    assertThat(d(t)).containsExactly(10d, 11d, 12d, 13d, 14d, 0d, 0d);
    assertThat(t.column("n").integer(4, 5)).isZero();
    assertThat(t.column("n").integer(6, 2)).isEqualTo(9);
    assertThat(t.identifiers()).containsOnlyKeys(0L, 1L, 2L, 3L);
    assertThatThrownBy(
            () ->
                ReflectionTable.concatenate(List.of(TABLE, TABLE.withIdentifiers(Map.of(1L, "z")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("id 1 is b in one table and z in another");
    assertThatThrownBy(
            () ->
                ReflectionTable.concatenate(
                    List.of(TABLE, TABLE.withColumn("d", TABLE.column("id")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column d is ");
  }

  @Test
  void shoeboxesShouldFollowTheirRows(@TempDir Path dir) throws IOException {
    Path file = Files.write(dir.resolve("a.refl"), ReflectionFileTest.resource("small.refl"));
    ReflectionTable t = ReflectionFile.read(file);
    ReflectionTable bare = t.without(List.of("shoebox"));
    Random random = new Random(5);
    for (int k = 0; k < 50; k++) {
      int[] first = random.ints(random.nextInt(5), 0, 3).toArray();
      int[] second = random.ints(random.nextInt(5), 0, 3).toArray();
      int gap = random.nextInt(3);
      ReflectionTable all =
          ReflectionTable.concatenate(
              List.of(t.select(first), bare.select(new int[gap]), t.select(second)));
      ReflectionFile.write(file, all);
      ReflectionTable back = ReflectionFile.read(file);
      assertThat(back).isEqualTo(all);
      for (int i = 0; i < back.rows(); i++) {
        boolean empty = i >= first.length && i < first.length + gap;
        int from = i < first.length ? first[i] : empty ? 2 : second[i - first.length - gap];
        assertThat(back.column("shoebox").select(i)).isEqualTo(t.column("shoebox").select(from));
        assertThat(back.column("bbox").select(i))
            .isEqualTo(t.column("bbox").select(empty ? 0 : from));
      }
    }
  }

  @Test
  void valuesThatDoNotFitShouldBeRejected() {
    assertThatThrownBy(() -> ReflectionColumn.ofIntegers(ColumnType.INT, 1L << 31))
        .hasMessageContaining("2147483648 does not fit a column of int");
    assertThatThrownBy(() -> ReflectionColumn.ofIntegers(ColumnType.SIZE_T, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ReflectionColumn.ofDoubles(ColumnType.VEC3, 1, 2))
        .hasMessageContaining("2 numbers do not make a column of vec3<double>");
    assertThatThrownBy(() -> ReflectionColumn.ofDoubles(ColumnType.INT, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TABLE.column("d").integer(0))
        .hasMessageContaining("holds no integers");
    assertThatThrownBy(() -> TABLE.column("d").value(5, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> TABLE.withColumn("e", TABLE.column("d").select(1)))
        .hasMessageContaining("column e has 1 rows, the table has 5");
    assertThatThrownBy(() -> TABLE.withIdentifiers(new TreeMap<>(Map.of(-1L, "q"))))
        .hasMessageContaining("id -1 for q");
    assertThatThrownBy(() -> TABLE.column("dd")).hasMessageContaining("no column dd");
    assertThatThrownBy(() -> TABLE.column("d", ColumnType.INT))
        .hasMessageContaining("column d is of double, not of int");
  }
}
