package org.mdx.microed.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.mdx.internal.options.Draft;
import org.mdx.microed.process.engine.StepEngine;
import org.mdx.microed.process.pipeline.Pipeline;

/** Options for running trials. Immutable: each method that takes a value returns new options. */
public final class ProcessOptions {
  private final Fields f;

  /** What the options say; it does not change once they hold it. */
  private static final class Fields extends Draft<Fields> {
    private Path work;
    private List<Pipeline> trials;
    private Values values = Values.none();
    private List<StepEngine> engines;
    private int jobs = 1;
    private int threads = 1;
    private Duration timeout = Duration.ofHours(2);
    private boolean force;
    private boolean retry;
  }

  private ProcessOptions(Fields f) {
    f.trials = List.copyOf(f.trials);
    f.engines = List.copyOf(f.engines);
    if (f.jobs < 1 || f.threads < 1) {
      throw new IllegalArgumentException(
          f.jobs + " jobs of " + f.threads + " threads; each must be 1 or more");
    }
    if (f.timeout.isNegative() || f.timeout.isZero()) {
      throw new IllegalArgumentException("timeout " + f.timeout + ", must be above 0");
    }
    List<String> names = f.trials.stream().map(Pipeline::name).toList();
    if (f.trials.isEmpty() || names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("trials " + names + "; give one or more, each once");
    }
    this.f = f;
  }

  private ProcessOptions with(Consumer<Fields> change) {
    return new ProcessOptions(f.with(change));
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
    Fields f = new Fields();
    f.work = work;
    f.trials = trials;
    f.engines = engines;
    return new ProcessOptions(f);
  }

  /**
   * Sets the trials.
   *
   * @param pipelines what to do, in order
   * @return new options
   */
  public ProcessOptions trials(List<Pipeline> pipelines) {
    return with(o -> o.trials = pipelines);
  }

  /**
   * Sets the values.
   *
   * @param all for the arguments of all steps
   * @return new options
   */
  public ProcessOptions values(Values all) {
    return with(o -> o.values = all);
  }

  /**
   * Sets how much runs at a time.
   *
   * @param crystals at a time, 1 or more
   * @param each threads that one program may use, 1 or more
   * @return new options
   */
  public ProcessOptions parallel(int crystals, int each) {
    return with(
        o -> {
          o.jobs = crystals;
          o.threads = each;
        });
  }

  /**
   * Sets how long a program may take.
   *
   * @param longest above 0
   * @return new options
   */
  public ProcessOptions timeout(Duration longest) {
    return with(o -> o.timeout = longest);
  }

  /**
   * Sets what is done again.
   *
   * @param everything also what is done
   * @param failures what has failed
   * @return new options
   */
  public ProcessOptions again(boolean everything, boolean failures) {
    return with(
        o -> {
          o.force = everything;
          o.retry = failures;
        });
  }

  /** The engine that does a task. */
  StepEngine engine(String task) {
    return f.engines.stream()
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
    return f.work;
  }

  /**
   * What to do, in order.
   *
   * @return the value
   */
  public List<Pipeline> trials() {
    return f.trials;
  }

  /**
   * Values for the arguments of all steps.
   *
   * @return the value
   */
  public Values values() {
    return f.values;
  }

  /**
   * Who does the steps; the first that knows a task does it.
   *
   * @return the value
   */
  public List<StepEngine> engines() {
    return f.engines;
  }

  /**
   * Crystals at a time, 1 or more.
   *
   * @return the value
   */
  public int jobs() {
    return f.jobs;
  }

  /**
   * Threads that one program may use, 1 or more.
   *
   * @return the value
   */
  public int threads() {
    return f.threads;
  }

  /**
   * How long a program may take.
   *
   * @return the value
   */
  public Duration timeout() {
    return f.timeout;
  }

  /**
   * Whether what is done is done again.
   *
   * @return the value
   */
  public boolean force() {
    return f.force;
  }

  /**
   * Whether what has failed is done again.
   *
   * @return the value
   */
  public boolean retry() {
    return f.retry;
  }

  private List<Object> components() {
    return List.of(
        f.work, f.trials, f.values, f.engines, f.jobs, f.threads, f.timeout, f.force, f.retry);
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
        + f.work
        + ", trials "
        + f.trials.stream().map(Pipeline::name).toList()
        + ", "
        + f.jobs
        + (f.jobs == 1 ? " job of " : " jobs of ")
        + f.threads
        + (f.threads == 1 ? " thread, timeout " : " threads, timeout ")
        + f.timeout.toSeconds()
        + " s"
        + (f.force ? ", all again" : f.retry ? ", failures again" : "")
        + "]";
  }
}
