package org.mdx.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Output that appears whole or not at all: it is written under a temporary name in the same folder
 * and then renamed. Whatever goes wrong (an exception, a full disk, an interrupt, the end of the
 * virtual machine by a signal) the temporary file is deleted and an older file of the name stays as
 * it was.
 */
public final class AtomicFile {
  private static final AtomicLong COUNTER = new AtomicLong();
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> OPEN.forEach(AtomicFile::deleteQuietly), "mdx-unfinished-files"));
  }

  /** Writes a file that does not exist yet. */
  @FunctionalInterface
  public interface PathContent {
    /**
     * Writes and closes the file.
     *
     * @param temporary where to
     * @throws IOException if that fails
     */
    void writeTo(Path temporary) throws IOException;
  }

  /** Writes to a stream. */
  @FunctionalInterface
  public interface StreamContent {
    /**
     * Writes; need not close.
     *
     * @param out where to
     * @throws IOException if that fails
     */
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes a file through a buffered stream.
   *
   * @param target the file that shall appear; an older one is replaced
   * @param content writes it
   * @throws IOException if it cannot be written; nothing is left behind
   */
  public static void write(Path target, StreamContent content) throws IOException {
    writePath(
        target,
        temporary -> {
          try (OutputStream out =
              new BufferedOutputStream(
                  Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW), 1 << 16)) {
            content.writeTo(out);
          }
        });
  }

  /**
   * Writes a file by its path, for libraries that open files themselves.
   *
   * @param target the file that shall appear; an older one is replaced
   * @param content writes it under the temporary name that it is given
   * @throws IOException if it cannot be written; nothing is left behind
   */
  public static void writePath(Path target, PathContent content) throws IOException {
    Path absolute = target.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      throw new IOException("cannot write " + target + ": it is a folder");
    }
    if (absolute.getParent() == null || !Files.isDirectory(absolute.getParent())) {
      throw new IOException(
          "cannot write " + target + ": the folder does not exist; create it first");
    }
    Path temporary =
        absolute.resolveSibling(
            "."
                + absolute.getFileName()
                + "."
                + ProcessHandle.current().pid()
                + "-"
                + COUNTER.incrementAndGet()
                + ".part");
    OPEN.add(temporary);
    try {
      content.writeTo(temporary);
      rename(temporary, absolute);
    } catch (UncheckedIOException e) {
      throw failure(target, e.getCause());
    } catch (IOException e) {
      throw failure(target, e);
    } finally {
      deleteQuietly(temporary);
      OPEN.remove(temporary);
    }
  }

  private static IOException failure(Path target, IOException e) {
    return new IOException(
        "cannot write " + target + ": " + reason(e) + "; nothing was left behind", e);
  }

  private static void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static void deleteQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // the first failure is the one to report; this one leaves a file whose name tells what it is
    }
  }
}
