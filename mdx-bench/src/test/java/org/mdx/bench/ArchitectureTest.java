package org.mdx.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between benchmarks, studies and the guard that compares measurements. */
class ArchitectureTest {
  private final JavaClasses bench =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.mdx.bench");

  @Test
  void roomsShouldNotKnowEachOtherInCircles() {
    slices().matching("org.mdx.bench.(*)..").should().beFreeOfCycles().check(bench);
  }

  @Test
  void benchmarksAndStudiesShouldNotKnowTheGuard() {
    noClasses()
        .that()
        .resideInAnyPackage("org.mdx.bench", "org.mdx.bench.scaling..", "org.mdx.bench.study..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.mdx.bench.guard..")
        .check(bench);
  }
}
