package org.mdx.microed.agent;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/** Tells apart what can go wrong. */
final class Trouble {
  private static final int LONGEST = 600;

  private Trouble() {}

  /** Whether a thread was told to stop. */
  static boolean isInterruption(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof InterruptedException
          || t instanceof CancellationException
          || t instanceof ClosedByInterruptException) {
        return true;
      }
    }
    return false;
  }

  /** Whether a disk was full; the systems say so in words alone. */
  static boolean isFullDisk(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String says = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      if (t instanceof IOException
          && (says.contains("no space left")
              || says.contains("not enough space")
              || says.contains("disk full")
              || says.contains("quota exceeded"))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a file was not there. */
  static boolean isMissing(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof NoSuchFileException) {
        return true;
      }
    }
    return false;
  }

  /** What to record. */
  static String reason(Throwable thrown) {
    String says = thrown.getMessage();
    if (thrown instanceof NoSuchFileException f) {
      says = f.getFile() + ": no such file";
    } else if (thrown instanceof FileSystemException f && f.getReason() == null) {
      says = f.getFile() + ": " + thrown.getClass().getSimpleName();
    } else if (says == null || !(thrown instanceof Exception)) {
      says = thrown.toString();
    }
    return says.length() <= LONGEST ? says : says.substring(0, LONGEST) + " …";
  }
}
