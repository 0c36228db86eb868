package org.mdx.microed.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks at a folder again and again for movies that are finished: size and time have stayed the
 * same for some looks and some time, the last modification is old enough, and nobody holds the file
 * open for writing, as far as the system tells. Files are only opened for reading.
 */
final class MovieFinder {
  private final AgentConfig.Watch watch;
  private final Globs include;
  private final Globs exclude;
  private final Set<Path> skipped;
  private final Consumer<String> log;
  private final Set<String> warned = new HashSet<>();
  private Map<String, Sighting> sightings = new HashMap<>();
  private volatile int waiting;
  private volatile boolean away;

  /** A file as it has been since a time. */
  private record Sighting(long size, long modified, long since, int looks) {}

  /**
   * A finished file.
   *
   * @param source path in the folder, parts separated by {@code /}
   * @param file the file
   * @param attributes what it looked like
   */
  record Seen(String source, Path file, BasicFileAttributes attributes) {}

  /**
   * A finder.
   *
   * @param skipped folders that are left out
   * @param log told once of each thing that is wrong
   */
  MovieFinder(AgentConfig.Watch watch, Set<Path> skipped, Consumer<String> log) {
    this.watch = watch;
    this.include = new Globs(watch.include());
    this.exclude = new Globs(watch.exclude());
    this.skipped = skipped;
    this.log = log;
  }

  /** Looks once; returns files that are finished and not known as they are, oldest first. */
  List<Seen> look(Ledger ledger) {
    Walk walk = new Walk(ledger);
    try {
      Files.walkFileTree(
          watch.raw(),
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          watch.recursive() ? Integer.MAX_VALUE : 1,
          walk);
    } catch (IOException | RuntimeException e) {
      walk.incomplete = true;
      warn(watch.raw().toString(), Trouble.reason(e));
    }
    if (walk.incomplete) {
      // what could not be seen is not forgotten
      sightings.forEach(walk.now::putIfAbsent);
    }
    sightings = walk.now;
    waiting = sightings.size() - walk.finished.size();
    walk.finished.sort(
        Comparator.comparing((Seen s) -> s.attributes().lastModifiedTime())
            .thenComparing(Seen::source));
    return walk.finished;
  }

  /** Files that are not finished yet. */
  int waiting() {
    return waiting;
  }

  /** Whether the folder could not be read the last time. */
  boolean isAway() {
    return away;
  }

  private void warn(String what, String why) {
    if (warned.add(what)) {
      log.accept(what + " cannot be read: " + why + "; goes on trying");
    }
  }

  /** One look. */
  private final class Walk extends SimpleFileVisitor<Path> {
    private final Ledger ledger;
    private final Map<String, Sighting> now = new HashMap<>();
    private final List<Seen> finished = new ArrayList<>();
    private boolean incomplete;

    Walk(Ledger ledger) {
      this.ledger = ledger;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
      if (dir.equals(watch.raw())) {
        away = false;
      } else if (skipped.contains(dir)
          || String.valueOf(dir.getFileName()).equals(OutputRoot.STAGING)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (warned.remove(dir.toString())) {
        log.accept(dir + " can be read again");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
      if (a.isRegularFile()) {
        String source = source(file);
        if (include.match(source) && !exclude.match(source)) {
          see(source, file, a);
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      if (e instanceof FileSystemLoopException) {
        return FileVisitResult.CONTINUE;
      }
      if (file.equals(watch.raw())) {
        away = true;
      }
      if (!(e instanceof NoSuchFileException) || away) {
        incomplete = true;
        warn(file.toString(), Trouble.reason(e));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path dir, IOException e) {
      if (e != null) {
        incomplete = true;
        warn(dir.toString(), Trouble.reason(e));
      }
      return FileVisitResult.CONTINUE;
    }

    private void see(String source, Path file, BasicFileAttributes a) {
      Movie known = ledger.latest(source);
      if (known != null && isSettled(known, a)) {
        return;
      }
      long time = System.currentTimeMillis();
      long modified = a.lastModifiedTime().toMillis();
      Sighting before = sightings.get(source);
      Sighting s =
          before != null && before.size == a.size() && before.modified == modified
              ? new Sighting(before.size, before.modified, before.since, before.looks + 1)
              : new Sighting(a.size(), modified, time, 1);
      now.put(source, s);
      long same = time - s.since;
      // the clock of a file server can be ahead
      long age = Math.max(same, time - modified);
      if (s.looks >= watch.stablePolls()
          && same >= watch.stable()
          && age >= watch.minimumAge()
          && (!watch.lockTest() || isFree(file))) {
        finished.add(new Seen(source, file, a));
      }
    }

    /** Nothing to do about it, or the step that is under way will see to it. */
    private boolean isSettled(Movie known, BasicFileAttributes a) {
      boolean busy = known.state().isActive() && known.done().isEmpty();
      return busy || known.state() != MovieState.GONE && known.mark().looksLike(a);
    }

    private boolean isFree(Path file) {
      try {
        return SoleReader.isFree(file);
      } catch (AccessDeniedException e) {
        warn(file.toString(), Trouble.reason(e));
        return false;
      } catch (IOException e) {
        return false;
      }
    }
  }

  private String source(Path file) {
    String path = watch.raw().relativize(file).toString();
    return File.separatorChar == '/' ? path : path.replace(File.separatorChar, '/');
  }
}
