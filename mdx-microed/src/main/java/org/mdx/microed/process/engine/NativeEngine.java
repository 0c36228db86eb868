package org.mdx.microed.process.engine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.mdx.io.output.AtomicFile;

/**
 * Steps that are code of this project. It does all tasks that begin with {@code mdx.}, and those of
 * DIALS for which it was given a step. Immutable.
 */
public final class NativeEngine implements StepEngine {
  /** Name of the engine. */
  public static final String NAME = "native";

  private static final String PREFIX = "mdx.";

  private final Map<String, NativeStep> steps;

  private NativeEngine(Map<String, NativeStep> steps) {
    this.steps = Map.copyOf(steps);
  }

  /**
   * The steps of this package: taking files from another trial, and conversion of movies.
   *
   * @return the engine
   */
  public static NativeEngine standard() {
    return new NativeEngine(
        Map.of(Reuse.TASK, new Reuse(), MrcConversion.TASK, new MrcConversion()));
  }

  /**
   * One step more, or another for the same task.
   *
   * @param task such as {@code mdx.filter-blanks}, or {@code dials.index}, which then is done by
   *     this step and not by the program
   * @param step does it
   * @return a new engine
   */
  public NativeEngine with(String task, NativeStep step) {
    Map<String, NativeStep> all = new LinkedHashMap<>(steps);
    all.put(task, step);
    return new NativeEngine(all);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean knows(String task) {
    return task.startsWith(PREFIX) || steps.containsKey(task);
  }

  @Override
  public Optional<String> problem(Collection<String> tasks) {
    List<String> missing = tasks.stream().filter(t -> !steps.containsKey(t)).sorted().toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "no native step is called "
                + String.join(", ", missing)
                + "; there are "
                + String.join(", ", steps.keySet().stream().sorted().toList()));
  }

  @Override
  public List<String> command(StepRun run) {
    List<String> words = new ArrayList<>(List.of(run.task()));
    words.addAll(run.arguments());
    return words;
  }

  @Override
  public StepResult run(StepRun run) throws IOException, InterruptedException {
    try (PrintWriter log = new PrintWriter(Files.newBufferedWriter(run.log()));
        Deadline deadline = Deadline.in(run.timeout())) {
      log.println(String.join(" ", command(run)));
      StepResult result = result(run, log, deadline);
      return deadline.isOver() ? late(run) : result;
    }
  }

  private StepResult result(StepRun run, PrintWriter log, Deadline deadline)
      throws InterruptedException {
    try {
      steps.get(run.task()).run(run, log);
      return StepResult.DONE;
    } catch (CancellationException e) {
      if (deadline.isOver()) {
        return late(run);
      }
      throw (InterruptedException) new InterruptedException().initCause(e);
    } catch (UncheckedIOException e) {
      return failed(e.getCause(), log, deadline);
    } catch (IOException | RuntimeException e) {
      return failed(e, log, deadline);
    } catch (OutOfMemoryError e) {
      // one crystal that is too large must not end the others
      String cure = "; give Java more (MDX_JAVA_OPTIONS=-Xmx4g) or fewer --jobs";
      return failed(new IllegalStateException("out of memory" + cure, e), log, deadline);
    }
  }

  private static StepResult late(StepRun run) {
    String after = DialsEngine.seconds(run.timeout().toMillis());
    return new StepResult(-1, run.task() + " was ended after " + after + " s", true);
  }

  private static StepResult failed(Exception e, PrintWriter log, Deadline deadline)
      throws InterruptedException {
    if (!deadline.isOver() && Thread.interrupted()) {
      throw (InterruptedException) new InterruptedException().initCause(e);
    }
    e.printStackTrace(log);
    String message = e instanceof IOException io ? io(io) : e.getMessage();
    if (message == null) {
      message = "the program itself failed; the log tells where";
    }
    return StepResult.failed(1, message.strip().replaceAll("\\s*\\R\\s*", "; "));
  }

  /** The messages of some exceptions of the platform hold nothing but a path. */
  private static String io(IOException e) {
    return e instanceof FileSystemException f && f.getFile() != null
        ? f.getFile() + ": " + AtomicFile.reason(f)
        : AtomicFile.reason(e);
  }
}
