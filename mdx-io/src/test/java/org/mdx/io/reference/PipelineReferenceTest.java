package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.Mdx;
import org.mdx.geometry.Conventions;
import org.mdx.integrate.Integration;
import org.mdx.io.dials.Dials;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.nexus.MdxGeometryFile;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merger;
import org.mdx.parallel.Parallel;
import org.mdx.peaks.Peaks;
import org.mdx.pipeline.Corrected;
import org.mdx.pipeline.FoundPeaks;
import org.mdx.pipeline.Integrated;
import org.mdx.pipeline.Sweep;
import org.mdx.pipeline.Sweeps;
import org.mdx.stats.Shell;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.stats.ShellTable;
import org.mdx.table.Column;
import org.mdx.table.HKLTable;

/**
 * From the images to corrected intensities, against what mdx2 1.0.4 made of the same images. Totals
 * are those that mdx2 printed, kept in the README of the reference data.
 */
class PipelineReferenceTest {

  private static Sweep sweep(String name) throws IOException {
    MdxGeometryFile g = Mdx2.readGeometry(Reference.file("mdx2/" + name + "/geometry.nxs"));
    return Sweep.of(Dials.read(Reference.file("dials/multi/" + name + ".expt")))
        .withMillerIndex(g.millerIndex().orElseThrow())
        .withCorrections(g.corrections().orElseThrow());
  }

  private static Sweeps compatible(String name) throws IOException {
    return Mdx.sweeps(List.of(sweep(name)))
        .conventions(Conventions.MDX2)
        .background(
            Dials.read(Reference.file("dials/background/imported.expt")),
            b -> b.bins(8, 10, 10).validRange(0, 200));
  }

  @ParameterizedTest
  @CsvSource({
    "split_0, 73255, 5512, 369814, 103261893, 33265207, -0.028984, -0.002887, -0.027506,"
        + " 0.057863, 0.055395, 0.054802",
    "split_1, 60902, 4547, 315534, 85074841, 27712718, 0.00898, -0.035342, 0.017105,"
        + " 0.058743, 0.054968, 0.054909"
  })
  void compatibleReductionShouldBeThatOfMdx2(
      String name,
      int strong,
      int outliers,
      long masked,
      long counts,
      long pixels,
      double r0h,
      double r0k,
      double r0l,
      double a,
      double b,
      double c)
      throws IOException {
    FoundPeaks found = compatible(name).findPeaks(p -> p.countThreshold(40));
    Peaks peaks = found.peaks().get(0);
    assertThat(peaks.positions().size()).isEqualTo(strong);
    assertThat(peaks.outliers().size()).isEqualTo(outliers);
    assertThat(peaks.model().r0().x()).isCloseTo(r0h, offset(1e-6));
    assertThat(peaks.model().r0().y()).isCloseTo(r0k, offset(1e-6));
    assertThat(peaks.model().r0().z()).isCloseTo(r0l, offset(1e-6));
    assertThat(peaks.model().semiAxes()).containsExactly(new double[] {a, b, c}, offset(1e-6));

    Integrated integrated = found.maskPeaks(3).integrate(i -> i.subdivide(3, 3, 3));
    Integration integration = integrated.integrations().get(0);
    assertThat(integration.maskedPixels()).isEqualTo(masked);
    assertThat(integration.counts()).isEqualTo(counts);
    assertThat(integration.pixels()).isEqualTo(pixels);

    HKLTable table = integration.table();
    HKLTable expected = Mdx2.readTable(Reference.file("mdx2/" + name + "/integrated.nxs"));
    assertThat(table.h()).isEqualTo(expected.h());
    assertThat(table.k()).isEqualTo(expected.k());
    assertThat(table.l()).isEqualTo(expected.l());
    assertThat(table.column("counts")).isEqualTo(expected.column("counts"));
    assertThat(table.column("pixels")).isEqualTo(expected.column("pixels"));
    assertSame(table, expected, "n", 0, null);
    assertSame(table, expected, "phi", 1e-5, null);
    assertSame(table, expected, "iy", 1e-5, null);
    assertSame(table, expected, "ix", 1e-5, null);
    assertSame(table, expected, "seconds", 1e-5, null);

    HKLTable corrected = integrated.correct().tables().get(0);
    expected = Mdx2.readTable(Reference.file("mdx2/" + name + "/corrected.nxs"));
    Column error = expected.column("intensity_error");
    assertThat(corrected.h()).isEqualTo(expected.h());
    assertThat(corrected.k()).isEqualTo(expected.k());
    assertThat(corrected.l()).isEqualTo(expected.l());
    assertSame(corrected, expected, "op", 0, null);
    assertSame(corrected, expected, "s", 1e-5, null);
    assertSame(corrected, expected, "rs_volume", 1e-5, null);
    assertSame(corrected, expected, "intensity", 1e-5, error);
    assertSame(corrected, expected, "intensity_error", 1e-5, null);
  }

