package org.mdx.microed.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.config.ConfigReader;
import org.mdx.microed.agent.journal.Event;
import org.mdx.microed.agent.journal.Journal;
import org.mdx.microed.agent.journal.Ledger;
import org.mdx.microed.agent.page.AgentStatus;
import org.mdx.microed.agent.steps.Step;
import org.mdx.microed.agent.steps.StepContext;
import org.mdx.microed.agent.steps.StepItem;
import org.mdx.microed.agent.steps.StepOutcome;
import org.mdx.microed.agent.steps.StepTypes;
import org.mdx.microed.agent.system.SpaceProbe;

class AgentTest {
  private static final String CONFIG =
      """
      state = "state"
      minimum_free_gib = 0.001
      [watch]
      raw = "raw"
      poll_seconds = 0.01
      stable_polls = 2
      stable_seconds = 0
      minimum_age_seconds = 0
      minimum_bytes = 4
      [[step]]
      type = "gzip"
      name = "compress"
      to = "compressed"
      [[step]]
      type = "transfer"
      to = "archive"
      method = "copy"
      [summary]
      output = "summary.csv"
      [retry]
      attempts = 3
      first_seconds = 0
      wait_seconds = 0.2
      """;

  @TempDir private Path dir;

  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private StepTypes types = GzipStep.types();
  private SpaceProbe space = folder -> Long.MAX_VALUE;
  private final FakeClock clock = new FakeClock();

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectory(dir.resolve("raw"));
    Files.writeString(dir.resolve("watch.toml"), CONFIG);
  }

  private Path raw(String name) {
    return dir.resolve("raw").resolve(name);
  }

  private Path movie(String name, String content) throws IOException {
    Files.createDirectories(raw(name).getParent());
    return Files.writeString(raw(name), content);
  }

  private AgentConfig config() throws IOException {
    return ConfigReader.read(dir.resolve("watch.toml"), types);
  }

  private AgentStatus once() throws IOException, InterruptedException {
    try (Agent agent = Agent.open(config(), said::add, space, clock)) {
      return agent.runOnce();
    }
  }

  private String compressed(String name) throws IOException {
    return new String(GzipStep.unpack(dir.resolve("compressed").resolve(name)));
  }

  private List<String> left(String folder) throws IOException {
    try (var files = Files.list(dir.resolve(folder).resolve(Step.STAGING))) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }

  @Test
  void aMovieShouldGoThroughAllStepsUnderItsName() throws Exception {
    movie("grid 1/Camera Ceta 20230611 2324 670 mm.emd", "movie");

    AgentStatus s = once();

    String name = "grid_1/Camera_Ceta_20230611_2324_670_mm.emd";
    assertThat(compressed(name)).isEqualTo("movie");
    assertThat(dir.resolve("archive").resolve(name))
        .hasSameBinaryContentAs(dir.resolve("compressed").resolve(name));
    assertThat(s.states()).containsEntry("done", 1);
    assertThat(s.recent().get(0).folder()).isEqualTo("20230611_2324");
    assertThat(left("compressed")).containsExactly("agent.lock");
    assertThat(Files.readAllLines(dir.resolve("summary.csv")))
        .hasSize(2)
        .last()
        .asString()
        .contains("Camera Ceta 20230611 2324 670 mm.emd,1,", ",done,5,");
  }

  @Test
  void strangeNamesShouldBeTakenAndProductsBePortable() throws Exception {
    String[] names = {
      "it's.emd", "a \"b\".emd", "回折 é.emd", "new\nline.emd", "-rf.emd", "$(x) ;&.emd"
    };
    for (String name : names) {
      movie(name, "movie " + name);
    }

    AgentStatus s = once();

    assertThat(s.states()).containsEntry("done", names.length);
    assertThat(compressed("a__b_.emd")).isEqualTo("movie a \"b\".emd");
    assertThat(compressed("new_line.emd")).isEqualTo("movie new\nline.emd");
    assertThat(compressed("回折_é.emd")).isEqualTo("movie 回折 é.emd");
    assertThat(compressed("$(x)_;&.emd")).isEqualTo("movie $(x) ;&.emd");
    assertThat(said).noneMatch(l -> l.contains("\n"));
  }

  @Test
  void nothingShouldBeDoneTwice() throws Exception {
    movie("a.emd", "movie");
    once();
    FileTime time = Files.getLastModifiedTime(dir.resolve("compressed/a.emd"));
    said.clear();

    AgentStatus s = once();

    assertThat(s.states()).containsEntry("done", 1);
    assertThat(Files.getLastModifiedTime(dir.resolve("compressed/a.emd"))).isEqualTo(time);
    assertThat(said).isEmpty();
  }

  @Test
  void emptyMoviesShouldBeSetAsideAndTakenWhenTheyGrow() throws Exception {
    movie("a.emd", "");

    AgentStatus s = once();
    assertThat(s.states()).containsEntry("empty", 1).containsEntry("parked", 0);
    assertThat(s.parked().get(0).reason()).contains("0 bytes", "minimum_bytes = 4");

    movie("a.emd", "movie");
    assertThat(once().states()).containsEntry("empty", 0).containsEntry("done", 1);
    assertThat(compressed("a.emd")).isEqualTo("movie");
  }

  @Test
  void twoSourcesWithOneProductNameShouldNotMeet() throws Exception {
    Path first = movie("a b.emd", "first");
    Files.setLastModifiedTime(first, FileTime.fromMillis(1_000_000));
    movie("a_b.emd", "second");
    movie("A_B.emd", "third");

    AgentStatus s = once();

    assertThat(compressed("a_b.emd")).isEqualTo("first");
    assertThat(s.states()).containsEntry("done", 1).containsEntry("parked", 2);
    assertThat(s.parked()).allMatch(r -> r.reason().contains("as that of 'a b.emd'"));
    // asking again does not help as long as both are there
    Agent.requestRetry(config());
    assertThat(once().states()).containsEntry("parked", 2);
  }

  @Test
  void aMovieThatChangedAfterwardsShouldBeAnotherVersion() throws Exception {
    movie("a.emd", "first");
    once();
    movie("a.emd", "second");

    AgentStatus s = once();

    assertThat(compressed("a.emd")).isEqualTo("first");
    assertThat(compressed("a_v2.emd")).isEqualTo("second");
    assertThat(s.states()).containsEntry("done", 2);
    assertThat(s.recent()).extracting(AgentStatus.Row::folder).doesNotHaveDuplicates();
    assertThat(said).anyMatch(l -> l.contains("taken as version 2"));
  }

  @Test
  void aMovieThatWasOnlyTouchedShouldStayDone() throws Exception {
    Path file = movie("a.emd", "first");
    once();
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));

    assertThat(once().states()).containsEntry("done", 1);
    assertThat(once().states()).containsEntry("done", 1);
    assertThat(dir.resolve("compressed/a_v2.emd")).doesNotExist();
  }

  @Test
  void aSourceThatVanishesShouldBeNotedAndTakenWhenItIsBack() throws Exception {
    types =
        types.with(
            "gzip",
            (name, s, work) ->
                new Wrapped(
                    new GzipStep(name, s.path("to")),
                    item -> {
                      Files.move(item.source(), dir.resolve("aside"));
                      said.add("moved");
                    }));
    movie("a.emd", "movie");

    AgentStatus s = once();

    assertThat(s.states()).containsEntry("gone", 1).containsEntry("parked", 0);
    assertThat(s.parked().get(0).reason()).contains("vanished");
    assertThat(dir.resolve("compressed/a.emd")).doesNotExist();

    types = GzipStep.types();
    assertThat(once().states()).containsEntry("gone", 1);
    Files.move(dir.resolve("aside"), raw("a.emd"));
    assertThat(once().states()).containsEntry("gone", 0).containsEntry("done", 1);
  }

  @Test
  void aSourceThatIsWrittenDuringAStepShouldNotGiveAProduct() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    types =
        types.with(
            "gzip",
            (name, s, work) ->
                new Wrapped(
                    new GzipStep(name, s.path("to")),
                    item -> {
                      if (runs.incrementAndGet() == 1) {
                        Files.writeString(item.source(), "another movie");
                      }
                    }));
    movie("a.emd", "movie");

    AgentStatus s = once();
    assertThat(dir.resolve("compressed/a.emd")).doesNotExist();
    assertThat(s.states()).containsEntry("done", 0).containsEntry("parked", 0);

    assertThat(once().states()).containsEntry("done", 1);
    assertThat(compressed("a.emd")).isEqualTo("another movie");
    assertThat(dir.resolve("compressed/a_v2.emd")).doesNotExist();
  }

  @Test
  void aFullDiskShouldBeWaitedForAndNotCount() throws Exception {
    movie("a.emd", "movie");
    AtomicLong free = new AtomicLong(1000);
    space = folder -> free.get();
    for (int i = 0; i < 5; i++) {
      AgentStatus s = once();
      assertThat(s.states()).containsEntry("waiting", 1).containsEntry("parked", 0);
      assertThat(s.queue().get(0).reason()).contains("disk full");
      Thread.sleep(220);
    }
    free.set(1 << 30);

    assertThat(once().states()).containsEntry("done", 1);
  }

  @Test
  void aDiskThatFillsUpDuringAStepShouldLeaveNothingUnderTheName() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    types =
        types.with(
            "gzip",
            (name, s, work) ->
                new Wrapped(
                    new GzipStep(name, s.path("to")),
                    item -> {
                      if (runs.incrementAndGet() < 5) {
                        throw new IOException("No space left on device");
                      }
                    }));
    movie("a.emd", "movie");
    for (int i = 1; i < 5; i++) {
      assertThat(once().states()).containsEntry("waiting", 1);
      assertThat(dir.resolve("compressed/a.emd")).doesNotExist();
      Thread.sleep(220);
    }

    assertThat(once().states()).containsEntry("done", 1);
    assertThat(left("compressed")).containsExactly("agent.lock");
  }

  @Test
  void aStepThatFailsShouldBeTriedAgainThenParkedThenRetriedWhenAsked() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    types =
        types.with(
            "gzip",
            (name, s, work) ->
                new Wrapped(
                    new GzipStep(name, s.path("to")),
                    item -> {
                      if (item.id().equals("a.emd") && runs.incrementAndGet() <= 3) {
                        throw new IllegalStateException("run " + runs.get());
                      }
                    }));
    movie("a.emd", "movie");
    movie("b.emd", "other movie");

    AgentStatus s = once();

    assertThat(s.states()).containsEntry("parked", 1).containsEntry("done", 1);
    assertThat(s.parked().get(0).reason()).isEqualTo("compress: run 3 (3 attempts)");
    assertThat(once().states()).containsEntry("parked", 1);

    Agent.requestRetry(config());
    assertThat(once().states()).containsEntry("parked", 0).containsEntry("done", 2);
  }

  @Test
  void anotherFileInTheWayShouldNeverBeOverwritten() throws Exception {
    Files.createDirectory(dir.resolve("compressed"));
    Files.writeString(dir.resolve("compressed/a.emd"), "somebody's");
    movie("a.emd", "movie");

    AgentStatus s = once();

    assertThat(s.states()).containsEntry("parked", 1);
    assertThat(s.parked().get(0).reason()).contains("in the way");
    assertThat(dir.resolve("compressed/a.emd")).hasContent("somebody's");
  }

  @Test
  void aCopyThatIsThereAlreadyShouldBeRecognized() throws Exception {
    movie("a.emd", "movie");
    once();
    // the journal is lost
    Files.delete(dir.resolve("state/journal"));
    Files.delete(dir.resolve("compressed/a.emd"));
    FileTime time = Files.getLastModifiedTime(dir.resolve("archive/a.emd"));

    assertThat(once().states()).containsEntry("done", 1);
    assertThat(Files.getLastModifiedTime(dir.resolve("archive/a.emd"))).isEqualTo(time);
    assertThat(said).anyMatch(l -> l.contains("was there already"));
  }

  @Test
  void aShareThatIsAwayShouldBeWaitedForAndNothingWrittenToItsPlace() throws Exception {
    movie("a.emd", "movie");
    once();
    Files.move(dir.resolve("archive"), dir.resolve("unmounted"));
    movie("b.emd", "movie");

    AgentStatus s = once();

    assertThat(s.states()).containsEntry("waiting", 1);
    assertThat(s.queue().get(0).reason()).contains("seems to be a share that is away");
    assertThat(dir.resolve("archive")).doesNotExist();
    Files.move(dir.resolve("unmounted"), dir.resolve("archive"));
    Thread.sleep(220);
    assertThat(once().states()).containsEntry("done", 2);
  }

  @Test
  void aSecondAgentShouldBeRefusedForStateSourcesOrProducts() throws Exception {
    try (Agent first = Agent.open(config(), said::add)) {
      assertThat(first.status().running()).isTrue();
      assertThat(AgentStatus.ofJournal(config()).running()).isTrue();
      assertThatThrownBy(() -> Agent.open(config(), said::add))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(dir.resolve("state") + " is in use by the agent with process ")
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
      Files.writeString(dir.resolve("watch.toml"), CONFIG.replace("\"state\"", "\"other\""));
      assertThatThrownBy(() -> Agent.open(config(), said::add))
          .hasMessageContaining(dir.resolve("raw") + " is in use");
      Files.writeString(
          dir.resolve("watch.toml"),
          CONFIG.replace("\"state\"", "\"third\"").replace("[watch]", "[watch]\nshared = true"));
      assertThatThrownBy(() -> Agent.open(config(), said::add)).hasMessageContaining("is in use");
    }
    Files.writeString(dir.resolve("watch.toml"), CONFIG);
    Agent.open(config(), said::add).close();
    assertThat(AgentStatus.ofJournal(config()).running()).isFalse();
  }

  @Test
  void aRefusalOrALookAtTheStatusShouldNotLoseTheLock() throws Exception {
    try (Agent first = Agent.open(config(), said::add)) {
      assertThatThrownBy(() -> Agent.open(config(), said::add)).isInstanceOf(IOException.class);
      assertThat(AgentStatus.ofJournal(config()).running()).isTrue();
      assertThat(Agent.requestRetry(config())).isTrue();
      assertThat(first.page()).isEmpty();

      // locks of POSIX are the process's, so only another process can tell
      Process second = Soak.agent(dir.resolve("watch.toml"), dir.resolve("said"));
      assertThat(second.waitFor()).isEqualTo(1);
      assertThat(dir.resolve("said")).content().contains("state is in use by the agent");
    }
  }

  @Test
  void anOwnerOnAnotherHostShouldBeBelievedAsLongAsItIsHeardOf() throws Exception {
    Files.createDirectory(dir.resolve("state"));
    String owner = "{\"host\":\"elsewhere\",\"pid\":7,\"since\":\"2026\",\"heard\":%d}";
    Path file = dir.resolve("state/agent.lock.owner");
    Files.writeString(file, owner.formatted(System.currentTimeMillis()));
    assertThatThrownBy(() -> Agent.open(config(), said::add))
        .hasMessageContaining("process 7 on elsewhere");

    Files.writeString(file, owner.formatted(System.currentTimeMillis() - 1_000_000));
    Agent.open(config(), said::add).close();
  }

  @Test
  void aCrashBetweenAnyTwoRecordsShouldNotChangeTheProduct() throws Exception {
    movie("a.emd", "movie");
    once();
    List<String> lines = Files.readAllLines(dir.resolve("state/journal"));
    String is = Soak.identity(dir.resolve("compressed/a.emd"));
    int committed = -1;
    for (int n = 1; n < lines.size(); n++) {
      committed = committed < 0 && lines.get(n - 1).contains("\"committed\"") ? n : committed;
      if (committed < 0) {
        continue;
      }
      // from here on the file has its name, so every journal must lead to the same
      Files.write(dir.resolve("state/journal"), lines.subList(0, n));

      assertThat(once().states()).containsEntry("done", 1).containsEntry("parked", 0);
      assertThat(Soak.identity(dir.resolve("compressed/a.emd"))).isEqualTo(is);
    }
    assertThat(committed).isPositive();
  }

  @Test
  void aProductThatWasRecordedButNotRenamedShouldGetItsName() throws Exception {
    movie("a.emd", "movie");
    once();
    List<String> lines = Files.readAllLines(dir.resolve("state/journal"));
    int n = 0;
    while (!lines.get(n).contains("\"committed\"")) {
      n++;
    }
    Files.write(dir.resolve("state/journal"), lines.subList(0, n + 1));
    String is = Soak.identity(dir.resolve("compressed/a.emd"));
    OutputRoot root = new OutputRoot(dir.resolve("compressed"));
    Files.move(
        dir.resolve("compressed/a.emd"),
        root.staging("a.emd", "compress", dir.resolve("compressed/a.emd")));

    assertThat(once().states()).containsEntry("done", 1);
    assertThat(Soak.identity(dir.resolve("compressed/a.emd"))).isEqualTo(is);
  }

  @Test
  void aStepDuringWhichTheAgentEndsAgainAndAgainShouldBeParked() throws Exception {
    movie("a.emd", "movie");
    once();
    List<String> lines = Files.readAllLines(dir.resolve("state/journal"));
    int n = 0;
    while (!lines.get(n).contains("\"started\"")) {
      n++;
    }
    Files.write(dir.resolve("state/journal"), lines.subList(0, n + 1));
    Files.delete(dir.resolve("compressed/a.emd"));
    AgentConfig config = config();
    for (int i = 0; i < 6; i++) {
      Ledger ledger = new Ledger();
      try (Journal journal = Journal.open(dir.resolve("state/journal"), ledger, said::add)) {
        for (Event ended : ledger.interrupted(i)) {
          journal.append(ended);
        }
        assertThat(ledger.movie("a.emd").crashes()).isEqualTo(i + 1);
        journal.append(new Event.Started(i, "a.emd", "compress"));
      }
    }

    assertThat(once().states()).containsEntry("parked", 1);
    assertThat(AgentStatus.ofJournal(config).parked().get(0).reason()).contains("ended 7 times");
  }

  @Test
  void anAgentShouldEndWhenInterruptedAndGoOnLater() throws Exception {
    types =
        types.with(
            "gzip",
            (name, s, work) ->
                new Wrapped(new GzipStep(name, s.path("to")), item -> Thread.sleep(60_000)));
    movie("a.emd", "movie");
    Thread agent =
        new Thread(
            () -> {
              try (Agent a = Agent.open(config(), said::add, space, clock)) {
                a.run();
              } catch (IOException | InterruptedException e) {
                said.add("ended: " + e);
              }
            });
    agent.start();
    while (AgentStatus.ofJournal(config()).states().get("running") == 0) {
      Thread.sleep(20);
    }
    agent.interrupt();
    agent.join(5000);

    assertThat(said).last().asString().contains("ended: java.lang.InterruptedException");
    AgentStatus s = AgentStatus.ofJournal(config());
    assertThat(s.queue().get(0).reason()).isEqualTo("interrupted");
    types = GzipStep.types();
    assertThat(once().states()).containsEntry("done", 1);
  }

  /** Something that happens when a step is half done. */
  interface Trick {
    void play(StepItem item) throws IOException, InterruptedException;
  }

  /** A step with a trick. */
  record Wrapped(GzipStep step, Trick trick) implements Step {
    @Override
    public String name() {
      return step.name();
    }

    @Override
    public Optional<Path> root() {
      return step.root();
    }

    @Override
    public Optional<Path> target(StepItem item) {
      return step.target(item);
    }

    @Override
    public boolean replaces() {
      return true;
    }

    @Override
    public StepOutcome run(StepItem item, Path staging, StepContext context)
        throws IOException, InterruptedException {
      StepOutcome outcome = step.run(item, staging, context);
      trick.play(item);
      return outcome;
    }
  }
}
