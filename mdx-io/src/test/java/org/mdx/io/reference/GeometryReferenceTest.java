package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.geometry.CorrectionGrid;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.MillerIndexGrid;
import org.mdx.io.dials.Dials;

/** The grids that mdx2 1.0.4 made of experiments of DIALS 3.12.1. */
class GeometryReferenceTest {

  @ParameterizedTest
  @ValueSource(strings = {"split_0", "split_1"})
  void correctionsShouldBeThoseOfMdx2(String sweep) throws IOException {
    CorrectionGrid expected =
        Reference.corrections(Reference.file("mdx2/" + sweep + "/geometry.nxs"));
    Geometry geometry = Dials.readGeometry(Reference.file("dials/multi/" + sweep + ".expt"));
    CorrectionGrid actual = CorrectionGrid.sample(geometry, 0, 10, 10, 0);
    assertThat(actual.iy()).isEqualTo(expected.iy());
    assertThat(actual.ix()).isEqualTo(expected.ix());
    for (CorrectionGrid.Quantity q : CorrectionGrid.Quantity.values()) {
      double[] a = actual.values(q);
      double[] e = expected.values(q);
      for (int i = 0; i < e.length; i++) {
        assertThat(a[i]).as("%s at %s", q, i).isCloseTo(e[i], within(1e-12 * Math.abs(e[i])));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"split_0", "split_1"})
  void millerIndicesShouldBeThoseOfMdx2(String sweep) throws IOException {
    MillerIndexGrid expected =
        Reference.millerIndex(Reference.file("mdx2/" + sweep + "/geometry.nxs"));
    Geometry geometry = Dials.readGeometry(Reference.file("dials/multi/" + sweep + ".expt"));
    MillerIndexGrid actual = MillerIndexGrid.sample(geometry, 0, 1, 10, 10, 0);
    assertThat(actual.phi()).isEqualTo(expected.phi());
    assertThat(actual.iy()).isEqualTo(expected.iy());
    assertThat(actual.ix()).isEqualTo(expected.ix());
    assertThat(largestDifference(actual.h(), expected.h())).isLessThan(1e-6);
    assertThat(largestDifference(actual.k(), expected.k())).isLessThan(1e-6);
    assertThat(largestDifference(actual.l(), expected.l())).isLessThan(1e-6);
  }

  private static double largestDifference(double[] a, double[] b) {
    double d = 0;
    for (int i = 0; i < a.length; i++) {
      d = Math.max(d, Math.abs(a[i] - b[i]));
    }
    return d;
  }
}
