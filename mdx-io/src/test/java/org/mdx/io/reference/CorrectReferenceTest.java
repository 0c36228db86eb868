package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.correct.BackgroundBinner;
import org.mdx.correct.BackgroundOptions;
import org.mdx.correct.CorrectOptions;
import org.mdx.correct.Corrector;
import org.mdx.geometry.Conventions;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.PixelCorrections;
import org.mdx.image.BinnedImageSeries;
import org.mdx.io.dials.Dials;
import org.mdx.io.nexus.Mdx2;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.table.Column;
import org.mdx.table.HKLTable;

/** Background and corrected tables of mdx2 1.0.4. */
class CorrectReferenceTest {
  private static final CorrectOptions COMPATIBLE =
      CorrectOptions.defaults().conventions(Conventions.MDX2);

  @Test
  void binnedBackgroundShouldBeThatOfMdx2AndCompleteByDefault() throws IOException {
    BinnedImageSeries.Bins expected =
        Mdx2.readBinned(Reference.file("mdx2/background/binned.nxs")).panels().get(0);
    Path expt = Reference.file("dials/background/imported.expt");
    Reference.file("sweeps/background");
    BackgroundOptions options =
        BackgroundOptions.defaults()
            .bins(8, 10, 10)
            .validRange(0, 200)
            .conventions(Conventions.MDX2);
    BinnedImageSeries.Bins actual = bin(expt, options);
    assertThat(actual.phi()).isEqualTo(expected.phi());
    assertThat(actual.iy()).isEqualTo(expected.iy());
    assertThat(actual.ix()).isEqualTo(expected.ix());
    double[] a = actual.rate();
    double[] e = expected.rate();
    assertThat(a).hasSameSizeAs(e);
    for (int i = 0; i < e.length; i++) {
      if (!(Double.isNaN(a[i]) && Double.isNaN(e[i]))) {
        assertThat(Math.abs(a[i] - e[i])).as("bin %s", i).isLessThanOrEqualTo(1e-12 * e[i]);
      }
    }
    assertThat(expected.missing()).isPositive();
    assertThat(bin(expt, options.conventions(Conventions.STANDARD)).missing()).isZero();
  }

  private static BinnedImageSeries.Bins bin(Path expt, BackgroundOptions options)
      throws IOException {
    return BackgroundBinner.bin(Dials.read(expt), options, Parallel.available(), Progress.NONE)
        .panels()
        .get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"split_0", "split_1"})
  void correctedTableShouldBeThatOfMdx2(String sweep) throws IOException {
    HKLTable expected = Mdx2.readTable(Reference.file("mdx2/" + sweep + "/corrected.nxs"));
    HKLTable integrated = Mdx2.readTable(Reference.file("mdx2/" + sweep + "/integrated.nxs"));
    BinnedImageSeries background = Mdx2.readBinned(Reference.file("mdx2/background/binned.nxs"));
    Geometry geometry = Dials.readGeometry(Reference.file("dials/multi/" + sweep + ".expt"));
    HKLTable fromGrid =
        Corrector.correct(
            integrated,
            geometry.crystal().orElseThrow(),
            PixelCorrections.interpolated(
                List.of(Reference.corrections(Reference.file("mdx2/" + sweep + "/geometry.nxs")))),
            background,
            COMPATIBLE,
            Parallel.available());
    assertSame(fromGrid, expected);
    // the whole way from the experiment of DIALS
    assertSame(
        Corrector.correct(integrated, geometry, background, COMPATIBLE, Parallel.available()),
        expected);
  }

  private static void assertSame(HKLTable actual, HKLTable expected) {
    assertThat(actual.h()).isEqualTo(expected.h());
    assertThat(actual.k()).isEqualTo(expected.k());
    assertThat(actual.l()).isEqualTo(expected.l());
    for (String name : List.of("op", "n", "phi", "iy", "ix")) {
      assertThat(differing(actual, expected, name, 0)).as(name).isZero();
    }
    for (String name : List.of("s", "intensity", "intensity_error", "rs_volume")) {
      assertThat(differing(actual, expected, name, 1e-6)).as(name).isZero();
    }
  }

  /** Rows in which a column is NaN in one table only or differs by more than a relative limit. */
  private static int differing(HKLTable actual, HKLTable expected, String name, double limit) {
    Column a = actual.column(name);
    Column e = expected.column(name);
    int n = 0;
    for (int i = 0; i < expected.rows(); i++) {
      double x = a.get(i);
      double y = e.get(i);
      boolean same = Double.isNaN(x) ? Double.isNaN(y) : Math.abs(x - y) <= limit * Math.abs(y);
      if (!same) {
        n++;
      }
    }
    return n;
  }
}
