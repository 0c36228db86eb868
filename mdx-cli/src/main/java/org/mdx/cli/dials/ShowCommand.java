package org.mdx.cli.dials;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what is in files of DIALS. */
@Command(
    name = "show",
    description = "Show what is in experiment lists and reflection tables of DIALS.",
    mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = ".expt or .refl, or what they were called in older versions.")
  private List<Path> files;

  @Override
  public Integer call() throws IOException {
    for (Path file : files) {
      String report = report(file);
      common.out().println(file + ":");
      common.out().print(report);
    }
    return 0;
  }

  private static String report(Path file) throws IOException {
    if (ReflectionFile.recognizes(file)) {
      return DialsReport.of(ReflectionFile.read(file));
    }
    StringBuilder text = new StringBuilder();
    List<DialsExperiment> experiments = Dials.experiments(file);
    for (int i = 0; i < experiments.size(); i++) {
      text.append(DialsReport.of(i, experiments.get(i)));
    }
    return text.toString();
  }
}
