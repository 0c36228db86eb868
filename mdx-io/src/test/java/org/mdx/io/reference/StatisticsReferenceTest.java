package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.crystal.Crystal;
import org.mdx.io.nexus.Mdx2;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merger;
import org.mdx.parallel.Parallel;
import org.mdx.stats.Agreement;
import org.mdx.stats.CrossTable;
import org.mdx.stats.Halves;
import org.mdx.stats.IsotropicAverage;
import org.mdx.stats.IsotropicShell;
import org.mdx.stats.PossibleVoxels;
import org.mdx.stats.RedundancyShell;
import org.mdx.stats.RedundancyTable;
import org.mdx.stats.Shell;
import org.mdx.stats.ShellGrid;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.stats.ShellTable;
import org.mdx.stats.Voxels;
import org.mdx.table.HKLTable;
import org.mdx.table.Subdivision;

/**
 * Statistics of the tables that mdx2 1.0.4 merged. Expected figures were computed with numpy 1.24
 * and h5py 3.7 from the same files:
 *
 * <pre>
 * s = sqrt(h*h + k*k + l*l)/29.99679708; shell = (s/0.05).astype(int); ok = isfinite(intensity)
 * mean(), std(ddof=1) of intensity[ok], mean() of intensity_error and count
 * pair = ok and both halves finite; cc = corrcoef(group_0, group_1)[0,1]
 * r = sum(abs(group_0 - group_1))/(0.5*sum(group_0 + group_1))
 * isotropic: in shells of 0.01 with n &gt;= 10 values mean of sort(v)[o:n-o], o = rint(0.1*n) (0 if
 * n &lt; 20), at mean s; interp; cc_aniso = corrcoef of the halves without it
 * </pre>
 *
 * <p>Possible voxels: cctbx 2022.9, {@code miller.build_set} with the cell tripled and group P 2 3,
 * {@code anomalous_flag=False}, {@code sqrt(d_star_sq)} binned; for the reflections I 21 3 and the
 * cell itself.
 */
class StatisticsReferenceTest {
  private static final ShellOptions OPTIONS = ShellOptions.defaults().width(0.05);

  private static HKLTable table(String name) throws IOException {
    return Mdx2.readTable(Reference.file("mdx2/" + name));
  }

  private static ShellStatistics statistics() throws IOException {
    Crystal crystal = Mdx2.readGeometry(Reference.file("mdx2/split_0/geometry.nxs")).crystal();
    return ShellStatistics.of(crystal.cell(), crystal.spaceGroup());
  }

