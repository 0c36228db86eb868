package org.mdx.cli.terminal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mdx.io.output.AtomicFile;

/**
 * Handles Ctrl-C and requests to terminate: the running command is interrupted and given time to
 * stop, delete what it has half written and say so; then the process ends by the signal, which
 * shells show as 130 and 143 and which stops a loop of theirs. A second signal ends it at once.
 */
public final class Interruption {
  /** A command that does not notice for this long is ended all the same. */
  private static final long SECONDS = 10;

  private static volatile boolean underWay;
  private static volatile boolean answered;

  private final Thread command = Thread.currentThread();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile String signal;

  private Interruption() {}

  /** Interrupts the calling thread when the process is told to end. */
  public static Interruption ofSignals() {
    Interruption interruption = new Interruption();
    Signals.receive(interruption::received);
    return interruption;
  }

  /** Whether this process was told to end, so that whatever fails now fails because of that. */
  static boolean isUnderWay() {
    return underWay;
  }

  /**
   * Notes that the command has ended as it should when it is told to, so that its exit code counts
   * and not the signal.
   */
  public static void answer() {
    answered = true;
  }

  private void received(String name) {
    boolean again;
    synchronized (this) {
      again = signal != null;
      signal = again ? signal : name;
    }
    if (!again) {
      underWay = true;
      command.interrupt();
      await(finished);
      if (answered) {
        return;
      }
    }
    end(name);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // nobody interrupts this thread; if so, end at once
    }
  }

  private static void end(String name) {
    AtomicFile.deleteUnfinished();
    Signals.endBy(name);
    Runtime.getRuntime().halt(Signals.exitCode(name));
  }

  /**
   * The command is done and has printed what it had to. Does not return if the process was told to
   * end.
   */
  public void finished() {
    finished.countDown();
    if (signal != null && !answered) {
      Thread.interrupted(); // or it would not wait
      await(never); // the thread of the signal ends the process
    }
  }
}
