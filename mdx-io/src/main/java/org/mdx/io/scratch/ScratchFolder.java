package org.mdx.io.scratch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for scratch files that is gone when it is closed. If the process is killed, the next one
 * that makes such a folder in the same place removes it: a lock tells whose process lives.
 */
public final class ScratchFolder implements AutoCloseable {
  private static final String PREFIX = "mdx-scratch-";
  private static final String LOCK = "lock";

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private ScratchFolder(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Makes a new folder, after those of processes that no longer live have been removed.
   *
   * @param parent where; made if it is not there
   * @return the folder, empty but for its lock
   * @throws IOException if it cannot be made
   */
  public static ScratchFolder in(Path parent) throws IOException {
    Files.createDirectories(parent);
    removeAbandoned(parent);
    Path path = Files.createTempDirectory(parent, PREFIX);
    Path fresh = path.resolve("new");
    FileChannel channel =
        FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FileLock lock = channel.lock();
    // nobody sees a lock file that is not locked yet
    Files.move(fresh, path.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
    return new ScratchFolder(path, channel, lock);
  }

  private static void removeAbandoned(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (isAbandoned(folder.resolve(LOCK))) {
          remove(folder);
        }
      }
    }
  }

  private static boolean isAbandoned(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock free = other.tryLock()) {
      return free != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path p : all) {
      Files.deleteIfExists(p);
    }
  }

  /**
   * Where it is.
   *
   * @return the folder
   */
  public Path path() {
    return path;
  }

  /** Removes the folder with all that is in it. */
  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
    remove(path);
  }

  @Override
  public String toString() {
    return "ScratchFolder[" + path + "]";
  }
}
