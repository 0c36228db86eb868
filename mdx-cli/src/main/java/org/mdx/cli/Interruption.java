package org.mdx.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C and a request to terminate do: the running command is interrupted and given time to
 * stop, delete what it has half written and say so, and the program ends with the command's code.
 */
final class Interruption {
  /** A command that does not notice for this long is ended all the same. */
  private static final long SECONDS = 10;

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile int code = 1;

  private Interruption() {}

  /** Interrupts the calling thread when the virtual machine is told to end. */
  static Interruption ofSignals() {
    Interruption interruption = new Interruption();
    Thread command = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> interruption.end(command), "mdx-interruption"));
    return interruption;
  }

  private void end(Thread command) {
    if (finished.getCount() == 0) {
      return;
    }
    command.interrupt();
    try {
      finished.await(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // nobody interrupts this thread; if so, end at once
    }
    Runtime.getRuntime().halt(code);
  }

  /** The command is done; the virtual machine may end as it likes. */
  void finished(int exitCode) {
    code = exitCode;
    finished.countDown();
  }
}
