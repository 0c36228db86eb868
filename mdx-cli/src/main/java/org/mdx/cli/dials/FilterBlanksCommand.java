package org.mdx.cli.dials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.geometry.Scan;
import org.mdx.image.ImageSeries;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsData;
import org.mdx.io.dials.ImageRange;
import org.mdx.io.output.AtomicFile;
import org.mdx.microed.blanks.BlankCriterion;
import org.mdx.microed.blanks.BlankFilter;
import org.mdx.microed.blanks.BlankOptions;
import org.mdx.microed.blanks.FilteredSweeps;
import org.mdx.microed.blanks.FrameSignals;
import org.mdx.microed.blanks.SweepVerdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Leaves out frames without diffraction. */
@Command(
    name = "filter-blanks",
    description = {
      "Leave out frames without diffraction, of crystals that left the beam or died.",
      "From reflections of DIALS if a .refl is given, otherwise from the images alone."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class FilterBlanksCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      arity = "1..2",
      paramLabel = "FILE",
      description = "An .expt, and if there is one the .refl that belongs to it.")
  private List<Path> files;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Folder for not_blank.expt and not_blank.refl.")
  private Path output;

  @Option(names = "--phi-step", paramLabel = "DEG", description = "Width of bins, in degrees.")
  private double phiStep = BlankOptions.defaults().phiStep();

  @Option(
      names = "--counts-fractional-loss",
      paramLabel = "X",
      description =
          "A bin is blank with at most this fraction of the reflections, or of the counts in peaks,"
              + " of the best bin.")
  private double countsLoss = BlankOptions.defaults().countsFractionalLoss();

  @Option(
      names = "--misigma-fractional-loss",
      paramLabel = "X",
      description = "A bin is blank with at most this fraction of the mean I/sigma of the best.")
  private double misigmaLoss = BlankOptions.defaults().misigmaFractionalLoss();

  @Option(
      names = "--min-reflections",
      paramLabel = "N",
      description = "Drop an experiment that keeps fewer reflections.")
  private int minReflections = BlankOptions.defaults().minReflections();

  @Option(names = "--images", description = "Look at the images, although there are reflections.")
  private boolean fromImages;

  @Option(
      names = "--frames",
      paramLabel = "FILE",
      description =
          "With images: write total, background-subtracted and peak counts of each"
              + " frame to this file, as comma-separated values.")
  private Path frames;

  @Override
  public Integer call() throws IOException {
    BlankOptions options =
        common.checked(() -> new BlankOptions(phiStep, countsLoss, misigmaLoss, minReflections));
    DialsFiles input = DialsFiles.of(files);
    if (input.lists().size() != 1) {
      throw common.usage("give one .expt, and one .refl if there is one");
    }
    boolean images = fromImages || input.tables().isEmpty();
    if (frames != null && !images) {
      throw common.usage("--frames needs --images");
    }
    DialsData data = input.read().get(0);
    BlankFilter filter = BlankFilter.of(options);
    FilteredSweeps found =
        images ? filter.cut(data, look(input.lists().get(0), options)) : filter.filter(data);
    for (int i = 0; i < found.verdicts().size(); i++) {
      report(i, found.verdicts().get(i));
    }
    if (found.notBlank().isEmpty()) {
      common.out().println("nothing is left; no file written");
      return 1;
    }
    Files.createDirectories(output);
    DialsData kept = found.notBlank().get();
    DialsFiles.write(
        output.resolve("not_blank").toString(), kept.experiments(), kept.reflections(), common);
    return 0;
  }

  private List<SweepVerdict> look(Path expt, BlankOptions options) throws IOException {
    List<SweepVerdict> verdicts = new ArrayList<>();
    StringBuilder table =
        new StringBuilder("experiment,image,phi,total,above_background,peak_counts,peak_pixels\n");
    List<ImageSeries> all = Dials.readAll(expt);
    for (int row = 0; row < all.size(); row++) {
      ImageSeries series = all.get(row);
      Scan scan = series.geometry().scan();
      FrameSignals signals = FrameSignals.of(series, common.parallel(), common.progress());
      verdicts.add(signals.verdict("", scan, options));
      for (int i = 0; i < signals.frames().size(); i++) {
        FrameSignals.Frame f = signals.frames().get(i);
        table.append(
            String.format(
                Locale.ROOT,
                "%d,%d,%.4f,%d,%.0f,%.0f,%d%n",
                row,
                scan.firstImage() + i,
                scan.phi(i),
                f.total(),
                f.aboveBackground(),
                f.peakCounts(),
                f.peakPixels()));
      }
    }
    if (frames != null) {
      byte[] text = table.toString().getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(frames, out -> out.write(text));
      common.out().println("wrote " + frames);
    }
    return verdicts;
  }

  private void report(int row, SweepVerdict verdict) {
    common.out().println("experiment " + row + ": " + verdict);
    for (BlankCriterion c : verdict.criteria()) {
      List<ImageRange> blank = c.blankImages(verdict.images());
      common
          .out()
          .println(
              "  by "
                  + c.name()
                  + (c.reflections() > 0 ? ", " + c.reflections() + " reflections" : "")
                  + ": "
                  + (blank.isEmpty() ? "no blank images" : "blank images " + text(blank)));
    }
  }

  private static String text(List<ImageRange> ranges) {
    return String.join(", ", ranges.stream().map(ImageRange::toString).toList());
  }
}
