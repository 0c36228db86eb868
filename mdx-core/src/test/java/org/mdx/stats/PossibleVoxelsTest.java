package org.mdx.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.math.Mat3;
import org.mdx.parallel.Parallel;
import org.mdx.table.Subdivision;

class PossibleVoxelsTest {
  private static final ShellGrid SHELLS = new ShellGrid(0, 0.0987, 4, 4 * 0.0987);

  private static UnitCell cell(String parameters) {
    double[] p = numbers(parameters);
    return new UnitCell(p[0], p[1], p[2], p[3], p[4], p[5]);
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.strip().split(" +")).mapToDouble(Double::parseDouble).toArray();
  }

  private static List<Long> of(PossibleVoxels possible, Voxels voxels) {
    return IntStream.range(0, possible.shells().count())
        .mapToObj(c -> possible.of(c, voxels))
        .toList();
  }

  /** The origin, which cctbx leaves out, is in the first shell. */
  private static List<Long> withOrigin(String text) {
    double[] n = numbers(text);
    n[0]++;
    return Arrays.stream(n).mapToObj(x -> (long) x).toList();
  }

  /**
   * cctbx 2022.9: {@code miller.build_set(crystal.symmetry(cell, group), anomalous_flag=False,
   * d_min=2.25)}, its {@code sqrt(d_star_sq)} binned; all: with the derived point group, which has
   * no absences; three: the same with the cell's lengths tripled; present: with the space group.
   */
  @ParameterizedTest
  @CsvSource({
    "P 1, 20 23 27 80 95 105, 23 165 453 882, 641 4492 12186 23769, 23 165 453 882",
    "P 1 21 1, 20 23 27 90 100 90, 16 96 256 484, 368 2443 6495 12569, 15 95 255 482",
    "C 1 2 1, 31 22 25 90 103 90, 24 135 349 661, 508 3318 8862 17072, 11 69 177 332",
    "P 21 21 21, 20 23 27 90 90 90, 12 64 148 277, 224 1354 3489 6647, 9 60 145 273",
    "I 4, 25 25 30 90 90 90, 14 73 201 361, 288 1855 4955 9591, 7 37 101 178",
    "P 43 21 2, 25 25 30 90 90 90, 12 52 127 214, 191 1063 2700 5108, 9 49 123 210",
    "R 3 :H, 28 28 35 90 90 120, 18 110 313 588, 441 3035 8154 15945, 5 38 104 196",
    "R 3 :R, 22 22 22 75 75 75, 9 46 124 248, 179 1231 3354 6507, 9 46 124 248",
    "P 31 2 1, 24 24 30 90 90 120, 10 53 118 227, 181 1094 2796 5324, 8 51 116 225",
    "P 31 1 2, 24 24 30 90 90 120, 9 47 109 211, 165 1041 2705 5200, 7 45 107 209",
    "P 63, 24 24 30 90 90 120, 8 42 103 202, 153 1002 2639 5107, 7 40 102 200",
    "P 61 2 2, 24 24 30 90 90 120, 8 34 70 129, 112 606 1492 2794, 6 31 68 126",
    "I 21 3, 30 30 30 90 90 90, 8 46 104 194, 158 959 2491 4753, 4 22 53 98",
    "F m -3 m, 30 30 30 90 90 90, 7 32 65 116, 104 549 1359 2535, 3 10 21 35",
    "P 1 21/c 1, 15 22 18 90 108 90, 8 47 121 223, 176 1131 3008 5795, 5 40 110 209",
    "F d d d :2, 22 27 33 90 90 90, 21 98 228 426, 347 2100 5448 10391, 2 19 47 93"
  })
  void countsShouldBeThoseOfCctbx(
      String symbol, String cell, String all, String three, String present) {
    SpaceGroup group = SpaceGroup.ofHermannMauguin(symbol);
    PossibleVoxels whole =
        PossibleVoxels.count(cell(cell), group, Subdivision.NONE, SHELLS, Parallel.of(2));
    assertThat(of(whole, Voxels.ALL)).isEqualTo(withOrigin(all));
    assertThat(of(whole, Voxels.HALO)).isEqualTo(withOrigin(present));
    PossibleVoxels divided =
        PossibleVoxels.count(cell(cell), group, new Subdivision(3, 3, 3), SHELLS, Parallel.of(2));
    assertThat(of(divided, Voxels.ALL)).isEqualTo(withOrigin(three));
    assertThat(of(divided, Voxels.HALO)).isEqualTo(withOrigin(present));
    assertThat(divided.total(Voxels.REST))
        .isEqualTo(divided.total(Voxels.ALL) - divided.total(Voxels.HALO));
  }

  /** Sets of equivalent voxels in each shell, each known by its largest member. */
  private static List<Long> orbits(UnitCell cell, LaueGroup laue, Subdivision n, ShellGrid shells) {
    Mat3 b = cell.reciprocal();
    int most = (int) (shells.sMax() * Math.max(cell.a(), Math.max(cell.b(), cell.c()))) + 1;
    long[] count = new long[shells.count()];
    Set<List<Integer>> seen = new HashSet<>();
    for (int h = -most * n.h(); h <= most * n.h(); h++) {
      for (int k = -most * n.k(); k <= most * n.k(); k++) {
        for (int l = -most * n.l(); l <= most * n.l(); l++) {
          double[] x = {(double) h / n.h(), (double) k / n.k(), (double) l / n.l()};
          int shell = shells.shell(b.times(new org.mdx.math.Vec3(x[0], x[1], x[2])).norm());
          if (shell >= 0 && seen.add(largest(laue, n, x))) {
            count[shell]++;
          }
        }
      }
    }
    return Arrays.stream(count).boxed().toList();
  }

  private static List<Integer> largest(LaueGroup laue, Subdivision n, double... x) {
    List<Integer> best = null;
    for (int op = 0; op < laue.order(); op++) {
      int[] r = laue.operator(op);
      List<Integer> image =
          List.of(
              (int) Math.rint((x[0] * r[0] + x[1] * r[3] + x[2] * r[6]) * n.h()),
              (int) Math.rint((x[0] * r[1] + x[1] * r[4] + x[2] * r[7]) * n.k()),
              (int) Math.rint((x[0] * r[2] + x[1] * r[5] + x[2] * r[8]) * n.l()));
      if (best == null || Arrays.compare(array(image), array(best)) > 0) {
        best = image;
      }
    }
    return best;
  }

  private static int[] array(List<Integer> x) {
    return x.stream().mapToInt(i -> i).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "P 1, 9 10 11 85 95 101, 3 2 1",
    "P 1 2 1, 9 10 11 90 99 90, 2 3 4",
    "C 2 2 2, 9 10 11 90 90 90, 1 2 3",
    "P 4, 11 11 9 90 90 90, 3 3 2",
    "R 3 :H, 11 11 13 90 90 120, 3 3 3",
    "P 6, 11 11 9 90 90 120, 2 2 3",
    "I 21 3, 12 12 12 90 90 90, 3 3 3",
    "I 4 3 2, 12 12 12 90 90 90, 4 4 4"
  })
  void countsShouldBeThoseOfSetsOfEquivalentVoxels(String symbol, String cell, String ndiv) {
    SpaceGroup group = SpaceGroup.ofHermannMauguin(symbol);
    double[] n = numbers(ndiv);
    Subdivision divided = new Subdivision((int) n[0], (int) n[1], (int) n[2]);
    ShellGrid shells = new ShellGrid(0.1, 0.0713, 5, 0.1 + 4.6 * 0.0713);
    PossibleVoxels possible =
        PossibleVoxels.count(cell(cell), group, divided, shells, Parallel.of(1));
    assertThat(of(possible, Voxels.ALL))
        .isEqualTo(orbits(cell(cell), group.laueGroup(), divided, shells));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void countsShouldNotDependOnThreads(int threads) {
    SpaceGroup group = SpaceGroup.ofHermannMauguin("P 63 2 2");
    UnitCell cell = new UnitCell(24, 24, 30, 90, 90, 120);
    Subdivision n = new Subdivision(4, 4, 4);
    PossibleVoxels one = PossibleVoxels.count(cell, group, n, SHELLS, Parallel.of(1));
    PossibleVoxels many = PossibleVoxels.count(cell, group, n, SHELLS, Parallel.of(threads));
    for (Voxels voxels : Voxels.values()) {
      assertThat(of(many, voxels)).isEqualTo(of(one, voxels));
    }
  }

  @Test
  void largeSphereShouldHoldItsVolume() {
    // an eighth of an ellipsoid of semi-axes A, B, C voxels: (π/6)ABC, and half of the voxels of
    // its faces more, (π/8)(AB + BC + CA)
    UnitCell cell = new UnitCell(60, 70, 80, 90, 90, 90);
    SpaceGroup group = SpaceGroup.ofHermannMauguin("P 21 21 21");
    ShellGrid one = new ShellGrid(0, 0.5, 1, 0.5);
    long n =
        PossibleVoxels.count(cell, group, new Subdivision(5, 5, 5), one, Parallel.of(2))
            .total(Voxels.ALL);
    double a = 60 * 5 * 0.5;
    double b = 70 * 5 * 0.5;
    double c = 80 * 5 * 0.5;
    double expected = Math.PI / 6 * a * b * c + Math.PI / 8 * (a * b + b * c + c * a);
    assertThat(n / expected).isCloseTo(1, within(2e-4));
  }

  @Test
  void gridsThatCannotBeCountedShouldBeRefused() {
    UnitCell cell = new UnitCell(100, 100, 100, 90, 90, 90);
    Subdivision fine = new Subdivision(100, 100, 100);
    assertThatThrownBy(
            () ->
                PossibleVoxels.count(
                    cell, SpaceGroup.ofNumber(1), fine, new ShellGrid(0, 1, 1, 1), Parallel.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("smaller range");
    assertThatThrownBy(
            () ->
                PossibleVoxels.count(
                    cell,
                    SpaceGroup.ofNumber(75),
                    new Subdivision(2, 3, 1),
                    SHELLS,
                    Parallel.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2,3,1");
  }
}