  /** Equal within a relative tolerance or, where an error is given, 1e-4 of it; missing alike. */
  private static void assertSame(
      HKLTable actual, HKLTable expected, String name, double relative, Column error) {
    Column a = actual.column(name);
    Column e = expected.column(name);
    assertThat(a.size()).isEqualTo(e.size());
    for (int i = 0; i < a.size(); i++) {
      double x = a.get(i);
      double y = e.get(i);
      boolean same =
          Double.isNaN(y)
              ? Double.isNaN(x)
              : Math.abs(x - y) <= relative * Math.abs(y)
                  || (error != null && Math.abs(x - y) <= 1e-4 * error.get(i));
      if (!same) {
        assertThat(x).as("%s of row %s", name, i).isEqualTo(y);
      }
    }
  }

  @Test
  void defaultReductionShouldCentreThePeaksAndAgreeWithMdx2InEveryShell() throws IOException {
    FoundPeaks found =
        Mdx.sweeps(
                Dials.read(Reference.file("dials/multi/split_0.expt")),
                Dials.read(Reference.file("dials/multi/split_1.expt")))
            .background(
                Dials.read(Reference.file("dials/background/imported.expt")),
                b -> b.bins(8, 10, 10).validRange(0, 200))
            .findPeaks(p -> p.countThreshold(40));
    for (Peaks p : found.peaks()) {
      assertThat(Math.abs(p.model().r0().x())).isLessThan(0.003);
      assertThat(Math.abs(p.model().r0().y())).isLessThan(0.003);
      assertThat(Math.abs(p.model().r0().z())).isLessThan(0.003);
    }
    Corrected corrected = found.maskPeaks(3).integrate(i -> i.subdivide(3, 3, 3)).correct();
    HKLTable merged = corrected.merge(m -> MergeOptions.defaults()).table();
    HKLTable reference =
        Merger.of(MergeOptions.defaults())
            .merge(
                List.of(
                    Mdx2.readTable(Reference.file("mdx2/split_0/corrected.nxs")),
                    Mdx2.readTable(Reference.file("mdx2/split_1/corrected.nxs"))),
                Parallel.available())
            .table();
    ShellTable shells =
        ShellStatistics.of(
                Dials.readGeometry(Reference.file("dials/multi/split_0.expt"))
                    .crystal()
                    .orElseThrow()
                    .cell())
            .compute(merged, reference, "intensity", ShellOptions.defaults());
    // elsewhere counting noise of the pixels that half a pixel moves to other voxels is what
    // differs
    List<Shell> sharp =
        shells.shells().stream()
            .filter(s -> s.voxels() > 200 && s.ccTruthExpected() > 0.95)
            .toList();
    assertThat(sharp.get(0).sMin()).isLessThan(0.23);
    assertThat(sharp.get(sharp.size() - 1).sMax()).isGreaterThan(0.64);
    for (Shell s : sharp) {
      assertThat(s.ccTruth()).as("correlation from s = %s", s.sMin()).isGreaterThan(0.97);
    }
  }

  @Test
  void theSameBitsShouldComeFromOneTwoAndSevenThreads() throws IOException {
    HKLTable one = reduce(1);
    for (int threads : new int[] {2, 7}) {
      HKLTable many = reduce(threads);
      assertThat(many.h()).isEqualTo(one.h());
      assertThat(many.k()).isEqualTo(one.k());
      assertThat(many.l()).isEqualTo(one.l());
      for (String name : one.columnNames()) {
        assertThat(many.column(name)).as(name).isEqualTo(one.column(name));
      }
    }
  }

  private static HKLTable reduce(int threads) throws IOException {
    return Mdx.sweeps(Dials.read(Reference.file("dials/multi/split_1.expt")))
        .parallel(Parallel.of(threads))
        .background(Dials.read(Reference.file("dials/background/imported.expt")))
        .findPeaks(p -> p.countThreshold(40))
        .integrate(i -> i.subdivide(3, 3, 3))
        .correct()
        .merge(m -> m.outlier(5).split(org.mdx.merge.Split.RANDOM).seed(1))
        .table();
  }
}
