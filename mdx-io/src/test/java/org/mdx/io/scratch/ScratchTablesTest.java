package org.mdx.io.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.merge.MergeInput;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.MergePart;
import org.mdx.merge.Merged;
import org.mdx.merge.Merger;
import org.mdx.merge.Split;
import org.mdx.parallel.Parallel;
import org.mdx.table.DoubleColumn;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.MemoryTables;
import org.mdx.table.Subdivision;
import org.mdx.table.TableStore;

class ScratchTablesTest {
  @TempDir private Path folder;

  private static HKLTable random(long seed, int rows) {
    SplittableRandom random = new SplittableRandom(seed);
    int[][] index = new int[3][rows];
    double[] intensity = new double[rows];
    float[] error = new float[rows];
    for (int i = 0; i < rows; i++) {
      for (int axis = 0; axis < 3; axis++) {
        index[axis][i] = random.nextInt(-9, 10);
      }
      intensity[i] = random.nextDouble(-1, 40);
      error[i] = (float) random.nextDouble(0.5, 3);
    }
    return HKLTable.of(
            new Subdivision(2, 2, 2),
            IntColumn.of(index[0]),
            IntColumn.of(index[1]),
            IntColumn.of(index[2]))
        .with("intensity", DoubleColumn.of(intensity))
        .with("intensity_error", FloatColumn.of(error))
        .with("op", IntColumn.of(index[0]));
  }

  private static void requireEqual(HKLTable one, HKLTable other) {
    assertThat(other.ndiv()).isEqualTo(one.ndiv());
    assertThat(other.h()).isEqualTo(one.h());
    assertThat(other.k()).isEqualTo(one.k());
    assertThat(other.l()).isEqualTo(one.l());
    assertThat(other.columnNames()).isEqualTo(one.columnNames());
    for (String name : one.columnNames()) {
      assertThat(other.column(name)).as(name).isEqualTo(one.column(name));
    }
  }

  @Test
  void rowsShouldComeBackAsFromMemory() throws IOException {
    List<HKLTable> tables = List.of(random(1, 400_000), random(2, 3_000).without("op"));
    TableStore memory = new MemoryTables();
    try (ScratchTables scratch = ScratchTables.in(folder)) {
      for (HKLTable t : tables) {
        memory.add(t);
        scratch.add(t);
      }
      for (int first = 1; first <= 2; first++) {
        for (int h = -10; h <= 10; h++) {
          requireEqual(memory.rows(first, h, h), scratch.rows(first, h, h));
        }
        // within a voxel, rows keep their order
        requireEqual(memory.rows(first, -4, 6).sorted(), scratch.rows(first, -4, 6).sorted());
        assertThat(scratch.planes(first).total()).isEqualTo(memory.planes(first).total());
      }
      assertThatThrownBy(() -> scratch.add(HKLTable.of(Subdivision.NONE, one(), one(), one())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot be joined");
    }
    assertThat(folder).isEmptyDirectory();
  }

  private static IntColumn one() {
    return IntColumn.of(1);
  }

  @Test
  void mergingFromScratchShouldGiveTheSameBits() throws IOException {
    List<HKLTable> tables = List.of(random(3, 50_000), random(4, 40_000));
    Merger merger = Merger.of(MergeOptions.defaults().split(Split.WEIGHTED).outlier(3));
    Merged whole = merger.merge(tables, Parallel.of(2));
    try (ScratchTables scratch = ScratchTables.in(folder)) {
      MergeInput input = merger.input(scratch);
      tables.forEach(input::add);
      Merged ranges = input.merge(MergePart.whole(2).mostRows(9_000), Parallel.of(2));
      requireEqual(whole.table(), ranges.table());
      assertThat(ranges.outliers()).isEqualTo(whole.outliers()).isPositive();
    }
  }

  @Test
  void foldersOfDeadProcessesShouldBeRemovedAndThoseOfLivingOnesNot() throws Exception {
    Path dead = Files.createDirectory(folder.resolve("mdx-scratch-dead"));
    Files.writeString(dead.resolve("lock"), "");
    Files.writeString(dead.resolve("table_0"), "rows");
    Path foreign = Files.createDirectory(folder.resolve("mdx-scratch-without-lock"));
    try (ScratchFolder living = ScratchFolder.in(folder)) {
      assertThat(dead).doesNotExist();
      try (ScratchFolder second = ScratchFolder.in(folder)) {
        assertThat(living.path()).isDirectory();
        assertThat(second.path()).isDirectory();
      }
      assertThat(foreign).isDirectory();
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(foreign);
    }
  }
}
