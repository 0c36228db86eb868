package org.mdx.microed.process;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Takes files from another trial of the same crystal: its first argument, then the files. */
final class Reuse implements NativeStep {

  @Override
  public void run(StepRun run, PrintWriter log) throws IOException {
    List<String> words = run.arguments();
    Path other = run.trial().resolveSibling(words.get(0));
    for (String file : words.subList(1, words.size())) {
      Path from = other.resolve(file);
      if (!Files.isRegularFile(from)) {
        throw new IllegalArgumentException("trial " + words.get(0) + " left no " + file);
      }
      Path to = run.folder().resolve(file);
      Files.createDirectories(to.getParent());
      try {
        // nothing here writes into a file that has its name, so both names may share it
        Files.createLink(to, from);
      } catch (UnsupportedOperationException | FileSystemException e) {
        Files.copy(from, to);
      }
      log.println(from);
    }
  }

  /** What a step that reuses files depends on: when they were made. */
  static List<String> marks(PipelineStep step, Path trial) throws IOException {
    List<String> marks = new java.util.ArrayList<>();
    Path other = trial.resolveSibling(step.arguments().get(0));
    for (String file : step.products()) {
      Path from = other.resolve(file);
      marks.add(
          Files.exists(from) ? Files.getLastModifiedTime(from).toInstant().toString() : "missing");
    }
    return marks;
  }
}
