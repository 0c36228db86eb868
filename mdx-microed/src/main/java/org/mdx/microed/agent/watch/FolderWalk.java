package org.mdx.microed.agent.watch;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;
import org.mdx.microed.agent.config.AgentConfig;

/**
 * Walks once through a watched folder, which may be a link itself. Hidden files and folders are
 * left out, and links to folders unless they are to be followed; links to files count as files.
 */
final class FolderWalk extends SimpleFileVisitor<Path> {
  private final AgentConfig.Watch watch;
  private final Set<Path> skipped;
  private final Listener listener;
  private Path base;
  private boolean incomplete;

  /** Told what there is, by paths in the watched folder. */
  interface Listener {
    /** A folder that can be read. */
    void folder(Path dir);

    /** A link to a folder that is not followed. */
    void link(Path dir);

    /** A file. */
    FileVisitResult file(Path file, BasicFileAttributes a);

    /** Something that cannot be read. */
    void failed(Path file, IOException e);
  }

  /**
   * A walk.
   *
   * @param skipped folders that are left out
   */
  FolderWalk(AgentConfig.Watch watch, Set<Path> skipped, Listener listener) {
    this.watch = watch;
    this.skipped = skipped;
    this.listener = listener;
  }

  /** Walks. */
  void walk() throws IOException {
    base = Files.isSymbolicLink(watch.raw()) ? watch.raw().toRealPath() : watch.raw();
    Files.walkFileTree(
        base,
        watch.followLinks()
            ? EnumSet.of(FileVisitOption.FOLLOW_LINKS)
            : EnumSet.noneOf(FileVisitOption.class),
        watch.recursive() ? Integer.MAX_VALUE : 1,
        this);
  }

  /** Notes that not everything could be seen. */
  void fail() {
    incomplete = true;
  }

  boolean isIncomplete() {
    return incomplete;
  }

  private Path place(Path visited) {
    return visited.equals(base) ? watch.raw() : watch.raw().resolve(base.relativize(visited));
  }

  private static boolean isHidden(Path path) {
    try {
      return Files.isHidden(path);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
    Path place = place(dir);
    if (!dir.equals(base) && (skipped.contains(place) || isHidden(dir))) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    listener.folder(place);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
    if (isHidden(file)) {
      return FileVisitResult.CONTINUE;
    }
    Path place = place(file);
    BasicFileAttributes target = a;
    if (a.isSymbolicLink()) {
      try {
        target = Files.readAttributes(file, BasicFileAttributes.class);
      } catch (IOException e) {
        return FileVisitResult.CONTINUE;
      }
      if (target.isDirectory()) {
        listener.link(place);
      }
    }
    return target.isRegularFile() ? listener.file(place, target) : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    if (e instanceof FileSystemLoopException || !file.equals(base) && isHidden(file)) {
      return FileVisitResult.CONTINUE;
    }
    if (!(e instanceof NoSuchFileException) || file.equals(base)) {
      incomplete = true;
      listener.failed(place(file), e);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path dir, IOException e) {
    if (e != null) {
      incomplete = true;
      listener.failed(place(dir), e);
    }
    return FileVisitResult.CONTINUE;
  }
}
