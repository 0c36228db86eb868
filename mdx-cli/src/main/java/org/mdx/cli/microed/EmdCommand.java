package org.mdx.cli.microed;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Movies of electron diffraction. */
@Command(
    name = "emd",
    description = "Look into and compress movies of electron diffraction.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {EmdRepackCommand.class, EmdInfoCommand.class})
public final class EmdCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given; 'repack' or 'info'");
  }
}
