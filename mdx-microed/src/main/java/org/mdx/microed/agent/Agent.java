package org.mdx.microed.agent;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.config.FolderCheck;
import org.mdx.microed.agent.journal.Event;
import org.mdx.microed.agent.journal.Journal;
import org.mdx.microed.agent.journal.Ledger;
import org.mdx.microed.agent.journal.MovieRecord;
import org.mdx.microed.agent.journal.Product;
import org.mdx.microed.agent.page.AgentStatus;
import org.mdx.microed.agent.page.StatusPage;
import org.mdx.microed.agent.page.Thumbnails;
import org.mdx.microed.agent.system.AgentClock;
import org.mdx.microed.agent.system.AgentLock;
import org.mdx.microed.agent.system.AgentLog;
import org.mdx.microed.agent.system.Failures;
import org.mdx.microed.agent.system.SpaceProbe;
import org.mdx.microed.agent.system.WatchedFolderLock;
import org.mdx.microed.agent.watch.Admission;
import org.mdx.microed.agent.watch.MovieFinder;

/**
 * Watches a folder and takes each finished movie through the configured steps.
 *
 * <pre>{@code
 * AgentConfig config = ConfigReader.read(Path.of("mdx-watch.toml"), StepTypes.standard(mdx));
 * try (Agent agent = Agent.open(config, System.out::println)) {
 *   agent.run(); // until interrupted
 * }
 * }</pre>
 */
public final class Agent implements Closeable {
  private static final String REQUEST = "retry-parked";
  private static final long LOG_SIZE = 5 << 20;
  private static final long TICK = 500;
  private static final long PATIENCE = 8;

  private final AgentConfig config;
  private final AgentLog log;
  private final AgentClock clock;
  private final Ledger ledger;
  private final List<Closeable> open = new ArrayList<>();
  private final Map<Path, OutputRoot> roots = new LinkedHashMap<>();
  private final Map<String, String> running = new HashMap<>();
  private final ExecutorService workers;
  private Journal journal;
  private MovieFinder finder;
  private Admission admission;
  private StepRunner runner;
  private Thumbnails thumbnails;
  private Housekeeping housekeeping;
  private StatusPage page;
  private boolean alone;

  private Agent(AgentConfig config, AgentClock clock, Consumer<String> console) {
    this.config = config;
    this.clock = clock;
    this.ledger = new Ledger(clock);
    this.log = new AgentLog(config.state().resolve("agent.log"), LOG_SIZE, console);
    this.workers = Executors.newFixedThreadPool(config.parallel(), r -> new Thread(r, "mdx-movie"));
  }

  /**
   * Prepares an agent: takes the locks and reads the journal.
   *
   * @param config what it does
   * @param console told each line of the log
   * @return an agent that does nothing yet
   * @throws IOException if another agent has one of the folders, or they cannot be written
   */
  public static Agent open(AgentConfig config, Consumer<String> console) throws IOException {
    return open(config, console, SpaceProbe.SYSTEM, AgentClock.SYSTEM);
  }

  static Agent open(
      AgentConfig config, Consumer<String> console, SpaceProbe space, AgentClock clock)
      throws IOException {
    Agent agent = new Agent(config, clock, console);
    try {
      agent.prepare(space);
      return agent;
    } catch (IOException | RuntimeException e) {
      agent.close();
      throw e;
    }
  }

  private void prepare(SpaceProbe space) throws IOException {
    Files.createDirectories(config.state().resolve("logs"));
    AgentLock lock = AgentLock.take(config.lock(), config.state());
    open.add(lock);
    if (!config.watch().shared()) {
      open.add(WatchedFolderLock.take(config.watch().raw(), log::say));
    }
    journal = Journal.open(config.journal(), ledger, log::say);
    open.add(journal);
    for (Event ended : ledger.interrupted(clock.wall())) {
      journal.append(ended);
    }
    ledger.resume(Math.max(config.retry().longest(), config.retry().pause()));
    Set<Path> written = new HashSet<>(FolderCheck.written(config).values());
    for (Path folder : written) {
      if (!folder.equals(config.state())) {
        OutputRoot root = new OutputRoot(folder);
        open.add(root);
        root.prepare(journal, ledger);
        roots.put(folder, root);
      }
    }
    clean();
    finder = new MovieFinder(config.watch(), written, clock, log::say);
    admission = new Admission(config, journal, ledger, clock, log);
    runner = new StepRunner(config, journal, ledger, roots, space, clock, log);
    thumbnails = new Thumbnails(config.state(), config.page().thumbnails(), log::say);
    housekeeping = new Housekeeping(config, journal, ledger, roots, space, log, lock);
  }

  /** Deletes half products of steps that will not go on with them. */
  private void clean() {
    Set<Path> needed = new HashSet<>();
    for (MovieRecord m : ledger.all()) {
      AgentConfig.PlannedStep next = m.state().isActive() ? next(m) : null;
      if (next != null && next.step().root().isPresent()) {
        // those that resume and those whose rename is pending; the others are deleted when they run
        Path root = next.step().root().get();
        Path name = Path.of(m.name());
        Path target = m.pending() == null ? name : Path.of(m.pending().path());
        needed.add(roots.get(root).staging(m.id(), next.step().name(), target));
      }
    }
    for (OutputRoot root : roots.values()) {
      try {
        root.clean(needed);
      } catch (IOException e) {
        log.say(root.root() + ": what is left there cannot be deleted: " + Failures.reason(e));
      }
    }
  }

