package org.mdx.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.geometry.Conventions;
import org.mdx.internal.kernel.ExpectedVariance;
import org.mdx.parallel.Parallel;
import org.mdx.table.DoubleColumn;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** Merging with the variance of expected counts. */
class ExpectedMergeTest {
  private static final Parallel TWO = Parallel.of(2);

  /** Poisson counts of known truth; voxel g has h = g. */
  private static final class Counted {
    final double[] truth;
    final HKLTable table;

    /**
     * Voxels of mean intensity one, varying by {@code spread}, whose observations count {@code
     * counts} in the mean above about as large a background, on scales of 0.5 to 2, put on one
     * scale.
     */
    Counted(long seed, int voxels, int each, double counts, double spread) {
      Random random = new Random(seed);
      Well19937c generator = new Well19937c(seed);
      truth = new double[voxels];
      int[] h = new int[voxels * each];
      double[][] c = new double[5][h.length];
      for (int g = 0; g < voxels; g++) {
        truth[g] = 1 + spread * (2 * random.nextDouble() - 1);
        for (int i = g * each; i < (g + 1) * each; i++) {
          h[i] = g;
          double seconds = 0.5 + random.nextDouble();
          double factor = 1 / counts * (0.5 + random.nextDouble());
          double rate = counts * random.nextDouble();
          double scale = 0.5 + 1.5 * random.nextDouble();
          double offset = 0.3 * random.nextDouble();
          double light = scale * (truth[g] + offset) / factor + rate;
          int n = new PoissonDistribution(generator, light * seconds, 1e-12, 1 << 30).sample();
          double v1 = factor / seconds;
          double v0 = factor * factor * rate / seconds;
          c[0][i] = (n / seconds - rate) * factor / scale - offset;
          c[1][i] = Math.sqrt(Math.max(n, 1)) * v1 / scale;
          c[2][i] = (v0 + v1 * scale * offset) / (scale * scale);
          c[3][i] = v1 / scale;
          c[4][i] = 0.1 + 0.03 * g / voxels;
        }
      }
      table = table(h, c);
    }
  }

  private static HKLTable table(int[] h, double[][] c) {
    IntColumn zero = IntColumn.of(new int[h.length]);
    return HKLTable.of(Subdivision.NONE, IntColumn.of(h), zero, zero)
        .with("intensity", DoubleColumn.of(c[0]))
        .with("intensity_error", DoubleColumn.of(c[1]))
        .with("background_variance", DoubleColumn.of(c[2]))
        .with("variance_per_intensity", DoubleColumn.of(c[3]))
        .with("s", DoubleColumn.of(c[4]));
  }

  /** Observations of one voxel: counts at an intensity of one for each count. */
  private static HKLTable voxel(double... counts) {
    double[][] c = new double[5][counts.length];
    for (int i = 0; i < counts.length; i++) {
      c[0][i] = counts[i];
      c[1][i] = 1;
      c[3][i] = 1;
    }
    return table(new int[counts.length], c);
  }

  private static Merged merge(MergeOptions options, HKLTable... tables) {
    return Merger.of(options).merge(List.of(tables), TWO);
  }

