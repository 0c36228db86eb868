package org.mdx.cli.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Prints the lines of a command on standard output and in a file. Where the file fails, standard
 * output still gets everything, and {@link #close()} tells.
 */
public final class Log extends Writer {
  private final Path path;
  private final Writer file;
  private final PrintWriter standard;
  private IOException failure;

  /**
   * A log that begins.
   *
   * @throws IOException if the file cannot be written
   */
  public Log(Path path, PrintWriter standard) throws IOException {
    this.path = path;
    this.file = Files.newBufferedWriter(path);
    this.standard = standard;
  }

  @Override
  public void write(char[] text, int from, int count) {
    standard.write(text, from, count);
    toFile(() -> file.write(text, from, count));
  }

  @Override
  public void flush() {
    standard.flush();
    toFile(file::flush);
  }

  /**
   * Closes the file, not standard output.
   *
   * @throws IOException if not everything could be written to the file
   */
  @Override
  public void close() throws IOException {
    flush();
    try {
      file.close();
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
    if (failure != null) {
      throw new IOException("cannot write " + path + ": " + failure.getMessage(), failure);
    }
  }

  private void toFile(Step step) {
    if (failure != null) {
      return;
    }
    try {
      step.run();
    } catch (IOException e) {
      failure = e;
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
