package org.mdx.cli.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Compatibility;
import org.mdx.cli.terminal.Numbers;
import org.mdx.geometry.Geometry;
import org.mdx.image.ImageChunks;
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
          + " it unless it is --full. mdx itself needs no such file, an .expt serves everywhere."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ImportDataCommand implements Callable<Integer> {
  private static final int MOST_FRAMES = 10;
  private static final long LAYER_PIXELS = 1 << 24;
  private static final long CHUNK_PIXELS = 1 << 20;

  @Mixin private CommonOptions common;
  @Mixin private Compatibility compatibility;

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
      description =
          "Frames, rows and columns of a chunk, which --mdx2-compatible integration goes by. Default:"
              + " by the rotation of a frame and the size of a module, as in mdx2.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private Numbers.Values chunks;

  @Option(
      names = "--full",
      description = "Write the images too, in one file, so that mdx2 can read them.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private boolean full;

  @Option(
      names = "--datastore",
      paramLabel = "DIR",
      description = "As in mdx2; without effect, since there is one file only.")
  private String datastore;

  @Option(
      names = {"-o", "--output", "--outfile"},
      paramLabel = "FILE",
      defaultValue = "data.nxs",
      description = "File to write the pointer to.")
  private Path outfile;

  @Override
  public Integer call() throws IOException {
    ImageSeries images = experiment == null ? Dials.read(expt) : Dials.read(expt, experiment);
    ImagePointer pointer =
        ImagePointer.of(
            outfile, expt, experiment == null ? 0 : experiment, images.source().frames());
    if (chunks != null) {
      pointer = pointer.withChunks(chosen());
    }
    common.out().println(images);
    if (full) {
      Mdx2.writeImages(outfile, images, pointer, chunk(images), common.parallel());
      common.out().println("wrote " + outfile + ", with all images");
    } else {
      Mdx2.writeImagePointer(outfile, pointer);
      common.out().println("wrote " + outfile + ", which points to " + expt);
    }
    return 0;
  }

  private ImageChunks chosen() {
    for (int i = 0; i < 3; i++) {
      if (chunks.integer(i) < 1) {
        throw common.usage("--chunks with " + chunks.integer(i) + ", must be 1 or more");
      }
    }
    return new ImageChunks(chunks.integer(0), chunks.integer(1), chunks.integer(2));
  }

  /**
   * As given, or as mdx2 has them; by default ten frames where the memory allows it, in bands of
   * about a million pixels.
   */
  private int[] chunk(ImageSeries images) {
    if (chunks != null || compatibility.isOn()) {
      Geometry g = images.geometry();
      ImageChunks c =
          chunks != null ? chosen() : ImageChunks.ofMdx2(g.detector().panels().get(0), g.scan());
      return new int[] {c.frames(), c.rows(), c.columns()};
    }
    int width = images.source().width(0);
    int height = images.source().height(0);
    long pixels = (long) width * height;
    int frames = (int) Math.max(1, Math.min(MOST_FRAMES, LAYER_PIXELS / pixels));
    int bands = (int) Math.max(1, (frames * pixels + CHUNK_PIXELS - 1) / CHUNK_PIXELS);
    return new int[] {frames, (height + bands - 1) / bands, width};
  }
}
