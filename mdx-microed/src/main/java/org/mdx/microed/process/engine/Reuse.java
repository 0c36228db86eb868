package org.mdx.microed.process.engine;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes files from another trial of the same crystal: its first argument, then the files. */
public final class Reuse implements NativeStep {
  public static final String TASK = "mdx.reuse";

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

  /**
   * Lists when the files were made that a step takes, on which alone it depends.
   *
   * @param arguments of the step; the first names the other trial
   * @param products files that the step takes
   * @param trial folder of the trial
   * @return a time, or {@code missing}, for each product
   * @throws IOException if a file cannot be read
   */
  public static List<String> marks(List<String> arguments, List<String> products, Path trial)
      throws IOException {
    List<String> marks = new ArrayList<>();
    Path other = trial.resolveSibling(arguments.get(0));
    for (String file : products) {
      Path from = other.resolve(file);
      marks.add(
          Files.exists(from) ? Files.getLastModifiedTime(from).toInstant().toString() : "missing");
    }
    return marks;
  }
}
