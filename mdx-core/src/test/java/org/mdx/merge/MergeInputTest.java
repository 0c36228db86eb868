package org.mdx.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.scaling.DistributedScaling;
import org.mdx.scaling.ScalingOptions;
import org.mdx.scaling.ScalingRefiner;
import org.mdx.table.DoubleColumn;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.MemoryTables;
import org.mdx.table.PlaneCounts;
import org.mdx.table.Subdivision;
import org.mdx.table.TableCorrections;

class MergeInputTest {
  private static final MergeOptions OPTIONS =
      MergeOptions.defaults().split(Split.RANDOM).outlier(4).seed(3);

  private static HKLTable random(long seed, int rows) {
    SplittableRandom random = new SplittableRandom(seed);
    int[][] index = new int[3][rows];
    double[][] c = new double[4][rows];
    for (int i = 0; i < rows; i++) {
      for (int axis = 0; axis < 3; axis++) {
        index[axis][i] = random.nextInt(-12, 13);
      }
      c[0][i] = random.nextDouble(-1, 40);
      c[1][i] = random.nextInt(50) == 0 ? Double.NaN : random.nextDouble(0.5, 3);
      c[2][i] = random.nextDouble(0.1, 2);
      c[3][i] = random.nextDouble(0.1, 2);
    }
    float[] s = new float[rows];
    for (int i = 0; i < rows; i++) {
      double square = 0;
      for (int axis = 0; axis < 3; axis++) {
        square += (double) index[axis][i] * index[axis][i];
      }
      s[i] = (float) (0.02 * Math.sqrt(square));
    }
    return HKLTable.of(
            Subdivision.NONE,
            IntColumn.of(index[0]),
            IntColumn.of(index[1]),
            IntColumn.of(index[2]))
        .with("intensity", DoubleColumn.of(c[0]))
        .with("intensity_error", DoubleColumn.of(c[1]))
        .with("background_variance", DoubleColumn.of(c[2]))
        .with("variance_per_intensity", DoubleColumn.of(c[3]))
        .with("s", FloatColumn.of(s));
  }

  private static MergeInput input(MergeOptions options, List<HKLTable> tables) {
    MergeInput input = Merger.of(options).input(new MemoryTables());
    tables.forEach(input::add);
    return input;
  }

  private static void requireEqual(HKLTable one, HKLTable other) {
    assertThat(other.h()).isEqualTo(one.h());
    assertThat(other.k()).isEqualTo(one.k());
    assertThat(other.l()).isEqualTo(one.l());
    assertThat(other.columnNames()).isEqualTo(one.columnNames());
    for (String name : one.columnNames()) {
      assertThat(other.column(name)).as(name).isEqualTo(one.column(name));
    }
  }

