package org.mdx.microed.process.engine;

import java.io.IOException;
import java.io.PrintWriter;

/** A step that is code of this project. */
@FunctionalInterface
public interface NativeStep {
  /**
   * Does it.
   *
   * @param run arguments, and the folder for the products
   * @param log is given what a program would print
   * @throws IOException if a file cannot be read or written
   * @throws RuntimeException if there is no result; the message says why
   */
  void run(StepRun run, PrintWriter log) throws IOException;
}
