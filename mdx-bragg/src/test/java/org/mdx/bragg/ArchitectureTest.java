package org.mdx.bragg;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of mdx-bragg. */
class ArchitectureTest {

  private final JavaClasses bragg =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.mdx.bragg");

  @Test
  void stepsShouldNotKnowEachOther() {
    slices()
        .matching("org.mdx.bragg.(spots|index|refine|profile|integrate|symmetry|scale|merge)..")
        .should()
        .notDependOnEachOther()
        .allowEmptyShould(true)
        .check(bragg);
  }

  @Test
  void kernelsShouldUseTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage("org.mdx.bragg.internal.kernel..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.mdx.bragg.internal.kernel..")
        .allowEmptyShould(true)
        .check(bragg);
  }

  @Test
  void theEngineShouldNotTouchFiles() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "org.mdx.io..")
        .allowEmptyShould(true)
        .check(bragg);
  }
}
