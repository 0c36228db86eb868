package org.mdx.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.parallel.Parallel;
import org.mdx.table.EmptyResultException;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

class ShellStatisticsTest {
  private static final UnitCell CELL = new UnitCell(10, 12, 15, 80, 95, 105);
  private static final Subdivision NDIV = new Subdivision(2, 3, 1);

  /** Voxels of a box with a signal that falls with s, unequal errors and two noisy halves. */
  private static HKLTable noisy(int edge, double noise, long seed) {
    Random random = new Random(seed);
    int n = edge * edge * edge;
    int[][] hkl = new int[3][n];
    float[][] x = new float[7][n];
    int[] count = new int[n];
    for (int i = 0; i < n; i++) {
      hkl[0][i] = i % edge - edge / 2;
      hkl[1][i] = i / edge % edge - edge / 2;
      hkl[2][i] = i / edge / edge - edge / 2;
      double r2 = 0;
      for (int a = 0; a < 3; a++) {
        r2 += hkl[a][i] * hkl[a][i];
      }
      double truth = 100 * Math.exp(-r2 / edge) + random.nextGaussian();
      double sigma = noise * (0.5 + random.nextDouble());
      double h0 = truth + Math.sqrt(2) * sigma * random.nextGaussian();
      double h1 = truth + Math.sqrt(2) * sigma * random.nextGaussian();
      x[0][i] = (float) ((h0 + h1) / 2);
      x[1][i] = (float) sigma;
      x[2][i] = (float) h0;
      x[3][i] = (float) (Math.sqrt(2) * sigma);
      x[4][i] = (float) h1;
      x[5][i] = x[3][i];
      x[6][i] = (float) truth;
      count[i] = 2 + i % 3;
    }
    return HKLTable.of(NDIV, IntColumn.of(hkl[0]), IntColumn.of(hkl[1]), IntColumn.of(hkl[2]))
        .with("intensity", FloatColumn.of(x[0]))
        .with("intensity_error", FloatColumn.of(x[1]))
        .with("count", IntColumn.of(count))
        .with("group_0_intensity", FloatColumn.of(x[2]))
        .with("group_0_intensity_error", FloatColumn.of(x[3]))
        .with("group_1_intensity", FloatColumn.of(x[4]))
        .with("group_1_intensity_error", FloatColumn.of(x[5]))
        .with("truth", FloatColumn.of(x[6]));
  }

  @Test
  void lengthsShouldFollowTheReciprocalMetric() {
    // h·G*·h with G* the inverse of the metric of real space
    HKLTable t = noisy(4, 1, 1);
    double[] s = ShellStatistics.of(CELL).lengths(t);
    double[] axes = {10, 12, 15};
    double[][] cosine = {
      {1, Math.cos(Math.toRadians(105)), Math.cos(Math.toRadians(95))},
      {Math.cos(Math.toRadians(105)), 1, Math.cos(Math.toRadians(80))},
      {Math.cos(Math.toRadians(95)), Math.cos(Math.toRadians(80)), 1}
    };
    double[] g = new double[9];
    for (int i = 0; i < 9; i++) {
      g[i] = axes[i / 3] * axes[i % 3] * cosine[i / 3][i % 3];
    }
    org.mdx.math.Mat3 inverse =
        new org.mdx.math.Mat3(g[0], g[1], g[2], g[3], g[4], g[5], g[6], g[7], g[8]).inverse();
    for (int i = 0; i < t.rows(); i++) {
      org.mdx.math.Vec3 h =
          new org.mdx.math.Vec3(t.h().value(i) / 2.0, t.k().value(i) / 3.0, t.l().value(i) / 1.0);
      assertThat(s[i]).isCloseTo(Math.sqrt(h.dot(inverse.times(h))), within(1e-12));
    }
  }

