package org.mdx.cli.stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mdx.cli.file.ExportInput;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.cli.terminal.Numbers;
import org.mdx.crystal.Crystal;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.output.AtomicFile;
import org.mdx.stats.Halves;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.stats.Voxels;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Statistics of merged tables, each alone and against each other. */
@Command(
    name = "stats",
    description = {
      "Statistics of merged tables in shells of s = 1/d: completeness, redundancy, correlation of"
          + " half-sets, and where there are several tables how well they agree."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class StatsCommand implements Callable<Integer> {

  /** Most characters of a line. */
  private static final int WIDTH = 100;

  @Mixin private CommonOptions common;

  @Parameters(
      arity = "1..*",
      paramLabel = "HKL",
      description = "merged.nxs of merge or reduce, or of mdx2.")
  private List<Path> hkl;

  @Option(
      names = "--geometry",
      required = true,
      paramLabel = "FILE",
      description = "geometry.nxs or .expt with the cell and the symmetry of the crystal.")
  private Path geometry;

  @Option(
      names = "--shell-width",
      paramLabel = "WIDTH",
      description = "Width of the shells in 1/Å; 0.01 if neither this nor --shells is given.")
  private Double shellWidth;

  @Option(
      names = "--shells",
      paramLabel = "N",
      description = "Number of equally wide shells instead.")
  private Integer shells;

  @Option(
      names = "--resolution",
      paramLabel = "D,D",
      parameterConsumer = Numbers.TwoReals.class,
      description = "Only voxels between these two d in Å, limits included.")
  private Numbers.Values resolution;

  @Option(
      names = "--voxels",
      paramLabel = "WHICH",
      defaultValue = "all",
      description =
          "all, halo (only those centred on reflections), or rest (only those between them, systematically"
              + " absent reflections included).")
  private Voxels voxels;

  @Option(
      names = "--halves",
      paramLabel = "KIND",
      defaultValue = "random",
      description =
          "The half-sets of the tables: random (or weighted), or friedel; this changes names and"
              + " which figures make sense.")
  private Halves halves;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description =
          "Another merged table, such as one of all sweeps, or a map, to correlate each with.")
  private Path compare;

  @Option(
      names = "--isotropic-width",
      paramLabel = "WIDTH",
      defaultValue = "0.01",
      description = "Width of the shells of the isotropic average in 1/Å.")
  private double isotropicWidth;

  @Option(
      names = "--trim",
      paramLabel = "FRACTION",
      defaultValue = "0.1",
      description = "Left out at each side of a shell for the isotropic average.")
  private double trim;

  @Option(names = "--wide", description = "Print all columns, however long the lines become.")
  private boolean wide;

  @Option(names = "--json", description = "Print a JSON object with the shells of all tables.")
  private boolean json;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the shells of all tables.")
  private Path csv;

  @Option(
      names = "--redundancy",
      paramLabel = "FILE",
      description = "Write how observations are distributed, as CSV in shells.")
  private Path redundancy;

  @Option(
      names = "--histogram",
      paramLabel = "FILE",
      description = "Write how many voxels have 1, 2, 3, … observations, as CSV.")
  private Path histogram;

  @Option(
      names = "--isotropic",
      paramLabel = "FILE",
      description = "Write the isotropic averages and what remains without them, as CSV.")
  private Path isotropic;

  @Option(
      names = "--pairs",
      paramLabel = "FILE",
      description = "Write the agreement of every two tables, and of each with the others, as CSV.")
  private Path pairs;

  @Option(
      names = "--subtract-isotropic",
      paramLabel = "FILE",
      description =
          "Write the table with a column intensity_anisotropic in addition: the intensity without its"
              + " isotropic average.")
  private Path subtracted;

  @Override
  public Integer call() throws IOException {
    ShellOptions asked = common.checked(this::options);
    if (hkl.size() > 1 && subtracted != null) {
      throw common.usage("--subtract-isotropic takes one table, not " + hkl.size());
    } else if (hkl.size() < 2 && pairs != null) {
      throw common.usage("--pairs takes two tables or more");
    }
    Crystal crystal = SweepFiles.crystal(geometry);
    List<String> names = new ArrayList<>();
    List<HKLTable> tables = new ArrayList<>();
    for (Path file : hkl) {
      names.add(file.toString());
      tables.add(Mdx2.readTable(file));
    }
    HKLTable other = compare == null ? null : other();
    ShellStatistics statistics =
        ShellStatistics.of(crystal.cell(), crystal.spaceGroup()).parallel(common.parallel());
    ShellOptions options = statistics.sharedBy(asked, tables);
    StatsReport report = new StatsReport(statistics, names, tables, other, options);
    if (json) {
      common.out().println(JsonText.of(report.json()));
    } else {
      common.out().println(crystal);
      common.out().print(report.text(wide ? Integer.MAX_VALUE : WIDTH));
    }
    write(report);
    if (subtracted != null) {
      Mdx2.writeTable(subtracted, statistics.withAnisotropic(tables.get(0), options));
      wrote(subtracted);
    }
    return 0;
  }

  /** A table, or the asymmetric unit of a map with its values as intensities. */
  private HKLTable other() throws IOException {
    ExportInput in = ExportInput.read(compare, geometry);
    HKLTable table = in.table(true).table();
    if (in.isTable()) {
      return table;
    }
    String name = table.columnNames().iterator().next();
    return table.without(name).with(ColumnNames.INTENSITY, table.column(name));
  }

  private ShellOptions options() {
    if (shellWidth != null && shells != null) {
      throw new IllegalArgumentException("give --shell-width or --shells, not both");
    }
    ShellOptions o =
        ShellOptions.defaults().voxels(voxels).halves(halves).isotropic(isotropicWidth, trim);
    if (shells != null && shells < 1) {
      throw new IllegalArgumentException("--shells " + shells + ", must be 1 or more");
    }
    o = shellWidth != null ? o.width(shellWidth) : shells != null ? o.count(shells) : o;
    if (resolution == null) {
      return o;
    }
    double low = Math.max(resolution.get(0), resolution.get(1));
    double high = Math.min(resolution.get(0), resolution.get(1));
    if (!(high > 0 && low > high)) {
      throw new IllegalArgumentException(
          "--resolution " + low + "," + high + ": give two different d above 0 in Å");
    }
    return o.range(1 / low, 1 / high);
  }

  private void write(StatsReport report) throws IOException {
    write(csv, report.shells());
    write(redundancy, redundancy == null ? "" : report.redundancy());
    write(histogram, histogram == null ? "" : report.histogram());
    write(isotropic, isotropic == null ? "" : report.isotropic());
    write(pairs, pairs == null ? "" : report.pairs());
  }

  private void write(Path file, String text) throws IOException {
    if (file != null) {
      AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
      wrote(file);
    }
  }

  private void wrote(Path file) {
    if (!json) {
      common.out().println("wrote " + file);
    }
  }
}
