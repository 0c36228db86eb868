package org.mdx.bragg.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Real and public sweeps whose symmetry is known, integrated by DIALS. */
class ReferenceSymmetryTest {
  private final List<Geometry> geometries = new ArrayList<>();
  private final List<Reflections> tables = new ArrayList<>();

  private void read(String list, String table) throws IOException {
    Path folder = Path.of(System.getProperty("mdx.reference", "absent"));
    Assumptions.assumeTrue(
        Files.exists(folder.resolve(list)), "skipped: no reference data " + folder.resolve(list));
    int id = geometries.size();
    Dials.experiments(folder.resolve(list)).stream()
        .map(DialsExperiment::geometry)
        .forEach(geometries::add);
    Reflections r = ReflectionFile.readReflections(folder.resolve(table));
    int[] ids = r.get(ReflectionKeys.ID);
    for (int i = 0; i < ids.length; i++) {
      ids[i] += ids[i] < 0 ? 0 : id;
    }
    tables.add(r.with(ReflectionKeys.ID, ids).withIdentifiers(java.util.Map.of()));
  }

  /** dials.cosym 3.12: −z, −y, −x for one of them, Laue group m-3. */
  @Test
  void sweepsOfDialsShouldAgreeByTheKnownOperator() throws IOException {
    for (String x : List.of("xtal1", "xtal2")) {
      read("dials/" + x + "/integrated.expt", "dials/" + x + "/integrated.refl");
    }
    FoundCosym found =
        Cosym.find(geometries, Reflections.concatenate(tables), CosymOptions.defaults());
    assertThat(found.symmetry().laueGroup().group().laueGroup().symbol()).isEqualTo("m-3");
    assertThat(found.symmetry().extinction().groups().stream().map(SpaceGroup::number))
        .contains(197, 199);
    assertThat(found.operators().get(0)).isEqualTo(ChangeOfBasis.IDENTITY);
    ChangeOfBasis between = found.operators().get(1).times(ChangeOfBasis.of("-z,-y,-x").inverse());
    LaueGroup laue = found.symmetry().spaceGroup().laueGroup();
    boolean equivalent = false;
    for (int n = 0; n < laue.order(); n++) {
      boolean same = true;
      for (int i = 0; i < 9; i++) {
        same &= laue.operator(n)[i] == Math.round(between.element(i / 3, i % 3));
      }
      equivalent |= same;
    }
    assertThat(equivalent).as(found.table()).isTrue();
  }

  /** Together they look like I 4/m, with a probability of 1. */
  @Test
  void sweepsOfDialsThatAreIndexedDifferentlyShouldBeTold() throws IOException {
    for (String x : List.of("xtal1", "xtal2")) {
      read("dials/" + x + "/integrated.expt", "dials/" + x + "/integrated.refl");
    }
    FoundSymmetry found =
        SymmetryFinder.find(
            geometries, Reflections.concatenate(tables), SymmetryOptions.defaults());
    assertThat(found.notes()).anyMatch(n -> n.contains("may be indexed differently"));
  }

  @Test
  void cysteineShouldBeP212121() throws IOException {
    for (int n : List.of(20, 25, 30, 35)) {
      String name = "real/bragg/l_cysteine_integrated/" + n + "_integrated";
      read(name + "_experiments.json", name + ".pickle");
    }
    FoundSymmetry found =
        SymmetryFinder.find(
            geometries, Reflections.concatenate(tables), SymmetryOptions.defaults());
    assertThat(found.spaceGroup().number()).isEqualTo(19);
    assertThat(found.extinction().probability()).isGreaterThan(0.9);
  }

  @Test
  void quartzShouldBeOneOfTwoEnantiomorphs() throws IOException {
    String name = "real/bragg/quartz_processed/integrated";
    read(name + ".expt", name + ".refl");
    FoundSymmetry found =
        SymmetryFinder.find(geometries, tables.get(0), SymmetryOptions.defaults());
    assertThat(found.extinction().groups().stream().map(SpaceGroup::number))
        .containsExactly(152, 154);
  }
}
