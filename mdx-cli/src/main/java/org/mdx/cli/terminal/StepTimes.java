package org.mdx.cli.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Wall-clock time of the steps of a command, and the memory it needed. */
public final class StepTimes {
  private final long start = System.nanoTime();
  private final Map<String, Double> steps = new LinkedHashMap<>();
  private long begun = start;

  /**
   * A step that gives a value and may fail on files.
   *
   * @param <T> the value
   */
  @FunctionalInterface
  public interface Step<T> {
    /** Does it. */
    T run() throws IOException;
  }

  /** Begins a step. */
  public void start() {
    begun = System.nanoTime();
  }

  /** Ends the step that was begun last and adds its time to that of the steps of the same name. */
  public void stop(String name) {
    steps.merge(name, (System.nanoTime() - begun) / 1e9, Double::sum);
  }

  /** Does a step and adds its time to that of the steps of the same name. */
  public <T> T time(String name, Step<T> step) throws IOException {
    OutputFolder.requireNotInterrupted();
    long from = System.nanoTime();
    try {
      return step.run();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      steps.merge(name, (System.nanoTime() - from) / 1e9, Double::sum);
    }
  }

  /** Seconds of each step, in the order they were first done. */
  public Map<String, Double> steps() {
    return steps;
  }

  /** Seconds since the beginning. */
  public double total() {
    return (System.nanoTime() - start) / 1e9;
  }

  /**
   * The most memory that this process has held, in MiB; that of the heap now where it is not told.
   */
  public static double peakMemory() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        }
      }
    } catch (IOException | NumberFormatException e) {
      // another operating system; the heap is the best guess
    }
    return Runtime.getRuntime().totalMemory() / 1048576.0;
  }
}
