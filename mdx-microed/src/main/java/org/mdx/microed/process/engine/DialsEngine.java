package org.mdx.microed.process.engine;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Programs of DIALS, and others whose names a site gives: every task that is not native is the name
 * of a program. Immutable.
 */
public final class DialsEngine implements StepEngine {
  /** Name of the engine, and of what was made before engines had names. */
  public static final String NAME = "dials";

  private static final String[] SUFFIXES = {"", ".exe", ".bat", ".cmd"};
  private static final String[] THREADS = {
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"
  };
  private static final int TAIL = 4000;
  private static final int LONGEST = 300;
  private static final long PATIENCE = 5;

  private final List<Path> folders;

  private DialsEngine(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /**
   * Programs on the PATH of this process.
   *
   * @return the engine
   */
  public static DialsEngine onPath() {
    String path = System.getenv("PATH");
    return new DialsEngine(
        path == null
            ? List.of()
            : Arrays.stream(path.split(File.pathSeparator))
                .filter(p -> !p.isBlank())
                .map(Path::of)
                .toList());
  }

  /**
   * Programs of one installation.
   *
   * @param folder that of the programs, or one with a folder {@code bin} in it
   * @return the engine
   */
  public static DialsEngine in(Path folder) {
    return new DialsEngine(List.of(folder, folder.resolve("bin"), folder.resolve("Scripts")));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean knows(String task) {
    return !task.startsWith("mdx.");
  }

  @Override
  public Optional<String> problem(Collection<String> tasks) {
    List<String> missing =
        tasks.stream().distinct().filter(t -> program(t).isEmpty()).sorted().toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "DIALS programs not found: "
                + String.join(", ", missing)
                + "; install DIALS (dials.github.io, or the package dials of Debian) so that they"
                + " are on the PATH, or give --dials with the folder where they are");
  }

  private Optional<Path> program(String task) {
    for (Path folder : folders) {
      for (String suffix : SUFFIXES) {
        Path p = folder.resolve(task + suffix);
        if (Files.isRegularFile(p) && Files.isExecutable(p)) {
          return Optional.of(p.toAbsolutePath());
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> command(StepRun run) {
    List<String> words = new ArrayList<>();
    words.add(program(run.task()).map(Path::toString).orElse(run.task()));
    words.addAll(run.arguments());
    return words;
  }

  @Override
  public StepResult run(StepRun run) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command(run))
            .directory(run.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(run.log().toFile());
    Map<String, String> environment = builder.environment();
    for (String name : THREADS) {
      environment.put(name, Integer.toString(run.threads()));
    }
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(run.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        String after = seconds(run.timeout().toMillis());
        return new StepResult(-1, run.task() + " was ended after " + after + " s", true);
      }
      int code = process.exitValue();
      return code == 0 ? StepResult.DONE : StepResult.failed(code, lastWords(run.log(), code));
    } finally {
      end(process);
    }
  }

  static String seconds(long milliseconds) {
    return milliseconds % 1000 == 0
        ? Long.toString(milliseconds / 1000)
        : Double.toString(milliseconds / 1000.0);
  }

  /** The last line that a program printed, which is where DIALS says what is wrong. */
  private static String lastWords(Path log, int code) throws IOException {
    byte[] all = Files.readAllBytes(log);
    int from = Math.max(0, all.length - TAIL);
    String text = new String(all, from, all.length - from, StandardCharsets.UTF_8);
    return text.lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty())
        .reduce((a, b) -> b)
        .map(l -> l.length() > LONGEST ? l.substring(0, LONGEST) + "…" : l)
        .orElse("it ended with code " + code + " and printed nothing");
  }

  /** Ends a program with all that it started. */
  private static void end(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.toHandle().descendants(), Stream.of(process.toHandle()))
            .filter(ProcessHandle::isAlive)
            .toList();
    all.forEach(ProcessHandle::destroy);
    boolean interrupted = Thread.interrupted();
    for (ProcessHandle p : all) {
      try {
        p.onExit().get(PATIENCE, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
        p.destroyForcibly();
      } catch (ExecutionException | TimeoutException e) {
        p.destroyForcibly();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
