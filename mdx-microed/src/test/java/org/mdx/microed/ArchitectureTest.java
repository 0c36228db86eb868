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

  /** From below; what puts the agent together, org.mdx.microed.agent itself, stands above all. */
  @Test
  void theAgentsRoomsShouldKnowThoseBelowOnly() {
    String[] rooms = {"system", "steps", "config", "journal", "watch", "page"};
    for (int i = 0; i < rooms.length; i++) {
      String[] above = new String[rooms.length - i];
      above[0] = "org.mdx.microed.agent";
      for (int j = 1; j < above.length; j++) {
        above[j] = "org.mdx.microed.agent." + rooms[i + j] + "..";
      }
      noClasses()
          .that()
          .resideInAPackage("org.mdx.microed.agent." + rooms[i] + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above)
          .check(microed);
    }
  }

  @Test
  void enginesShouldNotKnowPipelinesNorPipelinesTrials() {
    noClasses()
        .that()
        .resideInAPackage("org.mdx.microed.process.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.mdx.microed.process", "org.mdx.microed.process.pipeline..")
        .check(microed);
    noClasses()
        .that()
        .resideInAPackage("org.mdx.microed.process.pipeline..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.mdx.microed.process")
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