  @Test
  void shellsShouldEqualListsOfTheirVoxels() {
    HKLTable t = noisy(13, 2, 4);
    ShellStatistics statistics = ShellStatistics.of(CELL);
    double[] s = statistics.lengths(t);
    for (Voxels voxels : Voxels.values()) {
      ShellOptions o = ShellOptions.defaults().width(0.07).voxels(voxels);
      ShellTable shells = statistics.compute(t, t, "truth", o);
      int all = 0;
      for (Shell shell : shells.shells()) {
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < s.length; i++) {
          boolean halo = t.h().value(i) % 2 == 0 && t.k().value(i) % 3 == 0;
          boolean wanted = voxels == Voxels.ALL || halo == (voxels == Voxels.HALO);
          if (wanted && s[i] >= shell.sMin() && s[i] < shell.sMax()) {
            rows.add(i);
          }
        }
        compareWithList(t, rows, shell);
        all += rows.size();
      }
      assertThat(shells.overall().voxels()).isEqualTo(all);
    }
  }

  private static double[] column(HKLTable t, String name, List<Integer> rows) {
    return rows.stream().mapToDouble(i -> t.column(name).get(i)).toArray();
  }

  private static void compareWithList(HKLTable t, List<Integer> rows, Shell shell) {
    assertThat(shell.voxels()).isEqualTo(rows.size());
    if (rows.size() < 3) {
      return;
    }
    double[] x = column(t, "intensity", rows);
    DescriptiveStatistics d = new DescriptiveStatistics(x);
    assertThat(shell.mean()).isCloseTo(d.getMean(), within(1e-9));
    assertThat(shell.deviation()).isCloseTo(d.getStandardDeviation(), within(1e-9));
    assertThat(shell.error())
        .isCloseTo(
            new DescriptiveStatistics(column(t, "intensity_error", rows)).getMean(), within(1e-9));
    assertThat(shell.redundancy())
        .isCloseTo(new DescriptiveStatistics(column(t, "count", rows)).getMean(), within(1e-9));
    PearsonsCorrelation r = new PearsonsCorrelation();
    assertThat(shell.ccHalf())
        .isCloseTo(
            r.correlation(
                column(t, "group_0_intensity", rows), column(t, "group_1_intensity", rows)),
            within(1e-9));
    assertThat(shell.ccTruth()).isCloseTo(r.correlation(x, column(t, "truth", rows)), within(1e-9));
  }

  @Test
  void expectedCorrelationsShouldBeMetByASimulation() {
    // isotropic signal 100·exp(−r²/edge) in a cubic cell, so that all anisotropy is the unit noise
    UnitCell cubic = new UnitCell(10, 10, 10, 90, 90, 90);
    HKLTable t = noisy(41, 0.8, 9);
    t = copy(Subdivision.NONE, t);
    ShellTable shells =
        ShellStatistics.of(cubic).compute(t, t, "truth", ShellOptions.defaults().width(0.2));
    for (Shell shell : shells.shells().subList(6, 15)) {
      // V = 1, e = 0.64·(1 + 1/12): r = 0.77, standard error (1 − r²)/√n below 0.01
      assertThat(shell.ccTruthExpected()).isCloseTo(0.768, within(0.02));
      assertThat(shell.ccTruthAnisotropic()).isCloseTo(shell.ccTruthExpected(), within(0.03));
      assertThat(shell.ccHalfAnisotropic()).isCloseTo(shell.ccHalfExpected(), within(0.04));
      assertThat(shell.ccStar()).isCloseTo(shell.ccTruthAnisotropic(), within(0.03));
    }
    assertThat(ShellStatistics.expectedCorrelation(3, 1)).isCloseTo(Math.sqrt(0.75), within(1e-12));
  }

  private static HKLTable copy(Subdivision ndiv, HKLTable t) {
    HKLTable out = HKLTable.of(ndiv, t.h(), t.k(), t.l());
    for (String name : t.columnNames()) {
      out = out.with(name, t.column(name));
    }
    return out;
  }

  @Test
  void anisotropicColumnShouldHoldWhatTheAverageLeaves() {
    HKLTable t = noisy(9, 1, 2);
    ShellStatistics statistics = ShellStatistics.of(CELL);
    HKLTable with = statistics.withAnisotropic(t, ShellOptions.defaults().isotropic(0.1, 0.1));
    IsotropicAverage average =
        statistics.isotropic(t, "intensity", ShellOptions.defaults().isotropic(0.1, 0.1));
    double[] s = statistics.lengths(t);
    for (int i = 0; i < s.length; i++) {
      assertThat(with.column("intensity_anisotropic").get(i))
          .isCloseTo(t.column("intensity").get(i) - average.at(s[i]), within(1e-4));
    }
  }

  @Test
  void voxelsWithoutIntensityAndHalvesWithoutValueShouldBeLeftOut() {
    IntColumn h = IntColumn.of(1, 2, 3, 4, 5);
    IntColumn zero = IntColumn.of(new int[5]);
    float nan = Float.NaN;
    HKLTable t =
        HKLTable.of(Subdivision.NONE, h, zero, zero)
            .with("intensity", FloatColumn.of(1, 2, 3, nan, 5))
            .with("intensity_error", FloatColumn.of(1, 1, 1, nan, 1))
            .with("group_0_intensity", FloatColumn.of(1, 2, 3, nan, nan))
            .with("group_0_intensity_error", FloatColumn.of(1, 1, 1, nan, nan))
            .with("group_1_intensity", FloatColumn.of(2, 4, 6, nan, 5))
            .with("group_1_intensity_error", FloatColumn.of(1, 1, 1, nan, 1));
    Shell all = ShellStatistics.of(CELL).compute(t, ShellOptions.defaults().count(1)).overall();
    assertThat(all.voxels()).isEqualTo(4);
    assertThat(all.ccHalf()).isCloseTo(1, within(1e-12));
    assertThat(all.redundancy()).isNaN();
    assertThat(all.ccTruth()).isNaN();
    assertThat(all.ccTruthExpected()).isNaN();
  }

  @Test
  void absentReflectionsShouldHaveNoHalo() {
    HKLTable t = copy(Subdivision.NONE, noisy(5, 1, 1));
    UnitCell cubic = new UnitCell(10, 10, 10, 90, 90, 90);
    ShellOptions halo = ShellOptions.defaults().voxels(Voxels.HALO);
    // h + k + l even among −2 to 2: 63 of 125
    ShellStatistics centred = ShellStatistics.of(cubic, SpaceGroup.ofHall("I 2 2"));
    assertThat(centred.compute(t, halo).overall().voxels()).isEqualTo(63);
    assertThat(centred.compute(t, halo.voxels(Voxels.REST)).overall().voxels()).isEqualTo(62);
    assertThat(ShellStatistics.of(cubic).compute(t, halo).overall().voxels()).isEqualTo(125);
  }

  @Test
  void countShouldDivideUpToTheLargestLength() {
    ShellTable shells =
        ShellStatistics.of(CELL).compute(noisy(5, 1, 1), ShellOptions.defaults().count(4));
    assertThat(shells.shells()).hasSize(4);
    assertThat(shells.overall().voxels()).isEqualTo(125);
    assertThat(shells.shells().stream().mapToInt(Shell::voxels).sum()).isEqualTo(125);
  }

  @Test
  void tableWithoutRowsShouldBeRefused() {
    HKLTable t = noisy(3, 1, 1).select(new int[0]);
    assertThatThrownBy(() -> ShellStatistics.of(CELL).compute(t, ShellOptions.defaults()))
        .isInstanceOf(EmptyResultException.class)
        .hasMessageContaining("of 0 voxels not one");
  }

  @Test
  void textsShouldHoldALineForEachShellAndOneForAll() {
    ShellTable shells =
        ShellStatistics.of(CELL).compute(noisy(7, 1, 1), ShellOptions.defaults().width(0.05));
    List<String> csv = shells.toCsv().lines().toList();
    assertThat(csv).hasSize(shells.shells().size() + 2);
    assertThat(csv.get(0))
        .isEqualTo(
            "s_min,s_max,s,voxels,possible,completeness,cumulative,redundancy,intensity,std,"
                + "aniso_rms,error,pairs_half,cc_half,cc_half_aniso,cc_half_error,cc_half_chance,"
                + "cc_half_expected,cc_star,r_split,pairs_truth,cc_truth,cc_truth_aniso,"
                + "cc_truth_error,cc_truth_chance,cc_truth_expected,r_truth");
    assertThat(csv).allMatch(line -> line.chars().filter(c -> c == ',').count() == 26);
    List<String> text = shells.toText().lines().toList();
    assertThat(text).allMatch(line -> line.length() == text.get(0).length());
    assertThat(text.get(0)).doesNotContain("cc_truth").contains("cc_half");
  }

  @Test
  void widthThatIsTooSmallShouldBeRefused() {
    ShellStatistics statistics = ShellStatistics.of(CELL);
    assertThatThrownBy(
            () -> statistics.compute(noisy(3, 1, 1), ShellOptions.defaults().width(1e-9)))
        .hasMessageContaining("larger width");
    assertThatThrownBy(() -> ShellOptions.defaults().width(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void halfSetsShouldDifferByRSplit() {
    HKLTable t = noisy(9, 1, 3);
    Agreement halves =
        ShellStatistics.of(CELL).compute(t, ShellOptions.defaults().count(1)).overall().halves();
    double difference = 0;
    double sum = 0;
    for (int i = 0; i < t.rows(); i++) {
      double i0 = t.column("group_0_intensity").get(i);
      double i1 = t.column("group_1_intensity").get(i);
      difference += Math.abs(i0 - i1);
      sum += i0 + i1;
    }
    // White et al. (2012): R_split = 1/√2 Σ|I_even − I_odd|/(½ Σ(I_even + I_odd))
    assertThat(halves.rSplit()).isCloseTo(difference / Math.sqrt(2) / (sum / 2), within(1e-9));
    assertThat(halves.pairs()).isEqualTo(729);
    double r = halves.ccAnisotropic();
    assertThat(halves.error()).isCloseTo((1 - r * r) / Math.sqrt(728), within(1e-12));
  }

  @Test
  void friedelMatesShouldBeCalledSo() {
    ShellTable t =
        ShellStatistics.of(CELL)
            .compute(noisy(5, 1, 3), ShellOptions.defaults().count(2).halves(Halves.FRIEDEL));
    String[] names = t.toCsv().lines().findFirst().orElseThrow().split(",");
    assertThat(names)
        .contains("pairs_friedel", "cc_friedel", "cc_friedel_aniso", "r_friedel")
        .doesNotContain("cc_half", "r_split");
    String[] cells = t.toCsv().lines().toList().get(3).split(",", -1);
    assertThat(cells[List.of(names).indexOf("cc_star")]).isEmpty();
    double r = Double.parseDouble(cells[List.of(names).indexOf("r_friedel")]);
    assertThat(r).isCloseTo(t.overall().halves().r(), within(1e-5));
  }

  @Test
  void comparedTablesShouldHaveSharedShellsAndAColumnForTheOther() {
    HKLTable small = noisy(5, 0.5, 3);
    HKLTable large = noisy(9, 0.5, 4);
    ShellStatistics statistics = ShellStatistics.of(CELL);
    for (ShellOptions o :
        List.of(ShellOptions.defaults().width(0.06), ShellOptions.defaults().count(7))) {
      ShellOptions shared = statistics.sharedBy(o, List.of(small, large));
      ShellTable s = statistics.compare(small, large, shared);
      ShellTable l = statistics.compare(large, large, shared);
      assertThat(s.shells()).hasSameSizeAs(l.shells());
      assertThat(s.shells().stream().map(Shell::sMax).toList())
          .isEqualTo(l.shells().stream().map(Shell::sMax).toList());
      assertThat(l.overall().ccTruthAnisotropic()).isCloseTo(1, within(1e-12));
      assertThat(s.toCsv()).contains("cc_other_aniso").doesNotContain("truth");
      ShellSeries series = new ShellSeries(List.of("one sweep", "a,b"), List.of(s, l));
      List<String> csv = series.toCsv().lines().toList();
      assertThat(csv).hasSize(1 + 2 * (s.shells().size() + 1));
      assertThat(csv.get(0)).startsWith("table,s_min,s_max,");
      assertThat(csv.get(1)).isEqualTo("one sweep," + s.toCsv().lines().toList().get(1));
      assertThat(csv.get(csv.size() - 1)).startsWith("\"a,b\",0.00000,");
      assertThat(series.toText().lines().toList())
          .hasSize(3)
          .first()
          .asString()
          .contains("cc_half_mean", "cc_other_mean", "r_split");
    }
  }

  @Test
  void meanOverShellsShouldLeaveOutShellsWithoutTheStatistic() {
    ShellTable t =
        ShellStatistics.of(CELL).compute(noisy(7, 1, 1), ShellOptions.defaults().width(0.02));
    List<Double> known =
        t.shells().stream().map(Shell::ccHalf).filter(x -> !Double.isNaN(x)).toList();
    assertThat(known.size()).isBetween(2, t.shells().size() - 1);
    assertThat(t.meanOverShells(Shell::ccHalf))
        .isCloseTo(known.stream().mapToDouble(x -> x).sum() / known.size(), within(1e-12));
    assertThat(t.meanOverShells(Shell::ccTruth)).isNaN();
  }

  @Test
  void statisticsShouldNotDependOnThreads() {
    HKLTable t = noisy(41, 1, 1);
    ShellStatistics statistics = ShellStatistics.of(CELL, SpaceGroup.ofNumber(1));
    ShellTable one =
        statistics.parallel(Parallel.of(1)).compute(t, t, "truth", ShellOptions.defaults());
    ShellTable many =
        statistics.parallel(Parallel.of(5)).compute(t, t, "truth", ShellOptions.defaults());
    assertThat(many).isEqualTo(one);
  }
}
