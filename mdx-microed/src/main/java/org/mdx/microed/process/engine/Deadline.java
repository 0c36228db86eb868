package org.mdx.microed.process.engine;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Interrupts the thread that made it when its time is over, unless it was closed before. */
final class Deadline implements AutoCloseable {
  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread t = new Thread(task, "mdx-process deadline");
            t.setDaemon(true);
            return t;
          });

  private final Thread worker = Thread.currentThread();
  private ScheduledFuture<?> end;
  private boolean over;
  private boolean closed;

  private Deadline() {}

  static Deadline in(Duration time) {
    Deadline d = new Deadline();
    d.end = CLOCK.schedule(d::expire, time.toMillis(), TimeUnit.MILLISECONDS);
    return d;
  }

  private synchronized void expire() {
    if (!closed) {
      over = true;
      worker.interrupt();
    }
  }

  synchronized boolean isOver() {
    return over;
  }

  /** Clears the interruption that was meant for the step alone. */
  @Override
  public synchronized void close() {
    closed = true;
    end.cancel(false);
    if (over) {
      Thread.interrupted();
    }
  }
}
