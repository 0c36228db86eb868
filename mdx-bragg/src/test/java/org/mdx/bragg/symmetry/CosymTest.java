package org.mdx.bragg.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mdx.bragg.internal.intensity.SimulatedCrystal;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Measuring;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Sweep;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Sweeps in random ones of the axes that their lattice allows. */
class CosymTest {
  private static final String[] TURNS = {"x,y,z", "-z,-y,-x", "y,z,x", "-y,-x,-z", "z,-y,x"};

  /** Whether a sweep was turned out of the Laue group m-3 by its number among the turns. */
  private static final boolean[] ODD = {false, true, false, true, true};

  private record Wedges(List<Geometry> geometries, Reflections reflections, List<Boolean> odd) {}

  private static Wedges wedges(String group, int count, double degrees, double dMin) {
    UnitCell cell = SymmetryFinderTest.cell("34 34 34 90 90 90");
    SimulatedCrystal crystal = new SimulatedCrystal(group, cell, dMin, 8);
    Random random = new Random(4);
    List<Geometry> geometries = new ArrayList<>();
    List<Reflections> tables = new ArrayList<>();
    List<Boolean> odd = new ArrayList<>();
    SpaceGroup told = SpaceGroup.parse(group.startsWith("I") ? "I 1" : "P 1");
    for (int i = 0; i < count; i++) {
      int turn = i == 0 ? 0 : random.nextInt(TURNS.length);
      Measuring m = new Measuring().scan(0, degrees, 2 * degrees).errors(1, 5, 0.03);
      Sweep s = crystal.measure(m, i, ChangeOfBasis.of(TURNS[turn]), told, 100 + i);
      geometries.add(s.geometry());
      tables.add(s.reflections());
      odd.add(ODD[turn]);
    }
    return new Wedges(geometries, Reflections.concatenate(tables), odd);
  }

  private static void requireAgreement(FoundCosym found, Wedges w) {
    for (int i = 0; i < w.odd().size(); i++) {
      boolean turned =
          !found.symmetry().spaceGroup().laueGroup().symbol().equals("m-3")
              || !isEven(found.operators().get(i));
      assertThat(turned).as("sweep %d%n%s", i, found.table()).isEqualTo(w.odd().get(i));
    }
  }

  /** The rotations of m-3 permute the axes cyclically. */
  private static boolean isEven(ChangeOfBasis c) {
    int first = 0;
    int second = 0;
    for (int j = 0; j < 3; j++) {
      first = c.element(0, j) != 0 ? j : first;
      second = c.element(1, j) != 0 ? j : second;
    }
    return (second - first + 3) % 3 == 1;
  }

  @Test
  void sweepsShouldBeBroughtIntoTheSameAxes() {
    Wedges w = wedges("P 21 3", 6, 20, 2.4);
    FoundCosym found = Cosym.find(w.geometries(), w.reflections(), CosymOptions.defaults());
    requireAgreement(found, w);
    assertThat(found.symmetry().extinction().groups().get(0).number()).isEqualTo(198);
    assertThat(found.intensityClusters()).hasSize(1);
  }

  /** Without the word the group is wrong, and its probability may be 1. */
  @Test
  void symmetryShouldTellOfSweepsThatAreIndexedDifferently() {
    Wedges w = wedges("P 21 3", 6, 60, 2.6);
    for (int other = 1; other < 6; other++) {
      Reflections all = w.reflections();
      int second = other;
      int[] id = all.get(ReflectionKeys.ID);
      int[] rows =
          IntStream.range(0, id.length).filter(i -> id[i] == 0 || id[i] == second).toArray();
      Reflections two = all.select(rows);
      int[] renamed = Arrays.stream(two.get(ReflectionKeys.ID)).map(i -> Math.min(i, 1)).toArray();
      FoundSymmetry found =
          SymmetryFinder.find(
              List.of(w.geometries().get(0), w.geometries().get(other)),
              two.with(ReflectionKeys.ID, renamed).withIdentifiers(Map.of()),
              SymmetryOptions.defaults());
      assertThat(found.notes().stream().anyMatch(n -> n.contains("may be indexed differently")))
          .as("sweep %d: %s", other, found.notes())
          .isEqualTo(w.odd().get(other));
    }
  }

  @Test
  void narrowWedgesShouldAgreeToo() {
    Wedges w = wedges("I 21 3", 42, 2, 2.6);
    FoundCosym found = Cosym.find(w.geometries(), w.reflections(), CosymOptions.defaults());
    requireAgreement(found, w);
    assertThat(found.symmetry().extinction().groups().stream().map(SpaceGroup::number))
        .contains(197, 199);
  }

  @Test
  void anotherCrystalShouldBeNamed() {
    Wedges w = wedges("P 21 3", 4, 20, 2.6);
    UnitCell larger = SymmetryFinderTest.cell("40 40 40 90 90 90");
    Measuring m = new Measuring().scan(0, 10, 20).errors(1, 5, 0.03);
    Sweep strange =
        new SimulatedCrystal("P 21 3", larger, 3, 1)
            .measure(m, 4, ChangeOfBasis.IDENTITY, SpaceGroup.parse("P 1"), 9);
    UnitCell same = SymmetryFinderTest.cell("34 34 34 90 90 90");
    Sweep other =
        new SimulatedCrystal("P 21 3", same, 2.6, 77)
            .measure(m.scan(0, 20, 40), 5, ChangeOfBasis.IDENTITY, SpaceGroup.parse("P 1"), 10);
    List<Geometry> geometries = new ArrayList<>(w.geometries());
    geometries.add(strange.geometry());
    geometries.add(other.geometry());
    Reflections all =
        Reflections.concatenate(
            List.of(w.reflections(), strange.reflections(), other.reflections()));
    FoundCosym found = Cosym.find(geometries, all, CosymOptions.defaults());
    assertThat(found.kept()).containsExactly(0, 1, 2, 3, 5);
    assertThat(found.cellClusters()).containsExactly(List.of(0, 1, 2, 3, 5), List.of(4));
    assertThat(found.symmetry().notes())
        .anyMatch(n -> n.startsWith("sweeps [4] are left out"))
        .anyMatch(n -> n.startsWith("sweep 5 correlates with the others by"));
    assertThat(found.intensityClusters()).contains(List.of(0, 1, 2, 3), List.of(5));
    assertThat(found.symmetry().reflections().identifiers().get(4)).isEqualTo("sweep5");
  }

  @Test
  void oneSweepShouldKeepItsAxes() {
    Wedges w = wedges("P 21 3", 1, 30, 2.6);
    FoundCosym found = Cosym.find(w.geometries(), w.reflections(), CosymOptions.defaults());
    assertThat(found.operators()).containsExactly(ChangeOfBasis.IDENTITY);
    assertThat(found.symmetry().laueGroup().group().laueGroup().symbol()).isEqualTo("m-3");
  }
}
