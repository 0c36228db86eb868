package org.mdx.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Conventions;
import org.mdx.parallel.Parallel;
import org.mdx.table.DoubleColumn;
import org.mdx.table.EmptyResultException;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

class MergerTest {
  private static final Parallel ONE = Parallel.of(1);

  /** Observations of one voxel. */
  private static HKLTable voxel(double[] intensity, double[] error) {
    int[] zero = new int[intensity.length];
    return HKLTable.of(Subdivision.NONE, IntColumn.of(zero), IntColumn.of(zero), IntColumn.of(zero))
        .with("intensity", DoubleColumn.of(intensity))
        .with("intensity_error", DoubleColumn.of(error));
  }

  private static HKLTable random(long seed, int rows, int width) {
    Random random = new Random(seed);
    int[] h = new int[rows];
    int[] k = new int[rows];
    int[] l = new int[rows];
    int[] op = new int[rows];
    float[] intensity = new float[rows];
    float[] error = new float[rows];
    for (int i = 0; i < rows; i++) {
      h[i] = random.nextInt(width) - width / 3;
      k[i] = random.nextInt(width);
      l[i] = random.nextInt(width);
      op[i] = random.nextInt(4);
      error[i] = (float) (1 + 3 * random.nextDouble());
      intensity[i] = (float) (10 * h[i] + error[i] * random.nextGaussian());
      switch (random.nextInt(40)) {
        case 0 -> error[i] = 0;
        case 1 -> error[i] = Float.POSITIVE_INFINITY;
        case 2 -> error[i] = Float.NaN;
        case 3 -> error[i] = -1;
        case 4 -> intensity[i] = Float.NaN;
        case 5 -> intensity[i] += 40;
        case 6 -> intensity[i] -= 40;
        default -> {}
      }
    }
    return HKLTable.of(new Subdivision(3, 3, 3), IntColumn.of(h), IntColumn.of(k), IntColumn.of(l))
        .with("op", IntColumn.of(op))
        .with("intensity", FloatColumn.of(intensity))
        .with("intensity_error", FloatColumn.of(error));
  }

  @Test
  void mergedValueShouldBeTheWeightedMean() {
    // by hand: w = 1, 1/4, 1/4; (4 + 8/4 + 2/4)/1.5 = 13/3, sigma = 1/sqrt(1.5)
    Merged m =
        Merger.of(MergeOptions.defaults())
            .merge(List.of(voxel(new double[] {4, 8, 2}, new double[] {1, 2, 2})), Parallel.of(1));
    assertThat(m.table().column("intensity").get(0)).isCloseTo(13 / 3.0, within(1e-6));
    assertThat(m.table().column("intensity_error").get(0))
        .isCloseTo(1 / Math.sqrt(1.5), within(1e-7));
    assertThat(m.table().column("count").get(0)).isEqualTo(3);
    assertThat(m.table().columnNames()).containsExactly("intensity", "intensity_error", "count");
    assertThat(m.redundancy()).isEqualTo(3);
  }

  @Test
  void outlierShouldBeLeftOutOnBothSidesButOnlyBelowIfCompatible() {
    double[] ones = {1, 1, 1, 1, 1};
    HKLTable high = voxel(new double[] {0, 0, 0, 0, 20}, ones);
    HKLTable low = voxel(new double[] {0, 0, 0, 0, -20}, ones);
    MergeOptions both = MergeOptions.defaults().outlier(5);
    MergeOptions oneSided = both.conventions(Conventions.MDX2);
    // the mean is 4, so the deviations are 4 and 16
    assertThat(Merger.of(both).merge(List.of(high), ONE).outliers()).isEqualTo(1);
    assertThat(Merger.of(both).merge(List.of(low), ONE).outliers()).isEqualTo(1);
    assertThat(Merger.of(oneSided).merge(List.of(high), ONE).outliers()).isZero();
    Merged m = Merger.of(oneSided).merge(List.of(low), ONE);
    assertThat(m.outliers()).isEqualTo(1);
    assertThat(m.used()).isEqualTo(4);
    assertThat(m.table().column("intensity").get(0)).isZero();
    assertThat(m.table().column("count").get(0)).isEqualTo(4);
  }

