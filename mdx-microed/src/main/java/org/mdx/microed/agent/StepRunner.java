package org.mdx.microed.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.journal.Event;
import org.mdx.microed.agent.journal.Journal;
import org.mdx.microed.agent.journal.Ledger;
import org.mdx.microed.agent.journal.MovieRecord;
import org.mdx.microed.agent.journal.Product;
import org.mdx.microed.agent.steps.Step;
import org.mdx.microed.agent.steps.StepContext;
import org.mdx.microed.agent.steps.StepFailure;
import org.mdx.microed.agent.steps.StepItem;
import org.mdx.microed.agent.steps.StepOutcome;
import org.mdx.microed.agent.system.AgentClock;
import org.mdx.microed.agent.system.AgentLog;
import org.mdx.microed.agent.system.ByteCount;
import org.mdx.microed.agent.system.Digests;
import org.mdx.microed.agent.system.Failures;
import org.mdx.microed.agent.system.Processes;
import org.mdx.microed.agent.system.SpaceProbe;
import org.mdx.parallel.Parallel;

/**
 * Takes one movie through one step, and records how that ends. A product is written in the staging
 * folder, recorded with its digest, renamed, recorded as done; each record is on the disk before
 * what follows. Wherever the agent ends, the next one finds which of these was the last.
 */
final class StepRunner {
  private final AgentConfig config;
  private final Journal journal;
  private final Ledger ledger;
  private final Map<Path, OutputRoot> roots;
  private final SpaceProbe space;
  private final AgentClock clock;
  private final AgentLog log;

  StepRunner(
      AgentConfig config,
      Journal journal,
      Ledger ledger,
      Map<Path, OutputRoot> roots,
      SpaceProbe space,
      AgentClock clock,
      AgentLog log) {
    this.clock = clock;
    this.config = config;
    this.journal = journal;
    this.ledger = ledger;
    this.roots = roots;
    this.space = space;
    this.log = log;
  }

  /** Runs a step. Returns when it is recorded how it ended; throws nothing. */
  void run(MovieRecord movie, AgentConfig.PlannedStep planned) {
    try {
      if (!planned.isFor(movie.name())) {
        journal.append(
            new Event.StepDone(now(), movie.id(), name(planned), Product.note("not for it")));
        return;
      }
      if (movie.crashes() >= 2 * config.retry().attempts()) {
        park(movie, name(planned) + ": the agent ended " + movie.crashes() + " times at this");
        return;
      }
      journal.write(new Event.Started(now(), movie.id(), name(planned)));
      attempt(movie, planned.step());
    } catch (Throwable t) {
      record(movie, planned, t);
    }
  }

  private void attempt(MovieRecord movie, Step step)
      throws StepFailure, IOException, InterruptedException {
    if (movie.child() != 0 && Processes.endOrphan(movie.child(), movie.childSince())) {
      log.say(movie.id() + ": ended process " + movie.child() + " of an agent that is gone");
    }
    StepItem item = item(movie);
    Optional<OutputRoot> root = step.root().map(roots::get);
    if (root.isPresent()) {
      root.get().check();
    }
    if (config.work().isPresent()) {
      roots.get(config.work().get()).check();
      Files.createDirectories(item.folder().orElseThrow());
    }
    Optional<Path> target = step.target(item);
    if (target.isEmpty()) {
      check(movie, step, item);
      checkSpace(item, root, false);
      StepOutcome outcome = step.run(item, null, new Context(movie));
      check(movie, step, item);
      done(movie, step, Product.note(outcome.note()));
      return;
    }
    Path staging = root.orElseThrow().staging(movie.id(), step.name(), target.get());
    if (movie.pending() != null && complete(movie, step, staging, target.get())) {
      return;
    }
    if (Files.exists(target.get(), LinkOption.NOFOLLOW_LINKS)) {
      keepExisting(movie, step, item, target.get());
      return;
    }
    make(movie, step, item, staging, target.get());
  }

