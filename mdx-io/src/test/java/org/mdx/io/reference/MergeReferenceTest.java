package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.SpaceGroup;
import org.mdx.io.nexus.Mdx2;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merged;
import org.mdx.merge.Merger;
import org.mdx.merge.Split;
import org.mdx.parallel.Parallel;
import org.mdx.table.HKLTable;

/** Merges of the corrected tables that mdx2 1.0.4 wrote, against a plain sum and its own counts. */
class MergeReferenceTest {
  private Path folder;
  private List<HKLTable> tables;

  @BeforeEach
  void readTables() throws IOException {
    folder = Path.of(System.getProperty("mdx.reference", "no-reference"), "mdx2");
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "no reference data at " + folder + ", comparison skipped");
    tables =
        List.of(
            Mdx2.readTable(folder.resolve("split_0/corrected.nxs")),
            Mdx2.readTable(folder.resolve("split_1/corrected.nxs")));
  }

  /** Σw, ΣwI and the number of valid rows of each voxel, in order of (H, K, L). */
  private Map<Long, double[]> plainSums() {
    Map<Long, double[]> sums = new TreeMap<>();
    for (HKLTable t : tables) {
      for (int i = 0; i < t.rows(); i++) {
        double[] sum =
            sums.computeIfAbsent(
                key(t.h().value(i), t.k().value(i), t.l().value(i)), k -> new double[3]);
        double value = t.column("intensity").get(i);
        double error = t.column("intensity_error").get(i);
        if (!Double.isNaN(value) && error > 0 && !Double.isInfinite(error)) {
          sum[0] += Math.pow(error, -2);
          sum[1] += Math.pow(error, -2) * value;
          sum[2]++;
        }
      }
    }
    return sums;
  }

  private static long key(int h, int k, int l) {
    return ((h + 1000L) * 2000 + k + 1000) * 2000 + l + 1000;
  }

  @Test
  void unscaledMergeShouldBeThePlainWeightedMean() {
    Merged merged = Merger.of(MergeOptions.defaults()).merge(tables, Parallel.available());
    HKLTable m = merged.table();
    Map<Long, double[]> sums = plainSums();
    assertThat(m.rows()).isEqualTo(44_145).isEqualTo(sums.size());
    assertThat(merged.used()).isEqualTo(556_568);
    int row = 0;
    for (Map.Entry<Long, double[]> e : sums.entrySet()) {
      double[] sum = e.getValue();
      assertThat(key(m.h().value(row), m.k().value(row), m.l().value(row))).isEqualTo(e.getKey());
      assertThat(m.column("count").get(row)).isEqualTo(sum[2]);
      if (sum[2] > 0) {
        double error = 1 / Math.sqrt(sum[0]);
        double mean = sum[1] / sum[0];
        assertThat(m.column("intensity").get(row))
            .isCloseTo(mean, within(1e-6 * Math.max(Math.abs(mean), error)));
        assertThat(m.column("intensity_error").get(row)).isCloseTo(error, within(1e-6 * error));
      } else {
        assertThat(m.column("intensity").get(row)).isNaN();
      }
      row++;
    }
  }

  @Test
  void friedelSplitShouldCountTheSameObservationsAsMdx2() throws IOException {
    // mdx2 1.0.4: merge --split Friedel; it left out 62 outliers more, found with its scales
    HKLTable theirs = Mdx2.readTable(folder.resolve("merged_friedel.nxs"));
    MergeOptions options = MergeOptions.defaults().split(Split.FRIEDEL);
    HKLTable ours =
        Merger.of(options, SpaceGroup.ofNumber(199).laueGroup())
            .merge(tables, Parallel.available())
            .table();
    assertThat(ours.h()).isEqualTo(theirs.h());
    assertThat(ours.k()).isEqualTo(theirs.k());
    assertThat(ours.l()).isEqualTo(theirs.l());
    int outliers = 0;
    for (int v = 0; v < ours.rows(); v++) {
      int all = surplus(ours, theirs, "count", v);
      assertThat(all)
          .isEqualTo(
              surplus(ours, theirs, "group_0_count", v) + surplus(ours, theirs, "group_1_count", v))
          .isBetween(0, 2);
      outliers += all;
    }
    assertThat(outliers).isEqualTo(556_568 - 556_506);
    assertThat(ours.columnNames()).containsExactlyInAnyOrderElementsOf(theirs.columnNames());
  }

  private static int surplus(HKLTable ours, HKLTable theirs, String column, int row) {
    double difference = ours.column(column).get(row) - theirs.column(column).get(row);
    assertThat(difference).isNotNegative();
    return (int) difference;
  }
}
