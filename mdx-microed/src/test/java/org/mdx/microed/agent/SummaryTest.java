package org.mdx.microed.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.config.ConfigReader;
import org.mdx.microed.agent.steps.StepTypes;

class SummaryTest {
  @TempDir private Path dir;

  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void makeFolder() throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "skipped: no sh");
    Files.createDirectory(dir.resolve("raw"));
    Files.writeString(dir.resolve("raw/a.emd"), "movie");
  }

  private void once(String script) throws IOException, InterruptedException {
    Files.writeString(
        dir.resolve("watch.toml"),
        """
        minimum_free_gib = 0
        [watch]
        raw = "raw"
        poll_seconds = 0.01
        stable_polls = 1
        stable_seconds = 0
        minimum_age_seconds = 0
        minimum_bytes = 1
        [summary]
        output = "tables/results.csv"
        command = ["/bin/sh", "-c", '%s', "x", "{output}"]
        """
            .formatted(script));
    AgentConfig config =
        ConfigReader.read(dir.resolve("watch.toml"), StepTypes.standard(List.of("mdx")));
    try (Agent agent = Agent.open(config, said::add)) {
      agent.runOnce();
    }
  }

  @Test
  void aProgramShouldMakeItWhenThereIsSomethingToTell() throws Exception {
    String script = "echo \"$1\" | grep -q csv && date +%N > \"$1\"";
    once(script);
    String first = Files.readString(dir.resolve("tables/results.csv"));
    once(script);
    assertThat(dir.resolve("tables/results.csv")).hasContent(first);

    Files.writeString(dir.resolve("raw/b.emd"), "movie");
    once(script);
    assertThat(Files.readString(dir.resolve("tables/results.csv"))).isNotEqualTo(first);
  }

  @Test
  void aProgramThatFailsShouldLeaveTheLastOneAndRunAgain() throws Exception {
    once("echo good > \"$1\"");
    Files.writeString(dir.resolve("raw/b.emd"), "movie");
    once("echo bad > \"$1\"; exit 1");

    assertThat(dir.resolve("tables/results.csv")).hasContent("good");
    assertThat(said).anyMatch(l -> l.contains("summary: /bin/sh ended with code 1"));
    once("echo better > \"$1\"");
    assertThat(dir.resolve("tables/results.csv")).hasContent("better");
  }
}
