package org.mdx.io.output;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Output that appears whole or not at all: it is written under a temporary name in the same folder
 * and then renamed. Whatever goes wrong (an exception, a full disk, an interrupt, the end of the
 * virtual machine by a signal) the temporary file is deleted and an older file of the name stays as
 * it was. What a process leaves that was killed, the next one that writes to the folder deletes.
 *
 * <p>A symbolic link stays, and the file that it names is written. What is there and neither a file
 * nor a link to one, such as a device or a pipe, is refused: it would be replaced by a file.
 */
public final class AtomicFile {
  /** Links that may lead from one to the next, as in Linux. */
  private static final int MOST_LINKS = 40;

  private static final AtomicLong COUNTER = new AtomicLong();
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  /** Whether temporary files are deleted when the virtual machine ends. */
  private static boolean hooked;

  /** Set when the virtual machine ends: no temporary file may be begun any more. */
  private static volatile boolean ending;

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
    writePath(target, content, AtomicFile::rename);
  }

  /** What becomes of a temporary file that is complete. */
  @FunctionalInterface
  private interface Completion {
    void complete(Path temporary, Path target) throws IOException;
  }

  private static void writePath(Path target, PathContent content, Completion completion)
      throws IOException {
    if (isDevice(target)) {
      throw new IOException(
          "cannot write " + target + ": it is a device or a pipe, not a file; name a file");
    }
    Path absolute = destination(target);
    if (Files.isDirectory(absolute)) {
      throw new IOException("cannot write " + target + ": it is a folder");
    }
    if (absolute.getParent() == null || !Files.isDirectory(absolute.getParent())) {
      throw new IOException(
          "cannot write " + target + ": the folder does not exist; create it first");
    }
    Leftovers.deleteIn(absolute.getParent());
    Path temporary = temporary(absolute);
    OPEN.add(temporary);
    try {
      deleteAtTheEnd();
      content.writeTo(temporary);
      completion.complete(temporary, absolute);
    } catch (UncheckedIOException e) {
      throw failure(target, e.getCause());
    } catch (IOException e) {
      throw failure(target, e);
    } finally {
      deleteQuietly(temporary);
      OPEN.remove(temporary);
    }
  }

  /**
   * Whether a name, or what a link of that name leads to, is there and neither a file nor a folder:
   * a device, a pipe, a standard stream that is one of these.
   *
   * @param target a file that something is to be written to
   * @return whether it can be written to as a stream alone
   */
  public static boolean isDevice(Path target) {
    return Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target);
  }

  /** The file itself that a name stands for: links are followed, whether or not it is there. */
  private static Path destination(Path target) throws IOException {
    Path file = target.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(file); links++) {
      if (links == MOST_LINKS) {
        throw new IOException("cannot write " + target + ": it is a link that leads to itself");
      }
      file = file.resolveSibling(Files.readSymbolicLink(file));
    }
    return file;
  }

  /**
   * The name of a temporary file beside another one. It is hidden and never given twice; if the
   * process is killed, the next one that writes to the folder deletes the file.
   *
   * @param target the file that it is for
   * @return a path in the same folder
   */
  public static Path temporary(Path target) {
    return target.resolveSibling(
        Leftovers.name(target.getFileName().toString(), COUNTER.incrementAndGet()));
  }

  /**
   * Checks that a file can be written, before the work whose result it shall hold.
   *
   * @param target the file that shall appear; an older one may be there
   * @throws IOException if it is a folder, its folder does not exist or no file can be made there
   */
  public static void requireWritable(Path target) throws IOException {
    writePath(
        target,
        Files::createFile,
        (temporary, absolute) -> {
          // made and deleted again, nothing appears
        });
  }

  /**
   * Deletes the temporary files of everything that is being written; nothing can be begun after
   * that. For the end of the virtual machine.
   */
  public static void deleteUnfinished() {
    ending = true;
    OPEN.forEach(AtomicFile::deleteQuietly);
  }

  private static synchronized void deleteAtTheEnd() {
    if (!hooked && !ending) {
      try {
        Runtime.getRuntime()
            .addShutdownHook(new Thread(AtomicFile::deleteUnfinished, "mdx-unfinished-files"));
        hooked = true;
      } catch (IllegalStateException e) {
        ending = true;
      }
    }
    if (ending) {
      throw new CancellationException("the virtual machine is about to end");
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

  /**
   * Why a file could not be read or written, in words. The messages of some exceptions of the
   * platform hold nothing but a path.
   *
   * @param e the exception
   * @return such as {@code permission denied}, without the path where the platform gives it apart
   */
  public static String reason(IOException e) {
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    } else if (e instanceof AccessDeniedException) {
      return "permission denied";
    } else if (e instanceof NoSuchFileException) {
      return "no such file";
    } else if (e instanceof FileAlreadyExistsException) {
      return "a file of this name is in the way";
    } else if (e instanceof NotDirectoryException) {
      return "not a folder";
    } else if (e instanceof DirectoryNotEmptyException) {
      return "a folder that is not empty is in the way";
    } else if (e instanceof CharacterCodingException) {
      return "its text is not UTF-8; save it as UTF-8";
    } else if (e instanceof EOFException) {
      return "the file ends early";
    } else if (e instanceof FileSystemException f && f.getFile() != null) {
      return "input or output failed";
    } else if (e.getCause() instanceof IOException cause
        && (e.getMessage() == null || e.getMessage().equals(cause.toString()))) {
      return reason(cause);
    }
    return e.getMessage() == null ? "input or output failed" : e.getMessage();
  }

  private static void deleteQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // the first failure is the one to report; this one leaves a file whose name tells what it is
    }
  }
}
