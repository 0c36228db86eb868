package org.mdx.cli;

import java.io.PrintStream;
import java.util.Locale;
import org.mdx.parallel.Progress;

/**
 * A line on a terminal that shows how far a stage is and vanishes when it is done; nothing where
 * there is no terminal.
 */
final class ProgressBar implements Progress, AutoCloseable {
  private static final int WIDTH = 30;
  private static final long NANOS_BETWEEN = 100_000_000L;

  private final PrintStream terminal;
  private long last;
  private int shown;

  private ProgressBar(PrintStream terminal) {
    this.terminal = terminal;
  }

  /**
   * A bar on standard error. The script that starts the program knows whether that is a terminal
   * and says so in the property {@code mdx.terminal}; without the script a console is taken for
   * one.
   */
  static ProgressBar of(PrintStream standardError) {
    String told = System.getProperty("mdx.terminal");
    // from Java 22 on there is a console even if everything is redirected
    boolean console = Runtime.version().feature() < 22 && System.console() != null;
    boolean terminal = told == null ? console : told.equals("true");
    return new ProgressBar(terminal ? standardError : null);
  }

  @Override
  public synchronized void advance(String stage, long done, long total) {
    if (terminal == null) {
      return;
    }
    long now = System.nanoTime();
    if (done == total) {
      clear();
    } else if (now - last > NANOS_BETWEEN || done == 1) {
      last = now;
      String text = text(stage, done, total);
      terminal.print("\r" + text + " ".repeat(Math.max(0, shown - text.length())));
      terminal.flush();
      shown = text.length();
    }
  }

  /** Such as {@code xtal1: integrate [#########.....................] 30 % of 120}. */
  static String text(String stage, long done, long total) {
    int full = (int) (WIDTH * done / total);
    return String.format(
        Locale.ROOT,
        "%-28s [%s%s] %3d %% of %d",
        stage,
        "#".repeat(full),
        ".".repeat(WIDTH - full),
        100 * done / total,
        total);
  }

  private void clear() {
    if (shown > 0) {
      terminal.print("\r" + " ".repeat(shown) + "\r");
      terminal.flush();
      shown = 0;
    }
  }

  /** Removes the line. */
  @Override
  public synchronized void close() {
    if (terminal != null) {
      clear();
    }
  }
}
