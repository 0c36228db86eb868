package org.mdx.microed.agent.watch;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.journal.Ledger;
import org.mdx.microed.agent.journal.MovieRecord;
import org.mdx.microed.agent.journal.MovieState;
import org.mdx.microed.agent.system.AgentClock;
import org.mdx.microed.agent.system.Failures;
import org.mdx.microed.agent.system.Globs;
import org.mdx.microed.agent.system.UnnamedFile;

/**
 * Looks at a folder again and again for movies that are finished: size and time have stayed the
 * same for some looks and some time, the last modification is old enough, and nobody holds the file
 * open for writing, as far as the system tells. Files are only opened for reading.
 */
public final class MovieFinder {
  private final AgentConfig.Watch watch;
  private final Globs include;
  private final Globs exclude;
  private final Set<Path> skipped;
  private final AgentClock clock;
  private final Consumer<String> log;
  private final Set<String> warned = new HashSet<>();
  private Map<String, Sighting> sightings = new HashMap<>();
  private volatile List<Unfinished> unfinished = List.of();
  private volatile boolean away;
  private int looks;

  /**
   * A file as it has been since a time.
   *
   * @param first the look that saw it first, whatever it was like
   * @param held whether only another program that holds it, or its permissions, stand against it
   */
  private record Sighting(
      long size, long modified, long since, int looks, int first, boolean changed, boolean held) {

    boolean isLike(BasicFileAttributes a) {
      return size == a.size() && modified == a.lastModifiedTime().toMillis();
    }

    Sighting again() {
      return new Sighting(size, modified, since, looks + 1, first, changed, false);
    }

    Sighting hold() {
      return new Sighting(size, modified, since, looks, first, changed, true);
    }
  }

  /**
   * A finished file.
   *
   * @param source path in the folder, parts separated by {@code /}
   * @param file the file
   * @param attributes what it looked like
   * @param refusal why it cannot be worked on; empty if it can
   */
  public record Seen(String source, Path file, BasicFileAttributes attributes, String refusal) {}

  /**
   * A file that is not finished, or cannot be read.
   *
   * @param source path in the folder, parts separated by {@code /}
   * @param size bytes, at the last look
   * @param why it is left
   */
  public record Unfinished(String source, long size, String why) {}

  /**
   * A finder.
   *
   * @param skipped folders that are left out
   * @param log told once of each thing that is wrong
   */
  public MovieFinder(
      AgentConfig.Watch watch, Set<Path> skipped, AgentClock clock, Consumer<String> log) {
    this.watch = watch;
    this.include = new Globs(watch.include());
    this.exclude = new Globs(watch.exclude());
    this.skipped = skipped;
    this.clock = clock;
    this.log = log;
  }

  /** Looks once; returns files that are finished and not known as they are, oldest first. */
  public List<Seen> look(Ledger ledger) {
    looks++;
    Look look = new Look(ledger);
    FolderWalk walk = new FolderWalk(watch, skipped, look);
    try {
      walk.walk();
    } catch (IOException | RuntimeException e) {
      walk.fail();
      warn(watch.raw().toString(), Failures.reason(e));
    }
    if (walk.isIncomplete()) {
      // what could not be seen is not forgotten
      sightings.forEach(look.now::putIfAbsent);
    }
    sightings = look.now;
    Map<String, Unfinished> left = new TreeMap<>();
    sightings.forEach(
        (source, s) ->
            left.put(source, new Unfinished(source, s.size, look.why.getOrDefault(source, ""))));
    look.finished.forEach(s -> left.remove(s.source()));
    unfinished = List.copyOf(left.values());
    look.finished.sort(
        Comparator.comparing((Seen s) -> s.attributes().lastModifiedTime())
            .thenComparing(Seen::source));
    return look.finished;
  }

  /** A file that was finished and could not be entered: it stays among those that are not. */
  public void leave(Seen seen, String why) {
    List<Unfinished> more = new ArrayList<>(unfinished);
    more.add(new Unfinished(seen.source(), seen.attributes().size(), why));
    unfinished = List.copyOf(more);
    sightings.computeIfPresent(seen.source(), (k, s) -> s.hold());
    if (warned.add(seen.file().toString())) {
      log.accept(seen.file() + " is left: " + why + "; goes on trying");
    }
  }

  /** Files that are not finished yet. */
  public int waiting() {
    return unfinished.size();
  }

  /** The same, and why. */
  public List<Unfinished> unfinished() {
    return unfinished;
  }