  /** Mean of the merged values less the truth, in standard errors of its own. */
  private static double bias(Counted data, HKLTable merged) {
    double sum = 0;
    double square = 0;
    for (int g = 0; g < merged.rows(); g++) {
      double off = merged.column("intensity").get(g) - data.truth[merged.h().value(g)];
      sum += off;
      square += off * off;
    }
    return sum / Math.sqrt(square);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 2, 20})
  void mergedMeansShouldBeUnbiasedAndTheirErrorsTrueAtAnyNumberOfCounts(double counts) {
    Counted data = new Counted(1, 20_000, 5, counts, 0.8);
    Merged m = merge(MergeOptions.defaults(), data.table);
    assertThat(m.errorModel()).isEqualTo(ErrorModel.EXPECTED);
    assertThat(m.used()).isEqualTo(100_000);
    assertThat(m.table().rows()).isEqualTo(20_000);
    assertThat(bias(data, m.table())).isBetween(-3.5, 3.5);
    double chi = 0;
    double scatter = 0;
    double variance = 0;
    for (int g = 0; g < 20_000; g++) {
      double off = m.table().column("intensity").get(g) - data.truth[g];
      double sigma = m.table().column("intensity_error").get(g);
      chi += off * off / (sigma * sigma) / 20_000;
      scatter += off * off;
      variance += sigma * sigma;
    }
    assertThat(scatter / variance).isCloseTo(1, within(0.05));
    // Poisson's skewness: where counts are few, high ones come with a larger estimated variance
    assertThat(chi).isBetween(0.9, 1.05);
    // errors of the counts themselves make the mean too low, by far more than its error
    HKLTable counted =
        merge(MergeOptions.defaults().errorModel(ErrorModel.COUNTED), data.table).table();
    assertThat(bias(data, counted)).isLessThan(-10);
  }

  @Test
  void mergedMeansShouldScatterNoMoreThanWithTheTrueVariances() {
    Counted data = new Counted(2, 20_000, 5, 0.5, 0.8);
    double[] error = new double[data.table.rows()];
    for (int i = 0; i < error.length; i++) {
      error[i] =
          Math.sqrt(
              data.table.column("background_variance").get(i)
                  + data.table.column("variance_per_intensity").get(i)
                      * data.truth[data.table.h().value(i)]);
    }
    HKLTable ideal =
        merge(
                MergeOptions.defaults().errorModel(ErrorModel.COUNTED),
                data.table.with("intensity_error", DoubleColumn.of(error)))
            .table();
    HKLTable expected = merge(MergeOptions.defaults(), data.table).table();
    double best = 0;
    double ours = 0;
    for (int g = 0; g < data.truth.length; g++) {
      best += Math.pow(ideal.column("intensity").get(g) - data.truth[g], 2);
      ours += Math.pow(expected.column("intensity").get(g) - data.truth[g], 2);
    }
    assertThat(ours / best).isCloseTo(1, within(0.005));
  }

  @Test
  void cleanCountsShouldHaveNoOutliersHoweverFew() {
    for (double counts : new double[] {0.05, 0.3, 3}) {
      Counted data = new Counted(3, 20_000, 5, counts, 0.5);
      // a normal distribution has 0.06 of 100,000 beyond 5 standard deviations
      assertThat(merge(MergeOptions.defaults().outlier(5), data.table).outliers())
          .as("%s counts", counts)
          .isLessThanOrEqualTo(2);
    }
  }

  @Test
  void brightOutlierShouldGoAndLeaveTheOthersEvenWhereItHidesThem() {
    MergeOptions o = MergeOptions.defaults().outlier(5);
    // together with 1000 the mean of 10, 10, ... is so high that they look like outliers, too
    for (HKLTable t :
        List.of(
            voxel(10, 1000),
            voxel(1000, 10, 12, 9, 8),
            voxel(10, 12, 4000, 9, 500, 8, 11),
            voxel(0, 0, 0, 40, 0))) {
      Merged m = merge(o, t);
      assertThat(m.table().column("intensity").get(0)).isLessThan(12);
      assertThat(m.outliers()).isBetween(1L, 2L);
    }
    assertThat(merge(o, voxel(50, 50, 50, 0, 50)).table().column("intensity").get(0)).isEqualTo(50);
    assertThat(merge(o, voxel(1e6)).used()).isEqualTo(1);
  }

  @Test
  void voxelWithoutACountShouldHaveTheErrorOfAboutOneInItsExposure() {
    // alone in its shell, 4 observations: expected 1/4, less what the zeros say: 1/(4 + 4)
    Merged m = merge(MergeOptions.defaults(), voxel(0, 0, 0, 0));
    assertThat(m.table().column("intensity").get(0)).isZero();
    assertThat(m.table().column("intensity_error").get(0))
        .isCloseTo(Math.sqrt(0.25 / 4), within(1e-6));
    assertThat(m.used()).isEqualTo(4);
  }

  @Test
  void tablesWithoutTheVariancesShouldBeMergedByTheirErrors() {
    HKLTable with = voxel(1, 4, 9);
    HKLTable without = with.without("background_variance");
    HKLTable named = with.with("other", with.column("intensity"));
    MergeOptions o = MergeOptions.defaults();
    assertThat(merge(o, with).errorModel()).isEqualTo(ErrorModel.EXPECTED);
    assertThat(merge(o, without).errorModel()).isEqualTo(ErrorModel.COUNTED);
    assertThat(merge(o, with, without).errorModel()).isEqualTo(ErrorModel.COUNTED);
    assertThat(merge(o.conventions(Conventions.MDX2), with).errorModel())
        .isEqualTo(ErrorModel.COUNTED);
    assertThat(merge(o.columns("other", "intensity_error"), named).errorModel())
        .isEqualTo(ErrorModel.COUNTED);
    assertThat(merge(o, with.without("s")).errorModel()).isEqualTo(ErrorModel.EXPECTED);
  }

  @Test
  void rowsWithoutValidVariancesShouldBeLeftOut() {
    double[][] c = {
      {1, 2, 3, 4, Double.NaN},
      {1, 1, 1, Double.POSITIVE_INFINITY, 1},
      {0, Double.NaN, 0, 0, 0},
      {1, 1, 0, 1, 1},
      {0, 0, 0, 0, 0}
    };
    Merged m = merge(MergeOptions.defaults().outlier(5), table(new int[5], c));
    assertThat(m.invalid()).isEqualTo(4);
    assertThat(m.table().column("intensity").get(0)).isEqualTo(1);
    c[2][0] = Double.NaN;
    assertThatThrownBy(
            () ->
                merge(MergeOptions.defaults().outlier(5).split(Split.RANDOM), table(new int[5], c)))
        .hasMessageContaining("5 are invalid");
  }

  private static HKLTable random(long seed, int rows, int width) {
    Random random = new Random(seed);
    int[] h = random.ints(rows, -width, width).toArray();
    int[] op = random.ints(rows, 0, 2).toArray();
    double[][] c = new double[5][rows];
    for (int i = 0; i < rows; i++) {
      c[3][i] = 0.5 + random.nextDouble();
      c[2][i] = random.nextInt(3) * c[3][i] * c[3][i];
      c[0][i] = c[3][i] * (random.nextInt(5) - 1) + (random.nextInt(30) == 0 ? 90 : 0);
      c[1][i] = random.nextInt(30) == 0 ? Double.NaN : 1;
      c[4][i] = 0.004 * Math.abs(h[i]);
    }
    return table(h, c).with("op", IntColumn.of(op));
  }

  @Test
  void mergeShouldEqualAPlainLoopOverAllRowsOfEachVoxel() {
    int[][] shapes = {{1, 1}, {2, 1}, {7, 3}, {500, 3}, {400, 40}, {1501, 60}};
    for (int[] shape : shapes) {
      HKLTable t = random(shape[0], shape[0], shape[1]);
      for (double cutoff : new double[] {Double.POSITIVE_INFINITY, 4}) {
        MergeOptions o = MergeOptions.defaults().split(Split.FRIEDEL).outlier(cutoff);
        Merged m = Merger.of(o, 1, -1).merge(List.of(t), TWO);
        for (int v = 0; v < m.table().rows(); v++) {
          compare(t, m.table(), v, cutoff);
        }
      }
    }
  }

  private static List<double[]> rows(HKLTable t, int h) {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < t.rows(); i++) {
      if (t.h().value(i) == h && t.column("intensity_error").get(i) > 0) {
        rows.add(
            new double[] {
              t.column("intensity").get(i),
              t.column("background_variance").get(i),
              t.column("variance_per_intensity").get(i),
              t.column("op").get(i)
            });
      }
    }
    return rows;
  }

  /** T, C, B. */
  private static double[] sums(List<double[]> rows) {
    double[] sums = new double[3];
    for (double[] r : rows) {
      sums[0] += 1 / r[2];
      sums[1] += r[0] / r[2];
      sums[2] += r[1] / r[2] / r[2];
    }
    return sums;
  }

  private static void compare(HKLTable t, HKLTable merged, int v, double cutoff) {
    int h = merged.h().value(v);
    int shell = (int) (0.004 * Math.abs(h) / 0.01);
    List<double[]> voxels = new ArrayList<>();
    double[] all = new double[2];
    for (int i = 0; i < merged.rows(); i++) {
      double[] sums = sums(rows(t, merged.h().value(i)));
      if ((int) (0.004 * Math.abs(merged.h().value(i)) / 0.01) == shell && sums[0] > 0) {
        voxels.add(sums);
        all[0] += sums[0];
        all[1] += sums[1];
      }
    }
    double mean = Math.max(1, all[1]) / all[0];
    double variance = 0;
    for (double[] s : voxels) {
      double off = s[1] / s[0] - mean;
      variance += (s[0] * off * off - mean - s[2] / s[0]) / all[0];
    }
    variance = Math.max(0, variance);
    List<double[]> rows = rows(t, h);
    double[] worst = rows.size() < 2 ? null : worst(rows, mean, variance);
    while (worst != null && worst[1] > cutoff) {
      rows.remove((int) worst[0]);
      worst = rows.size() < 2 ? null : worst(rows, mean, variance);
    }
    double e = expectation(rows, mean, variance);
    check(merged, v, "", e, rows);
    check(merged, v, "group_0_", e, rows.stream().filter(r -> r[3] == 0).toList());
    check(merged, v, "group_1_", e, rows.stream().filter(r -> r[3] == 1).toList());
  }

  private static double expectation(List<double[]> rows, double mean, double variance) {
    double[] s = sums(rows);
    return ExpectedVariance.expectation(mean, variance, s[0], s[1], s[2]);
  }

  /** Place and distance of the row that is farthest from what the others expect. */
  private static double[] worst(List<double[]> rows, double mean, double variance) {
    double[] worst = {-1, -1};
    for (int i = 0; i < rows.size(); i++) {
      List<double[]> others = new ArrayList<>(rows);
      double[] r = others.remove(i);
      double[] s = sums(others);
      double e = expectation(others, mean, variance);
      double own = r[1] + r[2] * e;
      double counts = own / r[2] / r[2] + (r[0] - e) / r[2];
      double lambda = own / r[2] / r[2];
      double deviance =
          2 * ((counts > 1e-9 ? counts * Math.log(counts / lambda) : 0) - counts + lambda);
      double distance = Math.sqrt(deviance * own / (own + (e + s[2] / s[0]) / s[0]));
      if (distance > worst[1] + 1e-9) {
        worst = new double[] {i, distance};
      }
    }
    return worst;
  }

  private static void check(HKLTable m, int v, String prefix, double e, List<double[]> rows) {
    assertThat(m.column(prefix + "count").get(v)).isEqualTo(rows.size());
    double top = 0;
    double bottom = 0;
    for (double[] r : rows) {
      top += r[0] / (r[1] + r[2] * e);
      bottom += 1 / (r[1] + r[2] * e);
    }
    if (rows.isEmpty()) {
      assertThat(m.column(prefix + "intensity").get(v)).isNaN();
    } else {
      assertThat(m.column(prefix + "intensity").get(v))
          .isCloseTo(top / bottom, within(1e-5 * (1 + Math.abs(top / bottom))));
      assertThat(m.column(prefix + "intensity_error").get(v))
          .isCloseTo(1 / Math.sqrt(bottom), within(1e-6 / Math.sqrt(bottom)));
    }
  }

  @Test
  void resultShouldHaveTheSameBitsForAnyNumberOfThreads() {
    HKLTable t = random(5, 60_000, 20_000);
    FloatColumn s = FloatColumn.of(new float[t.rows()]);
    for (HKLTable x : List.of(t, t.with("s", s))) {
      Merger merger = Merger.of(MergeOptions.defaults().split(Split.WEIGHTED).outlier(4).seed(11));
      Merged one = merger.merge(List.of(x), Parallel.of(1));
      assertThat(one.outliers()).isPositive();
      for (int threads : new int[] {2, 7}) {
        Merged many = merger.merge(List.of(x), Parallel.of(threads));
        assertThat(many.outliers()).isEqualTo(one.outliers());
        for (String name : one.table().columnNames()) {
          assertThat(many.table().column(name)).isEqualTo(one.table().column(name));
        }
      }
    }
  }
}
