package org.mdx.microed.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.io.MdxFormatException;
import org.mdx.microed.agent.steps.StepTypes;

class ConfigReaderTest {
  @TempDir private Path dir;

  private AgentConfig read(String text) throws IOException {
    Path file = Files.writeString(dir.resolve("watch.toml"), text);
    return ConfigReader.read(file, StepTypes.standard(List.of("java", "Main")));
  }

  @Test
  void theExampleShouldBeRight() throws IOException {
    AgentConfig c = read(ConfigReader.example());

    assertThat(c.watch().raw()).isEqualTo(dir.resolve("raw"));
    assertThat(c.watch().poll()).isEqualTo(10_000);
    assertThat(c.watch().minimumBytes()).isEqualTo(1 << 20);
    assertThat(c.minimumFree()).isEqualTo(5L << 30);
    assertThat(c.steps()).extracting(s -> s.step().name()).containsExactly("compress", "archive");
    assertThat(c.work()).contains(dir.resolve("work"));
    assertThat(c.results()).contains(dir.resolve("summary.csv"));
  }

  @Test
  void theExampleShouldBeRightWithItsCommentsTakenAway() throws IOException {
    // every line that is commented out is TOML: a comment in words has no equals sign or bracket
    String all = ConfigReader.example().replaceAll("(?m)^# (\\[.*|[a-z_]+ = .*)$", "$1");

    AgentConfig c = read(all);

    assertThat(c.steps()).extracting(s -> s.step().name()).contains("process");
    assertThat(c.copies()).hasSize(1);
    assertThat(c.copies().get(0).every()).isEqualTo(90_000);
    assertThat(c.names().product("Camera Ceta.emd", 1)).isEqualTo("Ceta.emd");
    assertThat(c.summary().orElseThrow().command()).startsWith("java", "Main", "table", "{work}");
  }

  @Test
  void defaultsShouldBeEnoughForAFolderAlone() throws IOException {
    AgentConfig c = read("[watch]\nraw = \"raw\"");

    assertThat(c.steps()).isEmpty();
    assertThat(c.state()).isEqualTo(dir.resolve("mdx-watch"));
    assertThat(c.retry().delay(1)).isEqualTo(30_000);
    assertThat(c.retry().delay(3)).isEqualTo(120_000);
    assertThat(c.retry().delay(60)).isEqualTo(3_600_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "raw = \"raw\"\\nrecursiv = true | watch.recursiv: expected one of the entries exclude",
        "raw = \"raw\"\\npoll_seconds = -1 | watch.poll_seconds: expected a number from 0",
        "raw = \"raw\"\\nstable_polls = 1.5 | watch.stable_polls: expected a whole number from 1",
        "raw = \"raw\"\\nrecursive = 1 | watch.recursive: expected true or false",
        "raw = \"raw\"\\ninclude = \"*.emd\" | watch.include: expected an array",
        "raw = \"raw\"\\ninclude = [\"{a\"] | watch.include: expected patterns",
        "recursive = true | watch.raw: expected a text in quotes, found nothing",
        "raw = raw | expected TOML",
        "raw = \"out/raw\"\\n[[step]]\\ntype = \"transfer\"\\nto = \"out\" | step 'transfer'",
        "raw = \"raw\"\\n[[step]]\\ntype = \"x\" | expected one of command, process, repack, tra",
        "raw = \"raw\"\\n[[step]]\\ntype = \"command\" | step[0].command: expected an array",
        "raw = \"raw\"\\n[[step]]\\ntype = \"command\"\\ncommand = [\"a\", \"{fil}\"] | {fil} in",
        "raw = \"raw\"\\n[[step]]\\ntype = \"process\" | {work} in",
        "raw = \"raw\"\\n[[step]]\\ntype = \"transfer\"\\nto = \"host:/x\"\\nmethod = \"copy\" | as method",
        "raw = \"raw\"\\n[names]\\ndate = \"x\" | expected a regular expression with two groups",
        "raw = \"raw\"\\n[[names.replace]]\\nfrom = \"(\" | names.replace[0].from: expected a reg",
        "raw = \"raw\"\\n[page]\\nport = 70000 | page.port: expected 0 to 65535",
      })
  void aMistakeShouldBeNamedWithItsPlace(String text, String says) {
    assertThatThrownBy(() -> read("[watch]\n" + text.replace("\\n", "\n")))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("watch.toml: ")
        .hasMessageContaining(says);
  }

  @Test
  void twoStepsOfOneNameShouldBeRefused() {
    String step = "[[step]]\ntype = \"transfer\"\nto = \"a\"\nmethod = \"copy\"\n";

    assertThatThrownBy(() -> read("[watch]\nraw = \"raw\"\n" + step + step))
        .hasMessageContaining("step[1].name");
  }

  /** 2³² is not 0, and 2³² + 1 is not 1. */
  @Test
  void integersBeyond32BitsShouldBeRefused() {
    for (String n : new String[] {"4294967296", "4294967297", "99999999999999999999999"}) {
      assertThatThrownBy(() -> read("parallel = " + n + "\n[watch]\nraw = \"raw\"\n"))
          .isInstanceOf(MdxFormatException.class)
          .hasMessageContaining("parallel")
          .hasMessageContaining(n);
    }
  }

  @Test
  void textThatIsNotUtf8ShouldBeRefusedWithItsLine() throws IOException {
    Path file = dir.resolve("latin.toml");
    Files.write(file, new byte[] {'a', ' ', '=', ' ', '1', '\n', '#', ' ', (byte) 0xe9, '\n'});
    assertThatThrownBy(() -> ConfigReader.read(file, StepTypes.standard(List.of("java", "Main"))))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("latin.toml: line 2, byte 8: expected text in UTF-8")
        .hasMessageContaining("E9");
  }
}
