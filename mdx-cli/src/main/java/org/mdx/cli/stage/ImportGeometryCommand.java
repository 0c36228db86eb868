package org.mdx.cli.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Compatibility;
import org.mdx.cli.terminal.Numbers;
import org.mdx.geometry.Geometry;
import org.mdx.io.MdxFormatException;
import org.mdx.io.dials.Dials;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the geometry file of mdx2. */
@Command(
    name = "import-geometry",
    description = {
      "Write the geometry.nxs of an experiment list: crystal, symmetry, grids of corrections and"
          + " Miller indices.",
      "mdx itself needs no such file, an .expt serves everywhere; mdx2 needs one."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ImportGeometryCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private Compatibility compatibility;

  @Parameters(paramLabel = "EXPT", description = "Experiment list of an indexed sweep.")
  private Path expt;

  @Option(
      names = "--experiment",
      paramLabel = "N",
      description = "Number of the experiment, from 0, in a list of several.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private Integer experiment;

  @Option(
      names = "--sample-spacing",
      paramLabel = "PHI,Y,X",
      defaultValue = "1,10,10",
      parameterConsumer = Numbers.ThreeReals.class,
      description = "Spacing of the grids: degrees, pixels, pixels.")
  private Numbers.Values spacing;

  @Option(
      names = {"-o", "--output", "--outfile"},
      paramLabel = "FILE",
      defaultValue = "geometry.nxs",
      description = "File to write the geometry to.")
  private Path outfile;

  @Override
  public Integer call() throws IOException {
    if (!(spacing.get(0) > 0 && spacing.get(1) > 0 && spacing.get(2) > 0)) {
      throw common.usage("--sample-spacing must be above 0 along each axis");
    }
    Geometry geometry =
        experiment == null
            ? Dials.readGeometry(expt)
            : Dials.experiment(expt, experiment).geometry();
    if (geometry.crystal().isEmpty()) {
      throw new MdxFormatException(expt, "/crystal", "a crystal", "none", "index the images first");
    }
    Mdx2.writeGeometry(
        outfile,
        SweepFiles.geometryFile(
            geometry, spacing.get(0), spacing.get(1), spacing.get(2), compatibility.conventions()));
    common.out().println(geometry);
    common.out().println("wrote " + outfile);
    return 0;
  }
}