  /** Goes on where a run ended between the record of a product and the record of its name. */
  private boolean complete(MovieRecord movie, Step step, Path staging, Path target)
      throws StepFailure, IOException, InterruptedException {
    Product p = movie.pending();
    if (!p.path().equals(target.toString())) {
      return false;
    }
    if (isProduct(target, p)) {
      Files.deleteIfExists(staging);
    } else if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS) && isProduct(staging, p)) {
      publish(staging, target);
    } else {
      return false;
    }
    done(movie, step, p);
    return true;
  }

  private static boolean isProduct(Path file, Product p) throws IOException, InterruptedException {
    return Files.isRegularFile(file)
        && Files.size(file) == p.size()
        && Digests.of(file).equals(p.digest());
  }

  private void keepExisting(MovieRecord movie, Step step, StepItem item, Path target)
      throws StepFailure, IOException, InterruptedException {
    check(movie, step, item);
    if (!Files.isRegularFile(target) || !step.isDone(item, target)) {
      throw new StepFailure(
          StepFailure.Kind.PARK,
          "another file is in the way: " + target + "; move it, then --retry-parked");
    }
    Product there =
        new Product(target.toString(), Files.size(target), Digests.of(target), "was there already");
    done(movie, step, there);
  }

  private void make(MovieRecord movie, Step step, StepItem item, Path staging, Path target)
      throws StepFailure, IOException, InterruptedException {
    if (!step.resumes()) {
      Files.deleteIfExists(staging);
    }
    check(movie, step, item);
    checkSpace(item, step.root().map(roots::get), true);
    StepOutcome outcome = step.run(item, staging, new Context(movie));
    check(movie, step, item);
    Product p =
        new Product(target.toString(), Files.size(staging), Digests.of(staging), outcome.note());
    if (outcome.digest() != null && !outcome.digest().equals(p.digest())) {
      Files.deleteIfExists(staging);
      throw new IOException(
          "what was written has the SHA-256 " + p.digest() + ", expected " + outcome.digest());
    }
    force(staging);
    journal.append(new Event.Committed(now(), movie.id(), p));
    publish(staging, target);
    done(movie, step, p);
  }

  private static void publish(Path staging, Path target) throws StepFailure, IOException {
    Files.createDirectories(target.getParent());
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new StepFailure(StepFailure.Kind.PARK, "another file is in the way: " + target);
    }
    Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    forceFolder(target.getParent());
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Has the name on the disk too, where the system lets a folder be opened. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows does not; there the rename is in the file system's own journal
    }
  }

  private void done(MovieRecord movie, Step step, Product p) throws IOException {
    journal.append(new Event.StepDone(now(), movie.id(), step.name(), p));
    log.say(
        movie.id()
            + ": "
            + step.name()
            + " done"
            + (p.path() == null ? "" : ", " + p.size() + " bytes")
            + (p.note().isEmpty() ? "" : ", " + p.note()));
  }

  private StepItem item(MovieRecord movie) {
    Path source = config.watch().raw().resolve(movie.source());
    Path file = source;
    for (AgentConfig.PlannedStep s : config.steps()) {
      Product p = movie.done().get(s.step().name());
      if (p != null && p.path() != null && s.step().replaces()) {
        file = Path.of(p.path());
      }
    }
    return new StepItem(
        movie.id(), source, file, movie.name(), config.work().map(w -> w.resolve(movie.folder())));
  }

  /** The source must be what was found, before and after it is read. */
  private void check(MovieRecord movie, Step step, StepItem item) throws StepFailure, IOException {
    if (!step.readsSource(item)) {
      return;
    }
    BasicFileAttributes a;
    try {
      a = Files.readAttributes(item.source(), BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw missing(item.source());
    }
    if (!movie.mark().looksLike(a)) {
      throw new StepFailure(
          StepFailure.Kind.CHANGED,
          "the source has changed: "
              + movie.mark().size()
              + " bytes when it was found, "
              + a.size()
              + " now");
    }
  }

  private StepFailure missing(Path source) {
    return Files.isDirectory(config.watch().raw())
        ? new StepFailure(StepFailure.Kind.GONE, "the source has vanished: " + source)
        : new StepFailure(StepFailure.Kind.WAIT, config.watch().raw() + " is away");
  }

  private void checkSpace(StepItem item, Optional<OutputRoot> root, boolean file)
      throws StepFailure, IOException {
    if (root.isEmpty()) {
      return;
    }
    long needed = config.minimumFree() + (file ? Files.size(item.file()) : 0);
    long usable = space.usable(root.get().root());
    if (usable < needed) {
      throw new StepFailure(
          StepFailure.Kind.WAIT,
          "disk full: "
              + ByteCount.text(usable)
              + " free at "
              + root.get().root()
              + ", needed "
              + ByteCount.text(needed));
    }
  }

  private void record(MovieRecord movie, AgentConfig.PlannedStep planned, Throwable thrown) {
    try {
      if (Failures.isInterruption(thrown)) {
        journal.append(new Event.Later(now(), movie.id(), "interrupted", false, 0));
        return;
      }
      StepFailure failure = classify(movie, planned.step(), thrown);
      if (failure == null) {
        fail(movie, planned, Failures.reason(thrown));
        return;
      }
      String reason = name(planned) + ": " + failure.getMessage();
      switch (failure.kind()) {
        case WAIT -> waitLonger(movie, reason);
        case PARK -> park(movie, reason);
        case GONE -> {
          journal.append(new Event.Gone(now(), movie.id(), reason));
          log.say(movie.id() + ": " + reason);
        }
        case CHANGED -> changed(movie, reason);
      }
    } catch (IOException e) {
      String why = "the journal cannot be written: " + Failures.reason(e);
      log.say(movie.id() + ": " + why);
      ledger.postpone(movie.id(), why, now() + config.retry().pause(), now());
    }
  }

  /** What a failure really is; null for one that counts. */
  private StepFailure classify(MovieRecord movie, Step step, Throwable thrown) {
    if (thrown instanceof StepFailure f) {
      return f;
    }
    Path source = config.watch().raw().resolve(movie.source());
    if (step.readsSource(item(movie)) && Failures.isMissing(thrown) && !Files.exists(source)) {
      return missing(source);
    }
    if (Failures.isFullDisk(thrown) || isFull(step)) {
      return new StepFailure(StepFailure.Kind.WAIT, "disk full: " + Failures.reason(thrown));
    }
    if (Failures.isDenied(thrown) || isReadOnly(step)) {
      return new StepFailure(
          StepFailure.Kind.WAIT, "permission is missing: " + Failures.reason(thrown));
    }
    boolean away = step.root().map(roots::get).map(r -> !r.isThere()).orElse(false);
    return away
        ? new StepFailure(StepFailure.Kind.WAIT, step.root().orElseThrow() + " is away")
        : null;
  }

  /** Programs do not say why they failed. */
  private boolean isFull(Step step) {
    try {
      return step.root().isPresent()
          && space.usable(step.root().get()) < Math.min(config.minimumFree(), 1 << 20);
    } catch (IOException e) {
      return false;
    }
  }

  /** Programs do not say that either. */
  private static boolean isReadOnly(Step step) {
    return step.root().isPresent()
        && Files.isDirectory(step.root().get())
        && !Files.isWritable(step.root().get());
  }

  private void fail(MovieRecord movie, AgentConfig.PlannedStep planned, String why)
      throws IOException {
    int failures = ledger.movie(movie.id()).failures() + 1;
    String reason = name(planned) + ": " + why;
    if (failures >= config.retry().attempts()) {
      park(movie, reason + " (" + failures + " attempts)");
      return;
    }
    long delay = config.retry().delay(failures);
    journal.append(new Event.Later(now(), movie.id(), reason, true, now() + delay));
    log.say(movie.id() + ": " + reason + "; again in " + delay / 1000 + " s");
  }

  private void waitLonger(MovieRecord movie, String reason) throws IOException {
    long wait = config.retry().pause();
    journal.append(new Event.Later(now(), movie.id(), reason, false, now() + wait));
    if (!reason.equals(movie.reason())) {
      log.say(movie.id() + ": " + reason + "; waits");
    }
  }

  private void park(MovieRecord movie, String reason) throws IOException {
    journal.append(new Event.Parked(now(), movie.id(), reason));
    log.say(movie.id() + ": parked, " + reason);
  }

  private void changed(MovieRecord movie, String reason) throws IOException {
    if (movie.done().isEmpty()) {
      journal.append(new Event.Dropped(now(), movie.id()));
      log.say(movie.id() + ": " + reason + "; waits until it is finished");
    } else {
      park(movie, reason + "; its new content is another version");
    }
  }

  private static String name(AgentConfig.PlannedStep planned) {
    return planned.step().name();
  }

  private long now() {
    return clock.wall();
  }

  /** What a step is lent. */
  private final class Context implements StepContext {
    private final MovieRecord movie;

    Context(MovieRecord movie) {
      this.movie = movie;
    }

    @Override
    public void log(String message) {
      log.say(movie.id() + ": " + message);
    }

    @Override
    public Parallel parallel() {
      return Parallel.of(config.threads());
    }

    @Override
    public Path logs() {
      return config.state().resolve("logs");
    }

    @Override
    public void started(Process process) throws IOException {
      journal.write(new Event.Spawned(now(), movie.id(), process.pid(), Processes.since(process)));
    }
  }
}
