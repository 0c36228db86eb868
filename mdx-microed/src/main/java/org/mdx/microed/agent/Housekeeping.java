package org.mdx.microed.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.journal.Event;
import org.mdx.microed.agent.journal.Journal;
import org.mdx.microed.agent.journal.Ledger;
import org.mdx.microed.agent.steps.StepFailure;
import org.mdx.microed.agent.system.AgentLock;
import org.mdx.microed.agent.system.AgentLog;
import org.mdx.microed.agent.system.Failures;
import org.mdx.microed.agent.system.SpaceProbe;

/** Does what is due by the clock: looks, copies of folders, summaries, a sign of life. */
final class Housekeeping {
  private static final long BEAT = 30_000;
  private static final long PATIENCE = 5;

  private final AgentConfig config;
  private final Journal journal;
  private final Ledger ledger;
  private final Map<Path, OutputRoot> roots;
  private final AgentLog log;
  private final AgentLock lock;
  private final List<FolderCopy> copies = new ArrayList<>();
  private ScheduledExecutorService clock;

  /** Something that can go wrong and is tried again the next time. */
  private interface Chore {
    void run() throws StepFailure, IOException, InterruptedException;
  }

  Housekeeping(
      AgentConfig config,
      Journal journal,
      Ledger ledger,
      Map<Path, OutputRoot> roots,
      SpaceProbe space,
      AgentLog log,
      AgentLock lock) {
    this.config = config;
    this.journal = journal;
    this.ledger = ledger;
    this.roots = roots;
    this.log = log;
    this.lock = lock;
    for (AgentConfig.Copy c : config.copies()) {
      OutputRoot root = c.rsync() ? null : roots.get(Path.of(c.to()));
      Path logs = config.state().resolve("logs");
      copies.add(new FolderCopy(c, root, logs, log, space, config.minimumFree()));
    }
  }

  /** Begins; each chore has its own thread, so that none waits for another. */
  void start(Runnable look, long poll) {
    clock =
        Executors.newScheduledThreadPool(3 + copies.size(), r -> new Thread(r, "mdx-housekeeping"));
    schedule("looking for movies", look::run, poll);
    schedule("sign of life", this::beat, BEAT);
    for (FolderCopy c : copies) {
      schedule("copy", c::round, c.every());
    }
    config.summary().ifPresent(s -> schedule("summary", () -> summarise(s), s.every()));
  }

  /** Copies and summary, once. */
  void once() {
    for (FolderCopy c : copies) {
      guard("copy", c::round);
    }
    config.summary().ifPresent(s -> guard("summary", () -> summarise(s)));
  }

  private void schedule(String what, Chore chore, long every) {
    clock.scheduleWithFixedDelay(
        () -> guard(what, chore), 0, Math.max(1, every), TimeUnit.MILLISECONDS);
  }

  private void guard(String what, Chore chore) {
    try {
      chore.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | Error e) {
      if (!Failures.isInterruption(e)) {
        log.say(what + ": " + Failures.reason(e) + "; tried again");
      }
    }
  }

  private void beat() throws IOException {
    lock.beat();
    for (OutputRoot root : roots.values()) {
      root.beat();
    }
  }

  /** A summary is due when a movie has been finished, parked or set aside since the last. */
  private void summarise(AgentConfig.Summary summary) throws IOException, InterruptedException {
    int movies = ledger.unsummarised();
    if (movies > 0) {
      new SummaryWriter(config, summary).write(ledger.all());
      journal.append(new Event.Summarised(System.currentTimeMillis(), movies));
    }
  }

  void stop() {
    if (clock == null) {
      return;
    }
    clock.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      clock.awaitTermination(PATIENCE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
