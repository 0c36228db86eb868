package org.mdx.microed.agent.system;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Keeps a second agent of this machine from watching the same folder. Nothing is written among the
 * sources, so the lock is in the system's folder for temporary files, under the folder's digest.
 */
public final class WatchedFolderLock {

  private WatchedFolderLock() {}

  /**
   * Takes the lock of a folder.
   *
   * @param warn told if locks cannot be made, which does not stop the agent
   * @throws IOException if another agent has it
   */
  public static Closeable take(Path raw, Consumer<String> warn) throws IOException {
    Path real = Files.exists(raw) ? raw.toRealPath() : raw;
    Path file =
        Path.of(System.getProperty("java.io.tmpdir"))
            .resolve("mdx-watch-" + Digests.of(real.toString()).substring(0, 24) + ".lock");
    if (Files.exists(file) ? !Files.isWritable(file) : !Files.isWritable(file.getParent())) {
      warn.accept(file + " cannot be written: another agent on " + raw + " would not be noticed");
      return () -> {};
    }
    return AgentLock.take(file, raw);
  }
}