  @Test
  void tablesWithAndWithoutBackgroundShouldNotBeMerged() {
    HKLTable with = random(1, 500);
    HKLTable other = random(2, 500);
    HKLTable without = other.with("background_variance", DoubleColumn.of(new double[500]));
    for (List<HKLTable> tables : List.of(List.of(with, without), List.of(without, with))) {
      int subtracted = tables.indexOf(with);
      assertThatThrownBy(() -> Merger.of(OPTIONS).merge(tables, Parallel.of(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("subtracted from table " + subtracted + " and not from");
    }
    assertThat(Merger.of(OPTIONS).merge(List.of(with, other), Parallel.of(1)).table().rows())
        .isPositive();
  }

  @Test
  void tablesThatWereCorrectedDifferentlyShouldBeNeitherScaledNorMerged() {
    TableCorrections usual = new TableCorrections(true, true, true, false, "m-3m");
    HKLTable untold = random(1, 500);
    HKLTable one = random(2, 500).corrected(usual);
    for (TableCorrections other :
        List.of(
            new TableCorrections(false, true, true, false, "m-3m"),
            new TableCorrections(true, false, true, false, "m-3m"),
            new TableCorrections(true, true, false, false, "m-3m"),
            new TableCorrections(true, true, true, true, "m-3m"),
            new TableCorrections(true, true, true, false, "-1"))) {
      assertThat(TableCorrections.ofWords(other.words())).contains(other);
      // what comes of a table keeps its corrections
      HKLTable two = random(3, 500).corrected(other).without("s").sorted();
      List<HKLTable> tables = List.of(untold, one, two);
      assertThatThrownBy(() -> Merger.of(OPTIONS).merge(tables, Parallel.of(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("tables 1 and 2 were corrected differently")
          .hasMessageContaining(other.toString());
      List<HKLTable> placed = tables.stream().map(MergeInputTest::placed).toList();
      assertThatThrownBy(
              () ->
                  ScalingRefiner.of(ScalingOptions.defaults())
                      .refine(placed, Parallel.of(1), Progress.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("tables 1 and 2 were corrected differently");
      List<DistributedScaling.Sweep> sweeps =
          placed.stream().map(DistributedScaling.Sweep::of).toList();
      assertThatThrownBy(() -> DistributedScaling.of(ScalingOptions.defaults(), sweeps))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("tables 1 and 2 were corrected differently");
    }
    assertThat(HKLTable.concatenate(List.of(one, one)).corrections()).contains(usual);
    assertThat(HKLTable.concatenate(List.of(one, untold)).corrections()).isEmpty();
  }

  /** With what scaling needs. */
  private static HKLTable placed(HKLTable table) {
    FloatColumn zero = FloatColumn.of(new float[table.rows()]);
    return table
        .with("phi", table.column("intensity"))
        .with("iy", zero)
        .with("ix", zero)
        .with("s", zero);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 5_000, 20_000, 1_000_000})
  void rangesShouldGiveTheBitsOfTheWhole(long mostRows) {
    List<HKLTable> tables = List.of(random(1, 30_000), random(2, 20_000), random(3, 200));
    for (ErrorModel model : ErrorModel.values()) {
      MergeOptions options = OPTIONS.errorModel(model);
      Merged whole = Merger.of(options).merge(tables, Parallel.of(2));
      assertThat(whole.outliers()).isPositive();
      Merged ranges =
          input(options, tables).merge(MergePart.whole(3).mostRows(mostRows), Parallel.of(2));
      requireEqual(whole.table(), ranges.table());
      assertThat(ranges.toString()).isEqualTo(whole.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 40})
  void partsShouldMakeUpTheWhole(int parts) {
    List<HKLTable> tables = List.of(random(4, 30_000), random(5, 20_000));
    Merged whole = Merger.of(OPTIONS).merge(tables, Parallel.of(2));
    MergeInput input = input(OPTIONS, tables);
    List<HKLTable> found = new ArrayList<>();
    long used = 0;
    for (int p = 1; p <= parts; p++) {
      Merged part = input.merge(MergePart.whole(2).part(p, parts).mostRows(10_000), Parallel.of(2));
      found.add(part.table());
      used += part.used();
    }
    requireEqual(whole.table(), HKLTable.concatenate(found));
    assertThat(used).isEqualTo(whole.used());
  }

  @Test
  void theFirstTablesShouldMergeAsIfTheyWereAlone() {
    List<HKLTable> tables = List.of(random(6, 9_000), random(7, 8_000), random(8, 7_000));
    MergeInput input = input(OPTIONS, tables);
    Merged two = input.merge(MergePart.whole(2).mostRows(3_000), Parallel.of(2));
    requireEqual(
        Merger.of(OPTIONS).merge(tables.subList(0, 2), Parallel.of(2)).table(), two.table());
  }

  @Test
  void aTableThatTellsNoVariancesShouldTurnAllToTheirErrors() {
    HKLTable plain = random(10, 4_000).without("background_variance");
    List<HKLTable> tables = List.of(random(9, 5_000), plain);
    Merged whole = Merger.of(OPTIONS).merge(tables, Parallel.of(2));
    assertThat(whole.errorModel()).isEqualTo(ErrorModel.COUNTED);
    Merged ranges =
        input(OPTIONS, tables).merge(MergePart.whole(2).mostRows(1_000), Parallel.of(2));
    requireEqual(whole.table(), ranges.table());
  }

  @Test
  void partsThatDoNotExistShouldBeRefused() {
    MergeInput input = input(OPTIONS, List.of(random(11, 300)));
    assertThatThrownBy(() -> MergePart.whole(1).part(3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("part 3 of 2");
    assertThatThrownBy(() -> MergePart.whole(1).mostRows(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> input.merge(MergePart.whole(2), Parallel.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 tables of 1");
    assertThatThrownBy(() -> input.add(random(11, 300)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("same 300 intensities");
  }

  @Test
  void aLongTableShouldBeKnownAgainAndOneOfTheSameLengthShouldNotBeTakenForIt() {
    MergeInput input = input(OPTIONS, List.of(random(12, 30_001), random(13, 30_001)));
    assertThatThrownBy(() -> input.add(random(12, 30_001)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tables 0 and 2")
        .hasMessageContaining("same 30001 intensities");
  }

  @Test
  void planesShouldBeCutWhereRowsAreHalved() {
    PlaneCounts planes =
        PlaneCounts.of(
            HKLTable.of(
                Subdivision.NONE,
                IntColumn.of(5, -2, -2, 5, 5, 7),
                IntColumn.of(new int[6]),
                IntColumn.of(new int[6])));
    assertThat(planes.planes()).containsExactly(-2, 5, 7);
    assertThat(planes.ranges(1, 1, 3))
        .containsExactly(
            new PlaneCounts.Range(-2, -2, 2),
            new PlaneCounts.Range(5, 5, 3),
            new PlaneCounts.Range(7, 7, 1));
    assertThat(planes.ranges(1, 2, 100)).containsExactly(new PlaneCounts.Range(-2, -2, 2));
    assertThat(planes.ranges(2, 2, 100)).containsExactly(new PlaneCounts.Range(5, 7, 4));
    assertThat(planes.plus(planes).rows(5)).isEqualTo(6);
    assertThat(planes.total()).isEqualTo(6);
  }
}
