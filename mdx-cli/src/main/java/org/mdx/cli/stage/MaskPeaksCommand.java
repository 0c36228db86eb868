package org.mdx.cli.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Compatibility;
import org.mdx.cli.value.AutoCutoff;
import org.mdx.cli.value.CountThreshold;
import org.mdx.geometry.Conventions;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.image.ImageSeries;
import org.mdx.io.MdxFormatException;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.nexus.PeaksFile;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.CutoffFinder;
import org.mdx.peaks.FoundCutoff;
import org.mdx.peaks.MaskFrames;
import org.mdx.pipeline.Sweep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the Bragg mask as a model, which {@code integrate} evaluates pixel by pixel. */
@Command(
    name = "mask-peaks",
    description = {
      "Make a mask of the Bragg peaks.",
      "The file holds the model of the mask, a few numbers, and not a value for each pixel;"
          + " integrate evaluates it as it goes. With --full it holds the values too, for mdx2."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class MaskPeaksCommand implements Callable<Integer> {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Mixin private CommonOptions common;
  @Mixin private Compatibility compatibility;

  @Parameters(paramLabel = "GEOM", description = "Geometry: geometry.nxs, or an .expt.")
  private Path geometry;

  @Parameters(
      paramLabel = "DATA",
      description = "Images: the .expt that names them, or data.nxs of import-data.")
  private Path data;

  @Parameters(paramLabel = "PEAKS", description = "peaks.nxs of find-peaks, or of mdx2.")
  private Path peaks;

  @Option(
      names = "--sigma-cutoff",
      paramLabel = "SIGMA",
      converter = AutoCutoff.class,
      description =
          "Standard deviations of the peak model that are masked; auto: found from the images, 3 or"
              + " more. Default: auto, with --mdx2-compatible or --bragg 3.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private OptionalDouble given;

  @Option(
      names = "--count-threshold",
      paramLabel = "COUNTS",
      converter = CountThreshold.class,
      description =
          "Mask pixels with more counts too; needed only where the peaks file does not tell the"
              + " threshold it was made with. mdx2's files do not.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private Integer countThreshold;

  @Option(
      names = "--bragg",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Keep the Bragg peaks and mask the rest.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private boolean bragg;

  @Option(
      names = "--full",
      description = "Write a truth value for every pixel too, so that mdx2 can read the mask.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private boolean full;

  @Option(
      names = {"-o", "--output", "--outfile"},
      paramLabel = "FILE",
      defaultValue = "mask.nxs",
      description = "File to write the mask to.")
  private Path outfile;

  @Override
  public Integer call() throws IOException {
    if (given != null
        && given.isPresent()
        && !(given.getAsDouble() >= 0 && given.getAsDouble() < INFINITY)) {
      throw common.usage("--sigma-cutoff " + given.getAsDouble() + ", must be 0 or more");
    }
    Sweep sweep =
        SweepFiles.sweep(geometry, data, full ? compatibility.conventions() : Conventions.STANDARD);
    ImageSeries images = sweep.images();
    PeaksFile found = Mdx2.readPeaks(peaks, images.geometry().scan());
    double sigmaCutoff = cutoff(sweep, found);
    BraggMask mask =
        new BraggMask(found.model(), sigmaCutoff, threshold(found), compatibility.isOn(), bragg);
    if (full) {
      MillerIndexMap map = sweep.map(compatibility.conventions(), common.parallel());
      MaskFrames frames = new MaskFrames(images, map, mask, sweep.crystal().spaceGroup());
      Mdx2.writeMaskStack(outfile, mask, images, frames::read, common.parallel());
    } else {
      Mdx2.writeMask(outfile, mask);
    }
    common
        .out()
        .println(
            bragg
                ? "keeps what lies within " + sigmaCutoff + " σ of reflections"
                : "masks what lies within "
                    + sigmaCutoff
                    + " σ of reflections, and more than "
                    + mask.countThreshold()
                    + " counts");
    common.out().println("wrote " + outfile);
    return 0;
  }

  private double cutoff(Sweep sweep, PeaksFile found) {
    boolean three = given == null && (compatibility.isOn() || bragg);
    if (three || given != null && given.isPresent()) {
      return three ? CutoffFinder.LEAST : given.getAsDouble();
    }
    FoundCutoff cutoff =
        CutoffFinder.find(
            sweep.images(),
            sweep.map(compatibility.conventions(), common.parallel()),
            found.model(),
            sweep.crystal().spaceGroup(),
            common.parallel(),
            common.progress());
    common.out().println(cutoff);
    cutoff.table().forEach(common.out()::println);
    return cutoff.cutoff();
  }

  private int threshold(PeaksFile found) {
    OptionalInt told = found.countThreshold();
    if (countThreshold != null && told.isPresent() && told.getAsInt() != countThreshold) {
      throw common.usage(
          "--count-threshold "
              + countThreshold
              + ": "
              + peaks
              + " was made with "
              + told.getAsInt()
              + "; find the peaks again with the other");
    }
    if (countThreshold == null && told.isEmpty()) {
      throw new MdxFormatException(
          peaks,
          "entry/peaks",
          "the count threshold of the peaks",
          "none",
          "give it with --count-threshold");
    }
    return countThreshold == null ? told.getAsInt() : countThreshold;
  }
}
