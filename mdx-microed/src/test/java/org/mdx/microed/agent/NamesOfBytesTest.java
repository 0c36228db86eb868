package org.mdx.microed.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.microed.agent.config.ConfigReader;
import org.mdx.microed.agent.page.AgentStatus;

/** Names that are no text: not UTF-8, or not in the encoding that the locale has. */
class NamesOfBytesTest {
  @TempDir private Path dir;

  @BeforeEach
  void makeMovies() throws IOException {
    Assumptions.assumeTrue(
        System.getProperty("os.name").equals("Linux"), "skipped: names are texts on this system");
    Files.createDirectories(dir.resolve("raw/sub"));
    movie("plain.emd");
    movie("caf%C3%A9.emd"); // é in UTF-8
    movie("bad%FF%E9.emd");
    movie("bad%FE%E9.emd"); // looks the same when it is decoded
    movie("sub/%E9.emd");
  }

  /** Writes a movie whose name is given byte by byte. */
  private void movie(String escaped) throws IOException {
    Path file = Path.of(URI.create(dir.resolve("raw").toUri() + escaped));
    Files.write(file, escaped.getBytes(StandardCharsets.US_ASCII));
  }

  private int once(String locale) throws Exception {
    Files.writeString(
        dir.resolve("watch.toml"),
        Soak.CONFIG
            .replace("[[step]]\ntype = \"command\"", "[ignored]\ntype = \"command\"")
            .replaceFirst("(?s)\\[ignored].*?(?=\\[retry])", "")
            .replace("minimum_bytes = 100", "minimum_bytes = 1"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SoakAgent.class.getName(),
            dir.resolve("watch.toml").toString(),
            "once");
    builder.environment().put("LC_ALL", locale);
    builder.redirectErrorStream(true).redirectOutput(dir.resolve("said").toFile());
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private List<String> products() throws IOException {
    try (Stream<Path> files = Files.list(dir.resolve("archive"))) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> f.toUri().getRawPath().replaceFirst(".*/", ""))
          .sorted()
          .toList();
    }
  }

  private AgentStatus status() throws IOException {
    return AgentStatus.ofJournal(ConfigReader.read(dir.resolve("watch.toml"), GzipStep.types()));
  }

  @Test
  void inUtf8TheOthersShouldBeTakenAndThoseParkedThatAreNot() throws Exception {
    assertThat(once("C.UTF-8")).isEqualTo(3);

    assertThat(products()).containsExactly("caf%C3%A9.emd", "plain.emd");
    assertThat(status().states()).containsEntry("done", 2).containsEntry("parked", 3);
    assertThat(status().parked())
        .allMatch(r -> r.reason().contains("is not UTF-8"))
        .extracting(AgentStatus.Row::id)
        .containsExactlyInAnyOrder(
            "bad%FF%E9.emd//bytes", "bad%FE%E9.emd//bytes", "sub/%E9.emd//bytes");
    String journal = Files.readString(dir.resolve("state/journal"));
    // no loop: the second time says nothing new of them
    assertThat(once("C.UTF-8")).isEqualTo(3);
    assertThat(Files.readString(dir.resolve("state/journal"))).isEqualTo(journal);
  }

  @Test
  void inTheLocaleOfCronAllShouldBeSeenAndTheReasonTold() throws Exception {
    assertThat(once("C")).isEqualTo(3);

    assertThat(products()).containsExactly("plain.emd");
    assertThat(status().states()).containsEntry("done", 1).containsEntry("parked", 4);
    assertThat(status().parked()).allMatch(r -> r.reason().contains("LC_ALL=C.UTF-8"));

    // in another locale those that have a name are taken when they are asked for
    Agent.requestRetry(ConfigReader.read(dir.resolve("watch.toml"), GzipStep.types()));
    once("C.UTF-8");
    assertThat(products()).containsExactly("caf%C3%A9.emd", "plain.emd");
    assertThat(status().states()).containsEntry("done", 2).containsEntry("parked", 3);
  }

  @Test
  void aRenamedOneShouldBeTakenAndTheOldNameForgottenWhenAskedTo() throws Exception {
    once("C.UTF-8");
    for (String name : List.of("bad%FF%E9.emd", "bad%FE%E9.emd", "sub/%E9.emd")) {
      Path file = Path.of(URI.create(dir.resolve("raw").toUri() + name));
      Files.move(file, dir.resolve("raw").resolve(name.replaceAll("[%/]", "_")));
    }
    Agent.requestRetry(ConfigReader.read(dir.resolve("watch.toml"), GzipStep.types()));

    assertThat(once("C.UTF-8")).isZero();
    assertThat(status().states()).containsEntry("done", 5).containsEntry("parked", 0);
  }
}
