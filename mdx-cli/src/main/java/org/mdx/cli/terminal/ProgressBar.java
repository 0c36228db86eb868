package org.mdx.cli.terminal;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.mdx.parallel.Progress;

/**
 * Shows the progress of a command. On a terminal: one line with share, speed and time left, drawn
 * again each second so that it never seems stuck, which vanishes at the end. Elsewhere: a line for
 * each stage when it is done, with its time.
 */
public final class ProgressBar implements Progress, JobProgress.Display, AutoCloseable {
  private static final int WIDTH = 24;
  private static final long NANOS_BETWEEN = 100_000_000L;
  private static final long MILLIS_BETWEEN_TICKS = 1000;

  /** Stages shorter than this are not worth a line, seconds. */
  private static final double SHORTEST = 0.5;

  /** What is known of a stage that is not done. */
  private static final class Stage {
    private final long from;
    private long done;
    private long total;

    private Stage(long from) {
      this.from = from;
    }
  }

  private final PrintStream err;
  private final boolean terminal;
  private final LongSupplier clock;
  private final Map<String, Stage> open = new LinkedHashMap<>();
  private final long begin;
  private double share;
  private String current;
  private long last;
  private int shown;

  ProgressBar(PrintStream err, boolean terminal, LongSupplier clock) {
    this.err = err;
    this.terminal = terminal;
    this.clock = clock;
    this.begin = clock.getAsLong();
  }

  /**
   * A bar on standard error. The script that starts the program knows whether that is a terminal
   * and says so in the property {@code mdx.terminal}; without the script a console is taken for
   * one.
   */
  public static ProgressBar of(PrintStream standardError) {
    String told = System.getProperty("mdx.terminal");
    // from Java 22 on there is a console even if everything is redirected
    boolean console = Runtime.version().feature() < 22 && System.console() != null;
    boolean terminal = told == null ? console : told.equals("true");
    ProgressBar bar = new ProgressBar(standardError, terminal, System::nanoTime);
    if (terminal) {
      Thread ticker = new Thread(bar::tick, "mdx-progress");
      ticker.setDaemon(true);
      ticker.start();
    }
    return bar;
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(MILLIS_BETWEEN_TICKS);
        redraw();
      }
    } catch (InterruptedException e) {
      // nobody interrupts it; the line just stands still then
    }
  }

  private synchronized void redraw() {
    if (current != null) {
      draw();
    }
  }

  @Override
  public synchronized void show(String stage, long done, long total, double ofJob) {
    share = ofJob;
    advance(stage, done, total);
  }

  @Override
  public synchronized void advance(String stage, long done, long total) {
    long now = clock.getAsLong();
    Stage s = open.computeIfAbsent(stage, name -> new Stage(now));
    s.done = done;
    s.total = total;
    if (done >= total) {
      open.remove(stage);
      finished(stage, (now - s.from) / 1e9);
    } else if (terminal) {
      boolean begins = !stage.equals(current);
      current = stage;
      if (begins || now - last > NANOS_BETWEEN) {
        draw();
      }
    }
  }

  private void finished(String stage, double seconds) {
    if (terminal) {
      current = open.keySet().stream().reduce((a, b) -> b).orElse(null);
      if (current == null) {
        clear();
      }
    } else if (seconds >= SHORTEST) {
      err.printf(Locale.ROOT, "%s: %.1f s%n", stage, seconds);
    }
  }

  private void draw() {
    last = clock.getAsLong();
    Stage s = open.get(current);
    double seconds = (last - s.from) / 1e9;
    String text =
        share > 0
            ? text(current, s.done, s.total, seconds, share, (last - begin) / 1e9)
            : text(current, s.done, s.total, seconds);
    err.print("\r" + text + " ".repeat(Math.max(0, shown - text.length())));
    err.flush();
    shown = text.length();
  }

  /**
   * Such as {@code xtal1: integrate [######..................] 25 % of 120, 15/s, 0:06 left}.
   *
   * @param seconds since the stage began
   */
  public static String text(String stage, long done, long total, double seconds) {
    int full = (int) (WIDTH * done / total);
    String bar =
        String.format(
            Locale.ROOT,
            "%-26s [%s%s] %3d %% of %d",
            stage,
            "#".repeat(full),
            ".".repeat(WIDTH - full),
            100 * done / total,
            total);
    if (seconds < 1 || done < 1) {
      return bar;
    }
    double speed = done / seconds;
    return bar + ", " + significant(speed) + "/s, " + time((total - done) / speed) + " left";
  }

  /**
   * The line of a job that knows its stages, such as {@code 42 % [##########..............] sweep
   * 1: integrate 30 of 120, 15/s, 0:42 left}.
   *
   * @param seconds since the stage began
   * @param share of the job that is done, above 0
   * @param job seconds since the job began
   */
  public static String text(
      String stage, long done, long total, double seconds, double share, double job) {
    int full = (int) (WIDTH * share);
    StringBuilder out = new StringBuilder();
    out.append(String.format(Locale.ROOT, "%3.0f %% [", 100 * share));
    out.append("#".repeat(full)).append(".".repeat(WIDTH - full)).append("] ");
    out.append(stage).append(' ').append(done).append(" of ").append(total);
    if (seconds >= 1 && done > 0) {
      out.append(", ").append(significant(done / seconds)).append("/s");
    }
    if (job >= 1) {
      out.append(", ").append(time(job * (1 - share) / share)).append(" left");
    }
    return out.toString();
  }

  private static String significant(double speed) {
    return String.format(Locale.ROOT, speed < 10 ? "%.1f" : "%.0f", speed);
  }

  /** Such as {@code 0:06} or {@code 1:02:03}. */
  static String time(double seconds) {
    long s = Math.round(seconds);
    return s < 3600
        ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }

  private void clear() {
    if (shown > 0) {
      err.print("\r" + " ".repeat(shown) + "\r");
      err.flush();
      shown = 0;
    }
  }

  /** Removes the line. */
  @Override
  public synchronized void close() {
    open.clear();
    current = null;
    if (terminal) {
      clear();
    }
  }
}
