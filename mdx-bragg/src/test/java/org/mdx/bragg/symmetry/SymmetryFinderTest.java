package org.mdx.bragg.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.bragg.internal.intensity.SimulatedCrystal;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Measuring;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Sweep;
import org.mdx.bragg.twin.LTest;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.table.EmptyResultException;

/** Simulated intensities, told as triclinic in the reduced axes of their lattice. */
class SymmetryFinderTest {

  static UnitCell cell(String text) {
    double[] c =
        java.util.Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    return new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5]);
  }

  static Sweep triclinic(SimulatedCrystal crystal, UnitCell cell, Measuring m, int id, long seed) {
    Crystal conventional =
        Crystal.ofRealSpaceAxes(cell.orthogonalization().transpose(), crystal.group());
    ChangeOfBasis reduced = PreparedSweeps.toReduced(conventional);
    return crystal.measure(m, id, reduced, SpaceGroup.ofNumber(1), seed);
  }

  private static FoundSymmetry find(SimulatedCrystal crystal, UnitCell cell, long seed) {
    Sweep s = triclinic(crystal, cell, new Measuring().errors(1, 5, 0.03), 0, seed);
    return SymmetryFinder.find(List.of(s.geometry()), s.reflections(), SymmetryOptions.defaults());
  }

  /** Groups, many of them on a lattice of higher symmetry than their own. */
  @ParameterizedTest
  @CsvSource({
    "P 1, 22 25 28 90 90 90, -1",
    "P 1 21 1, 22 27 31 90 90 90, 2/m",
    "P 1 21 1, 22 27 31 90 104 90, 2/m",
    "C 1 2 1, 40 22 25 90 110 90, 2/m",
    "P 1 21/c 1, 18 24 29 90 98 90, 2/m",
    "P 21 21 21, 22 27 31 90 90 90, mmm",
    "P 21 21 2, 30 30 22 90 90 90, mmm",
    "C 2 2 21, 26 40 22 90 90 90, mmm",
    "P n m a, 18 25 31 90 90 90, mmm",
    "P 41, 28 28 24 90 90 90, 4/m",
    "I 4, 32 32 24 90 90 90, 4/m",
    "P 43 21 2, 28 28 35 90 90 90, 4/mmm",
    "P 31, 26 26 33 90 90 120, -3",
    "P 32 2 1, 26 26 33 90 90 120, -3m",
    "P 31 1 2, 26 26 33 90 90 120, -3m",
    "R 3 :H, 34 34 28 90 90 120, -3",
    "P 61, 28 28 35 90 90 120, 6/m",
    "P 65 2 2, 28 28 40 90 90 120, 6/mmm",
    "P 21 3, 30 30 30 90 90 90, m-3",
    "I 21 3, 34 34 34 90 90 90, m-3",
    "P 41 3 2, 36 36 36 90 90 90, m-3m",
    "F 4 3 2, 44 44 44 90 90 90, m-3m"
  })
  void groupShouldComeBackFromItsIntensities(String group, String cellText, String laue) {
    UnitCell cell = cell(cellText);
    SimulatedCrystal crystal = new SimulatedCrystal(group, cell, 2.2, 5);
    FoundSymmetry found = find(crystal, cell, 11);
    assertThat(found.laueGroup().group().laueGroup().symbol()).as(found.table()).isEqualTo(laue);
    assertThat(found.laueGroup().likelihood()).isGreaterThan(0.8);
    boolean right =
        found.extinction().groups().stream().anyMatch(g -> g.number() == crystal.group().number());
    if (!right) {
      assertThat(found.extinction().probability()).as(found.table()).isLessThan(0.9);
    }
    assertThat(found.extinctions().stream().filter(e -> e.probability() > 1e-3))
        .as(found.table())
        .anyMatch(e -> e.groups().stream().anyMatch(g -> g.number() == crystal.group().number()));
    Crystal c = found.geometries().get(0).crystal().orElseThrow();
    assertThat(c.spaceGroup()).isEqualTo(found.spaceGroup());
    assertThat(c.cell().volume())
        .isCloseTo(cell.volume(), org.assertj.core.data.Offset.offset(1.0));
  }

  @Test
  void approximateSymmetryShouldNotBeTaken() {
    UnitCell cell = cell("34 34 34 90 90 90");
    SimulatedCrystal crystal = new SimulatedCrystal("I 21 3", cell, 2.2, 3).pseudo(0.5, "I 41 3 2");
    FoundSymmetry found = find(crystal, cell, 12);
    assertThat(found.laueGroup().group().laueGroup().symbol()).isEqualTo("m-3");
  }

  /** Bright intensities tell a correlation of 0.88 from one of 0.98. */
  @ParameterizedTest
  @CsvSource({"I 4, 32 32 24 90 90 90, 4/m, I 4 2 2", "P 21 3, 30 30 30 90 90 90, m-3, P 42 3 2"})
  void nearSymmetryOfBrightIntensitiesShouldBeSeen(
      String group, String cellText, String laue, String over) {
    UnitCell cell = cell(cellText);
    for (long seed = 1; seed <= 3; seed++) {
      FoundSymmetry found =
          find(new SimulatedCrystal(group, cell, 2.2, seed).pseudo(0.73, over), cell, seed);
      assertThat(found.laueGroup().group().laueGroup().symbol()).as(found.table()).isEqualTo(laue);
      assertThat(found.laueGroup().likelihood()).as(found.table()).isGreaterThan(0.9);
    }
  }

  /** Errors make correlations of what is equivalent small, and of what is not. */
  @ParameterizedTest
  @CsvSource({
    "P 41, 28 28 24 90 90 90, 4/m, P 41 2 2",
    "I 4, 32 32 24 90 90 90, 4/m, I 4 2 2",
    "P 31, 26 26 33 90 90 120, -3, P 31 2 1",
    "P 61, 28 28 35 90 90 120, 6/m, P 61 2 2",
    "I 21 3, 34 34 34 90 90 90, m-3, I 41 3 2"
  })
  void weakIntensitiesShouldNotClaimAHigherGroup(
      String group, String cellText, String laue, String over) {
    UnitCell cell = cell(cellText);
    for (double part : new double[] {0, 0.5}) {
      SimulatedCrystal crystal = new SimulatedCrystal(group, cell, 2.2, 1);
      crystal = part > 0 ? crystal.pseudo(part, over) : crystal;
      double mean =
          java.util.Arrays.stream(
                  triclinic(crystal, cell, new Measuring(), 0, 1)
                      .reflections()
                      .get(ReflectionKeys.INTENSITY_PRF))
              .average()
              .orElseThrow();
      for (double signal : new double[] {0.3, 0.7, 1}) {
        Measuring weak = new Measuring().errors(1, mean / signal, 0.03);
        Sweep s = triclinic(crystal, cell, weak, 0, 100);
        FoundSymmetry found =
            SymmetryFinder.find(List.of(s.geometry()), s.reflections(), SymmetryOptions.defaults());
        if (!found.laueGroup().group().laueGroup().symbol().equals(laue)) {
          assertThat(found.laueGroup().likelihood()).as(found.table()).isLessThan(0.9);
        }
      }
    }
  }

  @Test
  void partialTwinShouldKeepItsLaueGroup() {
    UnitCell cell = cell("28 28 24 90 90 90");
    SimulatedCrystal crystal = new SimulatedCrystal("P 41", cell, 2, 4).twin(0.25, "y,x,-z");
    FoundSymmetry found = find(crystal, cell, 13);
    assertThat(found.laueGroup().group().laueGroup().symbol()).isEqualTo("4/m");
  }

  @Test
  void enantiomorphsShouldStandTogether() {
    UnitCell cell = cell("26 26 33 90 90 120");
    FoundSymmetry found = find(new SimulatedCrystal("P 31 2 1", cell, 2.2, 5), cell, 21);
    assertThat(found.extinction().groups().stream().map(SpaceGroup::number))
        .containsExactly(152, 154);
  }

  @Test
  void leakyAbsencesOfElectronsShouldBeSaid() {
    UnitCell cell = cell("22 27 31 90 90 90");
    SimulatedCrystal crystal = new SimulatedCrystal("P 21 21 21", cell, 2, 5).leaky(0.05);
    FoundSymmetry found = find(crystal, cell, 15);
    assertThat(found.notes()).anyMatch(n -> n.startsWith("electrons: multiple scattering"));
    assertThat(found.extinctions().stream().filter(e -> e.probability() > 1e-3))
        .anyMatch(e -> e.groups().get(0).number() == 19);
  }

  @Test
  void withoutAxialReflectionsNoScrewShouldBeClaimed() {
    UnitCell cell = cell("22 27 31 90 90 90");
    SimulatedCrystal crystal = new SimulatedCrystal("P 21 21 21", cell, 2.2, 5);
    Sweep s = triclinic(crystal, cell, new Measuring().errors(1, 5, 0.03), 0, 16);
    int[] h = s.reflections().get(ReflectionKeys.MILLER_INDEX);
    Reflections general =
        s.reflections()
            .where(
                i -> {
                  int zeros = 0;
                  for (int j = 0; j < 3; j++) {
                    zeros += h[3 * i + j] == 0 ? 1 : 0;
                  }
                  return zeros < 2;
                });
    FoundSymmetry found =
        SymmetryFinder.find(List.of(s.geometry()), general, SymmetryOptions.defaults());
    assertThat(found.extinction().probability()).isLessThan(0.5);
    assertThat(found.notes()).anyMatch(n -> n.startsWith("not enough axial reflections"));
  }

  @Test
  void inputsWithoutMeaningShouldBeSaid() {
    UnitCell cell = cell("22 27 31 90 90 90");
    SimulatedCrystal crystal = new SimulatedCrystal("P 21 21 21", cell, 3, 5);
    Sweep s = triclinic(crystal, cell, new Measuring(), 0, 17);
    List<Geometry> one = List.of(s.geometry());
    SymmetryOptions o = SymmetryOptions.defaults();
    Reflections r = s.reflections();
    assertThatThrownBy(() -> SymmetryFinder.find(one, r.without(ReflectionKeys.LP), o))
        .hasMessageContaining("no column lp");
    double[] negative = new double[r.size()];
    assertThatThrownBy(
            () ->
                SymmetryFinder.find(
                    one, r.with(ReflectionKeys.INTENSITY_PRF_VARIANCE, negative), o))
        .isInstanceOf(EmptyResultException.class)
        .hasMessageContaining("whose variance is not above 0");
    int[] unindexed = new int[r.size()];
    java.util.Arrays.fill(unindexed, -1);
    assertThatThrownBy(() -> SymmetryFinder.find(one, r.with(ReflectionKeys.ID, unindexed), o))
        .hasMessageContaining("not indexed");
    Geometry other =
        s.geometry()
            .withCrystal(
                Crystal.ofRealSpaceAxes(
                    cell("40 41 42 90 90 90").orthogonalization().transpose(),
                    SpaceGroup.ofNumber(1)));
    assertThatThrownBy(() -> SymmetryFinder.find(List.of(s.geometry(), other), r, o))
        .hasMessageContaining("experiment 1 has the cell 40.000");
    long[] flags = new long[r.size()];
    java.util.Arrays.fill(flags, ReflectionFlag.INDEXED.mask());
    assertThatThrownBy(() -> SymmetryFinder.find(one, r.with(ReflectionKeys.FLAGS, flags), o))
        .hasMessageContaining("not integrated");
  }

  @Test
  void oneReflectionShouldLeaveTheGroupOpen() {
    UnitCell cell = cell("22 27 31 90 90 90");
    SimulatedCrystal crystal = new SimulatedCrystal("P 21 21 21", cell, 3, 5);
    Sweep s = triclinic(crystal, cell, new Measuring(), 0, 17);
    FoundSymmetry found =
        SymmetryFinder.find(
            List.of(s.geometry()), s.reflections().select(3), SymmetryOptions.defaults());
    assertThat(found.laueGroup().group().laueGroup().symbol()).isEqualTo("-1");
    assertThat(found.notes()).anyMatch(n -> n.startsWith("the Laue group is not certain"));
  }

  /** One intensity of 10³⁰ made all others look absent, and another space group certain. */
  @Test
  void singleIntensitiesShouldNotDecide() {
    UnitCell cell = cell("34 34 34 90 90 90");
    SimulatedCrystal crystal = new SimulatedCrystal("I 21 3", cell, 2.2, 5);
    Sweep s = triclinic(crystal, cell, new Measuring().errors(1, 5, 0.03), 0, 11);
    Reflections r = s.reflections();
    for (int k = 0; k < 12; k++) {
      double[] i = r.get(ReflectionKeys.INTENSITY_PRF).clone();
      i[i.length * k / 12] = 1e30;
      FoundSymmetry found =
          SymmetryFinder.find(
              List.of(s.geometry()),
              r.with(ReflectionKeys.INTENSITY_PRF, i),
              SymmetryOptions.defaults());
      assertThat(found.laueGroup().group().laueGroup().symbol()).isEqualTo("m-3");
      assertThat(found.extinction().groups()).as(found.table()).anyMatch(g -> g.number() == 199);
    }
  }

  @Test
  void noiseShouldHaveNoSymmetry() {
    UnitCell cell = cell("34 34 34 90 90 90");
    SimulatedCrystal crystal = new SimulatedCrystal("I 21 3", cell, 2.2, 5);
    Sweep s = triclinic(crystal, cell, new Measuring(), 0, 11);
    java.util.Random random = new java.util.Random(3);
    int n = s.reflections().size();
    double[] noise = random.doubles(n).map(u -> 10 * random.nextGaussian()).toArray();
    double[] variance = new double[n];
    java.util.Arrays.fill(variance, 100);
    Reflections r =
        s.reflections()
            .with(ReflectionKeys.INTENSITY_PRF, noise)
            .with(ReflectionKeys.INTENSITY_PRF_VARIANCE, variance);
    assertThatThrownBy(
            () -> SymmetryFinder.find(List.of(s.geometry()), r, SymmetryOptions.defaults()))
        .isInstanceOf(EmptyResultException.class)
        .hasMessageContaining("intensities are noise");
  }

  /** Correlations do not tell a twin from a higher symmetry; the L test does. */
  @ParameterizedTest
  @CsvSource({
    "P 41, 28 28 24 90 90 90, 'y,x,-z', 4/mmm",
    "I 4, 36 36 24 90 90 90, 'y,x,-z', 4/mmm",
    "P 31, 26 26 33 90 90 120, '-x,-y,z', 6/m",
    "R 3 :H, 40 40 30 90 90 120, 'y,x,-z', -3m",
    "P 61, 28 28 35 90 90 120, 'y,x,-z', 6/mmm",
    "P 21 3, 34 34 34 90 90 90, 'y,x,-z', m-3m"
  })
  void nearlyPerfectTwinShouldNotBeTheHigherGroup(
      String group, String text, String law, String higher) {
    UnitCell cell = cell(text);
    FoundSymmetry found = find(new SimulatedCrystal(group, cell, 2, 4).twin(0.47, law), cell, 5);
    double ofHigher =
        found.laueGroups().stream()
            .filter(g -> g.group().laueGroup().symbol().equals(higher))
            .mapToDouble(SubgroupScore::likelihood)
            .sum();
    assertThat(ofHigher).as(found.table()).isLessThan(0.2);
    assertThat(found.laueGroups().stream().mapToDouble(SubgroupScore::likelihood).sum())
        .isCloseTo(1, within(1e-9));
    LTest test = found.twins().lTest();
    assertThat(test.meanAbsolute()).isBetween(0.33, 0.43);
    assertThat(test.meanSquare()).isBetween(0.15, 0.26);
    assertThat(found.notes())
        .anyMatch(n -> n.startsWith("intensity statistics look twinned: <|L|> = 0."));
    assertThat(found.twins().laws()).anyMatch(l -> l.fraction() > 0.42);
  }

  /** Multiple scattering lowers |L| too, so that it says nothing of electrons. */
  @Test
  void statisticsOfElectronsShouldNotLowerAClaim() {
    UnitCell cell = cell("28 28 24 90 90 90");
    SimulatedCrystal crystal = new SimulatedCrystal("P 41", cell, 2, 4).twin(0.49, "y,x,-z");
    FoundSymmetry found = find(crystal.leaky(0), cell, 5);
    assertThat(found.laueGroup().group().laueGroup().symbol()).isEqualTo("4/mmm");
    assertThat(found.laueGroup().likelihood()).as(found.table()).isGreaterThan(0.9);
    assertThat(found.notes())
        .anyMatch(n -> n.startsWith("electrons: multiple scattering changes the statistics"));
  }

  @ParameterizedTest
  @CsvSource({
    "P 43 21 2, 28 28 35 90 90 90",
    "P 41, 28 28 24 90 90 90",
    "P 41 3 2, 36 36 36 90 90 90"
  })
  void untwinnedCrystalShouldHaveNeighboursOfWilsonsDistribution(String group, String text) {
    UnitCell cell = cell(text);
    FoundSymmetry found = find(new SimulatedCrystal(group, cell, 2, 4), cell, 5);
    LTest test = found.twins().lTest();
    assertThat(test.isEnough()).isTrue();
    assertThat(test.meanAbsolute()).isCloseTo(0.5, within(3 * test.sigma()));
    assertThat(test.looksTwinned()).isFalse();
    assertThat(found.laueGroup().likelihood()).isGreaterThan(0.9);
  }
}
