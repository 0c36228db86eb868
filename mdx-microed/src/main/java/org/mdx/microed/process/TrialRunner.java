package org.mdx.microed.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mdx.microed.process.engine.Reuse;
import org.mdx.microed.process.engine.StepEngine;
import org.mdx.microed.process.engine.StepResult;
import org.mdx.microed.process.engine.StepRun;
import org.mdx.microed.process.pipeline.OnFailure;
import org.mdx.microed.process.pipeline.Pipeline;
import org.mdx.microed.process.pipeline.PipelineStep;

/** Runs one trial of one crystal, from where an earlier run left it. */
final class TrialRunner {
  private static final String LOCK = ".lock";
  private static final String PROFILE = "profile=";

  /** Exit code in the state of a step that took too long. */
  private static final int TIMED_OUT = -1;

  private final ProcessOptions options;
  private final Movie movie;
  private final Pipeline pipeline;
  private final Values values;
  private final Path folder;
  private final StepFolder steps;
  private TrialState state;

  TrialRunner(ProcessOptions options, Movie movie, Pipeline pipeline) {
    this.options = options;
    this.movie = movie;
    this.pipeline = pipeline;
    this.folder = options.work().resolve(movie.name()).resolve(pipeline.name()).toAbsolutePath();
    this.values = values(options, movie, pipeline);
    this.steps = new StepFolder(folder);
  }

  /** What arguments stand for: defaults of the trial, values of the movie, those that are given. */
  static Values values(ProcessOptions options, Movie movie, Pipeline pipeline) {
    return Values.none()
        .withAll(pipeline.defaults())
        .withAll(movie.values())
        .overriddenBy(options.values())
        .with("images", movie.words())
        .with("crystal", movie.name())
        .with("trial", pipeline.name());
  }

