package org.mdx.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
import org.mdx.cli.microed.CrystalAxesCommand;
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
    String[] words = Spelling.withDashes(args);
    boolean known = words.length > 0 && CommandGroups.names().contains(words[0]);
    CommandLine line = known ? commands(List.of(words[0])) : commands();
    return execute(line, words, out, err, progress);
  }

  /**
   * All commands, below the one that does nothing by itself.
   *
   * @return the command line
   */
  public static CommandLine commands() {
    return commands(CommandGroups.names());
  }

  /** Some of them. */
  static CommandLine commands(List<String> names) {
    CommandLine line = new CommandLine(new Main());
    names.forEach(name -> line.addSubcommand(name, command(name)));
    CommandGroups.arrange(line);
    return line;
  }

  /** The class of a command, which is loaded only where it is wanted: others cost time at start. */
  private static Class<?> command(String name) {
    return switch (name) {
      case "demo" -> DemoCommand.class;
      case "simulate" -> SimulateCommand.class;
      case "plan" -> PlanCommand.class;
      case "reduce" -> ReduceCommand.class;
      case "import" -> ImportCommand.class;
      case "import-geometry" -> ImportGeometryCommand.class;
      case "import-data" -> ImportDataCommand.class;
      case "find-spots" -> FindSpotsCommand.class;
      case "index" -> IndexCommand.class;
      case "find-beam" -> FindBeamCommand.class;
      case "find-axis" -> FindAxisCommand.class;
      case "bravais" -> BravaisCommand.class;
      case "refine" -> RefineCommand.class;
      case "two-theta" -> TwoThetaCommand.class;
      case "find-peaks" -> FindPeaksCommand.class;
      case "mask-peaks" -> MaskPeaksCommand.class;
      case "integrate" -> IntegrateCommand.class;
      case "bin-image-series" -> BinImageSeriesCommand.class;
      case "correct" -> CorrectCommand.class;
      case "scale" -> ScaleCommand.class;
      case "reindex" -> ReindexCommand.class;
      case "merge" -> MergeCommand.class;
      case "symmetry" -> SymmetryCommand.class;
      case "cosym" -> CosymCommand.class;
      case "bragg" -> BraggCommand.class;
      case "map" -> MapCommand.class;
      case "reintegrate" -> ReintegrateCommand.class;
      case "stats" -> StatsCommand.class;
      case "plot" -> PlotCommand.class;
      case "report" -> ReportCommand.class;
      case "export" -> ExportCommand.class;
      case "view" -> ViewCommand.class;
      case "convert" -> ConvertCommand.class;
      case "generate-mask" -> GenerateMaskCommand.class;
      case "apply-mask" -> ApplyMaskCommand.class;
      case "info" -> InfoCommand.class;
      case "show" -> ShowCommand.class;
      case "emd" -> EmdCommand.class;
      case "dials-select" -> DialsSelectCommand.class;
      case "dials-split" -> DialsSplitCommand.class;
      case "dials-combine" -> DialsCombineCommand.class;
      case "filter-blanks" -> FilterBlanksCommand.class;
      case "estimate-detector" -> EstimateDetectorCommand.class;
      case "crystal-axes" -> CrystalAxesCommand.class;
      case "watch" -> WatchCommand.class;
      case "tree" -> TreeCommand.class;
      case "version" -> VersionCommand.class;
      case "completion" -> CompletionCommand.class;
      case "install-shims" -> InstallShimsCommand.class;
      case "process" -> ProcessCommand.class;
      case "table" -> TableCommand.class;
      default -> throw new IllegalArgumentException("no command " + name);
    };
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

  /** Looks whether the output can be written before the command works for it, and ends its log. */
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
    int code = new RunLast().execute(parsed);
    try {
      CommonOptions.endLog(command.commandSpec());
      return code;
    } catch (IOException e) {
      return Failure.report(e, command.commandSpec().commandLine());
    }
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }
}
