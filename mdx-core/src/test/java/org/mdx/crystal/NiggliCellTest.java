package org.mdx.crystal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

class NiggliCellTest {

  /** Cells of {@code cctbx.uctbx.unit_cell.niggli_cell()}, cctbx of DIALS 3.12. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 5.196 2 103.93 109.47 134.88 | 2.00000 2.99923 2.99944 119.9844 94.7965 104.4666",
        "26 26 26 109.4712 109.4712 109.4712 | 26 26 26 109.4712 109.4712 109.4712",
        "20 30 40 91 85 100 | 20 30 40 89 85 80",
        "10 10.02 24.3 89.9 90.1 119.95 | 10 10.01758 24.3 90.0002 90.1 119.926",
        "7.3 9.1 50 60 70 55 | 7.3 7.73916 43.32743 85.1354 89.1562 74.4058"
      })
  void reducedCellShouldBeThatOfCctbx(String given, String expected) {
    UnitCell reduced = NiggliCell.of(cell(given)).cell();
    UnitCell truth = cell(expected);
    assertThat(reduced.a()).isCloseTo(truth.a(), within(1e-4));
    assertThat(reduced.b()).isCloseTo(truth.b(), within(1e-4));
    assertThat(reduced.c()).isCloseTo(truth.c(), within(1e-4));
    assertThat(reduced.alpha()).isCloseTo(truth.alpha(), within(1e-3));
    assertThat(reduced.beta()).isCloseTo(truth.beta(), within(1e-3));
    assertThat(reduced.gamma()).isCloseTo(truth.gamma(), within(1e-3));
  }

  @Test
  void reducedEdgesShouldBeTheThreeShortestOfTheLattice() {
    Random random = new Random(5);
    for (int trial = 0; trial < 50; trial++) {
      Mat3 axes = randomAxes(random);
      Mat3 reduced = NiggliCell.reducedAxes(axes);
      assertThat(reduced.determinant())
          .isCloseTo(axes.determinant(), within(1e-9 * Math.abs(axes.determinant())));
      double[] shortest = threeShortest(reduced);
      for (int i = 0; i < 3; i++) {
        assertThat(reduced.row(i).norm()).isCloseTo(shortest[i], within(1e-4 * shortest[i]));
      }
    }
  }

  @Test
  void cubicCentredLatticesWithErrorsOfMeasurementShouldBeReduced() {
    // all four of their shortest edges are nearly equal, and many descriptions are nearly reduced
    Random random = new Random(6);
    Mat3[] centred = {
      new Mat3(-1, 1, 1, 1, -1, 1, 1, 1, -1), new Mat3(0, 1, 1, 1, 0, 1, 1, 1, 0), Mat3.IDENTITY
    };
    Mat3 skew = new Mat3(1, 2, -1, 0, 1, 3, 0, 0, 1);
    for (int trial = 0; trial < 30_000; trial++) {
      double[] m = centred[trial % 3].times(15).toRowMajor();
      double size = Math.pow(10, -1 - random.nextInt(5));
      for (int i = 0; i < 9; i++) {
        m[i] += size * random.nextGaussian();
      }
      Mat3 axes = Mat3.ofRowMajor(m);
      Mat3 reduced = NiggliCell.reducedAxes(skew.times(axes));
      double longest =
          Math.max(axes.row(0).norm(), Math.max(axes.row(1).norm(), axes.row(2).norm()));
      for (int i = 0; i < 3; i++) {
        assertThat(reduced.row(i).norm()).isLessThan(longest * (1 + 1e-4));
      }
    }
  }

  private static Mat3 randomAxes(Random random) {
    double[] m = new double[9];
    for (int i = 0; i < 9; i++) {
      m[i] = 10 * random.nextGaussian();
    }
    Mat3 axes = Mat3.ofRowMajor(m);
    // a skew description of the same lattice
    return new Mat3(1, 2, -1, 0, 1, 3, 0, 0, 1).times(axes);
  }

  /** Lengths of the shortest vectors that are independent, by trying all up to five steps. */
  private static double[] threeShortest(Mat3 axes) {
    java.util.List<Vec3> all = new java.util.ArrayList<>();
    for (int h = -5; h <= 5; h++) {
      for (int k = -5; k <= 5; k++) {
        for (int l = -5; l <= 5; l++) {
          if (h != 0 || k != 0 || l != 0) {
            all.add(axes.row(0).times(h).plus(axes.row(1).times(k)).plus(axes.row(2).times(l)));
          }
        }
      }
    }
    all.sort(java.util.Comparator.comparingDouble(Vec3::norm));
    Vec3 a = all.get(0);
    Vec3 b =
        all.stream().filter(v -> v.cross(a).norm() > 1e-6 * a.norm() * v.norm()).findFirst().get();
    Vec3 c =
        all.stream()
            .filter(v -> Math.abs(v.dot(a.cross(b))) > 1e-6 * a.norm() * b.norm() * v.norm())
            .findFirst()
            .get();
    return new double[] {a.norm(), b.norm(), c.norm()};
  }

  @Test
  void changeShouldLeadFromTheGivenAxesToTheReducedOnes() {
    UnitCell given = new UnitCell(7.3, 9.1, 50, 60, 70, 55);
    NiggliCell niggli = NiggliCell.of(given);
    Crystal crystal =
        Crystal.ofRealSpaceAxes(given.orthogonalization().transpose(), SpaceGroup.ofNumber(1));
    UnitCell turned = crystal.reindexed(niggli.change(), SpaceGroup.ofNumber(1)).cell();
    assertThat(turned.c()).isCloseTo(niggli.cell().c(), within(1e-9));
    assertThat(turned.alpha()).isCloseTo(niggli.cell().alpha(), within(1e-9));
  }

  @Test
  void reductionShouldRefuseAxesInAPlane() {
    assertThatThrownBy(() -> NiggliCell.reducedAxes(new Mat3(1, 0, 0, 0, 1, 0, 1, 1, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("span no volume");
  }

  static UnitCell cell(String text) {
    double[] v =
        java.util.Arrays.stream(text.strip().split("\\s+"))
            .mapToDouble(Double::parseDouble)
            .toArray();
    return new UnitCell(v[0], v[1], v[2], v[3], v[4], v[5]);
  }
}