  /**
   * Whether some of what the first look saw will be finished if nothing happens to it. Files that
   * have changed or come since, that other programs hold or that cannot be read may take for ever.
   */
  public boolean isWorthWaiting() {
    Set<String> left = new HashSet<>();
    unfinished.forEach(u -> left.add(u.source()));
    return !away
        && sightings.entrySet().stream()
            .filter(e -> left.contains(e.getKey()))
            .map(Map.Entry::getValue)
            .anyMatch(s -> s.first == 1 && !s.changed && !s.held);
  }

  /** Whether the folder could not be read the last time. */
  public boolean isAway() {
    return away;
  }

  private void warn(String what, String why) {
    if (warned.add(what)) {
      log.accept(what + " cannot be read: " + why + "; goes on trying");
    }
  }

  /** One look. */
  private final class Look implements FolderWalk.Listener {
    private final Ledger ledger;
    private final Map<String, Sighting> now = new HashMap<>();
    private final Map<String, String> why = new HashMap<>();
    private final List<Seen> finished = new ArrayList<>();

    Look(Ledger ledger) {
      this.ledger = ledger;
    }

    @Override
    public void folder(Path dir) {
      if (dir.equals(watch.raw())) {
        away = false;
      }
      if (warned.remove(dir.toString())) {
        log.accept(dir + " can be read again");
      }
    }

    @Override
    public void link(Path dir) {
      if (warned.add(dir.toString())) {
        log.accept(dir + " is a link to a folder and left out; follow_links = true follows it");
      }
    }

    @Override
    public void failed(Path file, IOException e) {
      if (file.equals(watch.raw())) {
        away = true;
      }
      warn(file.toString(), Failures.reason(e));
    }

    @Override
    public FileVisitResult file(Path file, BasicFileAttributes a) {
      String plain = source(file);
      if (include.match(plain) && !exclude.match(plain)) {
        String refusal = UnnamedFile.refusal(file);
        see(refusal.isEmpty() ? plain : UnnamedFile.source(watch.raw(), file), file, a, refusal);
      }
      return FileVisitResult.CONTINUE;
    }

    private void see(String source, Path file, BasicFileAttributes a, String refusal) {
      MovieRecord known = ledger.latest(source);
      if (known != null && isSettled(known, a)) {
        return;
      }
      long time = clock.elapsed();
      long modified = a.lastModifiedTime().toMillis();
      Sighting before = sightings.get(source);
      Sighting s =
          before == null
              ? new Sighting(a.size(), modified, time, 1, looks, false, false)
              : before.isLike(a)
                  ? before.again()
                  : new Sighting(a.size(), modified, time, 1, before.first, true, false);
      long same = time - s.since;
      // the clock of a file server can be ahead
      long age = Math.max(same, clock.wall() - modified);
      if (s.looks < watch.stablePolls() || same < watch.stable()) {
        why.put(
            source,
            "the same for "
                + s.looks
                + " looks and "
                + seconds(same)
                + ", which must be "
                + watch.stablePolls()
                + " and "
                + seconds(watch.stable())
                + (s.changed ? "; it is being written" : ""));
      } else if (age < watch.minimumAge()) {
        why.put(
            source,
            "modified " + seconds(age) + " ago, which must be " + seconds(watch.minimumAge()));
      } else if (watch.lockTest() && !isFree(source, file)) {
        s = s.hold();
      } else {
        finished.add(new Seen(source, file, a, refusal));
      }
      now.put(source, s);
    }

    /** Nothing to do about it, or the step that is under way will see to it. */
    private boolean isSettled(MovieRecord known, BasicFileAttributes a) {
      boolean busy = known.state().isActive() && known.done().isEmpty();
      return busy || known.state() != MovieState.GONE && known.mark().looksLike(a);
    }

    private boolean isFree(String source, Path file) {
      try {
        boolean free = FileUse.isFree(file);
        if (!free) {
          why.put(source, "another program holds it");
        }
        return free;
      } catch (AccessDeniedException e) {
        warn(file.toString(), Failures.reason(e));
        why.put(source, "it cannot be read: " + Failures.reason(e));
        return false;
      } catch (IOException e) {
        why.put(source, Failures.reason(e));
        return false;
      }
    }
  }

  private static String seconds(long millis) {
    return millis / 1000 + (millis % 1000 == 0 ? "" : "." + millis % 1000 / 100) + " s";
  }

  private String source(Path file) {
    String path = watch.raw().relativize(file).toString();
    return File.separatorChar == '/' ? path : path.replace(File.separatorChar, '/');
  }
}
