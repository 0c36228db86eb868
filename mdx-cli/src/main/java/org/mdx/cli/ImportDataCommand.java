package org.mdx.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mdx.image.ImageSeries;
import org.mdx.io.dials.Dials;
import org.mdx.io.nexus.ImagePointer;
import org.mdx.io.nexus.Mdx2;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a file that points to the images, for scripts that were made for mdx2. */
@Command(
    name = "import-data",
    description = {
      "Write a data.nxs that points to the images of an experiment list.",
      "It stands for the images in every other command and holds no copy of them; mdx2 cannot read"
          + " it. mdx itself needs no such file, an .expt serves everywhere."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ImportDataCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "EXPT", description = "Experiment list, such as from dials.import.")
  private Path expt;

  @Option(
      names = "--experiment",
      paramLabel = "N",
      description = "Number of the experiment, from 0, in a list of several.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private Integer experiment;

  @Option(
      names = "--chunks",
      paramLabel = "N,N,N",
      parameterConsumer = Numbers.ThreeIntegers.class,
      description = "As in mdx2; without effect, since nothing is copied.")
  private Numbers.Values chunks;

  @Option(
      names = "--datastore",
      paramLabel = "DIR",
      description = "As in mdx2; without effect, since nothing is copied.")
  private String datastore;

  @Option(
      names = "--outfile",
      paramLabel = "FILE",
      defaultValue = "data.nxs",
      description = "Where to write the pointer.")
  private Path outfile;

  @Override
  public Integer call() throws IOException {
    ImageSeries images = experiment == null ? Dials.read(expt) : Dials.read(expt, experiment);
    ImagePointer pointer =
        ImagePointer.of(
            outfile, expt, experiment == null ? 0 : experiment, images.source().frames());
    Mdx2.writeImagePointer(outfile, pointer);
    common.out().println(images);
    common.out().println("wrote " + outfile + ", which points to " + expt);
    return 0;
  }
}
