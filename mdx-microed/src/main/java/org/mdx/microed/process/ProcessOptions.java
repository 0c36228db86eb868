package org.mdx.microed.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.mdx.microed.process.engine.StepEngine;
import org.mdx.microed.process.pipeline.Pipeline;

/** Options for running trials. Immutable: each method that takes a value returns new options. */
public final class ProcessOptions {
  private final Path work;
  private final List<Pipeline> trials;
  private final Values values;
  private final List<StepEngine> engines;
  private final int jobs;
  private final int threads;
  private final Duration timeout;
  private final boolean force;
  private final boolean retry;

  private ProcessOptions(
      Path work,
      List<Pipeline> trials,
      Values values,
      List<StepEngine> engines,
      int jobs,
      int threads,
      Duration timeout,
      boolean force,
      boolean retry) {
    trials = List.copyOf(trials);
    engines = List.copyOf(engines);
    if (jobs < 1 || threads < 1) {
      throw new IllegalArgumentException(
          jobs + " jobs of " + threads + " threads; each must be 1 or more");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout " + timeout + ", must be above 0");
    }
    List<String> names = trials.stream().map(Pipeline::name).toList();
    if (trials.isEmpty() || names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("trials " + names + "; give one or more, each once");
    }
    this.work = work;
    this.trials = trials;
    this.values = values;
    this.engines = engines;
    this.jobs = jobs;
    this.threads = threads;
    this.timeout = timeout;
    this.force = force;
    this.retry = retry;
  }

  /**
   * One crystal at a time, one thread, two hours for a program.
   *
   * @param work folder in which each crystal has one
   * @param trials what to do, in order
   * @param engines who does the steps
   * @return options
   */
  public static ProcessOptions of(Path work, List<Pipeline> trials, List<StepEngine> engines) {
    return new ProcessOptions(
        work, trials, Values.none(), engines, 1, 1, Duration.ofHours(2), false, false);
  }

  /**
   * Sets the trials.
   *
   * @param pipelines what to do, in order
   * @return new options
   */
  public ProcessOptions trials(List<Pipeline> pipelines) {
    return new ProcessOptions(
        work, pipelines, values, engines, jobs, threads, timeout, force, retry);
  }

  /**
   * Sets the values.
   *
   * @param all for the arguments of all steps
   * @return new options
   */
  public ProcessOptions values(Values all) {
    return new ProcessOptions(work, trials, all, engines, jobs, threads, timeout, force, retry);
  }

  /**
   * Sets how much runs at a time.
   *
   * @param crystals at a time, 1 or more
   * @param each threads that one program may use, 1 or more
   * @return new options
   */
  public ProcessOptions parallel(int crystals, int each) {
    return new ProcessOptions(work, trials, values, engines, crystals, each, timeout, force, retry);
  }

  /**
   * Sets how long a program may take.
   *
   * @param longest above 0
   * @return new options
   */
  public ProcessOptions timeout(Duration longest) {
    return new ProcessOptions(work, trials, values, engines, jobs, threads, longest, force, retry);
  }

  /**
   * Sets what is done again.
   *
   * @param everything also what is done
   * @param failures what has failed
   * @return new options
   */
  public ProcessOptions again(boolean everything, boolean failures) {
    return new ProcessOptions(
        work, trials, values, engines, jobs, threads, timeout, everything, failures);
  }

  /** The engine that does a task. */
  StepEngine engine(String task) {
    return engines.stream()
        .filter(e -> e.knows(task))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("there is no engine for the task '" + task + "'"));
  }

  /**
   * Folder in which each crystal has one.
   *
   * @return the value
   */
  public Path work() {
    return work;
  }

  /**
   * What to do, in order.
   *
   * @return the value
   */
  public List<Pipeline> trials() {
    return trials;
  }

  /**
   * Values for the arguments of all steps.
   *
   * @return the value
   */
  public Values values() {
    return values;
  }

  /**
   * Who does the steps; the first that knows a task does it.
   *
   * @return the value
   */
  public List<StepEngine> engines() {
    return engines;
  }

  /**
   * Crystals at a time, 1 or more.
   *
   * @return the value
   */
  public int jobs() {
    return jobs;
  }

  /**
   * Threads that one program may use, 1 or more.
   *
   * @return the value
   */
  public int threads() {
    return threads;
  }

  /**
   * How long a program may take.
   *
   * @return the value
   */
  public Duration timeout() {
    return timeout;
  }

  /**
   * Whether what is done is done again.
   *
   * @return the value
   */
  public boolean force() {
    return force;
  }

  /**
   * Whether what has failed is done again.
   *
   * @return the value
   */
  public boolean retry() {
    return retry;
  }

  private List<Object> components() {
    return List.of(work, trials, values, engines, jobs, threads, timeout, force, retry);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ProcessOptions other && components().equals(other.components());
  }

  @Override
  public int hashCode() {
    return components().hashCode();
  }

  @Override
  public String toString() {
    return "ProcessOptions["
        + work
        + ", trials "
        + trials.stream().map(Pipeline::name).toList()
        + ", "
        + jobs
        + (jobs == 1 ? " job of " : " jobs of ")
        + threads
        + (threads == 1 ? " thread, timeout " : " threads, timeout ")
        + timeout.toSeconds()
        + " s"
        + (force ? ", all again" : retry ? ", failures again" : "")
        + "]";
  }
}
