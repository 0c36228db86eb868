package org.mdx.microed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mdx.microed.process.engine.StepEngine;
import org.mdx.microed.process.pipeline.Pipeline;
import org.mdx.microed.process.pipeline.PipelineStep;

/**
 * Runs trials of many crystals. The trials of one crystal run one after the other, several crystals
 * at a time.
 *
 * <pre>{@code
 * ProcessOptions options =
 *     ProcessOptions.of(work, List.of(Presets.p1()), List.of(NativeEngine.standard(), dials));
 * List<TrialReport> reports = Processing.of(options).run(movies, r -> System.out.println(r));
 * }</pre>
 */
public final class Processing {
  private final ProcessOptions options;

  private Processing(ProcessOptions options) {
    this.options = options;
  }

  /**
   * Trials that can be run here.
   *
   * @param options what to do and how
   * @return the processing
   * @throws IllegalArgumentException if programs or native steps are missing
   */
  public static Processing of(ProcessOptions options) {
    List<String> problems = new ArrayList<>();
    TreeSet<String> tasks = new TreeSet<>();
    options.trials().forEach(t -> t.steps().forEach(s -> tasks.add(s.task())));
    Map<StepEngine, List<String>> byEngine = new HashMap<>();
    tasks.forEach(t -> byEngine.computeIfAbsent(options.engine(t), e -> new ArrayList<>()).add(t));
    byEngine.forEach((engine, own) -> engine.problem(own).ifPresent(problems::add));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems.stream().sorted().toList()));
    }
    return new Processing(options);
  }

  /**
   * Runs all trials of all crystals. If the thread is interrupted, running programs are ended; what
   * they had not finished is done by the next run.
   *
   * @param movies one for each crystal
   * @param listener is told of each trial when it has ended, by one thread at a time
   * @return what became of the trials, in the order of the movies
   * @throws IllegalArgumentException if two movies have the same name
   * @throws IOException if a state or log cannot be read or written; all other crystals have had
   *     their turn by then
   * @throws InterruptedException if the thread was interrupted
   */
  public List<TrialReport> run(List<Movie> movies, Consumer<TrialReport> listener)
      throws IOException, InterruptedException {
    requireNames(movies);
    for (Movie m : movies) {
      plan(options, m);
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(options.jobs(), movies.size())),
            task -> {
              Thread t = new Thread(task, "mdx-process");
              t.setDaemon(true);
              return t;
            });
    try {
      List<Future<List<TrialReport>>> futures =
          movies.stream().map(m -> pool.submit(() -> crystal(m, listener))).toList();
      List<TrialReport> all = new ArrayList<>();
      Throwable first = null;
      for (Future<List<TrialReport>> f : futures) {
        try {
          all.addAll(f.get());
        } catch (ExecutionException e) {
          // the other crystals go on to their ends
          first = first == null ? e.getCause() : first;
        }
      }
      if (first != null) {
        throw rethrown(first);
      }
      return all;
    } finally {
      pool.shutdownNow();
      awaitEnd(pool);
    }
  }

  /** Programs that were told to end get the time to do so. */
  private static void awaitEnd(ExecutorService pool) {
    boolean interrupted = Thread.interrupted();
    try {
      pool.awaitTermination(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static IOException rethrown(Throwable cause) throws InterruptedException {
    if (cause instanceof IOException e) {
      return e;
    } else if (cause instanceof InterruptedException e) {
      throw e;
    } else if (cause instanceof UncheckedIOException e) {
      return e.getCause();
    } else if (cause instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) cause;
  }

  private List<TrialReport> crystal(Movie movie, Consumer<TrialReport> listener)
      throws IOException, InterruptedException {
    List<TrialReport> reports = new ArrayList<>();
    for (Pipeline trial : options.trials()) {
      TrialReport report = new TrialRunner(options, movie, trial).run();
      synchronized (this) {
        listener.accept(report);
      }
      reports.add(report);
    }
    return reports;
  }

  private static void requireNames(List<Movie> movies) {
    Map<String, Movie> names = new HashMap<>();
    for (Movie m : movies) {
      Movie other = names.put(m.name(), m);
      if (other != null) {
        throw new IllegalArgumentException(
            other.files().get(0)
                + " and "
                + m.files().get(0)
                + " are both called "
                + m.name()
                + "; process them into different folders");
      }
    }
  }

  /**
   * The command lines that a run of all steps would have, for people. No program need be there.
   *
   * @param options what to do
   * @param movie of one crystal
   * @return a line for each step of each trial; fallbacks begin with {@code or}
   * @throws IllegalArgumentException if an argument has a placeholder that is no value
   */
  public static List<String> plan(ProcessOptions options, Movie movie) {
    List<String> lines = new ArrayList<>();
    for (Pipeline trial : options.trials()) {
      Values values =
          TrialRunner.values(options, movie, trial)
              .with(Values.THREADS, Integer.toString(options.threads()));
      lines.add(options.work().resolve(movie.name()).resolve(trial.name()) + ":");
      for (PipelineStep s : trial.steps()) {
        String words = String.join(" ", values.fill(s.name(), s.arguments()));
        String in = s.folder().isEmpty() ? "" : "  in " + s.folder();
        String when = s.condition().file().isEmpty() ? "" : "  if " + s.condition();
        String by = options.engine(s.task()).name();
        lines.add("  " + s.name() + " (" + by + "): " + s.task() + " " + words + in + when);
        for (List<String> f : s.fallbacks()) {
          lines.add("    or with " + String.join(" ", values.fill(s.name(), f)));
        }
      }
    }
    return lines;
  }
}
