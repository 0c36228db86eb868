package org.mdx.cli.bragg;

import org.mdx.cli.intensity.BraggCheckCommand;
import org.mdx.cli.intensity.BraggMergeCommand;
import org.mdx.cli.intensity.BraggReportCommand;
import org.mdx.cli.intensity.BraggScaleCommand;
import org.mdx.cli.process.BraggProcessCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The Bragg side of a reduction. */
@Command(
    name = "bragg",
    description =
        "Process images to merged Bragg intensities, or integrate, scale, merge and export alone.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BraggProcessCommand.class,
      BraggIntegrateCommand.class,
      BraggScaleCommand.class,
      BraggMergeCommand.class,
      BraggReportCommand.class,
      BraggCheckCommand.class,
      BraggExportCommand.class
    })
public final class BraggCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no command given; 'process', 'integrate', 'scale', 'merge', 'report', 'check' or 'export'");
  }
}
