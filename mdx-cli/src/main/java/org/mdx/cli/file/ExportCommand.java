package org.mdx.cli.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Numbers;
import org.mdx.figures.Figure;
import org.mdx.figures.gallery.MapFigures;
import org.mdx.io.DecimalText;
import org.mdx.io.output.AtomicFile;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.TableFile;
import org.mdx.map.Axis;
import org.mdx.map.ReciprocalMap;
import org.mdx.table.ColumnNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a table or a map for other programs. */
@Command(
    name = "export",
    description = {
      "Write a table or a map for other programs. A table becomes a map, and a map a table, where the"
          + " format asks for it."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ExportCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "IN", description = "Table or map, in any format that is read.")
  private Path input;

  @Option(
      names = {"-o", "--output", "--out", "--outfile"},
      required = true,
      paramLabel = "FILE",
      description = "File to write.")
  private Path out;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description = "One of ${COMPLETION-CANDIDATES}; by default what the name of FILE says.")
  private ExportFormat to;

  @Option(
      names = "--geometry",
      paramLabel = "FILE",
      description = "geometry.nxs or .expt with the cell and the symmetry of the crystal.")
  private Path geometry;

  @Option(
      names = "--column",
      paramLabel = "COLUMN",
      defaultValue = ColumnNames.INTENSITY,
      description = "Column of a table that a map or the text of h k l I sigma shows.")
  private String column;

  @Option(
      names = "--limits",
      paramLabel = "H1,H2,K1,K2,L1,L2",
      parameterConsumer = Numbers.SixReals.class,
      description = "Region of a table to map, limits included; by default all that there is.")
  private Numbers.Values limits;

  @Option(
      names = "--symmetry",
      arity = "0..1",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Fill the equivalents of each voxel too when a table becomes a map.")
  private boolean symmetry;

  @Option(
      names = "--asymmetric-unit",
      arity = "0..1",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Of a map that becomes a table write the asymmetric unit alone, if its mates are alike.")
  private boolean asymmetricUnit;

  @Option(
      names = "--missing",
      paramLabel = "VALUE",
      defaultValue = "NaN",
      description = "Written where nothing was measured, in ccp4, npy and vti.")
  private float missing;

  @Option(
      names = "--slice",
      paramLabel = "AXIS=VALUE",
      defaultValue = "l=0",
      description = "The plane that png shows, such as h=0.5; the nearest that the map has.")
  private String slice;

  @Override
  public Integer call() throws IOException {
    ExportFormat format = format(common, to, out);
    ExportInput in = ExportInput.read(input, geometry);
    if (limits != null && !in.isTable()) {
      throw common.usage("--limits takes a table; " + input + " is a map already");
    }
    common.out().println(in);
    if (format == ExportFormat.PNG) {
      draw(in);
    } else {
      write(format, in, expansion(), missing, out, common);
    }
    common.out().println("wrote " + out);
    return 0;
  }

  private ExportInput.Expansion expansion() {
    double[] v = null;
    if (limits != null) {
      v = new double[6];
      for (int i = 0; i < v.length; i++) {
        v[i] = limits.get(i);
      }
    }
    return new ExportInput.Expansion(column, symmetry, v, asymmetricUnit);
  }

  /** The format that is asked for, or that the name tells. */
  static ExportFormat format(CommonOptions common, ExportFormat to, Path out) {
    return Optional.ofNullable(to)
        .or(() -> ExportFormat.ofName(out))
        .orElseThrow(
            () -> common.usage(out + ": its name does not tell a format; give one with --to"));
  }

  /** Writes a table if the format has tables and the input is one or the format has no maps. */
  static void write(
      ExportFormat format,
      ExportInput in,
      ExportInput.Expansion how,
      float missing,
      Path out,
      CommonOptions common)
      throws IOException {
    if (format.table().isPresent() && (in.isTable() || format.map().isEmpty())) {
      TableFile rows = in.table(how.asymmetric());
      String column = in.isTable() ? how.column() : rows.table().columnNames().iterator().next();
      format.table().get().write(out, rows, column);
      if (!in.isTable()) {
        int written = rows.table().rows();
        int filled = in.map(how, common.parallel()).map().filled();
        common
            .out()
            .println(
                written < filled
                    ? written + " voxels of the asymmetric unit, of " + filled + " with data"
                    : "all " + filled + " voxels with data");
      }
    } else {
      MapFile map = in.map(how, common.parallel());
      if (in.isTable()) {
        common.out().println(map.map());
      }
      format.map().orElseThrow().write(out, map, missing);
    }
  }

  private void draw(ExportInput in) throws IOException {
    String[] words = slice.toLowerCase(Locale.ROOT).split("=", 2);
    if (words.length != 2 || !words[0].matches("[hkl]") || !words[1].matches("[-+0-9.]+")) {
      throw common.usage("--slice " + slice + ": give one axis and its value, such as l=0");
    }
    Axis axis = Axis.valueOf(words[0].toUpperCase(Locale.ROOT));
    double value = common.checked(() -> Double.parseDouble(words[1]));
    MapFile file = in.map(expansion(), common.parallel());
    ReciprocalMap plane = file.map().slice(axis, value);
    double drawn = plane.min(axis);
    if (Math.abs(drawn - value) > 1e-9) {
      common
          .out()
          .println(
              "no voxels have "
                  + words[0]
                  + " = "
                  + words[1]
                  + ": the nearest plane, "
                  + words[0]
                  + " = "
                  + DecimalText.of(drawn)
                  + ", is drawn");
    }
    Figure figure = MapFigures.plane(plane, axis, file.symmetry().requireCell("a picture"), null);
    AtomicFile.write(out, stream -> stream.write(figure.png()));
  }
}
