package org.mdx.io;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between the formats. */
class ArchitectureTest {
  /** Packages of formats; a new one is added here. */
  private static final List<String> FORMATS =
      List.of(
          "cbf",
          "ccp4",
          "cif",
          "dials",
          "emd",
          "instrument",
          "lunus",
          "mrc",
          "mtz",
          "nexus",
          "npy",
          "nxdata",
          "nxmx",
          "smv",
          "text",
          "tiff",
          "vtk",
          "yell");

  private static final JavaClasses IO =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.mdx.io");

  @Test
  void formatsShouldNotKnowEachOther() {
    slices()
        .matching("org.mdx.io.(" + String.join("|", FORMATS) + ")..")
        .should()
        .notDependOnEachOther()
        .check(IO);
  }

  @Test
  void theHdf5ContainerShouldKnowNoFormat() {
    noClasses()
        .that()
        .resideInAnyPackage("org.mdx.io.hdf5..", "org.mdx.io.internal.hdf5..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.mdx.io.cbf..",
            "org.mdx.io.dials..",
            "org.mdx.io.nexus..",
            "org.mdx.io.yell..",
            "org.mdx.io.nxdata..",
            "org.mdx.io.volume..",
            "org.mdx.io.image..",
            "org.mdx.io.mrc..",
            "org.mdx.io.sim..",
            "org.mdx.io.smv..",
            "org.mdx.io.tiff..")
        .check(IO);
  }

  /** Structures are below all; copies know nothing of the reader, and writing nothing of either. */
  @Test
  void roomsOfTheContainerShouldNotKnowThoseAboveThem() {
    String rooms = "org.mdx.io.internal.hdf5.";
    slices().matching(rooms + "(*)..").should().beFreeOfCycles().check(IO);
    for (String[] arrow :
        new String[][] {
          {"structure", "index", "codec", "read", "write", "copy"},
          {"index", "codec", "read", "write", "copy"},
          {"codec", "index", "read", "write", "copy"},
          {"write", "codec", "read", "copy"},
          {"read", "write", "copy"},
          {"copy", "read"}
        }) {
      for (int i = 1; i < arrow.length; i++) {
        noClasses()
            .that()
            .resideInAPackage(rooms + arrow[0])
            .should()
            .dependOnClassesThat()
            .resideInAPackage(rooms + arrow[i])
            .check(IO);
      }
    }
  }

  @Test
  void theRoomsOfTheContainerShouldUseItsPlainTypesOnly() {
    noClasses()
        .that()
        .resideInAPackage("org.mdx.io.internal.hdf5..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.mdx.io.hdf5")
        .check(IO);
  }

  @Test
  void roomsShouldBeEnteredByTheContainerAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.mdx.io.hdf5..", "org.mdx.io.internal.hdf5..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.mdx.io.internal.hdf5..")
        .check(IO);
  }

  @Test
  void whatFormatsShareShouldKnowNoFormat() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.mdx.io",
            "org.mdx.io.image..",
            "org.mdx.io.volume..",
            "org.mdx.io.output..",
            "org.mdx.io.toml..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.concat(FORMATS.stream(), Stream.of("hdf5", "sim"))
                .map(f -> "org.mdx.io." + f + "..")
                .toArray(String[]::new))
        .check(IO);
  }

  @Test
  void formatsShouldNotKnowWhoPutsThemTogether() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.mdx.io.sweep..", "org.mdx.io.input..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.mdx.io.sweep..")
        .check(IO);
    noClasses()
        .that()
        .resideOutsideOfPackage("org.mdx.io.input..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.mdx.io.input..")
        .check(IO);
    noClasses()
        .that()
        .resideInAPackage("org.mdx.io.sweep..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.mdx.io.cbf..",
            "org.mdx.io.smv..",
            "org.mdx.io.mrc..",
            "org.mdx.io.tiff..",
            "org.mdx.io.emd..",
            "org.mdx.io.nxmx..",
            "org.mdx.io.nexus..")
        .check(IO);
  }
}