  TrialReport run() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Files.createDirectories(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      if (lock == null) {
        return skipped("another process is at it");
      }
      Optional<TrialState> before = TrialState.read(folder);
      String foreign = foreign(before);
      if (!foreign.isEmpty()) {
        return skipped(foreign);
      }
      state =
          new TrialState(
              movie.name(),
              pipeline.name(),
              movie.words(),
              engines(),
              TrialStatus.RUNNING,
              "",
              List.of());
      return report(steps(before), begin);
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private TrialReport skipped(String reason) {
    return new TrialReport(movie.name(), pipeline.name(), TrialStatus.SKIPPED, "", reason, 0, 0, 0);
  }

  /** Why the folder is somebody else's; empty if it is not. */
  private String foreign(Optional<TrialState> before) throws IOException {
    if (before.isPresent()) {
      List<String> images = before.get().images();
      if (!images.equals(movie.words())) {
        return "the folder is that of other images, " + String.join(" ", images);
      }
      String engine = before.get().engine();
      return options.force() || engine.equals(engines())
          ? ""
          : "the folder was made with --engine "
              + engine
              + "; give that, another --work, or --force to make it again";
    }
    if (options.force()) {
      return "";
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.anyMatch(p -> !p.getFileName().toString().startsWith("."))
          ? "the folder has files that were not made here; --force makes them again"
          : "";
    }
  }

  /** Engines of all steps but those that this project does in any case. */
  private String engines() {
    return pipeline.steps().stream()
        .map(PipelineStep::task)
        .filter(t -> !t.startsWith("mdx."))
        .map(t -> options.engine(t).name())
        .distinct()
        .sorted()
        .collect(Collectors.joining("+"));
  }

  private record Progress(TrialStatus status, String step, String reason, int ran, int kept) {}

  private TrialReport report(Progress p, long begin) throws IOException {
    state = state.with(p.status(), p.step().isEmpty() ? "" : p.step() + ": " + p.reason());
    state.write(folder);
    return new TrialReport(
        movie.name(),
        pipeline.name(),
        p.status(),
        p.step(),
        p.reason(),
        p.ran(),
        p.kept(),
        (System.nanoTime() - begin) / 1e9);
  }

  private Progress steps(Optional<TrialState> before) throws IOException, InterruptedException {
    boolean valid = !options.force();
    int ran = 0;
    int kept = 0;
    int number = 0;
    for (PipelineStep step : pipeline.steps()) {
      number++;
      StepState old = valid ? before.flatMap(b -> b.step(step.name())).orElse(null) : null;
      StepState now;
      String fingerprint = fingerprint(step);
      if (!step.condition().holds(folder)) {
        now = StepState.of(step.name(), StepState.Status.SKIPPED, "not " + step.condition(), "");
      } else if (old != null && isSettled(step, old, fingerprint)) {
        now = old;
        kept++;
      } else {
        if (valid) {
          steps.clear(pipeline.steps().subList(number - 1, pipeline.steps().size()));
        }
        valid = false;
        now = attempts(step, number, fingerprint);
        ran++;
      }
      state = state.with(now);
      state.write(folder);
      if (now.status() == StepState.Status.FAILED && step.onFailure() != OnFailure.CONTINUE) {
        boolean wrong = step.onFailure() == OnFailure.FAIL || now.exitCode() == TIMED_OUT;
        TrialStatus status = wrong ? TrialStatus.FAILED : TrialStatus.STOPPED;
        return new Progress(status, step.name(), now.reason(), ran, kept);
      }
    }
    return new Progress(TrialStatus.DONE, "", "", ran, kept);
  }

  private boolean isSettled(PipelineStep step, StepState old, String fingerprint) {
    if (!old.fingerprint().equals(fingerprint)) {
      return false;
    }
    return old.status() == StepState.Status.DONE && steps.hasProducts(step)
        || old.status() == StepState.Status.FAILED && !options.retry();
  }

  /** All that the result of a step depends on, except its inputs. */
  private String fingerprint(PipelineStep step) throws IOException {
    Values same = values.with(Values.THREADS, "*");
    List<String> parts = new ArrayList<>(List.of(step.task()));
    parts.addAll(same.fill(step.name(), step.arguments()));
    for (List<String> f : step.fallbacks()) {
      parts.add("|");
      parts.addAll(same.fill(step.name(), f));
    }
    for (String word : List.copyOf(parts)) {
      if (word.startsWith(PROFILE)) {
        parts.add(contents(Path.of(word.substring(PROFILE.length()))));
      }
    }
    if (step.task().equals(PipelineStep.REUSE)) {
      parts.addAll(Reuse.marks(step.arguments(), step.products(), folder));
    }
    return String.join(" ", parts);
  }

  /** An instrument profile that was changed makes other images. */
  private static String contents(Path file) throws IOException {
    return Files.isRegularFile(file)
        ? Integer.toHexString(Arrays.hashCode(Files.readAllBytes(file)))
        : "missing";
  }

  private StepState attempts(PipelineStep step, int number, String fingerprint)
      throws IOException, InterruptedException {
    StepState now = null;
    for (int attempt = 0; attempt <= step.fallbacks().size(); attempt++) {
      List<String> words = new ArrayList<>(step.arguments());
      words.addAll(attempt == 0 ? List.of() : step.fallbacks().get(attempt - 1));
      String suffix = attempt == 0 ? "" : "-" + (attempt + 1);
      String log = String.format(Locale.ROOT, "logs/%02d-%s%s.log", number, step.name(), suffix);
      now = attempt(step, words, attempt + 1, log, fingerprint);
      if (now.status() == StepState.Status.DONE || now.exitCode() == TIMED_OUT) {
        return now;
      }
    }
    return now;
  }

  private StepState attempt(
      PipelineStep step, List<String> arguments, int attempt, String log, String fingerprint)
      throws IOException, InterruptedException {
    StepEngine engine = options.engine(step.task());
    Values own = values.with(Values.THREADS, Integer.toString(options.threads()));
    StepRun run =
        new StepRun(
            step.task(),
            steps.resolveInputs(step, own.fill(step.name(), arguments)),
            steps.temporary(step),
            folder,
            steps.log(log),
            options.threads(),
            options.timeout());
    StepState now =
        new StepState(
            step.name(),
            StepState.Status.RUNNING,
            "",
            fingerprint,
            engine.command(run),
            attempt,
            0,
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            0,
            log);
    state = state.with(now);
    state.write(folder);
    Instant begin = Instant.now();
    try {
      StepResult result = engine.run(run);
      double seconds = Duration.between(begin, Instant.now()).toMillis() / 1e3;
      String reason = steps.failure(step, run.folder(), result);
      if (reason.isEmpty()) {
        steps.keep(step, run.folder());
        return now.with(StepState.Status.DONE, "", 0, seconds);
      }
      steps.keepLogs(step, run.folder());
      int code = result.outOfTime() ? TIMED_OUT : result.exitCode();
      return now.with(StepState.Status.FAILED, reason, code, seconds);
    } finally {
      steps.delete(run.folder());
    }
  }
}
