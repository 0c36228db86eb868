package org.mdx.microed.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.steps.Rsync;
import org.mdx.microed.agent.steps.StepFailure;
import org.mdx.microed.agent.system.AgentLog;
import org.mdx.microed.agent.system.Digests;
import org.mdx.microed.agent.system.Globs;
import org.mdx.microed.agent.system.ResumableCopy;
import org.mdx.microed.agent.system.SpaceProbe;
import org.mdx.microed.agent.system.UnnamedFile;

/**
 * Copies what is in a folder and not yet in another, every so often. A file is copied when it has
 * not changed between two rounds, or for a minute; it appears whole, and its checksum is compared.
 */
final class FolderCopy {
  private static final long QUIET = 60_000;
  private static final long CLOCK = 2000;

  private final AgentConfig.Copy copy;
  private final OutputRoot root;
  private final Path logs;
  private final AgentLog log;
  private final SpaceProbe space;
  private final long minimumFree;
  private Map<String, Long> before = new HashMap<>();

  /** Files whose content was compared: path to time of modification. */
  private final Map<String, Long> compared = new HashMap<>();

  FolderCopy(
      AgentConfig.Copy copy,
      OutputRoot root,
      Path logs,
      AgentLog log,
      SpaceProbe space,
      long minimumFree) {
    this.copy = copy;
    this.root = root;
    this.logs = logs;
    this.log = log;
    this.space = space;
    this.minimumFree = minimumFree;
  }

  /** Time between two rounds, ms. */
  long every() {
    return copy.every();
  }

  /** Copies once what there is. */
  void round() throws StepFailure, IOException, InterruptedException {
    if (copy.rsync()) {
      Rsync.Mirror mirror =
          new Rsync.Mirror(copy.from(), copy.to(), copy.include(), copy.exclude(), copy.replace());
      new Rsync(copy.rsyncOptions()).mirror(mirror, p -> {}, logs.resolve("copy.log"));
      return;
    }
    root.check();
    Map<String, BasicFileAttributes> files = list();
    Map<String, Long> now = new HashMap<>();
    int copied = 0;
    long bytes = 0;
    for (Map.Entry<String, BasicFileAttributes> e : files.entrySet()) {
      BasicFileAttributes a = e.getValue();
      long look = 31 * a.size() + a.lastModifiedTime().toMillis();
      now.put(e.getKey(), look);
      boolean quiet = System.currentTimeMillis() - a.lastModifiedTime().toMillis() > QUIET;
      if ((quiet || Long.valueOf(look).equals(before.get(e.getKey()))) && copy(e.getKey(), a)) {
        copied++;
        bytes += a.size();
      }
    }
    before = now;
    if (copied > 0) {
      log.say("copied " + copied + " files, " + bytes + " bytes to " + copy.to());
    }
  }

  private Map<String, BasicFileAttributes> list() throws IOException {
    Globs include = new Globs(copy.include());
    Globs exclude = new Globs(copy.exclude());
    Map<String, BasicFileAttributes> files = new TreeMap<>();
    Files.walkFileTree(
        copy.from(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
            return !dir.equals(copy.from()) && isHidden(dir)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
            String path = copy.from().relativize(file).toString().replace(File.separatorChar, '/');
            boolean taken = a.isRegularFile() && include.match(path) && !exclude.match(path);
            String refusal = UnnamedFile.refusal(file);
            if (taken && !isHidden(file) && refusal.isEmpty()) {
              files.put(path, a);
            } else if (taken && !refusal.isEmpty()) {
              refuse(UnnamedFile.source(copy.from(), file), refusal);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(copy.from())) {
              throw e;
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  /** What is half written has a name that begins with a dot. */
  private static boolean isHidden(Path path) {
    return String.valueOf(path.getFileName()).startsWith(".");
  }

  private void refuse(String source, String why) {
    if (compared.put(source, 0L) == null) {
      log.say("not copied: " + source + ": " + why);
    }
  }

  /** Copies a file if need be; returns whether that was so. */
  private boolean copy(String path, BasicFileAttributes a)
      throws StepFailure, IOException, InterruptedException {
    Path from = copy.from().resolve(path);
    Path to = root.root().resolve(path);
    boolean there = Files.exists(to);
    if (there && !mustReplace(path, a, from, to)) {
      return false;
    }
    long usable = space.usable(root.root());
    if (usable < a.size() + minimumFree) {
      throw new StepFailure(
          StepFailure.Kind.WAIT, "disk full: " + (usable >> 20) + " MiB free at " + root.root());
    }
    Path staging = root.staging(path, "copy", to);
    ResumableCopy.Copied copied = ResumableCopy.copy(from, staging);
    if (!copied.digest().equals(Digests.of(staging))) {
      Files.delete(staging);
      throw new IOException("the copy of " + from + " has another checksum");
    }
    BasicFileAttributes after = Files.readAttributes(from, BasicFileAttributes.class);
    if (after.size() != a.size() || !after.lastModifiedTime().equals(a.lastModifiedTime())) {
      // written meanwhile; the next round finds what it has become
      Files.delete(staging);
      return false;
    }
    Files.createDirectories(to.getParent());
    Files.move(staging, to, StandardCopyOption.ATOMIC_MOVE);
    if (there) {
      log.say("replaced " + to + ", which had another content");
    }
    return true;
  }

  private boolean mustReplace(String path, BasicFileAttributes a, Path from, Path to)
      throws IOException, InterruptedException {
    long modified = a.lastModifiedTime().toMillis();
    boolean sameSize = Files.size(to) == a.size();
    if (sameSize && Math.abs(Files.getLastModifiedTime(to).toMillis() - modified) <= CLOCK) {
      return false;
    }
    if (Long.valueOf(modified).equals(compared.get(path))) {
      return false;
    }
    boolean same = sameSize && Digests.of(from).equals(Digests.of(to));
    if (same || !copy.replace()) {
      compared.put(path, modified);
      if (!same) {
        log.say("not copied: " + to + " is there with another content");
      }
      return false;
    }
    return true;
  }
}
