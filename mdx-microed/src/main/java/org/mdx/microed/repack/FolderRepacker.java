package org.mdx.microed.repack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.mdx.io.MdxFormatException;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/** Repacks all movies below a folder into the same tree below another one. */
public final class FolderRepacker {

  /**
   * A movie that was done, or why not.
   *
   * @param in the movie
   * @param report what was done; null if it failed
   * @param failure what went wrong; null if nothing
   */
  public record Entry(Path in, RepackReport report, Exception failure) {}

  private final MovieRepacker repacker;

  private FolderRepacker(MovieRepacker repacker) {
    this.repacker = repacker;
  }

  /**
   * Repacks folders.
   *
   * @param repacker repacks one movie
   * @return the repacker of folders
   */
  public static FolderRepacker of(MovieRepacker repacker) {
    return new FolderRepacker(repacker);
  }

  /** Told of each movie when it is done. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Called after a movie.
     *
     * @param entry what became of it
     */
    void done(Entry entry);
  }

  /**
   * Repacks movie after movie, each on all threads. Other files, and files and folders whose names
   * begin with a dot, are left out. A movie that fails does not stop the others.
   *
   * @param in folder of movies
   * @param out folder of copies; folders are made as they are needed. It may lie in the other one
   * @param parallel threads
   * @param progress is told after every frame of a movie
   * @param listener is told after every movie
   * @return an entry for each movie, in order of their paths
   * @throws IOException if a folder cannot be read or made
   * @throws CancellationException if the thread is interrupted
   */
  public List<Entry> repack(
      Path in, Path out, Parallel parallel, Progress progress, Listener listener)
      throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path movie : files(in, out)) {
      Entry e = one(in, movie, out, parallel, progress);
      if (e != null) {
        entries.add(e);
        listener.done(e);
      }
    }
    return entries;
  }

  private static List<Path> files(Path in, Path out) throws IOException {
    Path copies = out.toAbsolutePath().normalize();
    try (Stream<Path> all = Files.walk(in)) {
      return all.filter(p -> !p.toAbsolutePath().normalize().startsWith(copies))
          .filter(p -> !isHidden(in.relativize(p)))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private static boolean isHidden(Path relative) {
    for (Path name : relative) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /** What is no text is decoded with a sign for that, by which nothing can be named. */
  private static void requireName(Path movie) {
    boolean named = true;
    try {
      named = Path.of(movie.toString()).equals(movie);
    } catch (InvalidPathException e) {
      named = false;
    }
    if (!named) {
      throw new MdxFormatException(
          movie,
          "",
          "a name that is text in the system's encoding, " + System.getProperty("sun.jnu.encoding"),
          movie.toUri().getRawPath(),
          "rename it, or run with LC_ALL=C.UTF-8");
    }
  }

  /** Repacks one file; null if it is no movie. */
  private Entry one(Path folder, Path movie, Path out, Parallel parallel, Progress progress) {
    try {
      if (!MovieRepacker.recognizes(movie)) {
        return null;
      }
      requireName(movie);
      Path relative = folder.relativize(movie);
      Path target = out.resolve(relative).resolveSibling(MovieRepacker.nameOfCopy(movie));
      Files.createDirectories(target.toAbsolutePath().getParent());
      return new Entry(movie, repacker.repack(movie, target, parallel, progress), null);
    } catch (IOException | MdxFormatException | IllegalArgumentException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted");
      }
      return new Entry(movie, null, e);
    }
  }
}
