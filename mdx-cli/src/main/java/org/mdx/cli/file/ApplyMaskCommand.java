package org.mdx.cli.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.geometry.Detector;
import org.mdx.image.PixelMask;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.MaskFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the path of a mask into an experiment list. */
@Command(
    name = "apply-mask",
    description = {
      "Write the path of a mask into an experiment list, as dials.apply_mask does.",
      "Whatever reads the images of the list, mdx or DIALS, leaves the pixels of the mask out."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ApplyMaskCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(index = "0", paramLabel = "EXPT", description = "Experiment list.")
  private Path expt;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "MASK",
      description =
          "One mask for all image sets of the list, or one for each in the order of the experiments"
              + " that have them.")
  private List<Path> masks = List.of();

  @Option(names = "--remove", description = "Take the masks out of the list.")
  private boolean remove;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "masked.expt",
      description = "File to write the list to.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    if (remove != masks.isEmpty()) {
      throw common.usage("give masks, or --remove to take them out");
    }
    ExperimentList list = ExperimentList.read(expt);
    List<Integer> rows = list.imageSets();
    if (!remove && masks.size() != 1 && masks.size() != rows.size()) {
      throw common.usage(
          String.format(
              "%d masks for the %d image sets of the %d experiments of %s: give one for all, or one"
                  + " for each set",
              masks.size(), rows.size(), list.size(), expt));
    }
    List<Path> each = new ArrayList<>(Collections.nCopies(rows.size(), null));
    for (int i = 0; i < rows.size() && !remove; i++) {
      each.set(i, masks.get(masks.size() == 1 ? 0 : i));
      Detector detector = list.detector(rows.get(i));
      long pixels = MaskFile.read(each.get(i), detector).stream().mapToLong(PixelMask::count).sum();
      common
          .out()
          .println(
              String.format(
                  Locale.ROOT,
                  "experiment %d: %s leaves out %,d pixels, %.3f %%",
                  rows.get(i),
                  each.get(i),
                  pixels,
                  100.0 * pixels / detector.pixels()));
    }
    OutputFolder.requireNotInterrupted();
    list.withMasks(each).write(output);
    common.out().println("wrote " + output);
    return 0;
  }
}
