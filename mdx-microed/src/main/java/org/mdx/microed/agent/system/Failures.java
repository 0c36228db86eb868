package org.mdx.microed.agent.system;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.mdx.io.output.AtomicFile;

/** Tells apart what can go wrong. */
public final class Failures {
  private static final int LONGEST = 600;

  private Failures() {}

  /** Whether a thread was told to stop. */
  public static boolean isInterruption(Throwable thrown) {
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
  public static boolean isFullDisk(Throwable thrown) {
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

  /** Whether the system did not let a file be read or written. */
  public static boolean isDenied(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String says = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      boolean file = t instanceof FileSystemException || t instanceof FileNotFoundException;
      if (t instanceof AccessDeniedException
          || t instanceof IOException && says.contains("read-only file system")
          || file
              && (says.contains("permission denied")
                  || says.contains("operation not permitted")
                  || says.contains("access is denied"))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a file was not there. */
  public static boolean isMissing(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof NoSuchFileException) {
        return true;
      }
    }
    return false;
  }

  /** What to record. */
  public static String reason(Throwable thrown) {
    String says = says(thrown);
    return says.length() <= LONGEST ? says : says.substring(0, LONGEST) + " …";
  }

  private static String says(Throwable thrown) {
    String says = thrown.getMessage();
    Throwable cause = thrown.getCause();
    if (cause != null && (says == null || says.equals(cause.toString()))) {
      return says(cause);
    } else if (thrown instanceof FileSystemException f) {
      return f.getFile() + ": " + AtomicFile.reason(f);
    } else if (thrown instanceof IOException e) {
      return AtomicFile.reason(e);
    } else if (thrown instanceof OutOfMemoryError) {
      return "not enough memory (" + says + "); give the Java virtual machine more with -Xmx";
    } else if (says == null || thrown instanceof Error) {
      StackTraceElement[] at = thrown.getStackTrace();
      return "the program failed"
          + (at.length == 0 ? "" : " in " + at[0])
          + (says == null ? "" : ": " + says)
          + "; report it with the log";
    }
    return says;
  }
}
