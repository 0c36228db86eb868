package org.mdx.cli.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Compatibility;
import org.mdx.correct.CorrectOptions;
import org.mdx.correct.Corrector;
import org.mdx.geometry.Scan;
import org.mdx.image.BinnedImageSeries;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.table.HKLTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns integrated counts into intensities in the asymmetric unit. */
@Command(
    name = "correct",
    description = "Subtract the background, apply corrections and map to the asymmetric unit.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class CorrectCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private Compatibility compatibility;

  @Parameters(
      paramLabel = "GEOM",
      description = "Geometry: an .expt (exact corrections) or geometry.nxs (its grid).")
  private Path geometry;

  @Parameters(paramLabel = "HKL", description = "integrated.nxs of integrate, or of mdx2.")
  private Path hkl;

  @Option(
      names = "--background",
      paramLabel = "FILE",
      description = "binned.nxs of bin-image-series, or of mdx2.")
  private Path background;

  @Option(
      names = "--attenuation",
      arity = "0..1",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Correct for the attenuation in air.")
  private boolean attenuation;

  @Option(
      names = "--efficiency",
      arity = "0..1",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Correct for the efficiency of the sensor.")
  private boolean efficiency;

  @Option(
      names = "--polarization",
      arity = "0..1",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Correct for the polarization of the beam.")
  private boolean polarization;

  @Option(
      names = "--lorentz",
      arity = "0..1",
      defaultValue = "false",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Multiply by the recorded fraction of the reciprocal cell.")
  private boolean lorentz;

  @Option(
      names = "--p1",
      arity = "0..1",
      defaultValue = "false",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Map to the asymmetric unit by Friedel's law alone.")
  private boolean p1;

  @Option(
      names = {"-o", "--output", "--outfile"},
      paramLabel = "FILE",
      defaultValue = "corrected.nxs",
      description = "File to write the corrected intensities to.")
  private Path outfile;

  @Override
  public Integer call() throws IOException {
    CorrectOptions options =
        CorrectOptions.defaults()
            .attenuation(attenuation)
            .efficiency(efficiency)
            .polarization(polarization)
            .lorentz(lorentz)
            .p1(p1)
            .conventions(compatibility.conventions());
    SweepFiles.CorrectionInput input =
        SweepFiles.corrections(geometry, compatibility.conventions());
    HKLTable counts = Mdx2.readTable(hkl);
    BinnedImageSeries rates = background == null ? null : Mdx2.readBinned(background);
    if (rates != null) {
      input.scan().ifPresent(rates::requireComparable);
      OptionalDouble sweep = input.scan().map(Scan::transmission).orElseGet(OptionalDouble::empty);
      rates
          .attenuation(sweep, compatibility.conventions())
          .ifPresent(note -> common.out().println("warning: " + note));
    }
    HKLTable corrected =
        input.geometry().isPresent()
            ? Corrector.correct(counts, input.geometry().get(), rates, options, common.parallel())
            : Corrector.correct(
                counts, input.crystal(), input.corrections(), rates, options, common.parallel());
    Mdx2.writeTable(outfile, corrected);
    common.out().println(corrected);
    common.out().println("wrote " + outfile);
    return 0;
  }
}
