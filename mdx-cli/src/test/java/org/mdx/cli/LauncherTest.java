package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.mdx2.Shim;
import org.mdx.cli.phil.DialsProgram;
import org.mdx.cli.phil.DialsPrograms;

/** What the script mdx does before it starts Java. */
class LauncherTest {

  /** The locale that Java would have. */
  private static String locale(Map<String, String> given) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "skipped: no sh");
    String script = Files.readString(Path.of("../mdx"));
    int from = script.indexOf("charset=");
    int to = script.indexOf("\nesac", from) + 5;
    ProcessBuilder builder =
        new ProcessBuilder(
            "/bin/sh", "-c", script.substring(from, to) + "\necho \"$LC_ALL|$LC_CTYPE|$LANG\"");
    builder.environment().keySet().removeIf(k -> k.startsWith("LC_") || k.startsWith("LANG"));
    builder.environment().putAll(given);
    Process p = builder.redirectErrorStream(true).start();
    return new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @Test
  void aLocaleWithoutCharactersShouldBecomeUtf8() throws Exception {
    assertThat(locale(Map.of())).isEqualTo("|C.UTF-8|");
    assertThat(locale(Map.of("LANG", "C"))).isEqualTo("|C.UTF-8|C");
    assertThat(locale(Map.of("LC_ALL", "POSIX"))).isEqualTo("C.UTF-8||");
  }

  @Test
  void anotherLocaleShouldStay() throws Exception {
    assertThat(locale(Map.of("LC_ALL", "C.UTF-8"))).isEqualTo("C.UTF-8||");
  }

  @TempDir Path dir;

  /** What a Java that only notes its arguments is told. */
  private String told(String... args) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "skipped: no sh");
    Path java = Files.createDirectories(dir.resolve("jdk/bin")).resolve("java");
    Files.createDirectories(dir.resolve("mdx-cli/target"));
    Files.writeString(dir.resolve("mdx-cli/target/mdx.jar"), "jar");
    Files.copy(Path.of("../mdx"), dir.resolve("mdx"), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(java, "#!/bin/sh\necho \"$*\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    List<String> command = new ArrayList<>(List.of("/bin/sh", dir.resolve("mdx").toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", dir.resolve("jdk").toString());
    Process p = builder.start();
    String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(p.waitFor()).isZero();
    return said.strip();
  }

  @Test
  void aShortCommandShouldRunWithTheFirstCompilerAlone() throws Exception {
    assertThat(told("index", "a b")).contains("TieredStopAtLevel=1").endsWith("mdx.jar index a b");
  }

  @Test
  void aFitShouldRunWithTheFirstCompilerAloneAndLittleMemory() throws Exception {
    assertThat(told("refine", "a b")).contains("TieredStopAtLevel=1").contains("MaxNewSize=32m");
  }

  @Test
  void aLongCommandShouldHaveBothCompilers() throws Exception {
    assertThat(told("merge", "x.nxs"))
        .doesNotContain("Tier")
        .contains("UseParallelGC")
        .endsWith("mdx.jar merge x.nxs");
  }

  @Test
  void aReductionShouldHaveBothCompilersAndTheBetterOneLate() throws Exception {
    assertThat(told("reduce", "x.expt"))
        .contains("Tier4InvocationThreshold=100000")
        .contains("UseParallelGC", "MaxNewSize=256m")
        .endsWith("mdx.jar reduce x.expt");
  }

  @Test
  void aSearchShouldNotCompileAgainWhatIsCompiled() throws Exception {
    assertThat(told("find-spots", "x.expt"))
        .contains("Tier4InvocationThreshold=100000", "InlineSmallCode=600")
        .contains("UseParallelGC", "MaxNewSize=96m");
  }

  private static List<String> options(String text) {
    return Pattern.compile("-XX:\\S+").matcher(text).results().map(MatchResult::group).toList();
  }

  @Test
  void aLauncherShouldGiveTheMachineTheOptionsOfItsCommand() throws Exception {
    for (DialsProgram p : DialsPrograms.all()) {
      String command = p.command().split(",")[0];
      String text = new Shim(Shim.Family.DIALS, p.name(), "mdx.jar", false, false).text();
      String[] words = Arrays.copyOf(command.split(" "), 2);
      words[1] = words[1] == null ? "x" : words[1];
      assertThat(options(text)).as(p.name()).containsExactlyElementsOf(options(told(words)));
    }
    for (String name : Shim.COMMANDS) {
      String text = new Shim(name, "mdx.jar", false, true).text();
      assertThat(options(text))
          .as(name)
          .containsExactlyElementsOf(options(told(name.replace('_', '-'), "x")));
    }
  }

  @Test
  void aLauncherShouldReadNamesInTheLocaleC() {
    assertThat(new Shim("map", "mdx.jar", false, false).text()).contains("LC_CTYPE=C.UTF-8");
  }
}
