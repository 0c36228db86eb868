package org.mdx.microed;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the parts. */
class ArchitectureTest {
  private final JavaClasses microed =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.mdx.microed");

  @Test
  void partsShouldNotKnowEachOther() {
    slices()
        .matching("org.mdx.microed.(repack|process|blanks|detector|results)..")
        .should()
        .notDependOnEachOther()
        .check(microed);
  }

  @Test
  void partsShouldNotCallWhatPutsThemTogether() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.mdx.microed.repack..",
            "org.mdx.microed.process..",
            "org.mdx.microed.blanks..",
            "org.mdx.microed.detector..",
            "org.mdx.microed.results..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.mdx.microed.agent..", "org.mdx.microed.trials..")
        .check(microed);
  }

  @Test
  void whatPutsTrialsTogetherShouldNotCallTheAgent() {
    noClasses()
        .that()
        .resideInAPackage("org.mdx.microed.trials..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.mdx.microed.agent..")
        .check(microed);
  }
}
