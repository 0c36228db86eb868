package org.mdx.microed.agent.watch;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Tells whether another program holds a file. On Windows by opening it for reading so that nobody
 * may write, which fails while somebody does; elsewhere by a lock.
 */
final class FileUse {
  private FileUse() {}

  /**
   * Whether nobody else holds a file, as far as the system tells.
   *
   * @throws IOException if it cannot be opened, on Windows also because it is held
   */
  static boolean isFree(Path file) throws IOException {
    if (File.separatorChar == '\\') {
      Set<OpenOption> options = Set.copyOf(notShared());
      try (FileChannel in = FileChannel.open(file, options)) {
        return in.isOpen();
      }
    }
    try (FileChannel in = FileChannel.open(file)) {
      return isUnlocked(in);
    }
  }

  private static boolean isUnlocked(FileChannel in) {
    try {
      return in.tryLock(0, Long.MAX_VALUE, true) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return true; // a file system without locks
    }
  }

  /**
   * Reading without letting others write. The option is the JDK's own, not part of Java, so it is
   * looked for by name; without it reading alone remains.
   */
  static List<OpenOption> notShared() {
    try {
      Object[] all = Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants();
      return Arrays.stream(all)
          .filter(o -> o.toString().equals("NOSHARE_WRITE"))
          .findFirst()
          .map(o -> List.of(StandardOpenOption.READ, (OpenOption) o))
          .orElse(List.of(StandardOpenOption.READ));
    } catch (ClassNotFoundException e) {
      return List.of(StandardOpenOption.READ);
    }
  }
}
