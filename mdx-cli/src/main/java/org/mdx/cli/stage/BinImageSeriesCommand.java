package org.mdx.cli.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Compatibility;
import org.mdx.cli.terminal.Numbers;
import org.mdx.correct.BackgroundBinner;
import org.mdx.correct.BackgroundOptions;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.ImageSeries;
import org.mdx.io.input.Images;
import org.mdx.io.nexus.Mdx2;
import org.mdx.peaks.MaskedSource;
import org.mdx.pipeline.Sweep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Bins a sweep without a crystal to count rates. */
@Command(
    name = "bin-image-series",
    description = "Bin the images of a sweep without a crystal to count rates: a background.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class BinImageSeriesCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private Compatibility compatibility;

  @Parameters(
      index = "0",
      paramLabel = "DATA",
      description = "Images: the .expt that names them, or data.nxs of import-data.")
  private Path data;

  @Parameters(
      index = "1",
      paramLabel = "N,N,N",
      parameterConsumer = Numbers.ThreeIntegers.class,
      description = "Frames, pixels along y and pixels along x of a bin.")
  private Numbers.Values bins;

  @Option(
      names = "--valid-range",
      paramLabel = "MIN,MAX",
      parameterConsumer = Numbers.TwoIntegers.class,
      description = "Counts outside of this range are left out.")
  private Numbers.Values validRange;

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description = "mask.nxs of mask-peaks for these images, or of mdx2: pixels to leave out.")
  private Path mask;

  @Option(
      names = {"-o", "--output", "--outfile"},
      paramLabel = "FILE",
      defaultValue = "binned.nxs",
      description = "File to write the count rates to.")
  private Path outfile;

  @Override
  public Integer call() throws IOException {
    BackgroundOptions options =
        common.checked(() -> options(bins, validRange).conventions(compatibility.conventions()));
    BinnedImageSeries binned =
        BackgroundBinner.bin(
            masked(Images.open(data)), options, common.parallel(), common.progress());
    Mdx2.writeBinned(outfile, binned);
    common.out().println(binned);
    common.out().println("wrote " + outfile);
    return 0;
  }

  private ImageSeries masked(ImageSeries images) throws IOException {
    if (mask == null) {
      return images;
    } else if (Mdx2.isMaskStack(mask)) {
      return Mdx2.applyMaskStack(mask, images);
    }
    Sweep sweep = Sweep.of(images);
    return images.withSource(
        new MaskedSource(
            images,
            sweep.map(compatibility.conventions(), common.parallel()),
            Mdx2.readMask(mask),
            sweep.crystal().spaceGroup()));
  }

  /**
   * Options from what the command line has of them.
   *
   * @param bins three numbers, or null for the default
   * @param validRange two numbers, or null for the default
   */
  public static BackgroundOptions options(Numbers.Values bins, Numbers.Values validRange) {
    BackgroundOptions o = BackgroundOptions.defaults();
    if (bins != null) {
      o = o.bins(bins.integer(0), bins.integer(1), bins.integer(2));
    }
    return validRange == null ? o : o.validRange(validRange.integer(0), validRange.integer(1));
  }
}
