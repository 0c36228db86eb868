package org.mdx.cli.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.mdx.cli.figure.ReportFile;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Compatibility;
import org.mdx.cli.terminal.OutputNames;
import org.mdx.crystal.CellTolerance;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.scratch.ScratchSpace;
import org.mdx.scaling.Scaling;
import org.mdx.scaling.ScalingOptions;
import org.mdx.scaling.ScalingRefiner;
import org.mdx.table.HKLTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fits scaling models to the corrected intensities of one or more sweeps. */
@Command(
    name = "scale",
    description = {
      "Fit scaling models to the corrected intensities of one or more sweeps: absorption a, scale"
          + " b, offset c and detector factor d in I = a d (b M + c).",
      "By default the scale alone is refined; --mca2020 refines all."
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    showDefaultValues = true)
public final class ScaleCommand implements Callable<Integer> {

  /** Bytes of a row of a table that is refined, with what it is put into blocks by. */
  private static final double ROW = 60;

  /** Bytes of a row in the blocks that refinement works on. */
  private static final double BLOCK_ROW = 32;

  @Mixin private CommonOptions common;
  @Mixin private Compatibility compatibility;
  @Mixin private ScalingArguments arguments;
  @Mixin private MemoryOptions memory;
  @Mixin private CellToleranceOption cellTolerance;

  @Parameters(
      arity = "1..*",
      paramLabel = "HKL",
      description = "corrected.nxs of correct, or of mdx2; one for each sweep.")
  private List<Path> hkl;

  @Option(
      names = {"-o", "--output", "--outfile"},
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Files to write the models to, one for each table. Default: scales.nxs beside each table;"
              + " scales_A.nxs, scales_B.nxs, … for tables in one folder with names that end in _A,"
              + " _B, ….")
  private List<Path> outfile;

  @Option(
      names = "--report",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Write report.html beside the first model: the refinement and the models; with"
              + " --mdx2-compatible none is written.")
  private boolean report;

  @Override
  public Integer call() throws IOException {
    ScalingOptions options =
        common.checked(() -> arguments.options().conventions(compatibility.conventions()));
    CellTolerance tolerance = common.checked(cellTolerance::get);
    ScalingRefiner refiner =
        common.checked(() -> ScalingRefiner.of(options).cellTolerance(tolerance));
    List<Path> models = common.checked(() -> OutputNames.of(hkl, outfile, file -> "scales.nxs"));
    memory.check(common);
    Scaling scaling = refine(refiner, models.get(0).toAbsolutePath().getParent());
    for (Scaling.Cycle cycle : scaling.cycles()) {
      common.out().println(cycle);
    }
    common.out().println(scaling);
    scaling.doubt().ifPresent(doubt -> common.out().println("warning: " + doubt));
    for (int i = 0; i < models.size(); i++) {
      Mdx2.writeScales(models.get(i), scaling.models().get(i));
      common.out().println("wrote " + models.get(i));
    }
    if (report && !compatibility.isOn()) {
      Path page = models.get(0).resolveSibling(ReportFile.NAME);
      new ReportFile(common, page).write(scaling, hkl.stream().map(Path::toString).toList());
      common.out().println("wrote " + page);
    }
    return 0;
  }

  /** Tables in memory, or one at a time, and the blocks made of them in a scratch if need be. */
  private Scaling refine(ScalingRefiner refiner, Path results) throws IOException {
    long rows = 0;
    for (Path file : hkl) {
      rows += Mdx2.tableRows(file);
    }
    try (MemoryOptions room = memory) {
      ScratchSpace space = room.space(results);
      if (!space.holds(BLOCK_ROW * rows)) {
        return oneByOne(refiner.store(space.bytes()));
      }
      if (!space.holds((ROW + BLOCK_ROW) * rows)) {
        return oneByOne(refiner);
      }
    }
    List<HKLTable> tables = new ArrayList<>();
    for (Path file : hkl) {
      tables.add(Mdx2.readTable(file, ScalingRefiner.COLUMNS));
    }
    return refiner.refine(tables, common.parallel(), common.progress());
  }

  private Scaling oneByOne(ScalingRefiner refiner) {
    List<Supplier<HKLTable>> sources = new ArrayList<>();
    for (Path file : hkl) {
      sources.add(() -> read(file));
    }
    return refiner.refineOneByOne(sources, common.parallel(), common.progress());
  }

  private static HKLTable read(Path file) {
    try {
      return Mdx2.readTable(file, ScalingRefiner.COLUMNS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
