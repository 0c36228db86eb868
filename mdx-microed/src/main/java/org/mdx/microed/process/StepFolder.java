package org.mdx.microed.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.mdx.microed.process.engine.StepResult;
import org.mdx.microed.process.pipeline.PipelineStep;

/** Files of a trial: where a step runs, and what of it stays. */
final class StepFolder {
  private static final String PART = ".part-";

  private final Path trial;

  StepFolder(Path trial) {
    this.trial = trial;
  }

  /** An empty folder in which a step runs. */
  Path temporary(PipelineStep step) throws IOException {
    try (Stream<Path> all = Files.list(trial)) {
      for (Path p : all.filter(f -> f.getFileName().toString().startsWith(PART)).toList()) {
        delete(p);
      }
    }
    return Files.createTempDirectory(trial, PART + step.name() + "-");
  }

  /** The file for what a step prints. */
  Path log(String name) throws IOException {
    Path log = trial.resolve(name);
    Files.createDirectories(log.getParent());
    return log;
  }

  /** Arguments in which inputs are absolute paths. */
  List<String> resolveInputs(PipelineStep step, List<String> words) {
    List<String> all = new ArrayList<>();
    for (String w : words) {
      int equals = w.indexOf('=');
      String file = w.substring(equals + 1);
      all.add(step.inputs().contains(file) ? w.substring(0, equals + 1) + trial.resolve(file) : w);
    }
    return all;
  }

  /** Why a step that ended has no result; empty if it has one. */
  String failure(PipelineStep step, Path from, StepResult result) throws IOException {
    if (result.exitCode() != 0) {
      return result.reason().isEmpty() ? "exit code " + result.exitCode() : result.reason();
    }
    for (String product : step.products()) {
      Path file = from.resolve(product);
      if (!Files.isRegularFile(file) || Files.size(file) == 0) {
        return "it ended well but left no " + product;
      }
    }
    return "";
  }

  /** Gives what a step left its names in the trial, products last. */
  void keep(PipelineStep step, Path from) throws IOException {
    List<Path> files = new ArrayList<>(files(from));
    files.sort(
        Comparator.comparing((Path p) -> step.products().contains(from.relativize(p).toString()))
            .thenComparing(Comparator.naturalOrder()));
    for (Path file : files) {
      move(step, from, file);
    }
  }

  /** Keeps the logs that a program wrote although it has no result. */
  void keepLogs(PipelineStep step, Path from) throws IOException {
    for (Path file : files(from)) {
      if (file.toString().endsWith(".log")) {
        move(step, from, file);
      }
    }
  }

  private void move(PipelineStep step, Path from, Path file) throws IOException {
    Path to = trial.resolve(step.folder()).resolve(from.relativize(file).toString());
    Files.createDirectories(to.getParent());
    Files.move(file, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  boolean hasProducts(PipelineStep step) {
    return step.results().stream().allMatch(p -> Files.isRegularFile(trial.resolve(p)));
  }

  /** Deletes the products of steps, so that none is mistaken for a new one. */
  void clear(List<PipelineStep> steps) throws IOException {
    for (PipelineStep step : steps) {
      for (String product : step.results()) {
        Files.deleteIfExists(trial.resolve(product));
      }
    }
  }

  void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(p);
      }
    }
  }
}
