package org.mdx.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.mdx.parallel.Progress;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code mdx} command. */
@Command(
    name = "mdx",
    description = "Maps of diffuse scattering from rotation diffraction images.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      SimulateCommand.class,
      ReduceCommand.class,
      ImportGeometryCommand.class,
      FindPeaksCommand.class,
      MaskPeaksCommand.class,
      IntegrateCommand.class,
      BinImageSeriesCommand.class,
      CorrectCommand.class,
      ScaleCommand.class,
      MergeCommand.class,
      MapCommand.class,
      StatsCommand.class,
      TreeCommand.class,
      VersionCommand.class
    },
    footer = {"", "'mdx COMMAND --help' tells more about a command."})
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  private final Progress progress;

  private Main(Progress progress) {
    this.progress = progress;
  }

  /**
   * Runs a command and ends the virtual machine with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    // maps are drawn without a screen
    System.setProperty("java.awt.headless", "true");
    StandardOutput standard = StandardOutput.ofProcess();
    PrintWriter out = new PrintWriter(standard, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Interruption interruption = Interruption.ofSignals();
    int code;
    try (ProgressBar bar = ProgressBar.of(System.err)) {
      code = run(args, out, err, bar);
    }
    out.flush();
    if (standard.failure() != null && code == 0) {
      err.println("mdx: cannot write to standard output: " + standard.failure());
      code = 1;
    }
    interruption.finished();
    System.exit(code);
  }

  /**
   * Runs a command without ending the virtual machine and without a progress bar. Stops soon after
   * the calling thread is interrupted; the thread stays so.
   *
   * @param args the command line
   * @param out receives what the command prints
   * @param err receives what is wrong
   * @return 0, 1 if input or processing failed, 2 if the command line is wrong
   */
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    return run(args, out, err, Progress.NONE);
  }

  private static int run(String[] args, PrintWriter out, PrintWriter err, Progress progress) {
    CommandLine line = new CommandLine(new Main(progress));
    line.setOut(out);
    line.setErr(err);
    line.setUsageHelpAutoWidth(true);
    line.setAbbreviatedOptionsAllowed(false);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((e, where, parsed) -> Failure.report(e, where));
    line.setParameterExceptionHandler((e, given) -> Failure.reportUsage(e));
    String[] dashed = Spelling.withDashes(args);
    try {
      return line.execute(dashed);
    } catch (Error e) {
      return Failure.report(e, line);
    } finally {
      out.flush();
      err.flush();
    }
  }

  /** Whom commands tell how far they are. */
  Progress progress() {
    return progress;
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
