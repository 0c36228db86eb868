package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.bragg.Bragg;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.input.Images;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** The examples compile and run as they stand, in a folder with simulated images. */
class ExamplesTest {
  private static final Path ROOT = Path.of("..");

  @TempDir private static Path work;

  @BeforeAll
  static void simulate() throws IOException {
    SimulatedData.write(work.resolve("data"));
  }

  /** Runs a source file with this build's classes in a folder that has the images. */
  private static String runExample(String name) throws IOException, InterruptedException {
    Path output = work.resolve(name + ".txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--class-path",
                System.getProperty("java.class.path"),
                ROOT.resolve("examples").resolve(name + ".java").toAbsolutePath().toString())
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(300, TimeUnit.SECONDS)).as(name).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  /** The words of the first command of a name in the README, without continuation lines. */
  private static List<String> readmeCommand(String command) throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    Matcher found =
        Pattern.compile(
                "^    \\./mdx (" + command + " (?:[^\\n]*\\\\\\n)*[^\\n]*)$", Pattern.MULTILINE)
            .matcher(readme);
    assertThat(found.find()).isTrue();
    return List.of(found.group(1).replace("\\\n", " ").replaceAll("#.*", "").trim().split("\\s+"));
  }

  @Test
  void readmeShouldShowTheExampleThatIsCompiled() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertThat(readme)
        .contains(
            "```java\n" + Files.readString(ROOT.resolve("examples/ReduceSweeps.java")) + "```");
  }

  @Test
  void theManualOfTheBraggSideShouldShowAnExampleThatFindsTheCell() throws Exception {
    assertThat(Files.readString(ROOT.resolve("docs/bragg.md")))
        .contains(
            "```java\n" + Files.readString(ROOT.resolve("examples/IndexImages.java")) + "```");
    // the primitive cell of a body-centred cube with an edge of 30 Å
    assertThat(runExample("IndexImages"))
        .containsPattern(
            "25\\.9[789]\\d 25\\.9[789]\\d 25\\.9[789]\\d Å 109\\.[45]\\d 109\\.[45]\\d 109\\.[45]\\d");
  }

  @Test
  void javaAndCommandLineShouldFindTheSameCrystal() throws Exception {
    Path list = work.resolve("data/xtal1/indexed.expt");
    Path strong = work.resolve("strong.refl");
    Path indexed = work.resolve("indexed.refl");
    assertThat(SimulatedData.run("find-spots", list, "--output", strong).code()).isZero();
    Path lattice = work.resolve("lattice.expt");
    SimulatedData.Outcome o =
        SimulatedData.run(
            "index", list, strong, "--output", indexed, "--output-experiments", lattice);
    assertThat(o.code()).as(o.err()).isZero();
    Reflections files = ReflectionFile.readReflections(indexed);
    Reflections java = Bragg.sweep(Images.open(list)).index().indexed().orElseThrow().reflections();
    assertThat(files.size()).isEqualTo(java.size()).isGreaterThan(100);
    for (ReflectionKey<double[]> key :
        List.of(ReflectionKeys.XYZOBS_PX, ReflectionKeys.XYZCAL_PX, ReflectionKeys.RLP)) {
      assertThat(files.get(key)).as(key.name()).isEqualTo(java.get(key));
    }
    assertThat(files.get(ReflectionKeys.MILLER_INDEX))
        .isEqualTo(java.get(ReflectionKeys.MILLER_INDEX));
  }

  @Test
  void javaAndCommandLineOfTheReadmeShouldGiveTheSameBytes() throws Exception {
    assertThat(runExample("ReduceSweeps")).contains("Reduction[2 sweeps, Scaled[");
    List<Object> words = new ArrayList<>();
    for (String word : readmeCommand("reduce")) {
      boolean file = word.startsWith("data/") || word.equals("result");
      words.add(file ? work.resolve(word) : word);
    }
    SimulatedData.Outcome o = SimulatedData.run(words.toArray());
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    assertThat(work.resolve("merged.nxs"))
        .hasSameBinaryContentAs(work.resolve("result/merged.nxs"));
  }

  @ParameterizedTest
  @CsvSource({
    "StageByStage, map.nxs, 'ReciprocalMap[intensity'",
    "Backgrounds, xtal2_background.nxs, 'voxels'"
  })
  void otherExamplesShouldRun(String name, String file, String printed) throws Exception {
    assertThat(runExample(name)).contains(printed);
    assertThat(Files.size(work.resolve(file))).isPositive();
  }
}
