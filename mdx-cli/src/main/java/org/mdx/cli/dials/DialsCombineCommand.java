package org.mdx.cli.dials;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.io.dials.DialsData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Experiments of DIALS from several files in one. */
@Command(
    name = "dials-combine",
    description = "Combine experiment lists, and their reflection tables, into one of each.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class DialsCombineCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Several .expt; with their .refl, in the same order, if wanted.")
  private List<Path> files;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "NAME",
      defaultValue = "combined",
      description = "Writes NAME.expt and NAME.refl.")
  private String output;

  @Override
  public Integer call() throws IOException {
    DialsFiles input = DialsFiles.of(files);
    if (input.lists().isEmpty()) {
      throw common.usage("give experiment lists; tables alone cannot be combined");
    }
    DialsData all = DialsData.combine(input.read());
    DialsFiles.write(output, all.experiments(), all.reflections(), common);
    return 0;
  }
}
