package org.mdx.cli.terminal;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints the lines of a command on standard output and in a file. */
public final class Log extends FilterWriter {
  private final PrintWriter standard;

  private Log(Writer file, PrintWriter standard) {
    super(file);
    this.standard = standard;
  }

  /**
   * A printer to both.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static PrintWriter open(Path file, PrintWriter standard) {
    try {
      return new PrintWriter(new Log(Files.newBufferedWriter(file), standard), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(int c) throws IOException {
    out.write(c);
    standard.write(c);
  }

  @Override
  public void write(char[] text, int from, int count) throws IOException {
    out.write(text, from, count);
    standard.write(text, from, count);
  }

  @Override
  public void write(String text, int from, int count) throws IOException {
    out.write(text, from, count);
    standard.write(text, from, count);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
    standard.flush();
  }
}
