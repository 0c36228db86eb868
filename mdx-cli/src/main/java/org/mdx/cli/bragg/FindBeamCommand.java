package org.mdx.cli.bragg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mdx.bragg.index.BeamCentreFinder;
import org.mdx.bragg.index.IndexOptions;
import org.mdx.bragg.index.IndexingFailure;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.io.dials.Dials;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds the beam centre. */
@Command(
    name = "find-beam",
    description = {
      "Find the beam centre with which spots are indexed best, as dials.search_beam_position.",
      "mdx index does so by itself when indexing is poor."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class FindBeamCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "2..*",
      description = "imported.expt and strong.refl, of sweeps with one detector.")
  private List<Path> files;

  @Mixin private IndexArguments arguments;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "optimised.expt",
      description = "Where to write the experiment list.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    IndexOptions options = common.checked(arguments::options);
    IndexInput input = IndexInput.read(files, spec.commandLine().getErr());
    try {
      BeamCentreFinder.Found found =
          BeamCentreFinder.find(input.sweeps(), options, common.parallel());
      found.log().forEach(l -> common.out().println("  " + l));
      common.out().println(found);
      Dials.write(output, AxisOutput.placed(input.experiments(), found.geometries()));
      common.out().println("wrote " + output);
      return 0;
    } catch (IndexingFailure e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }
}
