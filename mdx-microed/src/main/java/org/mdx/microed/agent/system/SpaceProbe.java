package org.mdx.microed.agent.system;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells how much can still be written. */
@FunctionalInterface
public interface SpaceProbe {

  /** The operating system's answer. */
  SpaceProbe SYSTEM =
      folder -> {
        FileStore store = Files.getFileStore(folder);
        // some network file systems do not tell
        return store.getTotalSpace() <= 0 ? Long.MAX_VALUE : store.getUsableSpace();
      };

  /** Bytes that can be written in a folder. */
  long usable(Path folder) throws IOException;
}
