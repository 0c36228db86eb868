package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  /** A Java that notes its arguments and makes an archive if it is told to. */
  private void install(boolean dumps) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "skipped: no sh");
    Path bin = Files.createDirectories(dir.resolve("jdk/bin"));
    Files.createDirectories(dir.resolve("mdx-cli/target"));
    Files.writeString(dir.resolve("mdx-cli/target/mdx.jar"), "jar");
    Files.copy(Path.of("../mdx"), dir.resolve("mdx"));
    Files.writeString(
        bin.resolve("java"),
        "#!/bin/sh\necho \"$*\" >>'"
            + dir.resolve("log")
            + "'\ncase \"$*\" in *-Xshare:dump*)\n  "
            + (dumps
                ? "for a; do case $a in -XX:SharedArchiveFile=*) echo x >\"${a#*=}\";; esac; done"
                : "exit 1")
            + ";;\nesac\n");
    assertThat(bin.resolve("java").toFile().setExecutable(true)).isTrue();
    assertThat(dir.resolve("mdx").toFile().setExecutable(true)).isTrue();
  }

  /** Runs mdx; what Java was told since the last time. */
  private List<String> start(Map<String, String> more, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", dir.resolve("mdx").toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.remove("MDX_SHARE");
    environment.put("JAVA_HOME", dir.resolve("jdk").toString());
    environment.put("XDG_CACHE_HOME", dir.resolve("my cache").toString());
    environment.putAll(more);
    Files.deleteIfExists(dir.resolve("log"));
    Process p = builder.start();
    String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(p.waitFor()).isZero();
    assertThat(said).isEmpty();
    return Files.readAllLines(dir.resolve("log"));
  }

  private List<Path> archives() throws IOException {
    Path cache = dir.resolve("my cache/mdx");
    try (Stream<Path> files = Files.exists(cache) ? Files.list(cache) : Stream.empty()) {
      return files.toList();
    }
  }

  @Test
  void anArchiveShouldBeMadeOnceForAJar() throws Exception {
    install(true);
    assertThat(start(Map.of(), "index", "a b")).hasSize(3);
    assertThat(archives()).hasSize(1);
    List<String> second = start(Map.of(), "index", "a b");
    assertThat(second).hasSize(1);
    assertThat(second.get(0))
        .contains("-XX:SharedArchiveFile=" + archives().get(0) + " ")
        .contains("TieredStopAtLevel=1")
        .endsWith("mdx.jar index a b");
    Files.writeString(dir.resolve("mdx-cli/target/mdx.jar"), "another jar");
    assertThat(start(Map.of(), "info")).hasSize(3);
    assertThat(archives()).hasSize(2);
  }

  @Test
  void nothingShouldBeWrittenIfTheUserWantsNone() throws Exception {
    install(true);
    List<String> told = start(Map.of("MDX_SHARE", "off"), "info");
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).doesNotContain("SharedArchiveFile").endsWith("mdx.jar info");
    assertThat(archives()).isEmpty();
  }

  @Test
  void anArchiveThatCannotBeMadeShouldNotBeTriedAgain() throws Exception {
    install(false);
    assertThat(start(Map.of(), "info")).hasSize(3);
    List<String> second = start(Map.of(), "info");
    assertThat(second).hasSize(1);
    assertThat(second.get(0)).doesNotContain("SharedArchiveFile").endsWith("mdx.jar info");
  }

  @Test
  void aCacheThatCannotBeWrittenShouldDoNoHarm() throws Exception {
    install(true);
    Files.writeString(dir.resolve("my cache"), "no folder");
    List<String> told = start(Map.of(), "info");
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).doesNotContain("SharedArchiveFile").endsWith("mdx.jar info");
  }
}
