package org.mdx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of mdx-core. */
class ArchitectureTest {

  private static final String[] NOUNS = {
    "org.mdx.crystal..",
    "org.mdx.geometry..",
    "org.mdx.image..",
    "org.mdx.table..",
    "org.mdx.reflection..",
    "org.mdx.prediction..",
    "org.mdx.scale..",
    "org.mdx.map.."
  };
  private static final String[] VERBS = {
    "org.mdx.peaks..",
    "org.mdx.integrate..",
    "org.mdx.correct..",
    "org.mdx.reindex..",
    "org.mdx.reintegrate..",
    "org.mdx.scaling..",
    "org.mdx.merge..",
    "org.mdx.expand..",
    "org.mdx.mask..",
    "org.mdx.stats.."
  };
  private static final String[] TOP = {"org.mdx", "org.mdx.pipeline.."};
  private static final String[] BELOW = {
    "org.mdx.math..", "org.mdx.parallel..", "org.mdx.markup.."
  };
  private static final String KERNEL = "org.mdx.internal.kernel..";

  private final JavaClasses core =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.mdx");

  @Test
  void nounsShouldNotKnowVerbsOrThePipelineOrTheSimulator() {
    for (String[] above : new String[][] {VERBS, TOP, {"org.mdx.sim.."}}) {
      noClasses()
          .that()
          .resideInAnyPackage(NOUNS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above)
          .check(core);
    }
  }

  @Test
  void verbsShouldNotKnowEachOther() {
    slices()
        .matching(
            "org.mdx.(peaks|integrate|correct|reindex|reintegrate|scaling|merge|expand|mask|stats)..")
        .should()
        .notDependOnEachOther()
        .check(core);
  }

  @Test
  void verbsShouldNotKnowThePipelineOrTheSimulator() {
    noClasses()
        .that()
        .resideInAnyPackage(VERBS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.mdx", "org.mdx.pipeline..", "org.mdx.sim..")
        .check(core);
  }

  @Test
  void kernelsShouldUseTheJdkAlone() {
    classes()
        .that()
        .resideInAPackage(KERNEL)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", KERNEL)
        .check(core);
  }

  @Test
  void mathThreadsAndMarkupShouldUseTheJdkAlone() {
    classes()
        .that()
        .resideInAnyPackage(BELOW)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.mdx.math..", "org.mdx.parallel..", "org.mdx.markup..")
        .check(core);
  }

  @Test
  void theSimulatorShouldKnowNounsOnly() {
    noClasses()
        .that()
        .resideInAPackage("org.mdx.sim..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(VERBS)
        .check(core);
  }

  @Test
  void theCoreShouldNotTouchFilesOrTheNetwork() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.net..", "java.nio.channels..")
        .check(core);
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.io\\.(File|FileInputStream|FileOutputStream|RandomAccessFile)")
        .check(core);
  }

  @Test
  void everyPackageShouldSayWhatItIsFor() {
    classes()
        .should(
            new ArchCondition<>("lie in a package with package-info") {
              @Override
              public void check(JavaClass c, ConditionEvents events) {
                boolean documented =
                    Files.exists(
                        Path.of(
                            "src/main/java",
                            c.getPackageName().replace('.', '/'),
                            "package-info.java"));
                events.add(
                    new SimpleConditionEvent(
                        c, documented, c.getPackageName() + " has no package-info.java"));
              }
            })
        .check(core);
  }
}
