package org.mdx.microed.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.config.ConfigReader;
import org.mdx.microed.agent.journal.Event;
import org.mdx.microed.agent.journal.Journal;
import org.mdx.microed.agent.journal.Ledger;
import org.mdx.microed.agent.journal.SourceMark;
import org.mdx.microed.agent.page.AgentStatus;
import org.mdx.microed.agent.steps.StepTypes;

/** An agent that works once and ends: nothing that is there may be passed over without a word. */
class OnceTest {
  @TempDir private Path dir;

  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final FakeClock clock = new FakeClock();
  private StepTypes types = GzipStep.types();

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectory(dir.resolve("raw"));
  }

  private Path movie(String name) throws IOException {
    return Files.writeString(dir.resolve("raw").resolve(name), "movie " + name);
  }

  private AgentConfig config(String watch) throws IOException {
    Files.writeString(
        dir.resolve("watch.toml"),
        """
        minimum_free_gib = 0
        [watch]
        raw = "raw"
        minimum_bytes = 1
        %s
        [[step]]
        type = "gzip"
        to = "compressed"
        [retry]
        attempts = 3
        first_seconds = 30
        wait_seconds = 60
        """
            .formatted(watch));
    return ConfigReader.read(dir.resolve("watch.toml"), types);
  }

  private AgentStatus once(String watch) throws IOException, InterruptedException {
    try (Agent agent = Agent.open(config(watch), said::add, f -> Long.MAX_VALUE, clock)) {
      return agent.runOnce();
    }
  }

  @Test
  void whatIsThereShouldBeWaitedForUntilItIsOldEnough() throws Exception {
    movie("a.emd");
    movie("b.emd");

    AgentStatus s =
        once("poll_seconds = 0.05\nstable_polls = 2\nstable_seconds = 0\nminimum_age_seconds = 1");

    assertThat(s.states()).containsEntry("done", 2);
    assertThat(s.isComplete()).isTrue();
  }

  @Test
  void looksThatTakeLongShouldNotEndItTooEarly() throws Exception {
    movie("a.emd");
    AgentStatus s =
        once(
            "poll_seconds = 0.001\nstable_polls = 40\nstable_seconds = 0\nminimum_age_seconds = 0");

    assertThat(s.states()).containsEntry("done", 1);
  }

  @Test
  void aMovieThatIsBeingWrittenShouldBeLeftWithTheReasonAndCounted() throws Exception {
    movie("a.emd");
    Path growing = movie("growing.emd");
    Path held = movie("held.emd");
    Thread writer =
        new Thread(
            () -> {
              try {
                while (true) {
                  Files.writeString(growing, "more", StandardOpenOption.APPEND);
                  Thread.sleep(20);
                }
              } catch (IOException | InterruptedException e) {
                // told to end
              }
            });
    writer.start();
    try (FileChannel other = FileChannel.open(held, StandardOpenOption.WRITE)) {
      other.lock();
      AgentStatus s =
          once("poll_seconds = 0.1\nstable_polls = 4\nstable_seconds = 0\nminimum_age_seconds = 0");

      assertThat(s.states()).containsEntry("done", 1);
      assertThat(s.writing()).isEqualTo(2);
      assertThat(s.unfinished().get(0).id()).isEqualTo("growing.emd");
      assertThat(s.unfinished().get(0).reason()).contains("it is being written");
      assertThat(s.unfinished().get(1).reason()).isEqualTo("another program holds it");
      assertThat(s.text()).contains("unfinished 2").contains("growing.emd: ");
      assertThat(s.isComplete()).isFalse();
    } finally {
      writer.interrupt();
      writer.join();
    }
  }

  private static final String AT_ONCE =
      "poll_seconds = 0.01\nstable_polls = 1\nstable_seconds = 0\nminimum_age_seconds = 0";

  /** A step that fails as often as it is told to. */
  private AtomicInteger failing(int times, IOException with) {
    AtomicInteger runs = new AtomicInteger();
    types =
        types.with(
            "gzip",
            (name, s, work) ->
                new AgentTest.Wrapped(
                    new GzipStep(name, s.path("to")),
                    item -> {
                      if (runs.incrementAndGet() <= times) {
                        throw with;
                      }
                    }));
    return runs;
  }

  @Test
  void aTargetThatMayNotBeWrittenShouldBeWaitedForLikeAFullDisk() throws Exception {
    movie("a.emd");
    failing(8, new AccessDeniedException(dir.resolve("compressed/a.emd").toString()));
    for (int i = 0; i < 8; i++) {
      AgentStatus s = once(AT_ONCE);
      assertThat(s.states()).containsEntry("waiting", 1).containsEntry("parked", 0);
      assertThat(s.queue().get(0).reason()).contains("permission", "compressed/a.emd");
      assertThat(s.isComplete()).isFalse();
      clock.skipped += 61_000;
    }

    assertThat(once(AT_ONCE).states()).containsEntry("done", 1);
  }

  @Test
  void aReadOnlyFileSystemShouldBeWaitedForToo() throws Exception {
    movie("a.emd");
    failing(4, new IOException("cannot write a.emd: Read-only file system"));
    for (int i = 0; i < 4; i++) {
      assertThat(once(AT_ONCE).states()).containsEntry("waiting", 1);
      clock.skipped += 61_000;
    }
    assertThat(once(AT_ONCE).states()).containsEntry("done", 1);
  }

  @Test
  void aRetryShouldNotWaitForAClockThatWasSetBack() throws Exception {
    movie("a.emd");
    AtomicInteger runs = failing(2, new IOException("why"));
    AgentConfig config = config(AT_ONCE);
    try (Agent agent = Agent.open(config, said::add, f -> Long.MAX_VALUE, clock)) {
      assertThat(agent.runOnce().states()).containsEntry("waiting", 1);
    }
    clock.ahead = -30L * 24 * 3600 * 1000;
    // the next agent has only the record to go by
    AgentStatus second = once(AT_ONCE);
    assertThat(runs).hasValue(2);
    assertThat(second.states()).containsEntry("waiting", 1);
    clock.ahead = 0;
    assertThat(once(AT_ONCE).states()).containsEntry("done", 1);
  }

  @Test
  void noRecordShouldMakeAMovieWaitForLongerThanAnyMay() {
    Ledger ledger = new Ledger(clock);
    long now = clock.wall();
    SourceMark mark = new SourceMark(10, 20, "aa");
    ledger.apply(new Event.Found(now, "a", "a", 1, mark, "a", "a"));
    ledger.apply(new Event.Later(now, "a", "why", true, now + 30L * 24 * 3600 * 1000));

    ledger.resume(3_600_000);

    clock.skipped = 3_000_000;
    assertThat(ledger.isDue(ledger.movie("a"))).isFalse();
    clock.skipped = 3_601_000;
    assertThat(ledger.isDue(ledger.movie("a"))).isTrue();
  }

  @Test
  void aRunningAgentShouldGoByTheTimeThatPassesAndNotByTheClock() throws Exception {
    movie("a.emd");
    AtomicInteger runs = failing(1, new IOException("why"));
    AgentConfig config = config(AT_ONCE + "\n[page]\nenabled = false");
    Thread thread =
        new Thread(
            () -> {
              try (Agent agent = Agent.open(config, said::add, f -> Long.MAX_VALUE, clock)) {
                agent.run();
              } catch (IOException | InterruptedException e) {
                // told to end
              }
            });
    thread.start();
    await(() -> said.stream().anyMatch(l -> l.contains("again in 30 s")));
    clock.ahead = 30L * 24 * 3600 * 1000;
    Thread.sleep(1200);
    assertThat(runs).hasValue(1); // a clock set forth does not make it begin early
    clock.ahead = -30L * 24 * 3600 * 1000;
    clock.skipped += 31_000;
    await(() -> runs.get() == 2);
    thread.interrupt();
    thread.join();
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException, InterruptedException {
    long until = System.nanoTime() + 20_000_000_000L;
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(until);
      Thread.sleep(20);
    }
  }

  @Test
  void endsOfTheAgentShouldNotCountForMoviesThatWereNotAloneAtWork() throws Exception {
    movie("a.emd");
    movie("b.emd");
    AgentConfig config = config(AT_ONCE);
    once(AT_ONCE);
    Path file = config.journal();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.removeIf(l -> !l.contains("\"root\"") && !l.contains("\"found\""));
    Files.write(file, lines);
    Files.delete(dir.resolve("compressed/a.emd"));
    Files.delete(dir.resolve("compressed/b.emd"));
    for (int i = 0; i < 10; i++) {
      Ledger ledger = new Ledger();
      try (Journal journal = Journal.open(file, ledger, said::add)) {
        for (Event e : ledger.interrupted(i)) {
          journal.append(e);
        }
        journal.append(new Event.Started(i, "a.emd", "gzip"));
        journal.append(new Event.Started(i, "b.emd", "gzip"));
      }
    }
    // each is tried alone, as one of them may have been to blame
    AtomicInteger together = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    types =
        types.with(
            "gzip",
            (name, s, work) ->
                new AgentTest.Wrapped(
                    new GzipStep(name, s.path("to")),
                    item -> {
                      most.accumulateAndGet(together.incrementAndGet(), Math::max);
                      Thread.sleep(100);
                      together.decrementAndGet();
                    }));

    assertThat(once(AT_ONCE).states()).containsEntry("done", 2).containsEntry("parked", 0);
    assertThat(most).hasValue(1);
  }

  /** Takes a minute and a half: {@code -Dmdx.slow=true}. */
  @Test
  void aDayWithTheAgesThatAreUsualShouldBeDoneAtOnce() throws Exception {
    Assumptions.assumeTrue(Boolean.getBoolean("mdx.slow"), "skipped: set -Dmdx.slow=true");
    movie("a.emd");
    movie("b.emd");

    AgentStatus s = once("");

    assertThat(s.states()).containsEntry("done", 2);
    assertThat(s.isComplete()).isTrue();
  }
}
