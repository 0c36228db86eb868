package org.mdx.cli.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.mdx.Mdx;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Compatibility;
import org.mdx.cli.value.AutoThreshold;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.peaks.PeakOptions;
import org.mdx.peaks.Peaks;
import org.mdx.pipeline.ReductionOptions;
import org.mdx.pipeline.Sweep;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds strong pixels and fits the shape of the Bragg peaks to them. */
@Command(
    name = "find-peaks",
    description = "Find strong pixels and fit the shape of the Bragg peaks to them.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class FindPeaksCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private Compatibility compatibility;

  @Parameters(paramLabel = "GEOM", description = "Geometry: geometry.nxs, or an .expt.")
  private Path geometry;

  @Parameters(
      paramLabel = "DATA",
      description = "Images: the .expt that names them, or data.nxs of import-data.")
  private Path data;

  @Option(
      names = "--count-threshold",
      paramLabel = "COUNTS",
      converter = AutoThreshold.class,
      description =
          "Pixels with more counts are taken for Bragg peaks; auto: found from the images. Default:"
              + " auto, with --mdx2-compatible 20.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private OptionalInt countThreshold;

  @Option(
      names = "--sigma-cutoff",
      paramLabel = "SIGMA",
      defaultValue = "3",
      description = "Strong pixels farther from the lattice points are left out of the fit.")
  private double sigmaCutoff;

  @Option(
      names = {"-o", "--output", "--outfile"},
      paramLabel = "FILE",
      defaultValue = "peaks.nxs",
      description = "File to write the peaks to.")
  private Path outfile;

  @Override
  public Integer call() throws IOException {
    PeakOptions options = common.checked(this::options);
    Sweep sweep = SweepFiles.sweep(geometry, data, compatibility.conventions());
    Peaks peaks =
        Mdx.sweeps(List.of(sweep))
            .parallel(common.parallel())
            .progress(common.progress())
            .conventions(compatibility.conventions())
            .findPeaks(o -> options)
            .peaks()
            .get(0);
    Mdx2.writePeaks(outfile, peaks, sweep.geometry().scan());
    peaks.foundThreshold().ifPresent(common.out()::println);
    common.out().println(peaks);
    peaks.doubt().ifPresent(doubt -> common.out().println("warning: " + doubt));
    common.out().println("wrote " + outfile);
    return 0;
  }

  private PeakOptions options() {
    OptionalInt standard =
        ReductionOptions.standard(compatibility.conventions()).bragg().countThreshold();
    return new PeakOptions(countThreshold == null ? standard : countThreshold, sigmaCutoff);
  }
}
