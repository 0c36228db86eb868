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

  private final JavaClasses io =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.mdx.io");

  @Test
  void formatsShouldNotKnowEachOther() {
    slices()
        .matching("org.mdx.io.(" + String.join("|", FORMATS) + ")..")
        .should()
        .notDependOnEachOther()
        .check(io);
  }

  @Test
  void theHdf5ContainerShouldKnowNoFormat() {
    noClasses()
        .that()
        .resideInAPackage("org.mdx.io.hdf5..")
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
        .check(io);
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
        .check(io);
  }

  @Test
  void formatsShouldNotKnowWhoPutsThemTogether() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.mdx.io.sweep..", "org.mdx.io.input..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.mdx.io.sweep..")
        .check(io);
    noClasses()
        .that()
        .resideOutsideOfPackage("org.mdx.io.input..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.mdx.io.input..")
        .check(io);
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
        .check(io);
  }
}
