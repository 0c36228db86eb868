package org.mdx.cli.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.table.ColumnNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Converts between the formats of maps, or of tables. */
@Command(
    name = "convert",
    description = "Write a map in another format of maps, or a table in another format of tables.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ConvertCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "IN", description = "Map or table, in any format that is read.")
  private Path input;

  @Parameters(paramLabel = "OUT", description = "File to write.")
  private Path out;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description = "One of ${COMPLETION-CANDIDATES}; by default what the name of OUT says.")
  private ExportFormat to;

  @Option(
      names = "--geometry",
      paramLabel = "FILE",
      description =
          "geometry.nxs or .expt with the cell and the symmetry of the crystal, for formats that do not"
              + " tell them.")
  private Path geometry;

  @Option(
      names = "--missing",
      paramLabel = "VALUE",
      defaultValue = "NaN",
      description = "Written where nothing was measured, in ccp4, npy and vti.")
  private float missing;

  @Override
  public Integer call() throws IOException {
    ExportFormat format = ExportCommand.format(common, to, out);
    ExportInput in = ExportInput.read(input, geometry);
    if (in.isTable() ? format.table().isEmpty() : format.map().isEmpty()) {
      throw common.usage(
          input
              + " is a "
              + (in.isTable() ? "table" : "map")
              + ", which "
              + format
              + " does not hold; 'mdx export' makes one of the other");
    }
    common.out().println(in);
    ExportCommand.write(
        format,
        in,
        new ExportInput.Expansion(ColumnNames.INTENSITY, false, null, true),
        missing,
        out,
        common);
    common.out().println("wrote " + out);
    return 0;
  }
}