  private static void close(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(2e-6 * Math.abs(expected) + 2e-6));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 133, 3738882.082237, 1181772.503213, 260259.726386, 49.7068, 132, 0.269709, 0.144735,"
        + " 0.235866, 88, 0.835401, 0.059539, 0.774736",
    "2, 353, 6004227.538952, 1815360.172681, 341427.681370, 38.6714, 348, 0.914845, 0.059898,"
        + " 0.85152, 271, 0.970651, 0.043988, 0.931547",
    "5, 1521, 24063500.187377, 4242254.353230, 357798.062366, 21.1598, 1521, 0.979215, 0.025296,"
        + " 0.974088, 1349, 0.985461, 0.022225, 0.981149",
    "8, 3600, 30169627.121111, 4843474.691299, 421446.080760, 18.2650, 3600, 0.984185, 0.022150,"
        + " 0.983567, 3323, 0.981590, 0.023035, 0.980662",
    "11, 6510, 20667988.451613, 3849865.462719, 493104.474803, 11.6066, 6510, 0.965792, 0.038166,"
        + " 0.961566, 5951, 0.930922, 0.048121, 0.923343",
    "12, 7654, 17477564.879540, 3096913.419215, 729496.593407, 6.1088, 7508, 0.850294, 0.068699,"
        + " 0.841247, 4609, 0.738807, 0.082758, 0.718207",
    "13, 7074, 14580928.254775, 3391500.059712, 1590179.830404, 2.4795, 4989, 0.463311, 0.147357,"
        + " 0.434646, 2601, 0.540678, 0.135952, 0.511826",
    "14, 721, 12793611.896845, 5618258.095390, 4530461.287535, 1.1859, 123, -0.005129, 0.406999,"
        + " -0.006305, 82, 0.113859, 0.383585, 0.113143"
  })
  void shellsShouldBeThoseOfNumpy(
      int shell,
      int voxels,
      double mean,
      double deviation,
      double error,
      double redundancy,
      int pairs,
      double cc,
      double r,
      double ccAnisotropic,
      int friedelPairs,
      double ccFriedel,
      double rFriedel,
      double ccFriedelAnisotropic)
      throws IOException {
    Shell x = statistics().compute(table("merged.nxs"), OPTIONS).shells().get(shell);
    assertThat(x.voxels()).isEqualTo(voxels);
    close(x.mean(), mean);
    close(x.deviation(), deviation);
    close(x.error(), error);
    assertThat(x.redundancy()).isCloseTo(redundancy, within(1e-4));
    compare(x.halves(), pairs, cc, r, ccAnisotropic);
    Shell y =
        statistics()
            .compute(table("merged_friedel.nxs"), OPTIONS.halves(Halves.FRIEDEL))
            .shells()
            .get(shell);
    compare(y.halves(), friedelPairs, ccFriedel, rFriedel, ccFriedelAnisotropic);
  }

  private static void compare(
      Agreement actual, int pairs, double cc, double r, double ccAnisotropic) {
    assertThat(actual.pairs()).isEqualTo(pairs);
    close(actual.cc(), cc);
    close(actual.r(), r);
    close(actual.ccAnisotropic(), ccAnisotropic);
  }

  @Test
  void allShellsTogetherShouldBeThoseOfNumpy() throws IOException {
    ShellTable t = statistics().compute(table("merged.nxs"), OPTIONS);
    assertThat(t.overall().voxels()).isEqualTo(44086);
    close(t.overall().anisotropic(), 3852551.62001);
    compare(t.overall().halves(), 41245, 0.9685804518, t.overall().halves().r(), 0.8998551610);
    Shell friedel = statistics().compute(table("merged_friedel.nxs"), OPTIONS).overall();
    compare(friedel.halves(), 33395, 0.9699190105, friedel.halves().r(), 0.9070991678);
  }

  @Test
  void completenessShouldBeThatOfCctbx() throws IOException {
    long[] all = {
      28, 133, 353, 636, 1057, 1521, 2148, 2785, 3600, 4453, 5430, 6510, 7657, 8886, 10333
    };
    long[] halo = {2, 3, 10, 12, 26, 29, 48, 50, 79, 82, 112, 121, 156, 170, 211};
    ShellStatistics statistics = statistics();
    ShellGrid grid = ShellGrid.of(OPTIONS, 0.717);
    PossibleVoxels possible = statistics.possible(new Subdivision(3, 3, 3), grid);
    ShellTable t = statistics.compute(table("merged.nxs"), OPTIONS);
    for (int c = 0; c < all.length; c++) {
      assertThat(possible.of(c, Voxels.ALL)).isEqualTo(all[c]);
      assertThat(possible.of(c, Voxels.HALO)).isEqualTo(halo[c]);
      Shell shell = t.shells().get(c);
      assertThat(shell.completeness().possible()).isEqualTo(all[c]);
      close(shell.completeness().fraction(), (double) shell.voxels() / all[c]);
    }
    close(t.overall().completeness().fraction(), 44086.0 / 55530);
    // the table of a crystal is complete where the detector reaches
    assertThat(t.shells().get(11).completeness().fraction()).isEqualTo(1);
  }

  @Test
  void isotropicAverageShouldBeThatOfNumpy() throws IOException {
    IsotropicAverage a =
        statistics().isotropic(table("merged.nxs"), "intensity", ShellOptions.defaults());
    List<IsotropicShell> shells =
        a.shells().stream().filter(x -> !Double.isNaN(x.average())).toList();
    assertThat(shells).hasSize(68);
    close(shells.get(20).s(), 0.24523182601265886);
    close(shells.get(20).average(), 18889584.15);
    close(shells.get(67).s(), 0.7126457895678643);
    close(shells.get(67).average(), 12359973.0);
    double sum = 0;
    for (IsotropicShell x : a.shells()) {
      sum += x.values() == 0 ? 0 : x.remainderMean() * x.values();
    }
    close(sum / 44086, 119895.62367330676);
  }

  @Test
  void redundancyShouldBeThatOfNumpy() throws IOException {
    RedundancyTable t = statistics().redundancy(table("merged.nxs"), OPTIONS);
    assertThat(t.shells().get(8))
        .isEqualTo(
            new RedundancyShell(
                t.shells().get(8).sMin(),
                t.shells().get(8).sMax(),
                3600,
                65754,
                65754 / 3600.0,
                0,
                4,
                15,
                19,
                22,
                36));
    assertThat(t.shells().get(13).single()).isEqualTo(2072);
    assertThat(t.shells().get(13).observations()).isEqualTo(17540);
    assertThat(t.histogram())
        .contains(
            new RedundancyTable.Bar(1, 2823),
            new RedundancyTable.Bar(10, 1781),
            new RedundancyTable.Bar(40, 39));
    assertThat(t.overall().observations()).isEqualTo(556_506);
  }

  @ParameterizedTest
  @CsvSource({
    // pairs, cc, cc_aniso, r, √((1 − e₀/v₀)(1 − e₁/v₁)) with e mean squared error, v = var()
    "2, 348, 0.934010, 0.876269, 0.076920, 0.939943",
    "5, 1519, 0.832245, 0.796500, 0.089624, 0.975485",
    "8, 3600, 0.712840, 0.701892, 0.108845, 0.984732",
    "13, 3267, 0.380586, 0.338528, 0.229017, 0.578947"
  })
  void sweepsMergedApartShouldAgreeAsNumpyFinds(
      int shell, int pairs, double cc, double ccAnisotropic, double r, double expected)
      throws IOException {
    Merger merger = Merger.of(MergeOptions.defaults());
    HKLTable[] merged = new HKLTable[2];
    for (int i = 0; i < 2; i++) {
      HKLTable corrected = table("split_" + i + "/corrected.nxs");
      merged[i] = merger.merge(List.of(corrected), Parallel.available()).table();
    }
    CrossTable cross = statistics().cross(List.of("0", "1"), List.of(merged), OPTIONS);
    Agreement a = cross.pair(0, 1).shells().get(shell);
    compare(a, pairs, cc, r, ccAnisotropic);
    close(a.expected(), expected);
    close(cross.pair(0, 1).overall().ccAnisotropic(), 0.686824);
    assertThat(cross.others().get(0).shells().get(shell).cc()).isCloseTo(cc, within(2e-6));
  }
}
