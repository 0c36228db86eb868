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
import org.mdx.microed.agent.page.AgentStatus;
import org.mdx.microed.agent.steps.StepTypes;
import org.mdx.microed.agent.system.Processes;

class CommandStepTest {
  @TempDir private Path dir;

  @BeforeEach
  void makeFolder() throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "skipped: no sh");
    Files.createDirectory(dir.resolve("raw"));
    Files.writeString(dir.resolve("raw/a '20230611 2324'.emd"), "movie");
  }

  private AgentStatus once(String step) throws IOException, InterruptedException {
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
        [work]
        folder = "work"
        [retry]
        attempts = 1
        [[step]]
        type = "command"
        """
            + step);
    AgentConfig config =
        ConfigReader.read(dir.resolve("watch.toml"), StepTypes.standard(List.of("mdx")));
    try (Agent agent = Agent.open(config, l -> {})) {
      return agent.runOnce();
    }
  }

  @Test
  void placeholdersShouldBeFilledWithoutAShellBetween() throws Exception {
    AgentStatus s =
        once(
            """
            command = ["/bin/sh", "-c", 'pwd > "$3"; cat "$1" >> "$3"; echo "$2" >> "$3"', "x", "{file}", "{stem}", "{output}"]
            output = "{folder}/result.txt"
            """);

    assertThat(s.states()).containsEntry("done", 1);
    Path folder = dir.resolve("work/20230611_2324");
    assertThat(Files.readAllLines(folder.resolve("result.txt")))
        .containsExactly(folder.toRealPath().toString(), "moviea_'20230611_2324'");
  }

  @Test
  void aProgramThatFailsShouldBeQuotedWithItsLastWords() throws Exception {
    AgentStatus s =
        once(
            "command = [\"/bin/sh\", \"-c\", \"echo half > {output}; echo no spots; exit 3\"]\n"
                + "output = \"{folder}/result.txt\"");

    assertThat(s.states()).containsEntry("parked", 1);
    assertThat(s.parked().get(0).reason()).contains("ended with code 3: no spots", ".log)");
    assertThat(dir.resolve("work/20230611_2324/result.txt")).doesNotExist();
  }

  @Test
  void aProgramThatWritesNothingShouldHaveFailed() throws Exception {
    AgentStatus s = once("command = [\"/bin/true\"]\noutput = \"{folder}/result.txt\"");

    assertThat(s.parked().get(0).reason()).contains("did not write {output}");
  }

  @Test
  void aProgramThatIsMissingShouldBeNamed() throws Exception {
    assertThat(once("command = [\"no-such-program\"]").parked().get(0).reason())
        .contains("no-such-program");
  }

  @Test
  void aProgramThatTakesTooLongShouldBeEndedWithItsChildren() throws Exception {
    AgentStatus s =
        once(
            """
            command = ["/bin/sh", "-c", "sleep 61.7 & echo $! > ../pid; wait"]
            timeout_minutes = 0.01
            """);

    assertThat(s.parked().get(0).reason()).contains("was ended after 0 s");
    long pid = Long.parseLong(Files.readString(dir.resolve("work/pid")).strip());
    assertThat(ProcessHandle.of(pid).filter(CommandStepTest::isRunning)).isEmpty();
  }

  @Test
  void aProcessOfAnAgentThatIsGoneShouldBeEndedAndNoOther() throws Exception {
    Process orphan = new ProcessBuilder("/bin/sleep", "60").start();
    long since = Processes.since(orphan);
    List<Boolean> ended = new ArrayList<>();
    try {
      // the number is in use again by something that began at another time
      ended.add(Processes.endOrphan(orphan.pid(), since - 100_000));
      assertThat(orphan.isAlive()).isTrue();
      ended.add(Processes.endOrphan(orphan.pid(), since));
      assertThat(orphan.isAlive()).isFalse();
    } finally {
      orphan.destroyForcibly();
    }
    assertThat(ended).containsExactly(false, true);
  }

  /** A child whose end nobody has asked for stays in the list of processes. */
  private static boolean isRunning(ProcessHandle p) {
    return p.isAlive() && p.info().command().isPresent();
  }
}
