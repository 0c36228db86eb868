package org.mdx.cli.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Compatibility;
import org.mdx.cli.terminal.Numbers;
import org.mdx.crystal.Crystal;
import org.mdx.expand.MapOptions;
import org.mdx.expand.Mapper;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.map.ReciprocalMap;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Maps a merged table on a dense grid. */
@Command(
    name = "map",
    description = "Put a column of a merged table on a dense grid, with its symmetry.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class MapCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  /** Changes nothing here; all commands of mdx2 take it. */
  @Mixin private Compatibility compatibility;

  @Parameters(
      paramLabel = "GEOM",
      description = "geometry.nxs or .expt with the symmetry of the crystal.")
  private Path geometry;

  @Parameters(paramLabel = "HKL", description = "merged.nxs of merge, or of mdx2.")
  private Path hkl;

  @Option(
      names = "--symmetry",
      arity = "0..1",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Fill the equivalents of each voxel too.")
  private boolean symmetry;

  @Option(
      names = "--limits",
      paramLabel = "H1,H2,K1,K2,L1,L2",
      defaultValue = "0,10,0,10,0,10",
      parameterConsumer = Numbers.SixReals.class,
      description = "Region to map, limits included.")
  private Numbers.Values limits;

  @Option(
      names = "--signal",
      paramLabel = "COLUMN",
      defaultValue = ColumnNames.INTENSITY,
      description = "Column of the table to map.")
  private String signal;

  @Option(
      names = {"-o", "--output", "--outfile"},
      paramLabel = "FILE",
      defaultValue = "map.nxs",
      description = "File to write the map to.")
  private Path outfile;

  @Override
  public Integer call() throws IOException {
    MapOptions options =
        common.checked(
            () ->
                MapOptions.defaults()
                    .limits(
                        limits.get(0),
                        limits.get(1),
                        limits.get(2),
                        limits.get(3),
                        limits.get(4),
                        limits.get(5))
                    .signal(signal));
    HKLTable table = Mdx2.readTable(hkl);
    Mapper mapper = Mapper.of(options);
    Crystal crystal = SweepFiles.crystal(geometry);
    ReciprocalMap map =
        symmetry
            ? mapper.map(table, crystal.spaceGroup().laueGroup(), common.parallel())
            : mapper.map(table, common.parallel());
    Mdx2.writeMap(outfile, map, CrystalSymmetry.of(crystal));
    common.out().println(map);
    common.out().println("wrote " + outfile);
    return 0;
  }
}
