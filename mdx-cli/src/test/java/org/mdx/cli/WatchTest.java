package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;

class WatchTest {
  @TempDir private Path dir;

  private Path config;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectory(dir.resolve("raw"));
    Files.writeString(dir.resolve("raw/Camera Ceta 20230611 2324 670 mm.emd"), "movie");
    config =
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
            [[step]]
            type = "transfer"
            to = "archive"
            method = "copy"
            [retry]
            attempts = 1
            [page]
            enabled = false
            """);
  }

  @Test
  void exampleShouldBeWrittenOnceAndBeRight() {
    Path example = dir.resolve("mdx-watch.toml");

    assertThat(run("watch", "--init", example).code()).isZero();
    assertThat(run("watch", "--check", example).out()).contains("is right: 2 steps");
    Outcome again = run("watch", "--init", example);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("is there already");
  }

  @Test
  void whatIsThereShouldBeDoneOnceAndTold() throws IOException {
    Outcome o = run("watch", "--once", config);

    assertThat(o.code()).as(o.err()).isZero();
    assertThat(dir.resolve("archive/Camera_Ceta_20230611_2324_670_mm.emd")).hasContent("movie");
    assertThat(run("watch", "--status", config).out())
        .contains("not running", "done     1")
        .doesNotContain("parked 2");
    JsonNode json = new ObjectMapper().readTree(run("watch", "--status", "--json", config).out());
    assertThat(json.at("/recent/0/folder").textValue()).isEqualTo("20230611_2324");
  }

  @Test
  void parkedMoviesShouldBeTriedAgainWhenAsked() throws IOException {
    Path way = Files.createDirectory(dir.resolve("archive"));
    way = way.resolve("Camera_Ceta_20230611_2324_670_mm.emd");
    Files.writeString(way, "another file");
    Outcome left = run("watch", "--once", config);
    assertThat(left.out()).contains("parked   1", "in the way");
    assertThat(left.code()).isEqualTo(3);
    Files.delete(way);
    assertThat(run("watch", "--once", config).out()).contains("parked   1");

    assertThat(run("watch", "--retry-parked", config).out()).contains("the next agent");
    Outcome done = run("watch", "--once", config);
    assertThat(done.out()).contains("parked   0", "done     1");
    assertThat(done.code()).isZero();
  }

  @Test
  void mistakesShouldBeNamed() throws IOException {
    Files.writeString(config, "[watch]\nraw = \"raw\"\npol_seconds = 3\n");

    Outcome o = run("watch", "--check", config);

    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("watch.toml: watch.pol_seconds: expected one of the entries");
    assertThat(run("watch", "--check", "--once", config).code()).isEqualTo(2);
  }

  @Test
  void aSignalToEndShouldEndItCleanlyWithCodeZero() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "skipped: no POSIX signals");
    Path said = dir.resolve("said");
    Process agent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.mdx.cli.Main",
                "watch",
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      Path copy = dir.resolve("archive/Camera_Ceta_20230611_2324_670_mm.emd");
      for (int i = 0; i < 300 && !Files.exists(copy); i++) {
        Thread.sleep(50);
      }
      Outcome second = run("watch", "--once", config);
      assertThat(second.code()).isEqualTo(1);
      assertThat(second.err()).contains("is in use by the agent with process " + agent.pid());
      agent.destroy();
      assertThat(agent.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(agent.exitValue()).isZero();
      assertThat(Files.readString(said)).contains("transfer done", "stopped");
    } finally {
      agent.destroyForcibly();
    }
  }
}
