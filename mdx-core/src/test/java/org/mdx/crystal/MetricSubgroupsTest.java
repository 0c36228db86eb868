package org.mdx.crystal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricSubgroupsTest {

  private static Map<String, Integer> counts(UnitCell cell) {
    Map<String, Integer> counts = new TreeMap<>();
    MetricSubgroups.of(cell, 5).forEach(s -> counts.merge(s.bravais(), 1, Integer::sum));
    return counts;
  }

  /** Numbers of cctbx's {@code metric_subgroups}, DIALS 3.12. */
  @Test
  void settingsOfABodyCentredCubicLatticeShouldBeThoseOfCctbx() {
    UnitCell cell = new UnitCell(26, 26, 26, 109.4712, 109.4712, 109.4712);
    assertThat(counts(cell))
        .isEqualTo(Map.of("cI", 1, "tI", 3, "hR", 4, "oI", 1, "oF", 3, "mC", 9, "aP", 1));
    MetricSubgroups.Setting cubic = MetricSubgroups.of(cell, 5).get(0);
    UnitCell conventional = conventional(cell, cubic);
    assertThat(conventional.a()).isCloseTo(30.022, within(1e-3));
    assertThat(conventional.gamma()).isCloseTo(90, within(1e-3));
    assertThat(cubic.delta()).isLessThan(1e-3);
  }

  @Test
  void settingsOfAHexagonalLatticeShouldBeThoseOfCctbx() {
    UnitCell cell = new UnitCell(4.925, 4.925, 5.401, 90, 90, 120);
    assertThat(counts(cell)).isEqualTo(Map.of("hP", 1, "oC", 3, "mC", 6, "mP", 1, "aP", 1));
    for (MetricSubgroups.Setting s : MetricSubgroups.of(cell, 5)) {
      if (s.bravais().equals("oC")) {
        UnitCell c = conventional(cell, s);
        assertThat(List.of(c.a(), c.b(), c.c()))
            .usingElementComparator((x, y) -> Math.abs(x - y) < 1e-3 ? 0 : Double.compare(x, y))
            .containsExactly(4.925, 8.5304, 5.401);
      }
    }
  }

  /** Where some rotations of a lattice are within the tolerance and others just beyond. */
  @Test
  void latticesAtTheEdgeOfTheToleranceShouldHaveSettingsThatAreGroups() {
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      double hexagonal = i % 2 == 0 ? 90 : 120;
      UnitCell cell =
          new UnitCell(
              10 * (1 + 0.12 * random.nextGaussian() / 2),
              10 * (1 + 0.12 * random.nextGaussian() / 2),
              10 * (1 + 0.12 * random.nextGaussian() / 2),
              90 + 4 * random.nextGaussian(),
              90 + 4 * random.nextGaussian(),
              hexagonal + 4 * random.nextGaussian());
      List<MetricSubgroups.Setting> settings = MetricSubgroups.of(cell, 5);
      assertThat(settings.get(settings.size() - 1).bravais()).isEqualTo("aP");
      for (MetricSubgroups.Setting s : settings) {
        assertThat(s.operators().size()).isIn(1, 2, 4, 6, 8, 12, 24);
      }
    }
  }

  /** The primitive cell of a face-centred cubic one, distorted; δ of cctbx. */
  @Test
  void deltasOfADistortedLatticeShouldBeThoseOfCctbx() {
    UnitCell cell = new UnitCell(6.02, 6.05, 6.10, 59.6, 60.3, 60.1);
    List<MetricSubgroups.Setting> settings = MetricSubgroups.of(cell, 5);
    assertThat(counts(cell))
        .isEqualTo(Map.of("cF", 1, "tI", 3, "hR", 4, "oI", 3, "oF", 1, "mC", 9, "aP", 1));
    assertThat(settings.get(0).delta()).isCloseTo(0.9469, within(2e-4));
    double least =
        settings.stream()
            .filter(s -> s.bravais().equals("mC"))
            .mapToDouble(MetricSubgroups.Setting::delta)
            .min()
            .getAsDouble();
    assertThat(least).isCloseTo(0.1344, within(2e-4));
  }

  @Test
  void orthorhombicAxesShouldRiseInLength() {
    UnitCell cell = new UnitCell(12.15, 5.48, 8.22, 90, 90, 90);
    MetricSubgroups.Setting s = MetricSubgroups.of(cell, 5).get(0);
    assertThat(s.bravais()).isEqualTo("oP");
    UnitCell c = conventional(cell, s);
    assertThat(c.a()).isCloseTo(5.48, within(1e-9));
    assertThat(c.c()).isCloseTo(12.15, within(1e-9));
  }

  @Test
  void aLatticeWithoutSymmetryShouldHaveTheTriclinicSettingOnly() {
    assertThat(MetricSubgroups.of(new UnitCell(6, 8, 11, 72, 81, 95), 2))
        .extracting(MetricSubgroups.Setting::bravais)
        .containsExactly("aP");
  }

  /** The axes of each setting must carry its group, whatever the description of the lattice. */
  @Test
  void everySettingShouldHaveTheSymmetryOfItsGroup() {
    UnitCell cell = new UnitCell(5, 5, 9, 90, 90, 120);
    for (MetricSubgroups.Setting s : MetricSubgroups.of(cell, 1)) {
      Crystal turned =
          Crystal.ofRealSpaceAxes(cell.orthogonalization().transpose(), SpaceGroup.ofNumber(1))
              .reindexed(s.change(), s.group());
      assertThat(turned.spaceGroup()).isEqualTo(s.group());
      double primitive = turned.cell().volume() / s.group().order() * pointOrder(s.group());
      assertThat(primitive).isCloseTo(cell.volume(), within(1e-6));
    }
  }

  private static int pointOrder(SpaceGroup g) {
    return g.order() / (int) g.operators().stream().filter(SymmetryOperator::isTranslation).count();
  }

  private static UnitCell conventional(UnitCell cell, MetricSubgroups.Setting s) {
    return Crystal.ofRealSpaceAxes(cell.orthogonalization().transpose(), SpaceGroup.ofNumber(1))
        .reindexed(s.change(), SpaceGroup.ofNumber(1))
        .cell();
  }
}
