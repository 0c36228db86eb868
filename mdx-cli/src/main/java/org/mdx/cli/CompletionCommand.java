package org.mdx.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script that completes command lines. */
@Command(
    name = "completion",
    description = {
      "Print a script with which bash and zsh complete commands, options and files.",
      "For this shell: source <(mdx completion). For good: add that line to ~/.bashrc or ~/.zshrc."
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(AutoComplete.bash(spec.root().name(), Main.commands()));
    return 0;
  }
}