  /**
   * Works until the thread is interrupted; then ends what is under way so that it can go on later.
   *
   * @throws InterruptedException always
   */
  public void run() throws InterruptedException {
    startPage();
    log.say("watching " + config.watch().raw());
    try {
      housekeeping.start(this::look, config.watch().poll());
      while (true) {
        dispatch();
        pause(TICK);
      }
    } finally {
      stop();
      log.say("stopped");
    }
  }

  /**
   * Takes what is there through all steps, makes copies and summary once, and returns. Waits until
   * files that are there are finished, unless they are still being written; what has to wait for
   * another reason stays for the next time. The status tells what was left, and why.
   *
   * @return the status at the end
   * @throws InterruptedException if the thread is interrupted
   */
  public AgentStatus runOnce() throws InterruptedException {
    try {
      long poll = config.watch().poll();
      long next = clock.elapsed();
      boolean more = true;
      while (more) {
        if (clock.elapsed() >= next) {
          look();
          next = clock.elapsed() + poll;
        }
        more = dispatch() || finder.isWorthWaiting();
        if (more) {
          pause(Math.min(TICK, Math.max(1, next - clock.elapsed())));
        }
      }
      housekeeping.once();
      return status();
    } finally {
      stop();
    }
  }

  /** Looks for finished movies once. */
  private void look() {
    try {
      Path request = config.state().resolve(REQUEST);
      if (Files.exists(request)) {
        admission.retryParked();
        Files.delete(request);
      }
      journal.tidy();
    } catch (IOException e) {
      log.say("the journal cannot be written: " + Failures.reason(e));
    }
    for (MovieFinder.Seen seen : finder.look(ledger)) {
      try {
        if (!admission.admit(seen)) {
          finder.leave(seen, "it is being written");
        }
      } catch (IOException e) {
        finder.leave(seen, Failures.reason(e));
      }
    }
    synchronized (this) {
      notifyAll();
    }
  }

  /** Gives work to free threads; returns whether there is any, under way or to begin now. */
  private synchronized boolean dispatch() {
    boolean ready = false;
    for (MovieRecord m : ledger.active()) {
      if (running.size() >= config.parallel() || alone) {
        return true;
      }
      if (running.containsKey(m.id()) || !ledger.isDue(m)) {
        continue;
      }
      if (isSuspect(m) && !running.isEmpty()) {
        // begins when the others have ended
        return true;
      }
      AgentConfig.PlannedStep step = next(m);
      if (step == null) {
        finish(m);
      } else {
        ready = true;
        String name = step.step().name();
        if (running.values().stream().filter(name::equals).count() < step.parallel()) {
          running.put(m.id(), name);
          alone = isSuspect(m);
          workers.execute(() -> work(m, step));
        }
      }
    }
    return ready || !running.isEmpty();
  }

  /**
   * Whether the agent has ended so often while this movie and others were at work that it has to be
   * found out which of them it was: such a movie is worked on alone.
   */
  private boolean isSuspect(MovieRecord m) {
    return m.company() >= config.retry().attempts();
  }

  private void finish(MovieRecord m) {
    try {
      journal.append(new Event.Finished(clock.wall(), m.id()));
    } catch (IOException e) {
      long now = clock.wall();
      ledger.postpone(m.id(), Failures.reason(e), now + config.retry().pause(), now);
    }
  }

  private AgentConfig.PlannedStep next(MovieRecord m) {
    for (AgentConfig.PlannedStep s : config.steps()) {
      if (!m.done().containsKey(s.step().name())) {
        return s;
      }
    }
    return null;
  }

  private void work(MovieRecord m, AgentConfig.PlannedStep step) {
    try {
      runner.run(m, step);
      MovieRecord after = ledger.movie(m.id());
      Product p = after == null ? null : after.done().get(step.step().name());
      if (p != null && p.path() != null && step.step().replaces()) {
        thumbnails.make(m.id(), Path.of(p.path()));
      }
    } finally {
      synchronized (this) {
        running.remove(m.id());
        alone = false;
        notifyAll();
      }
    }
  }

  private synchronized void pause(long millis) throws InterruptedException {
    wait(millis);
  }

  private void startPage() {
    if (config.page().enabled()) {
      try {
        page = StatusPage.start(config, this::status);
        log.say("page at " + page.address());
      } catch (IOException e) {
        log.say("no page: port " + config.page().port() + ": " + Failures.reason(e));
      }
    }
  }

  /** Ends what is under way. */
  private void stop() {
    if (page != null) {
      page.close();
    }
    housekeeping.stop();
    workers.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      if (!workers.awaitTermination(PATIENCE, TimeUnit.SECONDS)) {
        log.say("a step does not end; it begins again the next time");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What it has done and is doing.
   *
   * @return the status now
   */
  public AgentStatus status() {
    AgentLock.Owner owner = AgentLock.owner(config.lock());
    return AgentStatus.of(
        config,
        ledger,
        true,
        owner == null ? "" : owner.describe(),
        finder.isAway(),
        finder.unfinished(),
        log.recent());
  }

  /**
   * Where its page is.
   *
   * @return the address; empty before {@link #run} and if there is none
   */
  public Optional<URI> page() {
    return Optional.ofNullable(page).map(StatusPage::address);
  }

  /**
   * Asks the agent of a configuration, or the next one that is started, to try parked movies again.
   *
   * @param config of the agent
   * @return whether one is running
   * @throws IOException if the request cannot be written
   */
  public static boolean requestRetry(AgentConfig config) throws IOException {
    Files.createDirectories(config.state());
    Files.writeString(config.state().resolve(REQUEST), "");
    return AgentLock.isTaken(config.lock());
  }

  /** Gives the locks back. Work must have ended. */
  @Override
  public void close() throws IOException {
    workers.shutdownNow();
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
    open.clear();
    log.close();
  }
}
