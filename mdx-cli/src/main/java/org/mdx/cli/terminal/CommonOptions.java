package org.mdx.cli.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of every command that computes. */
public final class CommonOptions {

  @Option(
      names = {"--threads", "--nproc"},
      paramLabel = "N",
      description = "Threads to use; -1 for all processors (default), -2 for all but one, ….")
  private int threads = -1;

  @Option(names = "--debug", description = "Show where a failure comes from.")
  private boolean debug;

  @Option(
      names = "--logfile",
      paramLabel = "FILE",
      description = "Write what is printed to this file as well.")
  private Path logfile;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private Progress progress = Progress.NONE;
  private PrintWriter out;
  private Log log;

  /** The threads. */
  public Parallel parallel() {
    int processors = Runtime.getRuntime().availableProcessors();
    int n = threads < 0 ? processors + 1 + threads : threads;
    if (threads == 0 || n < 1) {
      throw usage(
          "--threads "
              + threads
              + ": there are "
              + processors
              + " processors; give 1 or more, or -1");
    }
    return Parallel.of(n);
  }

  /** Whom to tell how far the command is. */
  public Progress progress() {
    return progress;
  }

  /** Whom to tell how far a reduction is, the whole of it. */
  public Progress reduction(long background, List<Integer> frames) {
    return reduction(background, frames, List.of());
  }

  /** The same with the numbers of the sweeps whose crystals are sought first. */
  public Progress reduction(long background, List<Integer> frames, List<Integer> sought) {
    return progress instanceof JobProgress.Display display
        ? JobProgress.ofReduction(display, background, frames, sought)
        : progress;
  }

  /** Sets whom commands tell how far they are, of a command and those below it. */
  public static void report(Progress progress, CommandLine line) {
    for (CommandSpec mixin : line.getCommandSpec().mixins().values()) {
      if (mixin.userObject() instanceof CommonOptions common) {
        common.progress = progress;
      }
    }
    line.getSubcommands().values().forEach(sub -> report(progress, sub));
  }

  /** Where to print what was found. */
  public PrintWriter out() {
    if (out == null) {
      PrintWriter standard = spec.commandLine().getOut();
      log = logfile == null ? null : logTo(standard);
      out = log == null ? standard : new PrintWriter(log, true);
    }
    return out;
  }

  private Log logTo(PrintWriter standard) {
    try {
      return new Log(logfile, standard);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends the log of a command that has run.
   *
   * @throws IOException if the log does not hold everything that was printed
   */
  public static void endLog(CommandSpec command) throws IOException {
    for (CommandSpec mixin : command.mixins().values()) {
      if (mixin.userObject() instanceof CommonOptions common && common.log != null) {
        common.log.close();
      }
    }
  }

  /** The command line as it was given, for a shell. */
  public String commandText() {
    StringBuilder line = new StringBuilder();
    CommandLine command = spec.commandLine();
    for (CommandLine c = command; c != null; c = c.getParent()) {
      line.insert(0, c.getCommandName() + " ");
    }
    for (String word : command.getParseResult().originalArgs()) {
      line.append(
              word.matches("[A-Za-z0-9_./+=,:-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
          .append(' ');
    }
    return line.toString().strip();
  }

  /** A failure that is the command line's. */
  public ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Makes options from the command line; a value that they refuse is wrong usage. */
  public <T> T checked(Supplier<T> options) {
    try {
      return options.get();
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }
}