  @Test
  void errorsBelowZeroShouldCountIfCompatibleAndTurnTheSideOfOutliers() {
    // mdx2: w = 1/sigma², resid = scale (M + o) - I over the error before scaling, which is
    // (M - I')/sigma' with the sign of the scale; weights 1, 1, 1/4
    HKLTable t = voxel(new double[] {2, 4, -6}, new double[] {1, -1, -2});
    MergeOptions compatible = MergeOptions.defaults().conventions(Conventions.MDX2);
    Merged all = Merger.of(compatible).merge(List.of(t), ONE);
    assertThat(all.invalid()).isZero();
    assertThat(all.used()).isEqualTo(3);
    assertThat(all.table().column("intensity").get(0)).isCloseTo(4.5 / 2.25, within(1e-6));
    assertThat(all.table().column("intensity_error").get(0)).isCloseTo(1 / 1.5, within(1e-7));
    // M = 2: (M - I')/sigma' is 0, 2 and -4
    Merged without = Merger.of(compatible.outlier(1.5)).merge(List.of(t), ONE);
    assertThat(without.outliers()).isEqualTo(1);
    assertThat(without.table().column("intensity").get(0)).isCloseTo(0.5 / 1.25, within(1e-6));
    assertThat(Merger.of(MergeOptions.defaults()).merge(List.of(t), ONE).invalid()).isEqualTo(2);
  }

  @Test
  void invalidRowsShouldBeLeftOutAndCounted() {
    HKLTable t =
        voxel(
            new double[] {1, Double.NaN, 1, 1, 1, 1, Double.POSITIVE_INFINITY, 3},
            new double[] {1, 1, 0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1, 1});
    Merged m = Merger.of(MergeOptions.defaults()).merge(List.of(t), ONE);
    assertThat(m.invalid()).isEqualTo(6);
    assertThat(m.used()).isEqualTo(2);
    assertThat(m.table().column("intensity").get(0)).isEqualTo(2);
  }

  @Test
  void voxelWithoutAValidRowShouldHaveCountZeroAndNoValue() {
    Merged m =
        Merger.of(MergeOptions.defaults().split(Split.RANDOM).outlier(3))
            .merge(
                List.of(
                    voxel(new double[] {1}, new double[] {0}),
                    voxel(new double[] {2}, new double[] {1})
                        .reindexed(IntColumn.of(9), IntColumn.of(9), IntColumn.of(9))),
                ONE);
    assertThat(m.table().rows()).isEqualTo(2);
    assertThat(m.table().column("count").get(0)).isZero();
    assertThat(m.table().column("intensity").get(0)).isNaN();
    assertThat(m.table().column("group_1_intensity_error").get(0)).isNaN();
    assertThat(m.redundancy()).isEqualTo(1);
  }

  @Test
  void nothingUsableShouldBeRefusedWithItsNumbers() {
    assertThatThrownBy(
            () ->
                Merger.of(MergeOptions.defaults())
                    .merge(List.of(voxel(new double[] {1, 2, 3}, new double[] {0, -1, 0})), ONE))
        .isInstanceOf(EmptyResultException.class)
        .hasMessageContaining("of 3 observations in 1 table 3 are invalid");
  }

