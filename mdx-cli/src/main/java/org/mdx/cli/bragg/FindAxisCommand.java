package org.mdx.cli.bragg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mdx.bragg.index.AxisFinder;
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

/** Finds the rotation axis of an electron microscope. */
@Command(
    name = "find-axis",
    description = {
      "Find the rotation axis across the beam from the spots of a scan, as dials.find_rotation_axis.",
      "For electron microscopes, whose headers seldom know it."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class FindAxisCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "2..*",
      description = "imported.expt and strong.refl, of scans about one axis.")
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
      AxisFinder.Found found = AxisFinder.find(input.sweeps(), options, common.parallel());
      common.out().println(found);
      common
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "sharpness %.4f, of all axes %.4f; %d spots indexed, %d with the opposite axis",
                  found.sharpness(),
                  found.median(),
                  found.indexed(),
                  found.opposite()));
      Dials.write(output, AxisOutput.placed(input.experiments(), found.geometries()));
      common.out().println("wrote " + output);
      return 0;
    } catch (IndexingFailure e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }
}
