package org.mdx.cli.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mdx.Mdx;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Compatibility;
import org.mdx.cli.terminal.Numbers;
import org.mdx.integrate.Integration;
import org.mdx.integrate.IntegrationOptions;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.pipeline.Integrated;
import org.mdx.pipeline.Sweep;
import org.mdx.pipeline.Sweeps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Integrates the counts of one sweep on a grid of Miller indices. */
@Command(
    name = "integrate",
    description = "Integrate the counts of one sweep on a subdivided grid of Miller indices.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class IntegrateCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private Compatibility compatibility;
  @Mixin private MemoryOptions memory;

  @Parameters(paramLabel = "GEOM", description = "Geometry: geometry.nxs, or an .expt.")
  private Path geometry;

  @Parameters(
      paramLabel = "DATA",
      description = "Images: the .expt that names them, or data.nxs of import-data.")
  private Path data;

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description = "mask.nxs of mask-peaks; without it nothing is masked.")
  private Path mask;

  @Option(
      names = "--subdivide",
      paramLabel = "N,N,N",
      defaultValue = "1,1,1",
      parameterConsumer = Numbers.ThreeIntegers.class,
      description = "Voxels along each unit of h, k and l.")
  private Numbers.Values subdivide;

  @Option(
      names = "--max-spread",
      paramLabel = "DEGREES",
      defaultValue = "1",
      description = "Largest rotation that one observation of a voxel spans.")
  private double maxSpread;

  @Option(
      names = {"-o", "--output", "--outfile"},
      paramLabel = "FILE",
      defaultValue = "integrated.nxs",
      description = "File to write the integrated counts to.")
  private Path outfile;

  @Override
  public Integer call() throws IOException {
    IntegrationOptions options =
        common.checked(
            () ->
                IntegrationOptions.defaults()
                    .subdivide(subdivide.integer(0), subdivide.integer(1), subdivide.integer(2))
                    .maxSpread(maxSpread)
                    .conventions(compatibility.conventions()));
    Sweep sweep = SweepFiles.sweep(geometry, data, compatibility.conventions());
    SweepFiles.Masked masked = SweepFiles.masked(sweep, Optional.ofNullable(mask));
    memory.check(common);
    Integration integration;
    try (MemoryOptions room = memory) {
      Sweeps sweeps =
          Mdx.sweeps(List.of(masked.sweep()))
              .parallel(common.parallel())
              .progress(common.progress())
              .conventions(compatibility.conventions())
              .scratch(room.space(outfile.toAbsolutePath().getParent()));
      Integrated integrated =
          masked.mask().isEmpty()
              ? sweeps.integrate(o -> options)
              : sweeps.mask(List.of(masked.mask().get())).integrate(o -> options);
      integration = integrated.integrations().get(0);
    }
    Mdx2.writeTable(outfile, integration.table());
    common.out().println(integration);
    common.out().println("wrote " + outfile);
    return 0;
  }
}
