package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.correct.CorrectOptions;
import org.mdx.correct.Corrector;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Conventions;
import org.mdx.geometry.CorrectionGrid;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.PixelCorrections;
import org.mdx.image.BinnedImageSeries;
import org.mdx.io.dials.Dials;
import org.mdx.io.nexus.Mdx2;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merged;
import org.mdx.merge.Merger;
import org.mdx.parallel.Parallel;
import org.mdx.table.Column;
import org.mdx.table.HKLTable;

/**
 * Parity with mdx2 1.0.4 on experiments of DIALS 3.12.1, in a plain clone: on small cuts of their
 * files in the test resources. READMEs there say where the files come from; the tests beside this
 * one compare the whole files where the reference data are.
 */
class ParityTest {
  private static final Parallel PARALLEL = Parallel.available();

  private static Path file(String name) {
    try {
      return Path.of(ParityTest.class.getResource("/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Geometry geometry(String name) throws IOException {
    return Dials.readGeometry(file("dials-3.12.1/" + name));
  }

  @Test
  void experimentsOfDialsShouldBeReadAsTheyStand() throws IOException {
    for (int i = 0; i < 2; i++) {
      Geometry g = geometry("split_" + i + ".expt");
      assertThat(g.scan().frames()).isEqualTo(i == 0 ? 120 : 100);
      assertThat(g.crystal().orElseThrow().spaceGroup().number()).isEqualTo(199);
      assertThat(g.crystal().orElseThrow().cell().a()).isCloseTo(30, within(0.05));
    }
    assertThat(geometry("background.expt").crystal()).isEmpty();
    assertThat(geometry("background.expt").scan().frames()).isEqualTo(24);
  }

  @Test
  void correctionsOfTheDetectorShouldBeThoseOfMdx2() throws IOException {
    CorrectionGrid expected = Reference.corrections(file("mdx2-1.0.4/corrections_0.nxs"));
    CorrectionGrid actual = CorrectionGrid.sample(geometry("split_0.expt"), 0, 10, 10, 0);
    assertThat(actual.iy()).isEqualTo(expected.iy());
    assertThat(actual.ix()).isEqualTo(expected.ix());
    for (CorrectionGrid.Quantity q : CorrectionGrid.Quantity.values()) {
      double[] a = actual.values(q);
      double[] e = expected.values(q);
      assertThat(a).hasSameSizeAs(e);
      for (int i = 0; i < e.length; i++) {
        assertThat(a[i]).as("%s at %s", q, i).isCloseTo(e[i], within(1e-12 * Math.abs(e[i])));
      }
    }
  }

  @Test
  void correctedRowsShouldBeThoseOfMdx2() throws IOException {
    HKLTable expected = Mdx2.readTable(file("mdx2-1.0.4/corrected_0.nxs"));
    HKLTable integrated = Mdx2.readTable(file("mdx2-1.0.4/integrated_0.nxs"));
    BinnedImageSeries background = Mdx2.readBinned(file("mdx2-1.0.4/binned.nxs"));
    Geometry geometry = geometry("split_0.expt");
    HKLTable actual =
        Corrector.correct(
            integrated,
            geometry.crystal().orElseThrow(),
            PixelCorrections.interpolated(
                List.of(Reference.corrections(file("mdx2-1.0.4/corrections_0.nxs")))),
            background,
            CorrectOptions.defaults().conventions(Conventions.MDX2),
            PARALLEL);
    assertThat(actual.rows()).isEqualTo(1976);
    assertThat(actual.h()).isEqualTo(expected.h());
    assertThat(actual.k()).isEqualTo(expected.k());
    assertThat(actual.l()).isEqualTo(expected.l());
    assertSame(actual, expected, "op", 0);
    assertSame(actual, expected, "n", 0);
    for (String name : List.of("s", "intensity", "intensity_error", "rs_volume")) {
      assertSame(actual, expected, name, 1e-6);
    }
  }

  /** The outlier is one of the 62 that mdx2 found in all voxels. */
  @Test
  void mergesWithTheModelsOfMdx2ShouldBeItsOwn() throws IOException {
    HKLTable expected = Mdx2.readTable(file("mdx2-1.0.4/merged.nxs"));
    List<HKLTable> scaled = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      HKLTable observations = Mdx2.readTable(file("mdx2-1.0.4/observations_" + i + ".nxs"));
      scaled.add(
          Mdx2.readScales(file("mdx2-1.0.4/scales_" + i + ".nxs"))
              .apply(observations, PARALLEL, Conventions.MDX2));
    }
    Merged merged =
        Merger.of(
                MergeOptions.defaults().outlier(5).conventions(Conventions.MDX2),
                SpaceGroup.ofNumber(199).laueGroup())
            .merge(scaled, PARALLEL);
    HKLTable actual = merged.table();
    assertThat(merged.rows()).isEqualTo(3976 + 3322);
    assertThat(merged.used()).isEqualTo(6988);
    assertThat(merged.outliers()).isEqualTo(1);
    assertThat(actual.h()).isEqualTo(expected.h());
    assertThat(actual.k()).isEqualTo(expected.k());
    assertThat(actual.l()).isEqualTo(expected.l());
    assertSame(actual, expected, "count", 0);
    Column error = expected.column("intensity_error");
    for (int v = 0; v < expected.rows(); v++) {
      double e = error.get(v);
      double m = expected.column("intensity").get(v);
      if (expected.column("count").get(v) > 0) {
        assertThat(actual.column("intensity").get(v))
            .isCloseTo(m, within(1e-6 * Math.max(Math.abs(m), e)));
        assertThat(actual.column("intensity_error").get(v)).isCloseTo(e, within(1e-6 * e));
      }
    }
  }

  private static void assertSame(HKLTable actual, HKLTable expected, String name, double limit) {
    for (int i = 0; i < expected.rows(); i++) {
      double a = actual.column(name).get(i);
      double e = expected.column(name).get(i);
      if (!(Double.isNaN(a) && Double.isNaN(e))) {
        assertThat(a).as("%s of row %d", name, i).isCloseTo(e, within(limit * Math.abs(e)));
      }
    }
  }
}
