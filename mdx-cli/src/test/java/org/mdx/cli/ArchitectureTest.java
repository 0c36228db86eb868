package org.mdx.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The arrows between the modules, and the size of every package. The command line stands above all
 * modules that are shipped, so all of their classes are seen here; each module has a test of its
 * own for the arrows within it.
 */
class ArchitectureTest {
  private static final int MOST_FILES = 25;

  private static final String[] CORE = {
    "org.mdx",
    "org.mdx.correct..",
    "org.mdx.crystal..",
    "org.mdx.expand..",
    "org.mdx.geometry..",
    "org.mdx.image..",
    "org.mdx.integrate..",
    "org.mdx.internal..",
    "org.mdx.map..",
    "org.mdx.mask..",
    "org.mdx.math..",
    "org.mdx.merge..",
    "org.mdx.parallel..",
    "org.mdx.peaks..",
    "org.mdx.pipeline..",
    "org.mdx.reindex..",
    "org.mdx.reintegrate..",
    "org.mdx.scale..",
    "org.mdx.scaling..",
    "org.mdx.sim..",
    "org.mdx.stats..",
    "org.mdx.table.."
  };

  private final JavaClasses mdx =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.mdx");

  @Test
  void modulesShouldKnowThoseBelowOnly() {
    forbid(
        CORE,
        "org.mdx.io..",
        "org.mdx.bragg..",
        "org.mdx.figures..",
        "org.mdx.microed..",
        "org.mdx.cli..");
    forbid(
        new String[] {"org.mdx.figures.."},
        "org.mdx.io..",
        "org.mdx.bragg..",
        "org.mdx.microed..",
        "org.mdx.cli..");
    forbid(new String[] {"org.mdx.bragg.."}, "org.mdx.io..", "org.mdx.microed..", "org.mdx.cli..");
    forbid(new String[] {"org.mdx.io.."}, "org.mdx.bragg..", "org.mdx.microed..", "org.mdx.cli..");
    forbid(new String[] {"org.mdx.microed.."}, "org.mdx.cli..");
    forbid(
        new String[] {"org.mdx.view.."},
        "org.mdx.io..",
        "org.mdx.bragg..",
        "org.mdx.microed..",
        "org.mdx.cli..");
  }

  private void forbid(String[] below, String... above) {
    noClasses()
        .that()
        .resideInAnyPackage(below)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above)
        .allowEmptyShould(true)
        .check(mdx);
  }

  @Test
  void packagesShouldNotDependOnEachOtherInCircles() {
    slices().assignedFrom(BY_PACKAGE).should().beFreeOfCycles().check(mdx);
  }

  private static final SliceAssignment BY_PACKAGE =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass c) {
          return c.getPackageName().startsWith("org.mdx")
              ? SliceIdentifier.of(c.getPackageName())
              : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
          return "each package";
        }
      };

  @Test
  void noPackageShouldHaveMoreThan25Files() {
    Map<String, Integer> files = new TreeMap<>();
    for (JavaClass c : mdx) {
      if (c.isTopLevelClass() && !c.getSimpleName().equals("package-info")) {
        files.merge(c.getPackageName(), 1, Integer::sum);
      }
    }
    files.replaceAll((name, n) -> n + 1); // package-info.java
    assertThat(files).hasSizeGreaterThan(60);
    assertThat(files)
        .allSatisfy((name, n) -> assertThat(n).as(name).isLessThanOrEqualTo(MOST_FILES));
  }

  @Test
  void commandsShouldNotKnowTheClassThatListsThem() {
    noClasses()
        .that()
        .resideInAPackage("org.mdx.cli.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.mdx.cli")
        .check(mdx);
  }

  @Test
  void whatCommandsShareShouldKnowNoCommand() {
    noClasses()
        .that()
        .resideInAnyPackage("org.mdx.cli.terminal..", "org.mdx.cli.value..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.mdx.cli.stage..",
            "org.mdx.cli.reduce..",
            "org.mdx.cli.file..",
            "org.mdx.cli.dials..",
            "org.mdx.cli.microed..",
            "org.mdx.cli.mdx2..")
        .check(mdx);
  }
}
