package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

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
}
