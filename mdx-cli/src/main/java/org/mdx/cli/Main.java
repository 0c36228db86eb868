package org.mdx.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.mdx.cli.bragg.BraggCommand;
import org.mdx.cli.bragg.BravaisCommand;
import org.mdx.cli.bragg.FindAxisCommand;
import org.mdx.cli.bragg.FindBeamCommand;
import org.mdx.cli.bragg.FindSpotsCommand;
import org.mdx.cli.bragg.IndexCommand;
import org.mdx.cli.bragg.RefineCommand;
import org.mdx.cli.bragg.TwoThetaCommand;
import org.mdx.cli.dials.DialsCombineCommand;
import org.mdx.cli.dials.DialsSelectCommand;
import org.mdx.cli.dials.DialsSplitCommand;
import org.mdx.cli.dials.FilterBlanksCommand;
import org.mdx.cli.dials.ShowCommand;
import org.mdx.cli.figure.PlotCommand;
import org.mdx.cli.figure.ReportCommand;
import org.mdx.cli.file.ApplyMaskCommand;
import org.mdx.cli.file.ConvertCommand;
import org.mdx.cli.file.ExportCommand;
import org.mdx.cli.file.GenerateMaskCommand;
import org.mdx.cli.file.ImportCommand;
import org.mdx.cli.file.InfoCommand;
import org.mdx.cli.file.SimulateCommand;
import org.mdx.cli.file.TreeCommand;
import org.mdx.cli.intensity.CosymCommand;
import org.mdx.cli.intensity.SymmetryCommand;
import org.mdx.cli.mdx2.InstallShimsCommand;
import org.mdx.cli.microed.EmdCommand;
import org.mdx.cli.microed.EstimateDetectorCommand;
import org.mdx.cli.microed.ProcessCommand;
import org.mdx.cli.microed.TableCommand;
import org.mdx.cli.microed.WatchCommand;
import org.mdx.cli.reduce.DemoCommand;
import org.mdx.cli.reduce.PlanCommand;
import org.mdx.cli.reduce.ReduceCommand;
import org.mdx.cli.stage.BinImageSeriesCommand;
import org.mdx.cli.stage.CorrectCommand;
import org.mdx.cli.stage.FindPeaksCommand;
import org.mdx.cli.stage.ImportDataCommand;
import org.mdx.cli.stage.ImportGeometryCommand;
import org.mdx.cli.stage.IntegrateCommand;
import org.mdx.cli.stage.MapCommand;
import org.mdx.cli.stage.MaskPeaksCommand;
import org.mdx.cli.stage.MergeCommand;
import org.mdx.cli.stage.ReindexCommand;
import org.mdx.cli.stage.ReintegrateCommand;
import org.mdx.cli.stage.ScaleCommand;
import org.mdx.cli.stage.StatsCommand;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Failure;
import org.mdx.cli.terminal.Interruption;
import org.mdx.cli.terminal.OutputFiles;
import org.mdx.cli.terminal.ProgressBar;
import org.mdx.cli.terminal.Spelling;
import org.mdx.cli.terminal.StandardOutput;
import org.mdx.cli.terminal.VersionCommand;
import org.mdx.cli.view.ViewCommand;
import org.mdx.parallel.Progress;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
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
      PlanCommand.class,
      ReduceCommand.class,
      ImportCommand.class,
      ImportGeometryCommand.class,
      ImportDataCommand.class,
      FindSpotsCommand.class,
      IndexCommand.class,
      FindBeamCommand.class,
      FindAxisCommand.class,
      BravaisCommand.class,
      RefineCommand.class,
      TwoThetaCommand.class,
      FindPeaksCommand.class,
      MaskPeaksCommand.class,
      IntegrateCommand.class,
      BinImageSeriesCommand.class,
      CorrectCommand.class,
      ScaleCommand.class,
      ReindexCommand.class,
      MergeCommand.class,
      SymmetryCommand.class,
      CosymCommand.class,
      BraggCommand.class,
      MapCommand.class,
      ReintegrateCommand.class,
      StatsCommand.class,
      PlotCommand.class,
      ReportCommand.class,
      ExportCommand.class,
      ViewCommand.class,
      ConvertCommand.class,
      GenerateMaskCommand.class,
      ApplyMaskCommand.class,
      InfoCommand.class,
      ShowCommand.class,
      EmdCommand.class,
      DialsSelectCommand.class,
      DialsSplitCommand.class,
      DialsCombineCommand.class,
      FilterBlanksCommand.class,
      EstimateDetectorCommand.class,
      WatchCommand.class,
      TreeCommand.class,
      VersionCommand.class,
      CompletionCommand.class,
      InstallShimsCommand.class,
      ProcessCommand.class,
      TableCommand.class
    },
    footer = {"", "'mdx COMMAND --help' tells more about a command."})
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  private Main() {}

  /**
   * Runs a command and ends the virtual machine with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    process((out, err, progress) -> run(args, out, err, progress));
  }

  /** What a process does. */
  @FunctionalInterface
  interface Job {
    /** Runs; returns the exit code. */
    int run(PrintWriter out, PrintWriter err, Progress progress);
  }

  /** Runs a job with the streams of this process and ends the virtual machine. */
  static void process(Job job) {
    // maps are drawn without a screen
    System.setProperty("java.awt.headless", "true");
    StandardOutput standard = StandardOutput.ofProcess();
    PrintWriter out = new PrintWriter(standard, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Interruption interruption = Interruption.ofSignals();
    int code;
    try (ProgressBar bar = ProgressBar.of(System.err)) {
      code = job.run(out, err, bar);
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
    return execute(commands(), Spelling.withDashes(args), out, err, progress);
  }

  /** All commands, below the one that does nothing by itself. */
  public static CommandLine commands() {
    CommandLine line = new CommandLine(new Main());
    CommandGroups.arrange(line);
    return line;
  }

  /** Runs a command line; returns the exit code. */
  static int execute(
      CommandLine line, String[] args, PrintWriter out, PrintWriter err, Progress progress) {
    CommonOptions.report(progress, line);
    line.setOut(out);
    line.setErr(err);
    line.setUsageHelpAutoWidth(true);
    line.setAbbreviatedOptionsAllowed(false);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((e, where, parsed) -> Failure.report(e, where));
    line.setParameterExceptionHandler((e, given) -> Failure.reportUsage(e, given));
    line.setExecutionStrategy(Main::checkThenRun);
    try {
      return line.execute(args);
    } catch (Error e) {
      return Failure.report(e, line);
    } finally {
      out.flush();
      err.flush();
    }
  }

  /** Looks whether the output can be written before the command works for it. */
  private static int checkThenRun(ParseResult parsed) {
    ParseResult command = parsed;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    if (!command.isUsageHelpRequested() && !command.isVersionHelpRequested()) {
      try {
        OutputFiles.require(command);
      } catch (IOException e) {
        return Failure.report(e, command.commandSpec().commandLine());
      }
    }
    return new RunLast().execute(parsed);
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
