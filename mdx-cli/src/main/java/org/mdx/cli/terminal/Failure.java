package org.mdx.cli.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.mdx.io.MdxFormatException;
import org.mdx.io.output.AtomicFile;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what went wrong, and which exit code that makes. */
public final class Failure {
  /** Input or processing failed. */
  private static final int FAILED = 1;

  /** The command line is wrong. */
  private static final int USAGE = 2;

  private static final String CLEANED = "interrupted; nothing was left behind half-written";

  private Failure() {}

  /** Reports what a command threw; the stack trace too if asked for. */
  public static int report(Throwable thrown, CommandLine where) {
    CommandLine root = where.getCommandSpec().root().commandLine();
    PrintWriter err = root.getErr();
    err.println(root.getCommandName() + ": " + message(thrown));
    if (isDebug(root)) {
      thrown.printStackTrace(err);
    }
    return FAILED;
  }

  /**
   * Reports a wrong command line.
   *
   * @param given the words of the command line
   */
  public static int reportUsage(ParameterException e, String[] given) {
    CommandLine line = e.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    line.getErr().println(name + ": " + oneLine(usageMessage(e, line, given)));
    line.getErr().println("'" + name + " --help' tells how to use it");
    return USAGE;
  }

  private static String usageMessage(ParameterException e, CommandLine line, String[] given) {
    if (e instanceof UnmatchedArgumentException u) {
      String word = u.getUnmatched().get(0);
      boolean command = line.getParent() == null && !line.getSubcommands().isEmpty();
      if (word.startsWith("-")) {
        return "no option '" + word + "'" + nearest(u);
      } else if (command) {
        return "no command '" + word + "'" + nearest(u);
      }
    } else if (e instanceof MissingParameterException) {
      // an option that is missing may be there, misspelt
      for (String word : given) {
        String option = word.split("=", 2)[0];
        if (option.startsWith("--") && option.length() > 2 && !isKnown(option, line)) {
          String close = nearest(new UnmatchedArgumentException(line, List.of(option)));
          return "no option '" + option + "'" + close;
        }
      }
    }
    return e.getMessage();
  }

  private static boolean isKnown(String option, CommandLine line) {
    for (CommandLine l = line; l != null; l = l.getParent()) {
      if (l.getCommandSpec().findOption(option) != null) {
        return true;
      }
    }
    return false;
  }

  /** Such as {@code ; did you mean '--count-threshold'?}; empty if nothing is near. */
  private static String nearest(UnmatchedArgumentException e) {
    List<String> near = e.getSuggestions();
    return near.isEmpty() ? "" : "; did you mean '" + near.get(0) + "'?";
  }

  private static boolean isDebug(CommandLine root) {
    CommandLine.ParseResult parsed = root.getParseResult();
    while (parsed != null && parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    return parsed != null && parsed.hasMatchedOption("--debug");
  }

  /** The message of whatever was thrown, on one line. */
  public static String message(Throwable thrown) {
    if (Interruption.isUnderWay() || isInterruption(thrown)) {
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
    return e instanceof FileSystemException f && f.getFile() != null
        ? f.getFile() + ": " + AtomicFile.reason(e)
        : AtomicFile.reason(e);
  }

  private static String oneLine(String message) {
    return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