  @Test
  void mergeShouldRejectNonPositiveSigmaNamingTheRow() {
    HKLTable good = voxel(new double[] {1, 2}, new double[] {1, 1});
    HKLTable bad = voxel(new double[] {1, 2}, new double[] {1, 0});
    assertThatThrownBy(
            () -> Merger.of(MergeOptions.defaults().strict(true)).merge(List.of(good, bad), ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("table 1 row 1 (H,K,L = 0,0,0)")
        .hasMessageContaining("intensity_error=0.0");
  }

  @Test
  void missingColumnShouldBeNamed() {
    HKLTable t = voxel(new double[] {1}, new double[] {1}).without("intensity_error");
    assertThatThrownBy(() -> Merger.of(MergeOptions.defaults()).merge(List.of(t), ONE))
        .hasMessageContaining("no column 'intensity_error'");
    assertThatThrownBy(() -> Merger.of(MergeOptions.defaults()).merge(List.of(), ONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MergeOptions.defaults().outlier(0)).hasMessageContaining("0.0");
  }

  @Test
  void friedelSplitShouldFollowTheDeterminantOfTheOperator() {
    HKLTable t =
        voxel(new double[] {1, 2, 3, 4}, new double[] {1, 1, 1, 1})
            .with("op", IntColumn.of(0, 1, 2, 0));
    MergeOptions options = MergeOptions.defaults().split(Split.FRIEDEL);
    HKLTable m = Merger.of(options, 1, -1, 1).merge(List.of(t), ONE).table();
    assertThat(m.column("group_0_count").get(0)).isEqualTo(3);
    assertThat(m.column("group_0_intensity").get(0)).isCloseTo(8 / 3.0, within(1e-6));
    assertThat(m.column("group_1_intensity").get(0)).isEqualTo(2);
    assertThatThrownBy(() -> Merger.of(options, 1, -1).merge(List.of(t), ONE))
        .hasMessageContaining("row 2")
        .hasMessageContaining("operators 0 to 1");
    assertThatThrownBy(() -> Merger.of(options)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void friedelSplitShouldTakeTheSecondHalfOfALaueGroupsOperatorsAsInversions() {
    LaueGroup laue = SpaceGroup.ofHall("-I 2b 2c 3").laueGroup();
    int[] op = new int[laue.order()];
    double[] one = new double[op.length];
    for (int i = 0; i < op.length; i++) {
      op[i] = i;
      one[i] = 1;
    }
    HKLTable t = voxel(one, one).with("op", IntColumn.of(op));
    HKLTable m =
        Merger.of(MergeOptions.defaults().split(Split.FRIEDEL), laue)
            .merge(List.of(t), ONE)
            .table();
    assertThat(m.column("group_0_count").get(0)).isEqualTo(12);
    assertThat(m.column("group_1_count").get(0)).isEqualTo(12);
  }

  @Test
  void mergeShouldEqualAPlainLoopOverAllRowsOfEachVoxel() {
    int[][] shapes = {{1, 1}, {2, 1}, {7, 3}, {500, 3}, {3000, 9}, {1501, 60}};
    for (int trial = 0; trial < shapes.length; trial++) {
      HKLTable t = random(trial, shapes[trial][0], shapes[trial][1]);
      for (double cutoff : new double[] {Double.POSITIVE_INFINITY, 4}) {
        MergeOptions o = MergeOptions.defaults().split(Split.FRIEDEL).outlier(cutoff);
        Merged m = Merger.of(o, 1, -1, -1, 1).merge(List.of(t), Parallel.of(2));
        assertThat(m.used() + m.invalid() + m.outliers()).isEqualTo(t.rows());
        for (int v = 0; v < m.table().rows(); v++) {
          compareWithLoop(t, m.table(), v, cutoff);
        }
      }
    }
  }

  private static void compareWithLoop(HKLTable t, HKLTable merged, int v, double cutoff) {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < t.rows(); i++) {
      double value = t.column("intensity").get(i);
      double sigma = t.column("intensity_error").get(i);
      boolean same =
          t.h().value(i) == merged.h().value(v)
              && t.k().value(i) == merged.k().value(v)
              && t.l().value(i) == merged.l().value(v);
      if (same && Double.isFinite(value) && Double.isFinite(sigma) && sigma > 0) {
        int op = (int) t.column("op").get(i);
        rows.add(new double[] {value, sigma, op == 1 || op == 2 ? 1 : 0});
      }
    }
    double mean = mean(rows)[0];
    rows.removeIf(r -> Math.abs(mean - r[0]) / r[1] > cutoff);
    check(merged, v, "", rows);
    check(merged, v, "group_0_", rows.stream().filter(r -> r[2] == 0).toList());
    check(merged, v, "group_1_", rows.stream().filter(r -> r[2] == 1).toList());
  }

  private static double[] mean(List<double[]> rows) {
    double top = 0;
    double bottom = 0;
    for (double[] r : rows) {
      top += r[0] / (r[1] * r[1]);
      bottom += 1 / (r[1] * r[1]);
    }
    return new double[] {top / bottom, Math.sqrt(1 / bottom)};
  }

  private static void check(HKLTable merged, int v, String prefix, List<double[]> rows) {
    assertThat(merged.column(prefix + "count").get(v)).isEqualTo(rows.size());
    if (rows.isEmpty()) {
      assertThat(merged.column(prefix + "intensity").get(v)).isNaN();
      return;
    }
    double[] want = mean(rows);
    assertThat(merged.column(prefix + "intensity").get(v))
        .isCloseTo(want[0], within(1e-5 * (1 + Math.abs(want[0]))));
    assertThat(merged.column(prefix + "intensity_error").get(v))
        .isCloseTo(want[1], within(1e-6 * want[1]));
  }

  @Test
  void resultShouldHaveTheSameBitsForAnyNumberOfThreads() {
    HKLTable t = random(5, 120_000, 60);
    for (Split split : List.of(Split.RANDOM, Split.WEIGHTED)) {
      Merger merger = Merger.of(MergeOptions.defaults().split(split).outlier(4).seed(11));
      Merged one = merger.merge(List.of(t), ONE);
      for (int threads : new int[] {2, 7}) {
        Merged many = merger.merge(List.of(t), Parallel.of(threads));
        assertThat(many.outliers()).isEqualTo(one.outliers());
        for (String name : one.table().columnNames()) {
          assertThat(many.table().column(name)).isEqualTo(one.table().column(name));
        }
      }
    }
  }

  @Test
  void halvesShouldNotDependOnTheOrderOfRowsOrTables() {
    HKLTable t = random(6, 4000, 9);
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < t.rows(); i++) {
      rows.add(i);
    }
    Collections.shuffle(rows, new Random(1));
    int[] shuffled = rows.stream().mapToInt(i -> i).toArray();
    HKLTable a = t.select(java.util.Arrays.copyOf(shuffled, 1500));
    HKLTable b = t.select(java.util.Arrays.copyOfRange(shuffled, 1500, 4000));
    for (Split split : List.of(Split.RANDOM, Split.WEIGHTED)) {
      Merger merger = Merger.of(MergeOptions.defaults().split(split));
      HKLTable x = merger.merge(List.of(t), ONE).table();
      HKLTable y = merger.merge(List.of(b, a), ONE).table();
      assertThat(y.column("group_0_count")).isEqualTo(x.column("group_0_count"));
      for (int v = 0; v < x.rows(); v++) {
        double want = x.column("group_0_intensity").get(v);
        if (Double.isNaN(want)) {
          assertThat(y.column("group_0_intensity").get(v)).isNaN();
        } else {
          assertThat(y.column("group_0_intensity").get(v))
              .isCloseTo(want, within(1e-5 * (1 + Math.abs(want))));
        }
      }
    }
  }

  @Test
  void randomHalvesShouldHoldHalfOfTheObservationsOfEachVoxel() {
    HKLTable m =
        Merger.of(MergeOptions.defaults().split(Split.RANDOM))
            .merge(List.of(random(8, 20_000, 12)), ONE)
            .table();
    int larger = 0;
    int odd = 0;
    for (int v = 0; v < m.rows(); v++) {
      double n0 = m.column("group_0_count").get(v);
      double n1 = m.column("group_1_count").get(v);
      assertThat(n0 + n1).isEqualTo(m.column("count").get(v));
      assertThat(Math.abs(n0 - n1)).isLessThanOrEqualTo(1);
      odd += n0 != n1 ? 1 : 0;
      larger += n0 > n1 ? 1 : 0;
    }
    // the odd observation goes to either: within four standard deviations of a half
    assertThat((double) larger).isCloseTo(odd / 2.0, within(2 * Math.sqrt(odd)));
  }

  @Test
  void weightedHalvesShouldDifferInWeightByNoMoreThanOneObservation() {
    HKLTable m =
        Merger.of(MergeOptions.defaults().split(Split.WEIGHTED))
            .merge(List.of(random(9, 20_000, 12)), ONE)
            .table();
    for (int v = 0; v < m.rows(); v++) {
      double e0 = m.column("group_0_intensity_error").get(v);
      double e1 = m.column("group_1_intensity_error").get(v);
      // the heaviest observation has sigma 1, thus weight 1
      double w0 = Double.isNaN(e0) ? 0 : 1 / (e0 * e0);
      double w1 = Double.isNaN(e1) ? 0 : 1 / (e1 * e1);
      assertThat(Math.abs(w0 - w1)).isLessThanOrEqualTo(1 + 1e-5);
    }
  }

  @Test
  void anotherSeedShouldDrawOtherHalvesAndKeepTheWhole() {
    List<HKLTable> t = List.of(random(10, 5000, 6));
    MergeOptions o = MergeOptions.defaults().split(Split.RANDOM);
    HKLTable a = Merger.of(o.seed(1)).merge(t, ONE).table();
    HKLTable b = Merger.of(o.seed(2)).merge(t, ONE).table();
    assertThat(b.column("intensity")).isEqualTo(a.column("intensity"));
    assertThat(b.column("group_0_intensity")).isNotEqualTo(a.column("group_0_intensity"));
  }

  @Test
  void halvesShouldBeIndependentSoThatNoiseDoesNotCorrelate() {
    // pure noise, 8 observations of each of 20,000 voxels: r of the halves is 0 ± 0.007
    int voxels = 20_000;
    Random random = new Random(12);
    int[] h = new int[8 * voxels];
    float[] x = new float[h.length];
    float[] e = new float[h.length];
    for (int i = 0; i < h.length; i++) {
      h[i] = i / 8;
      x[i] = (float) random.nextGaussian();
      e[i] = 1;
    }
    IntColumn zero = IntColumn.of(new int[h.length]);
    HKLTable t =
        HKLTable.of(Subdivision.NONE, IntColumn.of(h), zero, zero)
            .with("intensity", FloatColumn.of(x))
            .with("intensity_error", FloatColumn.of(e));
    HKLTable m =
        Merger.of(MergeOptions.defaults().split(Split.WEIGHTED)).merge(List.of(t), ONE).table();
    double sum = 0;
    double square = 0;
    for (int v = 0; v < voxels; v++) {
      double a = m.column("group_0_intensity").get(v);
      double b = m.column("group_1_intensity").get(v);
      sum += a * b;
      square += (a * a + b * b) / 2;
    }
    assertThat(sum / square).isCloseTo(0, within(0.03));
    assertThat(square / voxels).isCloseTo(0.25, within(0.01));
  }
}
