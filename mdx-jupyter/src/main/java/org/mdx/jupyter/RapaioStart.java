package org.mdx.jupyter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.regex.Pattern;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.Transform;

/**
 * Starts the kernel of rapaio 3.0.1. On a busy machine a thread of that kernel can end before it
 * has read its first message: its loop runs while a flag is set, and the flag is set after the
 * thread was started. Such a kernel is alive and never answers. This class looks at the threads and
 * opens the same ports again until all of them run.
 */
public final class RapaioStart {
  /** Two threads, those of requests and of control, have names that begin with Shell. */
  private static final Pattern THREADS = Pattern.compile("(Heartbeat|Shell)-[0-9]+");

  private static final int COUNT = 3;
  private static final int TRIES = 20;

  /**
   * Milliseconds for a thread that has seen the flag unset to end. A thread that begins later finds
   * it set. It is short, for no client may be answered by what is closed again.
   */
  private static final long PATIENCE = 20;

  private RapaioStart() {}

  /**
   * Serves until the kernel is told to shut down.
   *
   * @param args the connection file that Jupyter has written
   * @throws IOException if it cannot be read
   * @throws GeneralSecurityException if its key is of no use
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args)
      throws IOException, GeneralSecurityException, InterruptedException {
    if (args.length != 1) {
      throw new IllegalArgumentException(
          args.length + " arguments, must be the connection file alone");
    }
    ConnectionProperties connection =
        Transform.fromJson(Files.readString(Path.of(args[0])), ConnectionProperties.class);
    for (int i = 0; i < TRIES; i++) {
      Set<Thread> before = Thread.getAllStackTraces().keySet();
      Channels channels = new Channels(connection);
      channels.connect(MainApp.kernel);
      Thread.sleep(PATIENCE);
      if (areAlive(before)) {
        channels.joinUntilClose();
        return;
      }
      channels.close();
    }
    throw new IllegalStateException("the threads of the kernel end before they begin");
  }

  private static boolean areAlive(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.isAlive() && !before.contains(t))
            .filter(t -> THREADS.matcher(t.getName()).matches())
            .count()
        == COUNT;
  }
}
