package org.mdx.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.mdx.io.output.AtomicFile;

/**
 * The folder that a command leaves its files in. Folders that it made are removed again at the end
 * if nothing came to lie in them.
 */
public final class OutputFolder implements AutoCloseable {
  private final Path path;
  private final Deque<Path> made = new ArrayDeque<>();

  private OutputFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes a folder, with those it lies in, unless there is one.
   *
   * @throws IOException if it cannot be made or a file is in the way
   */
  public static OutputFolder of(Path path) throws IOException {
    OutputFolder folder = new OutputFolder(path);
    try {
      folder.make(path.toAbsolutePath());
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
    return folder;
  }

  private void make(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (Files.exists(folder)) {
      throw new IOException(folder + ": is a file, not a folder; remove it or name another folder");
    }
    if (folder.getParent() != null) {
      make(folder.getParent());
    }
    Files.createDirectory(folder);
    made.push(folder);
  }

  /**
   * Makes sure that files can be made here, before the work whose results they shall hold.
   *
   * @throws IOException if not, with the reason
   */
  public void requireWritable() throws IOException {
    AtomicFile.requireWritable(path.resolve("results"));
  }

  /**
   * Makes sure that there is room on the disk.
   *
   * @param bytes that are likely to be written
   * @throws IOException if there are fewer
   */
  public void requireRoom(double bytes) throws IOException {
    long free = Files.getFileStore(path).getUsableSpace();
    if (free < bytes) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: the disk has room for %,d MB, the results need about %,d MB; make room or name a"
                  + " folder elsewhere",
              path,
              free / 1_000_000,
              (long) bytes / 1_000_000));
    }
  }

  /** A folder inside of this one, made if there is none. */
  public Path folder(String name) throws IOException {
    Path inner = path.resolve(name);
    make(inner.toAbsolutePath());
    return inner;
  }

  /**
   * A file to write here.
   *
   * @throws CancellationException if the thread was interrupted, so that nothing new is begun
   */
  public Path file(String name) {
    requireNotInterrupted();
    return path.resolve(name);
  }

  /** Stops between two steps. */
  public static void requireNotInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
  }

  /** Removes the folders that it made and that are still empty, innermost first. */
  @Override
  public void close() {
    for (Path folder : made) {
      try {
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        continue; // it holds files and stays
      }
    }
  }
}
