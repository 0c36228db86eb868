package org.mdx.bench.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs a main class in a process of its own and leaves what that took in a file. */
public final class TimedJob {
  private static final String STATUS = "/proc/self/status";

  private TimedJob() {}

  /**
   * Runs the job.
   *
   * @param args file to write, main class, its arguments
   * @throws ReflectiveOperationException if there is no such class, or it fails
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    Path file = Path.of(args[0]);
    long start = System.nanoTime();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> write(file, start)));
    String[] rest = List.of(args).subList(2, args.length).toArray(new String[0]);
    Class.forName(args[1]).getMethod("main", String[].class).invoke(null, (Object) rest);
  }

  /** Seconds on the clock, seconds of the processors, largest resident set in MiB. */
  private static void write(Path file, long start) {
    double wall = 1e-9 * (System.nanoTime() - start);
    Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    try {
      Files.writeString(file, wall + " " + 1e-3 * cpu.toMillis() + " " + peak());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double peak() throws IOException {
    if (!Files.exists(Path.of(STATUS))) {
      return 0;
    }
    for (String line : Files.readAllLines(Path.of(STATUS))) {
      if (line.startsWith("VmHWM:")) {
        return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return 0;
  }
}
