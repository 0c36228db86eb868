package org.mdx.parallel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A number of threads and where they come from. The calling thread is one of them, so work goes on
 * even on an executor that has no thread to spare.
 */
public final class Parallel {

  /** A task for one index. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does the work of one index.
     *
     * @param index which, from 0
     * @throws Exception whatever stops the whole loop
     */
    void run(int index) throws Exception;
  }

  private final int threads;
  private final Executor executor;

  private Parallel(int threads, Executor executor) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads=" + threads + ", must be 1 or more");
    }
    this.threads = threads;
    this.executor = executor;
  }

  /**
   * As many threads as the JVM has processors; they live only during a call.
   *
   * @return the default
   */
  public static Parallel available() {
    return of(Runtime.getRuntime().availableProcessors());
  }

  /**
   * A given number of threads; they live only during a call.
   *
   * @param threads 1 or more
   * @return the threads
   * @throws IllegalArgumentException if threads is below 1
   */
  public static Parallel of(int threads) {
    return new Parallel(
        threads,
        task -> {
          Thread t = new Thread(task, "mdx-worker");
          t.setDaemon(true);
          t.start();
        });
  }

  /**
   * Threads lent by the caller.
   *
   * @param executor runs up to {@code threads − 1} tasks at a time; stays the caller's to close
   * @param threads 1 or more
   * @return the threads
   * @throws IllegalArgumentException if threads is below 1
   */
  public static Parallel on(Executor executor, int threads) {
    return new Parallel(threads, executor);
  }

  /**
   * Threads of the same kind, but fewer.
   *
   * @param most 1 or more
   * @return at most so many
   * @throws IllegalArgumentException if it is below 1
   */
  public Parallel atMost(int most) {
    return new Parallel(Math.min(threads, most), executor);
  }

  /**
   * How many tasks run at a time at the most.
   *
   * @return 1 or more
   */
  public int threads() {
    return threads;
  }

  /**
   * Runs a task for every index and returns when all are done. Indices are started in rising order.
   *
   * @param count number of indices
   * @param task the work
   * @throws CancellationException if the calling thread is interrupted, whose flag stays set; tasks
   *     under way are waited for
   * @throws RuntimeException the exception of the lowest failed index, an {@link IOException}
   *     inside an {@link UncheckedIOException}; no further index is started after a failure
   */
  public void forEach(int count, Task task) {
    Loop loop = new Loop(count, task);
    for (int i = 1; i < Math.min(threads, count); i++) {
      try {
        executor.execute(loop);
      } catch (RejectedExecutionException e) {
        break; // the calling thread does it all
      }
    }
    loop.run();
    loop.awaitOthers();
    loop.rethrow();
  }

  /** The shared state of one call of {@link #forEach}. */
  private static final class Loop implements Runnable {
    private final int count;
    private final Task task;
    private final AtomicInteger next = new AtomicInteger();
    private final Thread caller = Thread.currentThread();
    private volatile boolean stop;
    private int running;
    private int failedIndex = Integer.MAX_VALUE;
    private Throwable failure;
    private boolean interrupted;

    Loop(int count, Task task) {
      this.count = count;
      this.task = task;
    }

    @Override
    public void run() {
      synchronized (this) {
        running++;
      }
      try {
        while (!stop) {
          if (caller.isInterrupted()) {
            stop = true;
            break;
          }
          int i = next.getAndIncrement();
          if (i >= count) {
            break;
          }
          try {
            task.run(i);
          } catch (Throwable t) {
            fail(i, t);
          }
        }
      } finally {
        synchronized (this) {
          running--;
          notifyAll();
        }
      }
    }

    private synchronized void fail(int index, Throwable t) {
      stop = true;
      if (index < failedIndex) {
        failedIndex = index;
        failure = t;
      }
    }

    /** A helper that has not begun by now finds no index left, so it need not be waited for. */
    synchronized void awaitOthers() {
      if (stop) {
        next.set(count);
      }
      while (running > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
          stop = true;
        }
      }
    }

    void rethrow() {
      if (interrupted) {
        caller.interrupt();
      }
      if (failure instanceof Error e) {
        throw e;
      } else if (failure instanceof CancellationException e) {
        throw e;
      } else if (caller.isInterrupted()) {
        throw new CancellationException("interrupted");
      } else if (failure instanceof RuntimeException e) {
        throw e;
      } else if (failure instanceof IOException e) {
        throw new UncheckedIOException(e);
      } else if (failure != null) {
        throw new IllegalStateException(failure);
      }
    }
  }

  @Override
  public String toString() {
    return "Parallel[" + threads + (threads == 1 ? " thread]" : " threads]");
  }
}
