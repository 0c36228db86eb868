package org.mdx.microed.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.microed.agent.page.AgentStatus;
import org.mdx.microed.agent.steps.Step;

/**
 * Nothing lost, nothing done twice, no partial file under a final name, sources never modified,
 * while the agent is killed at random. {@code -Dmdx.soak.movies=3000 -Dmdx.soak.kills=1000} makes
 * it long; {@code -Dmdx.soak.repack=true} takes movies of Velox and compresses them as the agent
 * does.
 */
class SoakTest {
  @TempDir private Path root;

  @Test
  void agentThatIsKilledAtRandomShouldDoEverythingOnce() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/cp")), "skipped: no cp");
    int count = Integer.getInteger("mdx.soak.movies", 300);
    Soak soak = new Soak(root, Boolean.getBoolean("mdx.soak.repack"));

    soak.run(count, Integer.getInteger("mdx.soak.kills", 5), 20230611);

    assertThat(soak.complaints).isEmpty();
    AgentStatus status = AgentStatus.ofJournal(soak.config());
    assertThat(status.parked()).allMatch(r -> r.state().equals("empty"));
    assertThat(status.states()).containsEntry("done", soak.movies.size());
    assertThat(status.states()).containsEntry("empty", soak.empty);
    assertThat(soak.movies.size() + soak.empty).isEqualTo(count);
    assertProducts(soak);
    assertSources(soak);
    Map<String, Integer> done = assertJournal();
    System.out.printf(
        "soak: %d movies, %d empty, %d kills, %d products seen, %d step-done lines in the journal%n",
        soak.movies.size(), soak.empty, soak.kills, soak.witnessed.size(), done.size());
  }

  private void assertProducts(Soak soak) throws IOException {
    int processed = 0;
    for (Map.Entry<String, byte[]> movie : soak.movies.entrySet()) {
      String name = Soak.product(movie.getKey());
      Path compressed = root.resolve("compressed").resolve(name);
      assertThat(soak.isOf(movie.getKey(), movie.getValue(), compressed)).isTrue();
      assertThat(root.resolve("archive").resolve(name)).hasSameBinaryContentAs(compressed);
      processed += name.endsWith("7.emd") ? 1 : 0;
    }
    assertThat(Soak.products(root.resolve("compressed"))).hasSize(soak.movies.size());
    assertThat(Soak.products(root.resolve("archive"))).hasSize(soak.movies.size());
    assertThat(Soak.products(root.resolve("work"))).hasSize(processed);
    for (Map.Entry<Path, String> seen : soak.witnessed.entrySet()) {
      assertThat(Soak.identity(seen.getKey())).isEqualTo(seen.getValue());
    }
    try (Stream<Path> left = Files.list(root.resolve("compressed").resolve(Step.STAGING))) {
      assertThat(left.map(f -> f.getFileName().toString())).containsExactly("agent.lock");
    }
  }

  private void assertSources(Soak soak) throws IOException {
    for (Map.Entry<String, BasicFileAttributes> e : soak.sources.entrySet()) {
      Path file = root.resolve("raw").resolve(e.getKey());
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      assertThat(now.lastModifiedTime()).isEqualTo(e.getValue().lastModifiedTime());
      assertThat(now.fileKey()).isEqualTo(e.getValue().fileKey());
      assertThat(Files.readAllBytes(file))
          .isEqualTo(soak.movies.getOrDefault(e.getKey(), new byte[0]));
    }
    assertThat(Soak.products(root.resolve("raw"))).hasSize(soak.sources.size());
  }

  /** Counts by the text of the lines, not by the reader that the agent has. */
  private Map<String, Integer> assertJournal() throws IOException {
    Map<String, Integer> done = new HashMap<>();
    for (String line : Files.readAllLines(root.resolve("state/journal"))) {
      if (line.contains("\"event\":\"step-done\"")) {
        String key = line.replaceFirst(".*(\"id\":.*?\"step\":\"\\w+\").*", "$1");
        done.merge(key, 1, Integer::sum);
      }
    }
    assertThat(done.values()).isNotEmpty().allMatch(n -> n == 1);
    return done;
  }
}
