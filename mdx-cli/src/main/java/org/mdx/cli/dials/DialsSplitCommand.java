package org.mdx.cli.dials;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.io.dials.DialsData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Each experiment of DIALS in files of its own. */
@Command(
    name = "dials-split",
    description = "Split an experiment list and its reflection table into single experiments.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class DialsSplitCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      arity = "1..2",
      paramLabel = "FILE",
      description = "An .expt, and the .refl that belongs to it if wanted.")
  private List<Path> files;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "NAME",
      defaultValue = "split",
      description = "Writes NAME_0.expt, NAME_0.refl, NAME_1.expt, ….")
  private String output;

  @Override
  public Integer call() throws IOException {
    DialsFiles input = DialsFiles.of(files);
    if (input.lists().size() != 1) {
      throw common.usage("give one .expt, and its .refl if wanted");
    }
    List<DialsData> parts = input.read().get(0).split();
    int digits = String.valueOf(parts.size() - 1).length();
    for (int i = 0; i < parts.size(); i++) {
      String name = String.format(Locale.ROOT, "%s_%0" + digits + "d", output, i);
      DialsFiles.write(name, parts.get(i).experiments(), parts.get(i).reflections(), common);
    }
    return 0;
  }
}
