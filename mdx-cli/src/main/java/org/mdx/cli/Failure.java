package org.mdx.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CancellationException;
import org.mdx.io.MdxFormatException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what went wrong, and which exit code that makes. */
final class Failure {
  /** Input or processing failed. */
  private static final int FAILED = 1;

  /** The command line is wrong. */
  private static final int USAGE = 2;

  private static final String CLEANED = "interrupted; nothing half-written was left behind";

  private Failure() {}

  /** Reports what a command threw; the stack trace too if asked for. */
  static int report(Throwable thrown, CommandLine where) {
    CommandLine root = where.getCommandSpec().root().commandLine();
    PrintWriter err = root.getErr();
    err.println(root.getCommandName() + ": " + message(thrown));
    if (isDebug(root)) {
      thrown.printStackTrace(err);
    }
    return FAILED;
  }

  /** Reports a wrong command line. */
  static int reportUsage(ParameterException e) {
    CommandLine line = e.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    line.getErr().println(name + ": " + oneLine(usageMessage(e, line)));
    line.getErr().println("'" + name + " --help' tells how to use it");
    return USAGE;
  }

  private static String usageMessage(ParameterException e, CommandLine line) {
    if (e instanceof UnmatchedArgumentException u && line.getParent() == null) {
      String word = u.getUnmatched().get(0);
      return (word.startsWith("-") ? "no option '" : "no command '") + word + "'";
    }
    return e.getMessage();
  }

  private static boolean isDebug(CommandLine root) {
    CommandLine.ParseResult parsed = root.getParseResult();
    while (parsed != null && parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    return parsed != null && parsed.hasMatchedOption("--debug");
  }

  /** The message of whatever was thrown, on one line. */
  static String message(Throwable thrown) {
    if (isInterruption(thrown)) {
      return CLEANED;
    } else if (thrown instanceof OutOfMemoryError) {
      return "out of memory ("
          + (Runtime.getRuntime().maxMemory() >> 20)
          + " MiB allowed); allow more with MDX_JAVA_OPTIONS=-Xmx8g, use fewer --threads, or divide"
          + " and map less finely";
    } else if (thrown instanceof UncheckedIOException e) {
      return message(e.getCause());
    } else if (thrown instanceof MdxFormatException || thrown instanceof IllegalArgumentException) {
      return oneLine(thrown.getMessage());
    } else if (thrown instanceof IOException e) {
      return oneLine(io(e));
    }
    return "internal error: " + oneLine(thrown.toString()) + "; --debug shows where";
  }

  private static boolean isInterruption(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof CancellationException
          || t instanceof ClosedByInterruptException
          || t instanceof InterruptedException) {
        return true;
      }
    }
    return false;
  }

  /** File system exceptions have the bare path for a message. */
  private static String io(IOException e) {
    if (!(e instanceof FileSystemException f) || f.getReason() != null) {
      return e.getMessage() == null ? e.toString() : e.getMessage();
    } else if (e instanceof NoSuchFileException) {
      return f.getFile() + ": no such file";
    } else if (e instanceof AccessDeniedException) {
      return f.getFile() + ": permission denied";
    } else if (e instanceof FileAlreadyExistsException) {
      return f.getFile() + ": a file of this name is in the way";
    } else if (e instanceof NotDirectoryException) {
      return f.getFile() + ": not a folder";
    }
    return e.getMessage();
  }

  private static String oneLine(String message) {
    return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
