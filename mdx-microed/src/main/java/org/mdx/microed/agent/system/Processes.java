package org.mdx.microed.agent.system;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Runs programs whose output goes to a file, and ends them. */
public final class Processes {
  private static final int TAIL = 300;
  private static final long PATIENCE = 5;
  private static final long SAME_START = 2000;

  private Processes() {}

  /** Told of a process that has begun. */
  public interface Listener {
    void started(Process process) throws IOException;
  }

  /**
   * Runs a program to its end. Whatever happens, it and its children have ended on return.
   *
   * @param folder where it runs
   * @param log what it prints is added to this file
   * @param timeout milliseconds after which it is ended
   * @throws IOException if it cannot be started, takes too long, or ends with another code than 0
   */
  public static void run(List<String> words, Path folder, Path log, long timeout, Listener listener)
      throws IOException, InterruptedException {
    Files.writeString(
        log,
        "--- "
            + Instant.now().atZone(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)
            + " "
            + words
            + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    long before = Files.size(log);
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      listener.started(process);
      process.getOutputStream().close();
      if (!process.waitFor(timeout, TimeUnit.MILLISECONDS)) {
        throw new IOException(
            words.get(0) + " was ended after " + timeout / 1000 + " s; its output is in " + log);
      }
      if (process.exitValue() != 0) {
        String last = tail(log, before);
        throw new IOException(
            words.get(0)
                + " ended with code "
                + process.exitValue()
                + (last.isEmpty() ? "" : ": " + last)
                + " ("
                + log
                + ")");
      }
    } finally {
      end(process.toHandle());
    }
  }

  /** The last words of a file after a position, on one line. */
  private static String tail(Path log, long from) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(log.toFile(), "r")) {
      long at = Math.max(from, in.length() - TAIL);
      byte[] bytes = new byte[(int) Math.max(0, in.length() - at)];
      in.seek(at);
      in.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).strip().replaceAll("\\s*\\R\\s*", "; ");
    }
  }

  /** Ends a process of an agent that has ended without being able to. */
  public static boolean endOrphan(long pid, long since) throws InterruptedException {
    Optional<ProcessHandle> handle = ProcessHandle.of(pid);
    Optional<Long> start = handle.flatMap(Processes::start);
    if (start.isEmpty() || Math.abs(start.get() - since) > SAME_START) {
      return false;
    }
    end(handle.get());
    return true;
  }

  /** By when it began a process is recognized; 0 if the system does not tell. */
  public static long since(Process process) {
    return start(process.toHandle()).orElse(0L);
  }

  /**
   * Milliseconds from the start of the first process of the system, as some systems count from the
   * present time back: there the start of a process moves when the clock is set.
   */
  private static Optional<Long> start(ProcessHandle process) {
    long first =
        ProcessHandle.of(1)
            .flatMap(p -> p.info().startInstant())
            .map(Instant::toEpochMilli)
            .orElse(0L);
    return process.info().startInstant().map(i -> i.toEpochMilli() - first);
  }

  private static void end(ProcessHandle process) throws InterruptedException {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process))
            .filter(ProcessHandle::isAlive)
            .toList();
    all.forEach(ProcessHandle::destroy);
    for (ProcessHandle p : all) {
      try {
        p.onExit().get(PATIENCE, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        p.destroyForcibly();
      }
    }
  }
}
